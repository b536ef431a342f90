import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.activations import ACTIVATIONS, HIDDEN
from engine.edits import remove_layer
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
    assert not panel.layer.neurons.field("neurons").isVisible()
    panel.set_selected_layer(1)
    assert not panel.findChild(QLabel, "layer_hint").isVisible()
    assert panel.layer.neurons.field("neurons").isVisible()
    panel.set_selected_layer(None)
    assert panel.findChild(QLabel, "layer_hint").isVisible()


@pytest.mark.parametrize(
    ("index", "title", "neurons"),
    [(0, "HIDDEN 1", "30"), (1, "HIDDEN 2", "20"), (2, "OUTPUT", "10")],
)
def test_the_selected_layer_is_shown(panel: SettingsPanel, index: int, title: str, neurons: str):
    panel.set_selected_layer(index)
    assert panel.layer.title.text() == title
    assert panel.layer.neurons.field("neurons").text() == neurons


@pytest.mark.parametrize(("name", "text"), [("neurons", "45"), ("gain", "2.5")])
def test_a_number_is_one_edit(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument, name: str, text: str
):
    panel.set_selected_layer(1)
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
    panel.set_selected_layer(0)
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
    panel.set_selected_layer(2)
    neurons = panel.layer.neurons.field("neurons")
    assert not neurons.isEnabled()
    assert "one neuron per class" in neurons.toolTip()
    panel.set_selected_layer(0)
    assert neurons.isEnabled()
    assert "one neuron per class" not in neurons.toolTip()


def test_the_output_may_be_softmax_but_the_cost_must_fit(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument
):
    panel.set_selected_layer(2)
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
    panel.set_selected_layer(0)
    assert [combo.itemData(i) for i in range(combo.count())] == list(HIDDEN)


def test_more_neurons_than_the_limit_are_refused(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument
):
    panel.set_selected_layer(0)
    type_number(qtbot, panel.layer.neurons.field("neurons"), "20000")
    assert panel.foot.text() == "Neurons must lie between 1 and 10000, not 20000"
    assert document.undo_stack.count() == 0


def test_a_layer_that_goes_leaves_the_next_or_the_hint(
    panel: SettingsPanel, document: ExperimentDocument
):
    panel.set_selected_layer(2)
    document.change("Remove", remove_layer(document.experiment, 1))
    assert panel.layer.index is None
    assert panel.layer.hint.isVisible()
    document.undo_stack.undo()
    assert panel.layer.title.text() == "OUTPUT"


def test_all_of_it_needs_a_restart(panel: SettingsPanel):
    panel.set_selected_layer(0)
    panel.set_running(True)
    assert all(row.is_marked for row in panel.layer.restart_rows())
