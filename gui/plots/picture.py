"""The speed of learning as files, PNG and SVG, without a window."""

from functools import cache, partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QApplication, QGraphicsItem

from engine.faults import fault
from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.common.picture import paint_pill, write
from gui.common.typeface import typeface
from gui.plots.speed_of_learning import SpeedOfLearning
from gui.theme import CAPTION, LIGHT, TEXT, TITLE, Theme

NAME, HEADING = "speed-of-learning", "Speed of learning"
SIZE = (900, 560)
MARGIN, HEADER = 20, 56


def write_pictures(
    experiment: Experiment,
    snapshot: Snapshot,
    folder: Path,
    theme: Theme = LIGHT,
    size: tuple[int, int] = SIZE,
) -> list[Path]:
    """Write ``speed-of-learning.png`` and ``.svg`` of a run; return their paths.

    ``InputError`` if they cannot be written.
    """
    _application()
    card = _card(theme)
    card.set_experiment(experiment)
    card.show_snapshot(snapshot)
    card.texts.at_once()
    card.plot.resize(size[0] - 2 * MARGIN, size[1] - HEADER - MARGIN)
    card.plot.grab()  # lays it out: it is never shown
    paths = [folder / f"{NAME}.png", folder / f"{NAME}.svg"]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise fault(folder, f"pictures cannot be written there ({error.strerror})") from error
    for path in paths:
        write(path, QSize(*size), HEADING, partial(_paint, card, experiment, theme, QSize(*size)))
    return paths


@cache
def _application() -> QApplication:
    """The one there is, or one that needs no display; kept until the program ends."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    return QApplication(["nablascope", "-platform", "offscreen"])


@cache
def _card(theme: Theme) -> SpeedOfLearning:
    """Made once: pyqtgraph's views are not to be destroyed while the program runs."""
    card = SpeedOfLearning(theme)
    card.plot.setParent(None)
    for axis in (card.plot.left_axis, card.plot.bottom_axis):
        axis.setCacheMode(QGraphicsItem.CacheMode.NoCache)  # a cache is pixels: no lines in SVG
    return card


def _paint(
    card: SpeedOfLearning, experiment: Experiment, theme: Theme, size: QSize, painter: QPainter
) -> None:
    whole = QRectF(0, 0, size.width(), size.height())
    painter.fillRect(whole, QColor(theme.panel))
    title = typeface(card, TITLE, bold=True)
    painter.setFont(title)
    painter.setPen(QColor(theme.ink))
    painter.drawText(MARGIN, MARGIN + 18, HEADING)
    after = MARGIN + QFontMetricsF(title).horizontalAdvance(HEADING) + 12
    painter.setFont(typeface(card, TEXT))
    painter.setPen(QColor(theme.dim))
    painter.drawText(
        int(after), MARGIN + 18, f"{card.description()} · {experiment.architecture.text}"
    )
    _paint_verdict(painter, card, theme, size.width() - MARGIN)
    scene = card.plot.scene()
    target = QRectF(MARGIN, HEADER, *card.plot.size().toTuple())
    scene.render(painter, target, QRectF(card.plot.viewport().rect()))


def _paint_verdict(painter: QPainter, card: SpeedOfLearning, theme: Theme, right: float) -> None:
    verdict, font = str(card.chip.property("verdict")), typeface(card, CAPTION + 1, bold=True)
    paint_pill(painter, theme, font, verdict, card.chip.text(), right, MARGIN)
