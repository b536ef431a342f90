"""The sliders of a chain: what they show, and what a hand sets with them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from engine.chain.edits import (
    set_all_weights,
    set_bias,
    set_neuron,
    set_weight,
)
from engine.chain.examples import exploding
from engine.chain.spec import start_chain
from gui.chain.controls.chain_slider import ChainSlider
from gui.theme import DARK, LIGHT
from tests.gui.chain.controls.conftest import (
    Key,
    SlidersPage,
    drag,
    retype,
)


def texts(sliders: list[ChainSlider]) -> list[str]:
    return [slider.field.text() for slider in sliders]


# -- what is shown -------------------------------------------------------------------------------


def test_a_slider_for_every_number(page: SlidersPage):
    assert texts(page.table.sliders) == [
        "0.8", "0", "1.2", "0.3", "−0.8", "−0.2", "1.6", "0.5", "0.9", "−0.4", "differ", "differ",
    ]  # fmt: skip
    assert all(slider.isVisible() for slider in page.table.sliders)


def test_names_for_a_screen_reader(page: SlidersPage):
    names = [slider.groove.accessibleName() for slider in page.table.sliders]
    assert names[0].startswith("a 0: ")
    assert names[2:6] == [
        "w 1: weight from the input to neuron 1", "b 1: bias of neuron 1",
        "w 2: weight from neuron 1 to neuron 2", "b 2: bias of neuron 2",
    ]  # fmt: skip
    assert names[-2:] == ["all weights together", "all biases together"]
    assert [slider.field.accessibleName() for slider in page.table.sliders] == names


def test_colours_say_sign_and_neuron(page: SlidersPage):
    def colours() -> list[QColor]:
        return [slider.groove.colour for pair in page.table.neurons for slider in pair]

    for theme in (LIGHT, DARK):
        page.sliders.set_theme(theme)
        signs = [theme.positive, theme.negative, theme.positive, theme.positive]
        assert colours()[::2] == [QColor(sign) for sign in signs]
        assert colours()[1::2] == [theme.layer(j, 4) for j in range(4)]
    page.document.change("", set_weight(page.chain, 2, 0.8))
    assert colours()[2] == QColor(DARK.positive)


def test_linked_sliders_show_the_common_value(qtbot: QtBot, page: SlidersPage):
    page.document.change("", set_all_weights(page.chain, -2.5))
    written = ["0.8", "0", "−2.5", "0.3", "−2.5", "−0.2", "−2.5", "0.5", "−2.5", "−0.4"]
    qtbot.waitUntil(lambda: texts(page.table.sliders) == [*written, "−2.5", "differ"], timeout=500)
    page.document.undo_stack.undo()
    assert texts(list(page.table.all)) == ["differ", "differ"]


# -- hands ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("j", [1, 2, 3, 4])
@pytest.mark.parametrize("row", [0, 1])
def test_a_drag_sets_one_number_in_one_step(qtbot: QtBot, page: SlidersPage, j: int, row: int):
    before = page.chain
    slider = page.table.neurons[j - 1][row]
    drag(qtbot, slider, 5, 10, 20)
    value = slider.value
    assert value > (before.w, before.b)[row][j - 1]
    assert page.chain == (set_weight, set_bias)[row](before, j, value)
    assert page.undo_texts == [f"Set {'wb'[row]}{'₀₁₂₃₄'[j]}"]
    page.document.undo_stack.undo()
    assert page.chain == before
    assert slider.value == (before.w, before.b)[row][j - 1]


@pytest.mark.parametrize(
    ("row", "text", "field"), [(0, "Set a₀", "x"), (1, "Set y", "y")], ids=["a_0", "y"]
)
def test_the_ends_of_the_chain(qtbot: QtBot, page: SlidersPage, row: int, text: str, field: str):
    retype(qtbot, page.table.ends[row].field, "0.25")
    assert getattr(page.chain, field) == 0.25
    assert page.undo_texts == [text]


def test_all_weights_together(qtbot: QtBot, page: SlidersPage):
    before = page.chain
    drag(qtbot, page.table.all[0], 5, 15)
    value = page.table.all[0].value
    assert page.chain == set_all_weights(before, value)
    assert len({slider.value for slider, _ in page.table.neurons}) == 1
    assert page.undo_texts == ["Set all weights"]
    retype(qtbot, page.table.all[1].field, "0")
    assert page.chain.b == (0.0,) * 4
    assert page.undo_texts == ["Set all weights", "Set all biases"]


def test_arrow_keys_are_one_step_of_undo(qtbot: QtBot, page: SlidersPage):
    slider = page.table.neurons[1][0]
    slider.setFocus()
    for _ in range(3):
        qtbot.keyClick(slider.groove, Key.Key_Right)
    assert page.chain.w[1] == -0.5
    assert page.undo_texts == ["Set w₂"]


def test_what_cannot_be_is_told_and_nothing_is_lost(qtbot: QtBot, page: SlidersPage):
    before, slider = page.chain, page.table.ends[0]
    slider.set_value(1e9)  # as if the field had let it pass
    slider.value_changed.emit(1e9, None)
    assert page.chain is before
    assert page.refused == ["a₀ (x) must lie between -1,000 and 1,000, not 1,000,000,000"]
    assert slider.value == 0.8


@pytest.mark.parametrize("which", ["neuron", "end", "all"])
def test_what_is_typed_and_cannot_be_is_told(qtbot: QtBot, page: SlidersPage, which: str):
    table = page.table
    slider = {"neuron": table.neurons[3][0], "end": table.ends[1], "all": table.all[1]}[which]
    retype(qtbot, slider.field, "2e6")
    assert len(page.refused) == 1
    assert page.chain == start_chain()


def test_moving_a_neurons_slider_chooses_the_neuron(qtbot: QtBot, page: SlidersPage):
    drag(qtbot, page.table.neurons[2][1], 10, 20, 30)
    assert page.chosen == [3]  # once
    page.sliders.set_chosen(1)
    drag(qtbot, page.table.neurons[2][1], 10)
    drag(qtbot, page.table.all[0], 10)
    assert page.chosen == [3, 3]


# -- double click --------------------------------------------------------------------------------


def reset(qtbot: QtBot, slider: ChainSlider) -> float:
    qtbot.mouseDClick(slider.symbol, Qt.MouseButton.LeftButton)
    return slider.value


def test_a_double_click_leads_back_to_the_chain_as_it_came(qtbot: QtBot, page: SlidersPage):
    slider = page.table.neurons[1][0]
    drag(qtbot, slider, 20)
    drag(qtbot, slider, -50)
    drag(qtbot, page.table.all[0], 10)
    assert reset(qtbot, slider) == page.chain.w[1] == -0.8


def test_an_example_is_where_a_double_click_leads_then(qtbot: QtBot, page: SlidersPage):
    page.document.change("", exploding(page.chain))
    slider = page.table.neurons[1][1]
    drag(qtbot, slider, 20)
    assert reset(qtbot, slider) == -50.0


def test_one_neuron_set_elsewhere_is_no_other_chain(qtbot: QtBot, page: SlidersPage):
    page.document.change("", set_neuron(page.chain, 2, 3.0, -3.0))
    assert page.table.neurons[1][0].value == 3.0
    assert reset(qtbot, page.table.neurons[1][0]) == -0.8


def test_linked_sliders_return_to_a_neutral_value(qtbot: QtBot, page: SlidersPage):
    assert [reset(qtbot, slider) for slider in page.table.all] == [1.0, 0.0]
