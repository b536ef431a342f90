"""The controls of a chain that is too long for sliders: how its numbers are drawn."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from engine.chain.draws import Draw
from engine.chain.edits import redraw, set_bias, set_length, set_weight, tie
from engine.chain.spec import drawn
from gui.chain.controls.chain_slider import ChainSlider
from tests.gui.chain.controls.conftest import (
    Key,
    OpenPage,
    SlidersPage,
    choose,
    retype,
    settle,
)

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


@pytest.fixture
def page(open_page: OpenPage) -> SlidersPage:
    return open_page(drawn(40))


def nudge(qtbot: QtBot, slider: ChainSlider) -> float:
    slider.setFocus()
    qtbot.keyClick(slider.groove, Key.Key_Right)
    return slider.value


def test_a_long_chain_has_no_slider_for_every_number(page: SlidersPage):
    assert page.draw.isVisible()
    assert not page.sliders.table.isVisible()
    assert page.draw.distributions["weights"].key == "normal"
    assert page.draw.scales["w_scale"].number == 1.0
    assert "all values are drawn" in page.draw.note.shown


def test_from_thirteen_neurons_on(page: SlidersPage):
    for neurons, is_long in ((13, True), (12, False), (1000, True)):
        page.document.change("", set_length(page.chain, neurons))
        settle()
        assert page.draw.isVisible() == is_long
        assert page.sliders.table.isVisible() != is_long


@pytest.mark.parametrize("name", ["weights", "biases"])
@pytest.mark.parametrize("key", ["uniform", "sign", "constant"])
def test_another_distribution_draws_anew(qtbot: QtBot, page: SlidersPage, name: str, key: str):
    before = page.chain
    combo = page.draw.distributions[name]
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())
    assert page.chain == redraw(before, replace(before.draw, **{name: key}))
    label = {"uniform": "uniform", "sign": "±s", "constant": "all equal"}[key]
    assert page.undo_texts == [f"Draw {name}: {label}"]
    page.document.undo_stack.undo()
    assert page.chain == before
    assert combo.key == "normal"


def test_a_distribution_is_chosen_with_the_keys(qtbot: QtBot, page: SlidersPage):
    choose(qtbot, page.draw.distributions["weights"], "uniform")
    assert page.chain.draw.weights == "uniform"


def test_another_scale_draws_anew(qtbot: QtBot, page: SlidersPage):
    before = page.chain
    retype(qtbot, page.draw.scales["w_scale"], "3")
    assert page.chain == redraw(before, Draw(w_scale=3.0))
    assert page.chain.w[7] == pytest.approx(3 * before.w[7])
    retype(qtbot, page.draw.scales["b_scale"], "0")
    assert page.chain.b == (0.0,) * 40
    assert page.undo_texts == ["Set s of w", "Set s of b"]


def test_a_scale_that_cannot_be_is_refused(qtbot: QtBot, page: SlidersPage):
    before = page.chain
    retype(qtbot, page.draw.scales["w_scale"], "-1")
    assert page.chain is before
    assert page.refused == ["s of w (w_scale) must lie between 0 and 1,000, not -1"]


def test_one_neuron_can_be_set(qtbot: QtBot, page: SlidersPage):
    before = page.chain
    retype(qtbot, page.draw.picker, "17")
    assert page.chosen == [17]
    w, b = page.draw.neuron
    assert w.groove.accessibleName() == "w 17: weight from neuron 16 to neuron 17"
    assert w.value == before.w[16]
    value = nudge(qtbot, w)
    assert page.chain == set_weight(before, 17, value)
    value_b = nudge(qtbot, b)
    assert page.chain == set_bias(set_weight(before, 17, value), 17, value_b)
    assert page.undo_texts == ["Set w₁₇", "Set b₁₇"]
    qtbot.mouseDClick(w.symbol, Qt.MouseButton.LeftButton)
    assert page.chain.w == before.w


def test_the_neuron_that_is_chosen_elsewhere_is_picked(page: SlidersPage):
    page.sliders.set_chosen(33)
    assert page.draw.picker.number == page.draw.picked == 33
    assert page.draw.neuron[1].value == page.chain.b[32]
    assert page.chosen == []
    page.sliders.set_chosen(500)
    assert page.draw.picked == 33


def test_a_neuron_that_is_not_there_is_refused(qtbot: QtBot, page: SlidersPage):
    retype(qtbot, page.draw.picker, "41")
    assert page.draw.picked == 1
    assert page.refused == ["neuron must lie between 1 and 40, not 41"]


def test_a_shorter_chain_has_its_last_neuron_picked(page: SlidersPage):
    page.sliders.set_chosen(33)
    page.document.change("", set_length(page.chain, 20))
    assert page.draw.picker.number == page.draw.picked == 20
    assert page.draw.neuron[0].value == page.chain.w[19]


def test_a_tied_long_chain_has_one_weight_and_one_bias(qtbot: QtBot, page: SlidersPage):
    before = page.chain
    page.sliders.set_chosen(9)
    qtbot.mouseClick(page.draw.tie, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert page.chain == tie(before, True)
    assert not page.draw.picker.isVisible()
    w = page.draw.neuron[0]
    assert w.groove.accessibleName().startswith("w: ")
    value = nudge(qtbot, w)
    assert page.chain.w == (value,) * 40
    assert page.undo_texts == ["Tie weights", "Set w"]


def test_the_ends_of_a_long_chain(qtbot: QtBot, page: SlidersPage):
    retype(qtbot, page.draw.ends[0].field, "-0.5")
    retype(qtbot, page.draw.ends[1].field, "1")
    assert (page.chain.x, page.chain.y) == (-0.5, 1.0)


@pytest.mark.parametrize(
    ("width", "scale", "high"),
    [(1222, 1.0, 100), (972, 1.0, 100), (972, 1.5, 160), (996, 2.0, 210)],
)
@pytest.mark.parametrize("tied", [False, True])
def test_nothing_of_it_is_cut(open_page: OpenPage, width: int, scale: float, high: int, tied: bool):
    page = open_page(tie(drawn(1000), tied), width, scale)
    assert page.sliders.height() <= high
    seen = [
        part for part in page.draw.findChildren(QWidget)
        if part.isVisible() and not part.findChildren(QWidget, options=DIRECT)
        and not isinstance(part, QLineEdit)
    ]  # fmt: skip
    boxes = []
    for part in seen:
        box = part.rect().translated(part.mapTo(page.draw, QPoint()))
        name = f"{type(part).__name__} {part.accessibleName()}"
        assert page.draw.rect().contains(box), name
        assert part.width() >= part.minimumSizeHint().width(), name
        assert not any(box.intersects(other) for other in boxes), name
        boxes.append(box)
