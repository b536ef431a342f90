"""A value that is typed, or shown by the program."""

import pytest
from pytestqt.qtbot import QtBot

from gui.common.value_slider import ValueSlider
from tests.gui.common.value_hands import Key, Told, drag, field_text, retype

pytestmark = pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)  # of tooltips


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
