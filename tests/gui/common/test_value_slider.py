"""A value by drag and keys: one gesture each."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QKeySequence,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.common import value_gesture
from gui.common.value_slider import ValueSlider
from tests.gui.common.value_hands import Key, Modifier, Told, drag, field_text, handle

pytestmark = pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)  # of tooltips


def test_a_drag_is_one_gesture(qtbot: QtBot, slider: ValueSlider, told: Told):
    drag(qtbot, slider, 10, 20, 40)
    assert len(told) == 3
    assert len({id(key) for _, key in told}) == 1
    groove = slider.groove
    assert groove.at(groove.value()) == pytest.approx(
        groove.at(100) + 40, abs=0.5
    )  # the handle stays under the pointer
    assert slider.value == told[-1][0] == groove.value() / 100
    assert field_text(slider) == f"{slider.value:g}"


def test_the_next_drag_is_another_gesture(qtbot: QtBot, slider: ValueSlider, told: Told):
    drag(qtbot, slider, 10)
    drag(qtbot, slider, 10)
    assert told[0][1] != told[1][1]


def test_a_click_on_the_handle_changes_nothing(qtbot: QtBot, slider: ValueSlider, told: Told):
    slider.set_value(1.23456)
    qtbot.mouseClick(slider.groove, Qt.MouseButton.LeftButton, pos=handle(slider) + QPoint(3, 0))
    assert told == []
    assert slider.value == 1.23456


def test_a_press_beside_the_handle_brings_it_there(qtbot: QtBot, slider: ValueSlider, told: Told):
    groove = slider.groove
    qtbot.mouseClick(groove, Qt.MouseButton.LeftButton, pos=QPoint(groove.width() // 2, 8))
    assert told[-1][0] == pytest.approx(0.0, abs=0.05)


def test_a_drag_beyond_the_end_stays_at_the_end(qtbot: QtBot, slider: ValueSlider, told: Told):
    drag(qtbot, slider, 5000)
    assert slider.value == 4.0
    assert slider.range == (-4.0, 4.0)


@pytest.mark.parametrize("place", ["handle", "groove"])
def test_a_double_click_resets_in_one_gesture(
    qtbot: QtBot, slider: ValueSlider, told: Told, place: str
):
    slider.set_default(-0.5)
    at = handle(slider) if place == "handle" else QPoint(slider.groove.width() - 12, 8)
    button = Qt.MouseButton.LeftButton
    qtbot.mouseClick(slider.groove, button, pos=at)
    qtbot.mouseDClick(slider.groove, button, pos=at)
    assert slider.value == told[-1][0] == -0.5
    assert len({id(key) for _, key in told}) == 1
    assert field_text(slider) == "−0.5"


def test_a_double_click_on_the_symbol_resets(qtbot: QtBot, slider: ValueSlider, told: Told):
    slider.set_value(3.0)
    qtbot.mouseDClick(slider.symbol, Qt.MouseButton.LeftButton)
    assert [value for value, _ in told] == [1.0]


def test_the_number_is_large_at_the_handle_while_it_is_dragged(
    qtbot: QtBot, slider: ValueSlider, told: Told
):
    button, start = Qt.MouseButton.LeftButton, handle(slider)
    qtbot.mousePress(slider.groove, button, pos=start)
    assert slider.bubble is None  # nothing has moved
    place = start + QPoint(-60, 0)
    qtbot.mouseMove(slider.groove, place)
    bubble = slider.bubble
    assert bubble is not None
    assert bubble.text.replace(" ", "") == f"w₂={slider.value:g}".replace("-", "−")
    assert slider.value < 0
    window = slider.window()
    assert window.rect().contains(bubble.geometry())
    handle_now = slider.groove.mapTo(window, handle(slider))
    assert bubble.geometry().bottom() < handle_now.y()
    assert bubble.geometry().left() <= handle_now.x() <= bubble.geometry().right()
    qtbot.mouseRelease(slider.groove, button, pos=place)
    assert slider.bubble is None


@pytest.mark.parametrize(
    ("key", "modifier", "value"),
    [
        (Key.Key_Right, Modifier.NoModifier, 1.1), (Key.Key_Up, Modifier.NoModifier, 1.1),
        (Key.Key_Left, Modifier.NoModifier, 0.9), (Key.Key_Down, Modifier.NoModifier, 0.9),
        (Key.Key_Right, Modifier.ShiftModifier, 2.0), (Key.Key_Left, Modifier.ShiftModifier, 0.0),
        (Key.Key_PageUp, Modifier.NoModifier, 2.0), (Key.Key_PageDown, Modifier.NoModifier, 0.0),
        (Key.Key_Home, Modifier.NoModifier, -4.0), (Key.Key_End, Modifier.NoModifier, 4.0),
    ],
)  # fmt: skip
def test_keys(
    qtbot: QtBot, slider: ValueSlider, told: Told, key: Key, modifier: Modifier, value: float
):
    slider.setFocus()
    qtbot.keyClick(slider.groove, key, modifier)
    assert [v for v, _ in told] == [value]  # exactly: 1.1, not 1.1000000000000001
    assert slider.groove.value() == round(100 * value)


def test_a_step_leads_to_a_round_number(qtbot: QtBot, slider: ValueSlider, told: Told):
    slider.set_value(-0.34558)
    slider.setFocus()
    for key, value in ((Key.Key_Right, -0.3), (Key.Key_Left, -0.4), (Key.Key_Left, -0.5)):
        qtbot.keyClick(slider.groove, key)
        assert slider.value == value


def test_a_run_of_steps_is_one_gesture_until_a_pause(
    qtbot: QtBot, slider: ValueSlider, told: Told, monkeypatch: pytest.MonkeyPatch
):
    times = [100.0, 100.9, 101.8, 103.0]
    monkeypatch.setattr(value_gesture, "monotonic", iter(times).__next__)
    slider.setFocus()
    for _ in times:
        qtbot.keyClick(slider.groove, Key.Key_Right)
    keys = [id(key) for _, key in told]
    assert keys[0] == keys[1] == keys[2] != keys[3]


def test_a_drag_ends_a_run_of_steps(qtbot: QtBot, slider: ValueSlider, told: Told):
    slider.setFocus()
    qtbot.keyClick(slider.groove, Key.Key_Right)
    drag(qtbot, slider, 30)
    qtbot.keyClick(slider.groove, Key.Key_Right)
    assert len({id(key) for _, key in told}) == 3


def test_enter_leads_to_the_field(qtbot: QtBot, slider: ValueSlider, told: Told):
    slider.setFocus()
    qtbot.keyClick(slider.groove, Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "2.5")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert [value for value, _ in told] == [2.5]


def test_the_wheel_needs_the_focus(qtbot: QtBot, slider: ValueSlider, told: Told):
    slider.other.setFocus()
    wheel(slider.groove, 1)
    assert told == []
    slider.setFocus()
    wheel(slider.groove, -2)
    wheel(slider.groove, 1)
    assert [value for value, _ in told] == [0.9, 1.0]


def wheel(widget: QWidget, notches: int) -> None:
    middle = QPointF(widget.rect().center())
    QApplication.sendEvent(
        widget,
        QWheelEvent(
            middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton, Modifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip


def test_letters_and_digits_stay_keys_of_the_window(qtbot: QtBot, slider: ValueSlider):
    pressed: list[str] = []
    for keys in ("2", "Space", "N"):
        QShortcut(QKeySequence(keys), slider.window(), lambda keys=keys: pressed.append(keys))
    slider.setFocus()
    for key in (Key.Key_2, Key.Key_Space, Key.Key_N):
        qtbot.keyClick(slider.groove, key)
    assert pressed == ["2", "Space", "N"]
