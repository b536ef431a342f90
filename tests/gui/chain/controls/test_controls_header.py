"""The header of the chain: how many neurons, of what kind, drawn from which seed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from engine.chain.edits import change, redraw, set_length, set_weight
from engine.chain.spec import ChainSpec, drawn, start_chain
from gui.chain.controls.header import ChainHeader
from gui.common.style import style_sheet
from gui.theme import LIGHT
from tests.gui.chain.controls.conftest import Key, Page, choose, retype, settle


class HeaderPage(Page):
    def __init__(self, chain: ChainSpec) -> None:
        super().__init__(ChainHeader, chain, 1000, 60)
        self.header = self.controls


@pytest.fixture
def page(shown: Callable[[HeaderPage], HeaderPage]) -> HeaderPage:
    return shown(HeaderPage(start_chain()))


def test_what_the_chain_is(page: HeaderPage):
    header = page.header
    assert header.neurons.text() == "4"
    assert (header.activation.key, header.cost.key) == ("sigmoid", "quadratic")
    assert header.seed.text() == "1"
    assert header.last.text() == ""


@pytest.mark.parametrize(
    ("text", "neurons", "undo"),
    [("7", 7, "7 neurons"), ("1", 1, "1 neuron"), ("1000", 1000, "1,000 neurons")],
)
def test_another_number_of_neurons(
    qtbot: QtBot, page: HeaderPage, text: str, neurons: int, undo: str
):
    before = page.chain
    retype(qtbot, page.header.neurons, text)
    assert page.chain == set_length(before, neurons)
    assert page.undo_texts == [undo]
    page.document.undo_stack.undo()
    assert page.chain == before
    assert page.header.neurons.text() == "4"


@pytest.mark.parametrize("text", ["0", "1001", "2.5"])
def test_a_number_that_cannot_be_is_refused(qtbot: QtBot, page: HeaderPage, text: str):
    retype(qtbot, page.header.neurons, text)
    assert page.chain == start_chain()
    assert len(page.refused) == 1


def test_one_more_and_one_fewer(qtbot: QtBot, page: HeaderPage):
    for button, neurons in ((page.header.more, 5), (page.header.more, 6), (page.header.fewer, 5)):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert page.chain.neurons == neurons
    assert page.undo_texts == ["5 neurons"]  # one run
    page.document.undo_stack.undo()
    page.header.neurons.setFocus()
    qtbot.keyClick(page.header.neurons, Key.Key_Up)
    assert page.chain.neurons == 5


@pytest.mark.parametrize(("neurons", "fewer", "more"), [(1, False, True), (1000, True, False)])
def test_no_chain_is_shorter_than_one_or_longer_than_a_thousand(
    page: HeaderPage, neurons: int, fewer: bool, more: bool
):
    page.document.change("", set_length(page.chain, neurons))
    assert (page.header.fewer.isEnabled(), page.header.more.isEnabled()) == (fewer, more)


def test_another_activation(qtbot: QtBot, page: HeaderPage):
    choose(qtbot, page.header.activation, "tanh")
    assert page.chain == change(start_chain(), activation="tanh")
    assert page.undo_texts[-1] == "Set the activation to tanh"
    page.document.change("", change(page.chain, activation="relu"))
    assert page.header.activation.key == "relu"


def test_cross_entropy_makes_the_last_neuron_a_sigmoid_and_says_so(qtbot: QtBot, page: HeaderPage):
    page.document.change("", change(page.chain, activation="tanh"))
    choose(qtbot, page.header.cost, "cross_entropy")
    assert page.undo_texts[-1] == "Set the cost to cross-entropy"
    assert page.header.last.text() == "last neuron: sigmoid"
    assert page.header.last.isVisible()
    assert "the last neuron is a sigmoid one" in page.header.cost.toolTip()
    choose(qtbot, page.header.activation, "sigmoid")
    assert page.header.last.text() == ""


def test_redraw_takes_the_next_seed(qtbot: QtBot, page: HeaderPage):
    before = page.chain
    qtbot.mouseClick(page.header.redraw, Qt.MouseButton.LeftButton)
    assert page.chain == redraw(before, before.draw.with_seed(2))
    assert page.header.seed.text() == "2"
    assert page.undo_texts == ["Draw new values"]


def test_a_seed_is_typed(qtbot: QtBot, page: HeaderPage):
    retype(qtbot, page.header.seed, "2147483647")
    assert page.chain == redraw(start_chain(), start_chain().draw.with_seed(2**31 - 1))
    qtbot.mouseClick(page.header.redraw, Qt.MouseButton.LeftButton)
    assert page.chain.draw.seed == 0
    assert page.refused == []


def test_counting_and_drawing_are_steps_of_their_own(qtbot: QtBot, page: HeaderPage):
    page.header.neurons.setFocus()
    qtbot.keyClick(page.header.neurons, Key.Key_Up)
    page.header.seed.setFocus()
    qtbot.keyClick(page.header.seed, Key.Key_Up)
    assert page.undo_texts == ["5 neurons", "Draw new values"]


def test_reset(qtbot: QtBot, page: HeaderPage):
    page.document.change("", set_weight(drawn(9), 2, 100.0))
    qtbot.mouseClick(page.header.reset, Qt.MouseButton.LeftButton)
    assert page.chain == start_chain()
    assert page.undo_texts[-1] == "Reset the chain"


def test_names_for_a_screen_reader(page: HeaderPage):
    header = page.header
    controls = [
        header.fewer, header.neurons, header.more, header.activation, header.cost, header.seed,
        header.redraw, header.reset,
    ]  # fmt: skip
    names = [control.accessibleName() for control in controls]
    assert names == [
        "One neuron fewer", "neurons", "One neuron more", "activation", "cost", "seed", "Redraw",
        "Reset",
    ]  # fmt: skip


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_where_it_is_narrow_the_rarer_is_left_out(qtbot: QtBot, page: HeaderPage, scale: float):
    page.document.change("", change(page.chain, activation="tanh", cost="cross_entropy"))
    page.setStyleSheet(style_sheet(LIGHT, scale))
    seen = []
    for width in range(1400, 250, -25):
        page.resize(round(width * scale), 60)
        settle()
        shown = [w for w in page.header.children() if isinstance(w, QWidget) and w.isVisible()]
        boxes = [w.geometry() for w in shown]
        assert all(page.header.rect().contains(box) for box in boxes)
        for k, box in enumerate(boxes):
            assert not any(box.intersects(other) for other in boxes[:k])
        for w in shown:
            if isinstance(w, QLabel):
                assert w.width() >= w.sizeHint().width()
        seen.append(len(shown))
    assert seen == sorted(seen, reverse=True)
    assert seen[0] == 11
    assert page.header.neurons.isVisible()
    assert page.header.activation.isVisible()
    assert page.header.cost.isVisible()
