from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeySequence,
    QMouseEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.hyper import Hyper
from gui.common import value_gesture
from gui.common.formula.symbols import w
from gui.common.style import style_sheet
from gui.common.value_menu import ValueMenu
from gui.common.value_range import SliderRange
from gui.common.value_slider import Shape, ValueSlider
from gui.theme import DARK, LIGHT, Theme

Key, Modifier = Qt.Key, Qt.KeyboardModifier
WEIGHT = Hyper("w", "w₂", 1.0, -1e6, 1e6, False, "weight from neuron 1 to neuron 2")
Told = list[tuple[float, object]]
pytestmark = pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)  # of tooltips


@pytest.fixture
def slider(shown: Callable[[QWidget], QWidget]) -> ValueSlider:
    return shown_slider(shown)


@pytest.fixture
def told(slider: ValueSlider) -> Told:
    return listen(slider)


def shown_slider(shown: Callable[[QWidget], QWidget], shape: Shape = Shape.WIDE) -> ValueSlider:
    """±4 wide, at 1, in a window with the style of the program."""
    window = QWidget()
    window.setStyleSheet(style_sheet(LIGHT))
    slider = ValueSlider(WEIGHT, w(2), shape)
    slider.set_range(-4.0, 4.0)
    other = ValueSlider(WEIGHT, w(3))
    column = QVBoxLayout(window)
    column.addWidget(slider)
    column.addWidget(other)
    slider.window_, slider.other = window, other  # kept as long as the slider
    window.resize(240, 120)
    shown(window)
    return slider


def listen(slider: ValueSlider) -> Told:
    told: Told = []
    slider.value_changed.connect(lambda value, key: told.append((value, key)))
    return told


def handle(slider: ValueSlider) -> QPoint:
    groove = slider.groove
    return QPoint(round(groove.at(groove.value())), groove.height() // 2)


def drag(qtbot: QtBot, slider: ValueSlider, *offsets: int) -> None:
    """From the handle, by each offset in turn."""
    groove, start = slider.groove, handle(slider)
    qtbot.mousePress(groove, Qt.MouseButton.LeftButton, pos=start)
    for offset in offsets:
        at = QPointF(start + QPoint(offset, 0))
        QApplication.sendEvent(
            groove,
            QMouseEvent(
                QEvent.Type.MouseMove, at, groove.mapToGlobal(at), Qt.MouseButton.NoButton,
                Qt.MouseButton.LeftButton, Modifier.NoModifier,
            ),
        )  # fmt: skip
    qtbot.mouseRelease(groove, Qt.MouseButton.LeftButton, pos=start + QPoint(offsets[-1], 0))


def retype(qtbot: QtBot, slider: ValueSlider, text: str) -> None:
    slider.field.setFocus()
    slider.field.selectAll()
    qtbot.keyClicks(slider.field, text)
    qtbot.keyClick(slider.field, Key.Key_Return)


def field_text(slider: ValueSlider) -> str:
    return slider.field.text()


# -- range ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "step", "grid"),
    [
        (-4.0, 4.0, 0.1, 0.01), (-10.0, 10.0, 0.2, 0.02), (-100.0, 100.0, 2.0, 0.2),
        (0.0, 1.0, 0.01, 0.001), (-1000.0, 1000.0, 20.0, 2.0),
    ],
)  # fmt: skip
def test_steps_are_round_numbers(low: float, high: float, step: float, grid: float):
    span = SliderRange(low, high)
    assert span.step == pytest.approx(step, rel=1e-12)
    assert span.grid == pytest.approx(grid, rel=1e-12)
    first, last = span.places
    assert (span.value(first), span.value(last)) == (low, high)
    assert span.value(0) == 0.0


@pytest.mark.parametrize("value", [-4.0, -0.37, 0.0, 0.3, 1.2, 3.99])
def test_a_place_is_worth_a_number_of_few_digits(value: float):
    span = SliderRange(-4.0, 4.0)
    assert span.value(span.place(value)) == value  # to the last bit


def test_ends_that_are_no_multiples_are_reached():
    span = SliderRange(-0.4477, 6.894)
    first, last = span.places
    assert (span.value(first), span.value(last)) == (-0.4477, 6.894)


@pytest.mark.parametrize(
    ("low", "high", "value", "then"),
    [
        (-4.0, 4.0, 4.0, (-4.0, 4.0)), (-4.0, 4.0, 4.1, (-10.0, 10.0)),
        (-4.0, 4.0, -50.0, (-100.0, 100.0)), (-10.0, 10.0, 5000.0, (-5000.0, 5000.0)),
        (0.0, 1.0, 1.3, (0.0, 1.5)), (0.0, 1.0, -0.2, (-0.2, 1.0)),
    ],
)  # fmt: skip
def test_a_range_widens_to_hold_a_number(
    low: float, high: float, value: float, then: tuple[float, float]
):
    wide = SliderRange(low, high).holding(value)
    assert (wide.low, wide.high) == then


# -- drag ----------------------------------------------------------------------------------------


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


# -- keys ----------------------------------------------------------------------------------------


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


# -- typing --------------------------------------------------------------------------------------


def test_typed_numbers_are_a_gesture_each(qtbot: QtBot, slider: ValueSlider, told: Told):
    retype(qtbot, slider, "2.5")
    retype(qtbot, slider, "-3")
    assert [value for value, _ in told] == [2.5, -3.0]
    assert told[0][1] != told[1][1]
    assert slider.groove.value() == -300


def test_arrows_in_the_field_are_one_gesture(qtbot: QtBot, slider: ValueSlider, told: Told):
    slider.field.setFocus()
    for _ in range(3):
        qtbot.keyClick(slider.field, Key.Key_Up)
    assert [value for value, _ in told] == [1.1, 1.2, 1.3]
    assert len({id(key) for _, key in told}) == 1


@pytest.mark.parametrize(
    ("text", "end"), [("6.3", 10.0), ("-50", 100.0), ("1e3", 1000.0), ("2e4", 2e4)]
)
def test_a_number_beyond_the_range_widens_it(
    qtbot: QtBot, slider: ValueSlider, told: Told, text: str, end: float
):
    retype(qtbot, slider, text)
    assert slider.range == (-end, end)
    assert slider.value == told[-1][0] == float(text)
    slider.set_value(1.0)
    assert slider.range == (-end, end)  # it was the user who wanted it


def test_what_is_not_allowed_is_refused(qtbot: QtBot, slider: ValueSlider, told: Told):
    refused: list[str] = []
    slider.refused.connect(refused.append)
    retype(qtbot, slider, "2000000")
    assert told == []
    assert refused == ["w₂ (w) must lie between -1,000,000 and 1,000,000, not 2,000,000"]
    slider.groove.setFocus()
    assert (slider.value, field_text(slider)) == (1.0, "1")


def test_leaving_a_rounded_number_changes_nothing(qtbot: QtBot, slider: ValueSlider, told: Told):
    slider.set_value(0.345584192064786)
    assert field_text(slider) == "0.3456"
    slider.field.setFocus()
    qtbot.keyClick(slider.field, Key.Key_Return)
    slider.groove.setFocus()
    assert told == []
    assert slider.value == 0.345584192064786


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"), (-0.8, "−0.8"), (100.0, "100"), (-12.3456, "−12.35"), (1e-8, "1e−8"),
        (123456.7, "123,457"), (-1e6, "−1,000,000"),
    ],
)  # fmt: skip
def test_what_stands_in_the_field(slider: ValueSlider, value: float, text: str):
    slider.field.resize(120, 22)
    slider.set_value(value)
    assert field_text(slider) == text


def test_a_narrow_field_shows_fewer_digits(slider: ValueSlider):
    slider.set_value(-0.345584)
    field = slider.field
    for digits in ("−0.3456", "−0.346", "−0.35", "−0.3"):
        room = field.lineEdit().fontMetrics().horizontalAdvance(digits)
        field.resize(room + 2 * field.padding + 3, field.height())
        assert field_text(slider) == digits
    assert slider.value == -0.345584


# -- from the program ----------------------------------------------------------------------------


def test_what_is_shown_is_not_told(slider: ValueSlider, told: Told):
    slider.set_value(2.0)
    slider.set_mixed()
    slider.set_value(2.0)
    slider.set_range(-10.0, 10.0)
    slider.widen()
    assert told == []
    assert (slider.value, slider.range, field_text(slider)) == (2.0, (-100.0, 100.0), "2")


def test_a_shown_number_widens_the_range_while_it_is_shown(slider: ValueSlider):
    slider.set_value(100.0)
    assert slider.range == (-100.0, 100.0)
    assert slider.groove.value() == slider.groove.maximum()
    slider.set_value(1.2)
    assert slider.range == (-4.0, 4.0)


def test_a_wide_range_that_was_dragged_in_stays(qtbot: QtBot, slider: ValueSlider, told: Told):
    slider.set_value(100.0)
    drag(qtbot, slider, -40)
    slider.set_value(told[-1][0])  # as it comes back from the document
    slider.set_value(1.0)
    assert slider.range == (-100.0, 100.0)


def test_a_number_that_could_not_be_typed_is_shown(slider: ValueSlider):
    slider.set_value(4e7)
    assert slider.field.value() == slider.value == 4e7


def test_values_that_differ(qtbot: QtBot, slider: ValueSlider, told: Told):
    slider.set_mixed()
    assert slider.is_mixed
    assert field_text(slider) == "differ"
    slider.setFocus()
    qtbot.keyClick(slider.groove, Key.Key_Right)
    assert [value for value, _ in told] == [1.1]
    assert not slider.is_mixed


def test_the_same_number_for_values_that_differ_is_told(
    qtbot: QtBot, slider: ValueSlider, told: Told
):
    slider.set_mixed()
    retype(qtbot, slider, "1")
    assert [value for value, _ in told] == [1.0]


def test_a_drag_goes_on_when_the_number_is_shown_again(
    qtbot: QtBot, slider: ValueSlider, told: Told
):
    slider.value_changed.connect(slider.set_value)
    drag(qtbot, slider, 10, 20, 30)
    assert len({id(key) for _, key in told}) == 1
    assert slider.value == told[-1][0]


# -- menu, tooltip, looks ------------------------------------------------------------------------


def menu(slider: ValueSlider) -> dict[str, QAction]:
    """What a right click on the groove opens, by its words."""
    middle = slider.groove.rect().center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, middle, slider.groove.mapToGlobal(middle)
    )
    QApplication.sendEvent(slider.groove, event)
    opened = slider.findChildren(ValueMenu)[-1]
    actions = {action.text(): action for action in opened.actions() if action.text()}
    opened.hide()
    return actions


def test_the_menu_offers_ranges(qtbot: QtBot, slider: ValueSlider, told: Told):
    actions = menu(slider)
    ranges = [text for text in actions if text.startswith("Range")]
    assert ranges == ["Range ±4", "Range ±10", "Range ±100", "Range ±1,000"]
    assert [text for text in ranges if actions[text].isChecked()] == ["Range ±4"]
    actions["Range ±100"].trigger()
    assert slider.range == (-100.0, 100.0)
    assert told == []


def test_the_menu_resets(slider: ValueSlider, told: Told):
    slider.set_value(3.0)
    menu(slider)["Reset to 1"].trigger()
    assert [value for value, _ in told] == [1.0]


def test_a_value_is_copied_and_pasted_whole(slider: ValueSlider, told: Told):
    slider.set_value(-1234.5678901234567)
    menu(slider)["Copy value"].trigger()
    assert QGuiApplication.clipboard().text() == "-1234.5678901234567"
    slider.set_value(0.0)
    menu(slider)["Paste value"].trigger()
    assert [value for value, _ in told] == [-1234.5678901234567]


@pytest.mark.parametrize("text", ["", "many", "1e400"])
def test_what_is_no_number_is_not_pasted(slider: ValueSlider, text: str):
    QGuiApplication.clipboard().setText(text)
    assert not menu(slider)["Paste value"].isEnabled()


def test_a_pasted_number_out_of_bounds_is_refused(slider: ValueSlider, told: Told):
    refused: list[str] = []
    slider.refused.connect(refused.append)
    QGuiApplication.clipboard().setText("1e9")
    menu(slider)["Paste value"].trigger()
    assert told == []
    assert len(refused) == 1


def test_the_tooltip_tells_the_whole_number(slider: ValueSlider):
    slider.set_value(0.345584192064786)
    slider.set_default(-0.25)
    at = QPoint(5, 5)
    event = QHelpEvent(QEvent.Type.ToolTip, at, slider.groove.mapToGlobal(at))
    QApplication.sendEvent(slider.groove, event)
    words = ("w₂", "0.345584192064786", "weight from neuron 1 to neuron 2", "double-click: −0.25")
    assert all(word in slider.toolTip() for word in words)
    QToolTip.hideText()


def test_names_for_a_screen_reader(slider: ValueSlider):
    slider.set_name("w 2: weight from neuron 1 to neuron 2", "weight")
    assert slider.groove.accessibleName() == "w 2: weight from neuron 1 to neuron 2"
    assert slider.field.accessibleName() == "w 2: weight from neuron 1 to neuron 2"


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_it_is_filled_from_zero_to_the_value(slider: ValueSlider, theme: Theme):
    colour, groove = QColor(theme.positive), slider.groove
    for value, left, right in ((2.0, False, True), (-2.0, True, False)):
        slider.set_value(value)
        slider.set_colour(colour, theme)
        picture = groove.grab().toImage()
        y = groove.height() // 2
        assert (picture.pixelColor(round(groove.at(-100)), y) == colour) == left
        assert (picture.pixelColor(round(groove.at(100)), y) == colour) == right
        assert picture.pixelColor(round(groove.at(-350)), y) == QColor(theme.line)


@pytest.mark.parametrize("shape", list(Shape))
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nothing_overlaps_in_any_shape(
    qtbot: QtBot, shown: Callable[[QWidget], QWidget], shape: Shape, scale: float
):
    slider = shown_slider(shown, shape)
    slider.window().setStyleSheet(style_sheet(LIGHT, scale))
    for wide in Shape:  # whatever it was before
        slider.set_shape(wide)
        slider.set_shape(shape)
    slider.setFixedWidth(slider.least_width(shape))
    slider.set_value(-0.35)
    QApplication.processEvents()
    parts = [p for p in (slider.symbol, slider.field, slider.groove) if p.isVisible()]
    assert len(parts) == (2 if shape is Shape.BARE else 3)
    for k, part in enumerate(parts):
        assert slider.rect().contains(part.geometry())
        assert not any(part.geometry().intersects(other.geometry()) for other in parts[:k])
    assert field_text(slider) == "−0.35"
    line = slider.field.lineEdit()
    assert line.fontMetrics().horizontalAdvance("−0.35") <= line.width()
