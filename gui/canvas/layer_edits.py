"""The edits that the picture of a network makes: each is one undoable step, or is refused."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from engine.edits import change_layer, insert_layer, remove_layer
from engine.faults import InputError
from engine.spec import MOST_NEURONS, Experiment
from gui.document import ExperimentDocument


class LayerEdits(QObject):
    """Columns are counted from the input, 0: column ``k`` is layer ``k - 1`` of the document."""

    refused = Signal(str)  # one sentence

    def __init__(self, document: ExperimentDocument, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document

    @property
    def experiment(self) -> Experiment:
        return self._document.experiment

    @property
    def columns(self) -> int:
        return len(self.experiment.architecture.sizes)

    def is_hidden(self, column: int) -> bool:
        return 1 <= column < self.columns - 1

    def insert(self, gap: int) -> bool:
        """A layer in the gap after column ``gap``, like its neighbour."""
        return self._make("Add layer", lambda e: insert_layer(e, gap))

    def duplicate(self, column: int) -> bool:
        if not self.is_hidden(column):
            return False
        twin = replace(self.experiment.architecture.layers[column - 1], id="")
        return self._make("Duplicate layer", lambda e: insert_layer(e, column, twin))

    def remove(self, column: int) -> bool:
        if column == 0:
            return self._refuse(f"{self._inputs()}; they cannot be removed")
        return self._make("Remove layer", lambda e: remove_layer(e, column - 1))

    def may_resize(self, column: int) -> bool:
        """Whether the number of neurons is the user's choice; if not, say why."""
        if column == 0:
            return self._refuse(f"{self._inputs()}; another data set brings others")
        if column == self.columns - 1:
            neurons = self.experiment.architecture.layers[-1].neurons
            return self._refuse(f"the output has one neuron per class of the data: {neurons}")
        return True

    def resize(self, column: int, neurons: int, gesture: object) -> bool:
        """Edits with an equal ``gesture`` join to one step."""
        neurons = min(max(neurons, 1), MOST_NEURONS)
        layer_id = self.experiment.architecture.layers[column - 1].id
        return self._make(
            "Set neurons",
            lambda e: change_layer(e, column - 1, neurons=neurons),
            ("canvas", layer_id, gesture),
        )

    def choose(self, column: int, field: str, key: str, text: str) -> bool:
        """Another entry of a table, such as the activation ``relu``."""
        return self._make(text, lambda e: change_layer(e, column - 1, **{field: key}))

    def _make(
        self, text: str, edit: Callable[[Experiment], Experiment], merge_key: object = None
    ) -> bool:
        try:
            experiment = edit(self.experiment)
        except InputError as error:
            return self._refuse(str(error))
        self._document.change(text, experiment, merge_key)
        return True

    def _refuse(self, reason: str) -> bool:
        self.refused.emit(f"{reason[:1].upper()}{reason[1:]}.")
        return False

    def _inputs(self) -> str:
        inputs = self.experiment.architecture.inputs
        return f"the input has one neuron per feature of the data: {inputs}"
