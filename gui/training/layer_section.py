"""The layers that are selected: their size, activation and initial parameters."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLabel

from engine.activations import ACTIVATIONS, HIDDEN
from engine.architecture import LayerSpec
from engine.edits import change_layers
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.spec import Experiment
from gui.common.form_row import FormRow
from gui.common.forms import HyperForm
from gui.common.number_field import hyper_html
from gui.common.table_combo import TableCombo
from gui.document import ExperimentDocument
from gui.training.section import Section

HINT = "Click a layer of the network to change it; Ctrl or Shift selects several."
OUTPUTS = "<br>The output has one neuron per class of the data."
FROZEN = "training leaves the weights and biases as they are; gradients still pass through"
TABLES: tuple[tuple[str, str, Mapping[str, Any], str], ...] = (
    ("activation", "activation", HIDDEN, "a = σ(z), the output of a neuron"),
    ("initializer", "initial W", INITIALIZERS, "how weights are drawn, before the gain"),
    ("bias", "initial b", BIAS_INITIALIZERS, "how the biases are drawn"),
)


class LayerSection(Section):
    """Edits all selected layers at once; the last of the network is the output. None: a hint."""

    def __init__(self, document: ExperimentDocument) -> None:
        super().__init__("Layer", document)
        self._selected: tuple[int, ...] = ()
        self.hint = QLabel(HINT)
        self.hint.setObjectName("layer_hint")
        self.hint.setProperty("role", "dim")
        self.hint.setWordWrap(True)
        self.hint.setIndent(0)
        self.column.addWidget(self.hint)
        self.numbers = {name: HyperForm(LayerSpec(), only=(name,)) for name in ("neurons", "gain")}
        self.combos: dict[str, TableCombo] = {}
        self._rows: list[FormRow] = []
        self.add_form(self.numbers["neurons"], self._on_numbers_changed)
        self._add_combos()
        self.add_form(self.numbers["gain"], self._on_numbers_changed)
        self._rows += [form.rows[name] for name, form in self.numbers.items()]
        self._add_frozen()
        self.show_experiment(document.experiment)

    @property
    def selected(self) -> tuple[int, ...]:
        """The selected layers that are there now."""
        layers = self.experiment.architecture.layers
        return tuple(k for k in self._selected if k < len(layers))

    def select(self, layers: Sequence[int]) -> None:
        """Show these layers, counted from 0."""
        self._selected = tuple(layers)
        self.show_experiment(self.experiment)

    def show_experiment(self, experiment: Experiment) -> None:
        selected = self.selected
        self.hint.setVisible(not selected)
        for row in (*self._rows, self._frozen_row):
            row.setVisible(bool(selected))
        self.title.setText(self._title(selected))
        if selected:
            self._show_layers(selected)
            self.mark()

    def restart_rows(self) -> Iterable[FormRow]:
        return self._rows

    def _title(self, selected: tuple[int, ...]) -> str:
        if len(selected) > 1:
            return f"{len(selected)} LAYERS"
        if not selected:
            return "LAYER"
        output = selected[0] == len(self.experiment.architecture.layers) - 1
        return "OUTPUT" if output else f"HIDDEN {selected[0] + 1}"

    def _add_combos(self) -> None:
        for field, name, table, help in TABLES:
            combo = self.combos[field] = TableCombo(field, table, help)
            combo.setAccessibleName(name)
            combo.key_chosen.connect(self._on_key_chosen)
            self._rows.append(self.add_row(name, combo))

    def _add_frozen(self) -> None:
        self.frozen = QCheckBox()
        self.frozen.setObjectName("frozen")
        self.frozen.setAccessibleName("frozen")
        self.frozen.setToolTip(FROZEN)
        self.frozen.clicked.connect(self._on_frozen_clicked)
        self._frozen_row = self.add_row("frozen", self.frozen)

    def _show_layers(self, selected: tuple[int, ...]) -> None:
        layers = self.experiment.architecture.layers
        chosen = [layers[k] for k in selected]
        output = len(layers) - 1 in selected
        table = ACTIVATIONS if output and len(selected) == 1 else HIDDEN
        if self.combos["activation"].count() != len(table):
            self.combos["activation"].set_table(table)
        for field, combo in self.combos.items():
            _show(combo.set_key, combo.set_mixed, [getattr(layer, field) for layer in chosen])
        for name, form in self.numbers.items():
            form.set_value(chosen[0])
            number = form.field(name)
            _show(number.set_number, number.set_mixed, [getattr(layer, name) for layer in chosen])
        frozen = [layer.frozen for layer in chosen]
        self.frozen.setChecked(all(frozen))
        neurons = self.numbers["neurons"].field("neurons")
        neurons.setEnabled(not output)
        neurons.setToolTip(hyper_html(neurons.hyper) + OUTPUTS * output)

    @Slot(str)
    def _on_key_chosen(self, key: str) -> None:
        combo = self.sender()
        if isinstance(combo, TableCombo):
            text = f"{combo.accessibleName().capitalize()}: {combo.currentText()}"
            self._change(text, **{combo.objectName(): key})

    @Slot(bool)
    def _on_frozen_clicked(self, frozen: bool) -> None:
        self._change("Freeze layer" if frozen else "Release layer", frozen=frozen)

    @Slot(object)
    def _on_numbers_changed(self, after: LayerSpec) -> None:
        name = "neurons" if self.sender() is self.numbers["neurons"] else "gain"
        number = getattr(after, name)
        self._change(f"Set {name}", name, **{name: number})

    def _change(self, text: str, joined: str | None = None, **fields: Any) -> None:
        """One edit of all selected layers; those of the same ``joined`` in a gesture are one."""
        selected = self.selected
        if selected:
            self.edit(text, lambda e: change_layers(e, selected, **fields), joined)


def _show(show: Any, show_mixed: Any, values: list[Any]) -> None:
    if all(value == values[0] for value in values):
        show(values[0])
    else:
        show_mixed()
