import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from engine.architecture import BIAS, dense
from engine.edits import given_parameter, remove_layer
from engine.inspection import ParameterReading
from engine.spec import Experiment
from gui.canvas.cards.parameter_card import READINGS_MS, ParameterCard
from gui.canvas.words.parameter_names import name_of, short_name, signed_digits, step
from gui.document import ExperimentDocument
from gui.theme import LIGHT

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def document():
    return ExperimentDocument(Experiment(dense(784, 30, 30, 10)))


@pytest.fixture
def card(qtbot, document):
    parent = QWidget()
    parent.resize(600, 400)
    qtbot.addWidget(parent)
    card = ParameterCard(document, LIGHT, parent)
    parent.show()
    qtbot.waitExposed(parent)
    card.open(1, 2, 6)
    yield card
    parent.hide()


def given(document, place=(1, 2, 6)):
    return given_parameter(document.experiment.architecture, *place)


def read(card, value=0.123456789, gradient=-1e-3, change=2e-5):
    card.show_reading(ParameterReading(value, gradient, change, False), card.place)


def test_names(document):
    architecture = document.experiment.architecture
    assert name_of(architecture, (1, 2, 6)) == "w of hidden 2: neuron 3 ← neuron 7"
    assert name_of(architecture, (0, 0, 783)) == "w of hidden 1: neuron 1 ← input 784"
    assert name_of(architecture, (2, 9, BIAS)) == "b of output: neuron 10"
    assert short_name((1, 2, 6)) == "weight 7→3 of layer 2"
    assert short_name((1, 2, BIAS)) == "bias 3 of layer 2"


def test_digits_are_of_one_width():
    assert {len(signed_digits(x)) for x in (1.0, -1e-30, 0.0, 123.4)} == {9}
    assert signed_digits(-0.00123) == "−1.23e−03"
    assert signed_digits(None) == "–"


def test_neighbours():
    sizes = (784, 30, 10)
    assert step(sizes, (1, 3, 0), -1, 0) == (1, 2, 0)
    assert step(sizes, (1, 3, 0), 0, -1) == (1, 3, BIAS)
    assert step(sizes, (1, 3, BIAS), 0, -1) == (1, 3, BIAS)
    assert step(sizes, (1, 9, 29), 1, 1) == (1, 9, 29)


def test_it_shows_what_is_read(qtbot, card):
    assert "neuron 3 ← neuron 7" in card.name.text()
    read(card)
    assert card.value.lineEdit().text() == "0.12346"
    assert (card.gradient.text(), card.change_label.text()) == ("−1.00e−03", "+2.00e−05")
    card.show_reading(ParameterReading(9.0, 9.0, 9.0, False), (0, 0, 0))
    qtbot.wait(2 * READINGS_MS)
    assert card.value.lineEdit().text() == "0.12346"


def test_readings_come_five_times_a_second(qtbot, card):
    read(card, 1.0)
    read(card, 2.0)
    assert card.value.lineEdit().text() == "1"
    qtbot.waitUntil(lambda: card.value.lineEdit().text() == "2", timeout=1000)


def test_a_value_is_typed(qtbot, card, document):
    read(card)
    qtbot.keyClicks(card, "-")  # begins a number
    qtbot.keyClicks(card.value, "2.5")
    read(card, 7.0)
    qtbot.wait(2 * READINGS_MS)
    assert card.value.lineEdit().text() == "-2.5"  # what is typed stays
    qtbot.keyClick(card.value, Key.Key_Return)
    assert given(document).value == -2.5
    assert not given(document).frozen
    assert document.undo_stack.undoText() == "Set weight 7→3 of layer 2"
    document.undo_stack.undo()
    assert given(document) is None


def test_the_same_value_is_set_again_when_training_has_moved_it(qtbot, card, document):
    for steps in (1, 2):
        read(card, 7.0)
        qtbot.wait(2 * READINGS_MS)
        card.value.selectAll()
        qtbot.keyClicks(card.value, "0.5")
        qtbot.keyClick(card.value, Key.Key_Return)
        assert given(document).value == pytest.approx(0.5, rel=1e-15)
        assert document.undo_stack.count() == steps


def test_too_large_a_value_is_refused(qtbot, card, document):
    said = []
    card.refused.connect(said.append)
    qtbot.keyClicks(card, "1")
    qtbot.keyClicks(card.value, "e9")
    qtbot.keyClick(card.value, Key.Key_Return)
    assert said
    assert given(document) is None


def test_freeze_and_release(qtbot, card, document):
    read(card, 0.25)
    qtbot.mouseClick(card.freeze, LEFT)
    assert (given(document).value, given(document).frozen) == (0.25, True)
    assert card.freeze.text() == "Release"
    assert card.state.text() == "frozen"
    qtbot.keyClick(card, Key.Key_F)
    assert not given(document).frozen
    assert given(document).value == 0.25
    assert document.undo_stack.undoText() == "Release weight 7→3 of layer 2"
    qtbot.mouseClick(card.forget, LEFT)
    assert given(document) is None
    assert not card.forget.isEnabled()
    for _ in range(3):
        document.undo_stack.undo()
    assert document.undo_stack.count() == 3
    assert given(document) is None


def test_what_is_typed_into_a_frozen_one_stays_frozen(qtbot, card, document):
    read(card)
    qtbot.mouseClick(card.freeze, LEFT)
    qtbot.keyClicks(card, "3")
    qtbot.keyClick(card.value, Key.Key_Return)
    assert (given(document).value, given(document).frozen) == (3.0, True)


def test_arrows_step_to_neighbours(qtbot, card):
    picked = []
    card.picked.connect(picked.append)
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Up, Key.Key_Left):
        qtbot.keyClick(card, key)
    assert picked == [(1, 3, 6), (1, 3, 7), (1, 2, 7), (1, 2, 6)]
    for _ in range(7):
        qtbot.keyClick(card, Key.Key_Left)
    assert picked[-1] == (1, 2, BIAS)
    assert "b of hidden 2" in card.name.text()
    assert card.captions[1].text() == "∂C/∂b"


def test_escape_closes(qtbot, card):
    with qtbot.waitSignal(card.picked) as picked:
        qtbot.keyClick(card, Key.Key_Escape)
    assert picked.args == [None]
    assert card.isHidden()


def test_it_closes_when_its_place_is_gone(card, document):
    card.open(2, 9, 29)
    document.change("Remove layer 2", remove_layer(document.experiment, 1))
    assert card.place is None
    assert card.isHidden()


def test_there_is_no_card_of_what_is_not_there(card):
    card.open(7, 0, 0)
    assert card.place == (1, 2, 6)
