"""The speed of learning as files, PNG and SVG, without a window."""

from functools import cache
from pathlib import Path

from PySide6.QtWidgets import QApplication

from engine.atomic_file import write_bytes
from engine.faults import fault
from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.plots.curves.speed_of_learning import SpeedOfLearning
from gui.plots.export.export import PAPER, Picture, Sheet, Style, caption_of, file_name
from gui.plots.table import BY_KEY
from gui.theme import LIGHT, Theme

KEY = "speed_of_learning"
KINDS = ("png", "svg")


def write_pictures(
    experiment: Experiment,
    snapshot: Snapshot,
    folder: Path,
    theme: Theme = LIGHT,
    sheet: Sheet = PAPER,
) -> list[Path]:
    """Write ``speed-of-learning.png`` and ``.svg`` of a run; return their paths.

    ``InputError`` if they cannot be written.
    """
    _application()
    card = _card()
    card.set_experiment(experiment)
    card.show_snapshot(snapshot)
    picture = Picture(card, caption_of(experiment, snapshot), Style(sheet, theme))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise fault(folder, f"pictures cannot be written there ({error.strerror})") from error
    paths = [folder / file_name(KEY, kind) for kind in KINDS]
    for path, kind in zip(paths, KINDS, strict=True):
        write_bytes(path, picture.data(kind))
    return paths


@cache
def _application() -> QApplication:
    """The one there is, or one that needs no display; kept until the program ends."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    return QApplication(["nablascope", "-platform", "offscreen"])


@cache
def _card() -> SpeedOfLearning:
    """Made once: pyqtgraph's views are not to be destroyed while the program runs."""
    card = SpeedOfLearning(LIGHT)
    card.setAccessibleName(BY_KEY[KEY].title)
    return card
