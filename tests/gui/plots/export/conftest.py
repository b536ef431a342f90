"""All plots at once, which know all that they wish to know, and what a picture of one says."""

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.datasets import DATA_SOURCES
from engine.inspection import Subject
from engine.snapshot import Snapshot
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start
from gui.common.style import style_sheet
from gui.plots.panel import PlotsPanel
from gui.plots.table import PLOTS
from gui.theme import DARK

KEYS = [plot.key for plot in PLOTS]
SPEED, MEASURED = "speed_of_learning", 0.7  # seconds until a plot that was told rests
DATA = DATA_SOURCES["spirals"](examples=200)
EXPERIMENT = Experiment(dense(2, 8, 8, 8, 2), TrainingSpec(data=DATA, epochs=20))
CAPTION = "2-8-8-8-2 · step 120 · epoch 6"


@pytest.fixture(scope="module")
def trainer():
    trainer = start(EXPERIMENT)
    for _ in range(120):
        trainer.step()
    return trainer


@pytest.fixture
def window(qtbot: QtBot, trainer) -> Iterator[PlotsPanel]:
    """All plots at once, which know all that they wish to know."""
    panel = PlotsPanel(DARK)
    panel.setStyleSheet(style_sheet(DARK, 1.1))
    panel.set_theme(DARK)
    panel.resize(1500, 900)
    panel.set_wide(True)
    panel.show_every()
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    tell(panel, trainer)
    qtbot.wait(round(1000 * MEASURED))
    yield panel
    panel.hide()


def tell(panel: PlotsPanel, trainer) -> Snapshot:
    panel.feed.set_experiment(EXPERIMENT)
    panel.feed.show_snapshot(trainer.snapshot(True))
    snapshot = trainer.snapshot(True, Subject(wishes=panel.feed.wishes(), thorough=True))
    panel.feed.show_snapshot(snapshot)
    return snapshot


def parsed(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)


def texts(root: ElementTree.Element) -> list[str]:
    return [(text.text or "").strip() for text in root.findall(".//{*}text")]


def state(window: PlotsPanel) -> list[object]:
    """Of everything that is seen: where it is, and how it is written."""
    found: list[object] = [
        (
            type(widget).__name__, widget.geometry().getRect(), widget.font().pixelSize(),
            widget.palette().color(QPalette.ColorRole.WindowText).name(), widget.styleSheet(),
            widget.focusPolicy(), widget.isEnabled(),
        )
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
    ]  # fmt: skip
    for key in (SPEED, "cost_accuracy"):
        for plot in window.card(key).plots:
            ranges = [round(end, 9) for axis in plot.view.viewRange() for end in axis]
            found.append((ranges, plot.follows))
    return found
