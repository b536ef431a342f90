import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.activations import ACTIVATIONS, HIDDEN
from engine.edits import change_layer, remove_layer
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from gui.common.number_field import NumberField
from gui.document import ExperimentDocument
from gui.training.settings_panel import SettingsPanel

Key = Qt.Key
pytestmark = pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)  # of tooltips
CHOICES = [
    *(("activation", key) for key in HIDDEN),
    *(("initializer", key) for key in INITIALIZERS),
    *(("bias", key) for key in BIAS_INITIALIZERS),
]


def type_number(qtbot: QtBot, field: NumberField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Key.Key_Return)


def test_a_hint_until_a_layer_is_selected(panel: SettingsPanel):
    assert panel.findChild(QLabel, "layer_hint").isVisible()
    assert not panel.layer.numbers["neurons"].field("neurons").isVisible()
    panel.set_selected_layers((1,))
    assert not panel.findChild(QLabel, "layer_hint").isVisible()
    assert panel.layer.numbers["neurons"].field("neurons").isVisible()
    panel.set_selected_layers(())
    assert panel.findChild(QLabel, "layer_hint").isVisible()


@pytest.mark.parametrize(
    ("index", "title", "neurons"),
    [(0, "HIDDEN 1", "30"), (1, "HIDDEN 2", "20"), (2, "OUTPUT", "10")],
)
def test_the_selected_layer_is_shown(panel: SettingsPanel, index: int, title: str, neurons: str):
    panel.set_selected_layers((index,))
    assert panel.layer.title.text() == title
    assert panel.layer.numbers["neurons"].field("neurons").text() == neurons


@pytest.mark.parametrize(("name", "text"), [("neurons", "45"), ("gain", "2.5")])
def test_a_number_is_one_edit(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument, name: str, text: str
):
    panel.set_selected_layers((1,))
    field = panel.layer.findChild(NumberField, name)
    before, others = field.text(), document.experiment.architecture.layers[::2]
    type_number(qtbot, field, text)
    assert getattr(document.experiment.architecture.layers[1], name) == float(text)
    assert document.experiment.architecture.layers[::2] == others
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert field.text() == before


@pytest.mark.parametrize(("field", "key"), CHOICES)
def test_every_choice(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument, field: str, key: str
):
    panel.set_selected_layers((0,))
    combo = panel.layer.combos[field]
    here, there = combo.currentIndex(), combo.findData(key)
    combo.setFocus()
    for _ in range(abs(there - here)):
        qtbot.keyClick(combo, Key.Key_Down if there > here else Key.Key_Up)
    layers = document.experiment.architecture.layers
    assert getattr(layers[0], field) == key == combo.key
    assert document.undo_stack.count() == abs(there - here)
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert combo.currentIndex() == here


def test_the_outputs_neurons_follow_the_data(panel: SettingsPanel):
    panel.set_selected_layers((2,))
    neurons = panel.layer.numbers["neurons"].field("neurons")
    assert not neurons.isEnabled()
    assert "one neuron per class" in neurons.toolTip()
    panel.set_selected_layers((0,))
    assert neurons.isEnabled()
    assert "one neuron per class" not in neurons.toolTip()


def test_the_output_may_be_softmax_but_the_cost_must_fit(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument
):
    panel.set_selected_layers((2,))
    combo = panel.layer.combos["activation"]
    assert [combo.itemData(i) for i in range(combo.count())] == list(ACTIVATIONS)
    before = combo.key, document.experiment
    last = combo.findData("softmax")
    combo.setFocus()
    combo.setCurrentIndex(last - 1)
    qtbot.keyClick(combo, Key.Key_Down)
    assert panel.foot.property("role") == "fault"
    assert "cost" in panel.foot.text()
    assert (combo.key, document.experiment) == before
    panel.set_selected_layers((0,))
    assert [combo.itemData(i) for i in range(combo.count())] == list(HIDDEN)


def test_more_neurons_than_the_limit_are_refused(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument
):
    panel.set_selected_layers((0,))
    type_number(qtbot, panel.layer.numbers["neurons"].field("neurons"), "20000")
    assert panel.foot.text() == "Neurons must lie between 1 and 10,000, not 20,000"
    assert document.undo_stack.count() == 0


def test_a_layer_that_goes_leaves_the_next_or_the_hint(
    panel: SettingsPanel, document: ExperimentDocument
):
    panel.set_selected_layers((2,))
    document.change("Remove", remove_layer(document.experiment, 1))
    assert panel.layer.selected == ()
    assert panel.layer.hint.isVisible()
    document.undo_stack.undo()
    assert panel.layer.title.text() == "OUTPUT"


def test_all_of_it_needs_a_restart(panel: SettingsPanel):
    panel.set_selected_layers((0,))
    panel.set_running(True)
    assert all(row.is_marked for row in panel.layer.restart_rows())


def test_several_layers_are_changed_by_one_edit(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument
):
    panel.set_selected_layers((0, 1))
    neurons = panel.layer.numbers["neurons"].field("neurons")
    assert panel.layer.title.text() == "2 LAYERS"
    assert neurons.text() == "differ"
    type_number(qtbot, neurons, "45")
    combo = panel.layer.combos["activation"]
    combo.setFocus()
    qtbot.keyClick(combo, Key.Key_Down)
    layers = document.experiment.architecture.layers
    assert [layer.neurons for layer in layers] == [45, 45, 10]
    assert layers[0].activation == layers[1].activation != layers[2].activation
    assert neurons.text() == "45"
    assert document.undo_stack.count() == 2
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert neurons.text() == "differ"


def test_numbers_that_differ_become_the_one_that_is_typed_even_if_it_is_the_first(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument
):
    panel.set_selected_layers((0, 1))
    neurons = panel.layer.numbers["neurons"].field("neurons")
    type_number(qtbot, neurons, "30")
    assert [layer.neurons for layer in document.experiment.architecture.layers] == [30, 30, 10]


def test_choices_that_differ_are_not_shown_as_one(
    panel: SettingsPanel, document: ExperimentDocument
):
    document.change("", change_layer(document.experiment, 0, activation="relu"))
    panel.set_selected_layers((0, 1))
    assert panel.layer.combos["activation"].currentIndex() == -1
    panel.set_selected_layers((0,))
    assert panel.layer.combos["activation"].key == "relu"


def test_layers_are_frozen_and_released(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument
):
    panel.set_selected_layers((0, 2))
    box = panel.layer.frozen
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert [layer.frozen for layer in document.experiment.architecture.layers] == [
        True,
        False,
        True,
    ]
    assert box.isChecked()
    document.undo_stack.undo()
    assert not box.isChecked()
