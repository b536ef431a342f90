"""The layer that is selected: its size, activation and initial parameters."""

from collections.abc import Iterable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel

from engine.activations import ACTIVATIONS, HIDDEN
from engine.edits import change_layer
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.spec import Experiment, LayerSpec
from gui.common.form_row import FormRow
from gui.common.forms import HyperForm
from gui.common.number_field import hyper_html
from gui.common.table_combo import TableCombo
from gui.document import ExperimentDocument
from gui.training.section import Section

HINT = "Click a layer of the network to change it."
OUTPUTS = "<br>The output has one neuron per class of the data."


class LayerSection(Section):
    """Edits layer ``index``, counted from 0; the last is the output. Nothing selected: a hint."""

    def __init__(self, document: ExperimentDocument) -> None:
        super().__init__("Layer", document)
        self._index: int | None = None
        self.hint = QLabel(HINT)
        self.hint.setObjectName("layer_hint")
        self.hint.setProperty("role", "dim")
        self.hint.setWordWrap(True)
        self.hint.setIndent(0)
        self.column.addWidget(self.hint)
        self.neurons = HyperForm(LayerSpec(), only=("neurons",))
        self.gain = HyperForm(LayerSpec(), only=("gain",))
        self.combos: dict[str, TableCombo] = {}
        self._rows: list[FormRow] = []
        self.add_form(self.neurons, self._on_numbers_changed)
        self._add_combos()
        self.add_form(self.gain, self._on_numbers_changed)
        self._rows += [self.neurons.rows["neurons"], self.gain.rows["gain"]]
        self.show_experiment(document.experiment)

    @property
    def index(self) -> int | None:
        """The selected layer, if there is such a one now."""
        exists = self._index is not None and self._index < len(self.experiment.architecture.layers)
        return self._index if exists else None

    def select(self, index: int | None) -> None:
        self._index = index
        self.show_experiment(self.experiment)

    def show_experiment(self, experiment: Experiment) -> None:
        index, layers = self.index, experiment.architecture.layers
        self.hint.setVisible(index is None)
        for row in self._rows:
            row.setVisible(index is not None)
        if index is None:
            self.title.setText("LAYER")
            return
        output = index == len(layers) - 1
        self.title.setText("OUTPUT" if output else f"HIDDEN {index + 1}")
        self._show_layer(layers[index], output)
        self.mark()

    def restart_rows(self) -> Iterable[FormRow]:
        return self._rows

    def _add_combos(self) -> None:
        for field, name, table, help in (
            ("activation", "activation", HIDDEN, "a = σ(z), the output of a neuron"),
            (
                "initializer",
                "initial W",
                INITIALIZERS,
                "how weights are drawn, before the gain",
            ),
            ("bias", "initial b", BIAS_INITIALIZERS, "how the biases are drawn"),
        ):
            combo = self.combos[field] = TableCombo(field, table, help)
            combo.setAccessibleName(name)
            combo.key_chosen.connect(self._on_key_chosen)
            self._rows.append(self.add_row(name, combo))

    def _show_layer(self, layer: LayerSpec, output: bool) -> None:
        table = ACTIVATIONS if output else HIDDEN
        if self.combos["activation"].count() != len(table):
            self.combos["activation"].set_table(table)
        for field, combo in self.combos.items():
            combo.set_key(getattr(layer, field))
        for form in (self.neurons, self.gain):
            form.set_value(layer)
        neurons = self.neurons.field("neurons")
        neurons.setEnabled(not output)
        neurons.setToolTip(hyper_html(neurons.hyper) + OUTPUTS * output)

    @Slot(str)
    def _on_key_chosen(self, key: str) -> None:
        combo, index = self.sender(), self.index
        if isinstance(combo, TableCombo) and index is not None:
            field = {combo.objectName(): key}
            text = f"{combo.accessibleName().capitalize()}: {combo.currentText()}"
            self.edit(text, lambda e: change_layer(e, index, **field))

    @Slot(object)
    def _on_numbers_changed(self, after: LayerSpec) -> None:
        if (index := self.index) is None:
            return

        def change(experiment: Experiment, **numbers: float) -> Experiment:
            return change_layer(experiment, index, **numbers)

        self.edit_numbers(change, self.experiment.architecture.layers[index], after)
