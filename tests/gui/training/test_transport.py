from dataclasses import replace
from itertools import pairwise
from math import inf

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QProgressBar, QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from engine.divergence import Divergence
from engine.snapshot import Snapshot
from gui.common.style import style_sheet
from gui.theme import DARK, LIGHT
from gui.training.transport import BUTTONS, TransportBar

Left = Qt.MouseButton.LeftButton
NAMES = [name for name, _, _ in BUTTONS]


class Bench(QWidget):
    """The bar with actions of its own and a clock that is set by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0
        self.triggered: list[str] = []
        self.actions_by_name = {name: QAction(f"&{name}", self) for name in NAMES}
        self.actions_by_name["play"].setCheckable(True)
        for name, action in self.actions_by_name.items():
            action.triggered.connect(lambda _checked, name=name: self.triggered.append(name))
        self.bar = TransportBar(LIGHT, self.actions_by_name, self, now=lambda: self.seconds)
        self.bar.setStyleSheet(style_sheet(LIGHT))
        self.bar.set_epochs(30)

    def fit(self, width: int) -> None:
        self.resize(width, 64)
        self.bar.resize(width, 64)

    def button(self, name: str) -> QToolButton:
        return self.bar.findChild(QToolButton, name)

    def shown(self, name: str) -> str:
        label = self.bar.findChild(QLabel, name)
        return "" if label.isHidden() else label.text()

    def run(self, seconds: float, steps: int, first: int = 0, epochs: int = 30) -> None:
        self.seconds += seconds
        self.bar.show_snapshot(snapshot(first + steps, epochs))


def snapshot(step: int, epochs: int = 30, **fields) -> Snapshot:
    none = np.empty((0, 0))
    made = Snapshot(
        step=step, epoch=step / 100, last_step=100 * epochs, next_epoch_step=100, evaluating=False,
        done=False, history=none, evaluations=none, delta=(), weights=None, divergence=None,
    )  # fmt: skip
    return replace(made, **fields)


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    bench = Bench()
    qtbot.addWidget(bench)
    bench.fit(1024)
    bench.show()
    return bench


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("how", ["mouse", "Space"])
def test_a_button_triggers_its_action(qtbot: QtBot, bench: Bench, name: str, how: str):
    button = bench.button(name)
    if how == "mouse":
        qtbot.mouseClick(button, Left)
    else:
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert bench.triggered == [name]
    assert button.accessibleName() == name


def test_a_button_is_as_its_action_says(bench: Bench):
    action = bench.actions_by_name["step"]
    action.setEnabled(False)
    action.setToolTip("Train one mini-batch (S)")
    button = bench.button("step")
    assert not button.isEnabled()
    assert button.toolTip() == "Train one mini-batch (S)"


def test_play_turns_into_pause(qtbot: QtBot, bench: Bench):
    def picture() -> object:
        return bench.button("play").icon().pixmap(48).toImage()

    play = picture()
    qtbot.mouseClick(bench.button("play"), Left)
    assert bench.actions_by_name["play"].isChecked()
    assert picture() != play
    bench.actions_by_name["play"].trigger()
    assert picture() == play


def test_the_icons_follow_the_theme(bench: Bench):
    before = bench.button("step").icon().pixmap(48).toImage()
    bench.bar.set_theme(DARK)
    assert bench.button("step").icon().pixmap(48).toImage() != before


def test_before_the_run(bench: Bench):
    assert bench.shown("epoch_text") == "epoch 0 / 30"
    assert bench.shown("speed") == bench.shown("rest") == ""


def test_paused(bench: Bench):
    bench.run(1.0, 150)
    assert bench.shown("epoch_text") == "epoch 1 / 30"
    assert (bench.shown("speed"), bench.shown("rest")) == ("step 150", "of 3,000")
    bar = bench.bar.findChild(QProgressBar)
    assert (bar.value(), bar.maximum()) == (50, 1000)
    assert bar.toolTip() == "step 150 of 3,000"


def test_running(bench: Bench):
    bench.actions_by_name["play"].setChecked(True)
    for k in range(11):
        bench.run(0.1, 10 * k)
    bench.run(0.3, 130)
    assert bench.shown("speed") == "100 steps/s"
    assert bench.shown("rest") == "· 29 s left"
    assert bench.shown("epoch_text") == "epoch 1 / 30"


def test_text_four_times_a_second_and_the_progress_always(bench: Bench):
    bench.actions_by_name["play"].setChecked(True)
    texts, values = set(), set()
    for k in range(61):  # a second of frames
        bench.run(1 / 60, 40 * k)
        texts.add(bench.shown("epoch_text"))
        values.add(bench.bar.findChild(QProgressBar).value())
    assert len(values) == 61
    assert 3 <= len(texts) <= 6


def test_the_end_is_told_at_once(bench: Bench):
    bench.actions_by_name["play"].setChecked(True)
    bench.run(0.1, 2_990)
    bench.seconds += 0.01
    bench.bar.show_snapshot(snapshot(3_000, done=True))
    assert bench.shown("epoch_text") == "epoch 30 / 30"
    assert (bench.shown("speed"), bench.shown("rest")) == ("step 3,000", "· done")
    assert bench.bar.findChild(QProgressBar).value() == 1000


def test_diverged(bench: Bench):
    fault = Divergence(7, 2, "weights", "Try a smaller η.")
    bench.bar.show_snapshot(snapshot(7, divergence=fault, done=True))
    assert (bench.shown("speed"), bench.shown("rest")) == ("diverged", "at step 7")


def test_a_pause_is_no_time_of_the_run(bench: Bench):
    play = bench.actions_by_name["play"]
    play.setChecked(True)
    for k in range(11):
        bench.run(0.1, 10 * k)
    play.setChecked(False)
    assert bench.shown("speed") == "step 100"
    bench.seconds += 3_600
    play.setChecked(True)
    for k in range(11, 21):
        bench.run(0.1, 10 * k)
    assert bench.shown("speed") == "100 steps/s"


def test_set_epochs(bench: Bench):
    bench.bar.set_epochs(1_000_000)
    assert bench.shown("epoch_text") == "epoch 0 / 1,000,000"


def test_nothing_jumps_while_it_runs(bench: Bench):
    bench.fit(1280)
    bench.actions_by_name["play"].setChecked(True)
    places = set()
    for k in range(1, 300):
        bench.run(0.3, 10 * k)
        bench.bar.layout().activate()
        place = bench.bar.findChild(QProgressBar).geometry()
        places.add((place.left(), place.right()))
    assert len(places) == 1


@pytest.mark.parametrize(
    ("width", "hidden"),
    [
        (1280, set()), (1024, set()), (760, {"pace_value", "rest"}),
        (600, {"pace_value", "speed", "rest", "epoch_text"}),
    ],
)  # fmt: skip
def test_folding(bench: Bench, width: int, hidden: set[str]):
    bench.run(1.0, 150)
    bench.fit(width)
    labels = {label.objectName(): label for label in bench.bar.findChildren(QLabel)}
    assert {name for name, label in labels.items() if name and label.isHidden()} == hidden
    bench.bar.layout().activate()
    parts = [w for w in bench.bar.findChildren(QWidget) if w.isVisible()]
    parts = sorted((w.geometry() for w in parts if w.parent() is bench.bar), key=lambda g: g.left())
    assert all(a.right() < b.left() for a, b in pairwise(parts))
    assert parts[-1].right() <= width
    for name in NAMES:
        assert bench.button(name).isVisible()


def test_the_minimum_width_holds_the_buttons_the_pace_and_the_progress(bench: Bench):
    assert bench.bar.minimumSizeHint().width() <= 600


def test_pace(qtbot: QtBot, bench: Bench):
    told: list[float] = []
    bench.bar.pace_changed.connect(told.append)
    assert (bench.bar.pace(), bench.shown("pace_value")) == (inf, "full speed")
    slider = bench.bar.findChild(QSlider)
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert told == [10_000]
    assert bench.shown("pace_value") == "10,000 steps/s"


@pytest.mark.parametrize(
    ("asked", "text"), [(500 / 15, "32 steps/s"), (1, "1 step/s"), (inf, "full speed")]
)
def test_set_pace_moves_the_slider(qtbot: QtBot, bench: Bench, asked: float, text: str):
    bench.bar.set_pace(100)
    with qtbot.waitSignal(bench.bar.pace_changed) as told:
        bench.bar.set_pace(asked)
    assert bench.shown("pace_value") == text
    assert told.args == [bench.bar.pace()]
    slider = bench.bar.findChild(QSlider)
    assert (slider.value() == slider.maximum()) == (asked == inf)
