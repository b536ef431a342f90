"""The menu, the tooltip and the looks of a value."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from gui.common.style import style_sheet
from gui.common.value_menu import ValueMenu
from gui.common.value_slider import Shape, ValueSlider
from gui.theme import DARK, LIGHT, Theme
from tests.gui.common.value_hands import (
    Told,
    field_text,
    shown_slider,
)

pytestmark = pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)  # of tooltips


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
