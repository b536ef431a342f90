from itertools import pairwise
from math import inf

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.training.pace_slider import FULL, PaceSlider, pace_at, pace_text, position_of

Key = Qt.Key


@pytest.fixture
def slider(qtbot: QtBot) -> PaceSlider:
    slider = PaceSlider()
    qtbot.addWidget(slider)
    slider.resize(200, 24)
    slider.show()
    return slider


def test_it_starts_at_full_speed(slider: PaceSlider):
    assert slider.pace == inf
    assert slider.value() == slider.maximum() == FULL


def test_every_position_has_its_pace():
    paces = [pace_at(at) for at in range(FULL + 1)]
    assert paces[0] == 1
    assert paces[-2:] == [10_000, inf]
    assert all(a < b for a, b in pairwise(paces))
    assert all(b / a < 1.2 for a, b in pairwise(paces[:-1]))
    assert [position_of(pace) for pace in paces] == list(range(FULL + 1))


@pytest.mark.parametrize(
    ("pace", "text"),
    [(1, "1 step/s"), (1.1, "1.1 steps/s"), (32, "32 steps/s"), (10_000, "10,000 steps/s"),
     (inf, "full speed")],
)  # fmt: skip
def test_the_text_is_the_pace(pace: float, text: str):
    assert pace_text(pace) == text
    assert pace_at(position_of(pace)) == pace


@pytest.mark.parametrize("at", range(FULL))
def test_every_text_reads_back_as_the_pace(at: int):
    assert float(pace_text(pace_at(at)).split()[0].replace(",", "")) == pace_at(at)


@pytest.mark.parametrize(
    ("asked", "low", "high"),
    [
        (500 / 15, 30, 36), (1.0, 1, 1), (0.2, 1, 1), (0, 1, 1), (9_999, 10_000, 10_000),
        (10_000, 10_000, 10_000), (1e6, inf, inf), (inf, inf, inf), (150, 140, 160),
    ],
)  # fmt: skip
def test_the_nearest_pace(slider: PaceSlider, asked: float, low: float, high: float):
    slider.set_pace(asked)
    assert low <= slider.pace <= high


def test_keys(qtbot: QtBot, slider: PaceSlider):
    told: list[float] = []
    slider.pace_changed.connect(told.append)
    for key in (Key.Key_Left, Key.Key_Left, Key.Key_PageDown, Key.Key_Home, Key.Key_PageUp):
        qtbot.keyClick(slider, key)
    assert told == [10_000, 8_900, 890, 1, 10]
    qtbot.keyClick(slider, Key.Key_Right)
    assert slider.pace == 11
    assert slider.accessibleDescription() == "11 steps/s"
    qtbot.keyClick(slider, Key.Key_End)
    assert slider.pace == inf


def test_dragged(qtbot: QtBot, slider: PaceSlider):
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(slider, left, pos=QPoint(slider.width() - 4, 12))
    qtbot.mouseMove(slider, QPoint(slider.width() // 2, 12))
    qtbot.mouseRelease(slider, left, pos=QPoint(slider.width() // 2, 12))
    assert 50 <= slider.pace <= 200


def test_the_wheel_only_in_focus(qtbot: QtBot, slider: PaceSlider):
    slider.activateWindow()
    qtbot.waitUntil(slider.isActiveWindow)
    slider.clearFocus()
    wheel(slider)
    assert slider.pace == inf
    slider.setFocus()
    wheel(slider)
    assert slider.pace < inf


def wheel(slider: PaceSlider) -> None:
    middle = QPointF(slider.rect().center())
    QApplication.sendEvent(
        slider,
        QWheelEvent(
            middle, slider.mapToGlobal(middle), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip
