"""The sliders while the chain is tied, gets longer and gets shorter."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.chain.edits import (
    set_bias,
    set_length,
    tie,
)
from engine.chain.spec import start_chain
from gui.theme import LIGHT
from tests.gui.chain.controls.conftest import (
    Key,
    SlidersPage,
    drag,
    settle,
)

# -- tied ----------------------------------------------------------------------------------------


def test_a_tied_chain_has_one_weight_and_one_bias(qtbot: QtBot, page: SlidersPage):
    qtbot.mouseClick(page.table.tie, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    settle()
    assert page.chain == tie(start_chain(), True)
    names = [slider.groove.accessibleName().partition(":")[0] for slider in page.table.sliders]
    assert names == ["a 0", "y", "w", "b"]
    assert not any(slider.isVisible() for pair in page.table.neurons for slider in pair)
    drag(qtbot, page.table.all[0], 30)
    assert len({*page.chain.w}) == 1
    assert page.chain.tied
    assert page.undo_texts == ["Tie weights", "Set w"]


def test_untied_again(qtbot: QtBot, page: SlidersPage):
    page.table.tie.setFocus()
    for _ in range(2):
        qtbot.keyClick(page.table.tie, Key.Key_Space)
    assert not page.chain.tied
    assert page.undo_texts == ["Tie weights", "Untie weights"]
    assert page.table.all[0].groove.accessibleName() == "all weights together"
    assert len(page.table.sliders) == 12
    page.document.undo_stack.undo()
    assert page.table.tie.isChecked()


# -- another length ------------------------------------------------------------------------------


@pytest.mark.parametrize("neurons", [1, 2, 5, 12])
def test_another_number_of_neurons(page: SlidersPage, neurons: int):
    kept = list(page.table.neurons)
    page.document.change("", set_length(page.chain, neurons))
    settle()
    assert [w.value for w, _ in page.table.neurons[:neurons]] == list(page.chain.w)
    assert page.table.neurons[: len(kept)] == kept  # the widgets stay
    visible = [pair for pair in page.table.neurons if pair[0].isVisible() and pair[1].isVisible()]
    assert visible == page.table.neurons[:neurons]
    last = page.table.neurons[neurons - 1][1]
    assert last.groove.colour == LIGHT.layer(neurons - 1, neurons)


def test_the_focus_stays_when_the_chain_gets_longer(page: SlidersPage):
    slider = page.table.neurons[1][1]
    slider.setFocus()
    page.document.change("", set_length(page.chain, 9))
    settle()
    assert slider.groove.hasFocus()


def test_the_focus_goes_to_the_last_neuron_when_its_own_is_gone(page: SlidersPage):
    page.table.neurons[3][1].setFocus()
    page.document.change("", set_length(page.chain, 2))
    settle()
    assert page.table.neurons[1][1].groove.hasFocus()


def test_a_drag_goes_on_while_the_chain_changes(qtbot: QtBot, page: SlidersPage):
    slider = page.table.neurons[0][0]
    groove, button = slider.groove, Qt.MouseButton.LeftButton
    start = QPoint(round(groove.at(groove.value())), groove.height() // 2)
    qtbot.mousePress(groove, button, pos=start)
    qtbot.mouseMove(groove, start + QPoint(10, 0))
    page.document.change("", set_bias(page.chain, 3, 2.0))
    qtbot.mouseMove(groove, start + QPoint(20, 0))
    place = slider.value
    qtbot.mouseRelease(groove, button, pos=start + QPoint(20, 0))
    assert page.chain.w[0] == place > 1.2
    assert page.chain.b[2] == 2.0


def test_tab_goes_through_all_in_order(qtbot: QtBot, page: SlidersPage):
    page.document.change("", set_length(page.chain, 6))
    settle()
    page.table.ends[0].setFocus()
    stops = []
    for slider in page.table.sliders:
        for widget in (slider.groove, slider.field):
            stops.append(widget.hasFocus())
            qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert all(stops)
    assert page.table.tie.hasFocus()
