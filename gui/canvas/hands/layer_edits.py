"""The edits that the picture of a network makes: each is one undoable step, or is refused."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine import edits
from engine.activations import ACTIVATIONS
from engine.architecture import MOST_NEURONS
from engine.faults import InputError
from engine.layer_clipboard import dumps_layers, paste_layers
from engine.spec import Experiment
from gui.canvas.words.labels import column_name
from gui.common.sentence import as_sentence
from gui.document import ExperimentDocument

BLOCK = "residual block"  # among the kinds of layers, beside the activations


class LayerEdits(QObject):
    """Columns are counted from the input, 0: column ``k`` is layer ``k - 1`` of the document.

    An edit returns whether it was made; ``refused`` says why not.
    """

    refused = Signal(str)  # one sentence

    def __init__(self, document: ExperimentDocument, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._merge_key: object = None  # of the last edit

    @property
    def experiment(self) -> Experiment:
        return self._document.experiment

    @property
    def columns(self) -> int:
        return len(self.experiment.architecture.sizes)

    def is_hidden(self, column: int) -> bool:
        return 1 <= column < self.columns - 1

    # -- layers ----------------------------------------------------------------------------

    def insert(self, gap: int, kind: str | None = None) -> int:
        """Layers in the gap after column ``gap``: like the neighbour, with the activation ``kind``,
        or a residual block. How many there are; 0 if refused.
        """
        fields = {"activation": kind} if kind in ACTIVATIONS else {}
        layer = edits.like_neighbour(self.experiment, gap, **fields)
        if kind == BLOCK:
            made = self._make(f"Add {BLOCK}", lambda e: edits.insert_residual_block(e, gap, layer))
            return 2 * made
        text = f"Add {ACTIVATIONS[kind].label} layer" if kind in ACTIVATIONS else "Add layer"
        return int(self._make(text, lambda e: edits.insert_layer(e, gap, layer)))

    def remove(self, columns: Collection[int]) -> bool:
        if 0 in columns:
            return self.refuse(f"{self._inputs()}; they cannot be removed")
        text = f"Remove {self.names(columns)}"
        return self._make(text, lambda e: edits.remove_layers(e, _layers(columns)))

    def move(self, columns: Collection[int], gap: int) -> bool:
        """To the gap after column ``gap``."""
        if 0 in columns:
            return self.refuse("the input stays the first")
        text = f"Move {self.names(columns)}"
        return self._make(text, lambda e: edits.move_layers(e, _layers(columns), gap))

    def duplicate(self, columns: Collection[int]) -> bool:
        if 0 in columns:
            return self.refuse(f"{self._inputs()}; they cannot be copied")
        text = f"Duplicate {self.names(columns)}"
        return self._make(text, lambda e: edits.duplicate_layers(e, _layers(columns)))

    def copied(self, columns: Collection[int]) -> str:
        """These layers as text; empty, and refused, where that cannot be."""
        try:
            if 0 in columns:
                raise InputError(f"{self._inputs()}; they cannot be copied")
            return dumps_layers(self.experiment.architecture, _layers(columns))
        except InputError as error:
            self.refuse(str(error))
            return ""

    def paste(self, text: str, gap: int) -> int:
        """Layers from a text into the gap after column ``gap``; how many."""
        try:
            after, places = paste_layers(self.experiment, gap, text)
        except InputError as error:
            self.refuse(str(error))
            return 0
        what = "layer" if len(places) == 1 else f"{len(places)} layers"
        self._document.change(f"Paste {what}", after)
        return len(places)

    def may_resize(self, column: int) -> bool:
        """Whether the number of neurons is the user's choice; if not, say why."""
        if column == 0:
            return self.refuse(f"{self._inputs()}; another data set brings others")
        if column == self.columns - 1:
            neurons = self.experiment.architecture.layers[-1].neurons
            return self.refuse(f"the output has one neuron per class of the data: {neurons}")
        return True

    def resize(self, columns: Collection[int], neurons: int, gesture: object) -> bool:
        """All to the same size; edits with an equal ``gesture`` join to one step."""
        neurons = min(max(neurons, 1), MOST_NEURONS)
        architecture = self.experiment.architecture
        ids = tuple(architecture.layers[column - 1].id for column in columns)
        return self._make(
            f"Resize {self.names(columns)} to {neurons}",
            lambda e: edits.change_layers(e, _layers(columns), neurons=neurons),
            ("canvas", ids, gesture),
        )

    def restore(self, experiment: Experiment) -> None:
        """Back to what was before the gesture that goes on: nothing remains to be undone."""
        self._document.change("", experiment, self._merge_key)

    def choose(self, columns: Collection[int], text: str, **fields: Any) -> bool:
        """Another entry of a table, such as ``activation="relu"``; frozen or not."""
        return self._make(text, lambda e: edits.change_layers(e, _layers(columns), **fields))

    # -- skip connections ------------------------------------------------------------------

    def skip_refusal(self, source: int, target: int) -> str:
        """Why there can be no skip connection; empty: there can."""
        return edits.skip_refusal(self.experiment.architecture, source, target)

    def add_skip(self, source: int, target: int) -> bool:
        text = f"Add skip {self.name(source)} → {self.name(target)}"
        return self._make(text, lambda e: edits.add_skip(e, source, target))

    def remove_skip(self, index: int) -> bool:
        source, target = self.experiment.architecture.skip_columns[index]
        text = f"Remove skip {self.name(source)} → {self.name(target)}"
        return self._make(text, lambda e: edits.remove_skip(e, index))

    # -- words -----------------------------------------------------------------------------

    def name(self, column: int) -> str:
        return column_name(self.experiment.architecture, column)

    def names(self, columns: Collection[int]) -> str:
        """hidden 2; hidden 2 and 3; 4 layers."""
        order = sorted(columns)
        if len(order) == 2 and all(map(self.is_hidden, order)):
            return f"hidden {order[0]} and {order[1]}"
        return self.name(order[0]) if len(order) == 1 else f"{len(order)} layers"

    def refuse(self, reason: str) -> bool:
        self.refused.emit(f"{as_sentence(reason)}.")
        return False

    def _make(
        self, text: str, edit: Callable[[Experiment], Experiment], merge_key: object = None
    ) -> bool:
        try:
            experiment = edit(self.experiment)
        except InputError as error:
            return self.refuse(str(error))
        self._merge_key = merge_key
        lost = len(self.experiment.architecture.skips) - len(experiment.architecture.skips)
        self._document.change(text, experiment, merge_key)
        if lost > 0 and "skip" not in text:
            what = "a skip connection" if lost == 1 else f"{lost} skip connections"
            self.refused.emit(f"{text}: {what} had to go; undo brings all back.")
        return True

    def _inputs(self) -> str:
        inputs = self.experiment.architecture.inputs
        return f"the input has one neuron per feature of the data: {inputs}"


def _layers(columns: Collection[int]) -> Sequence[int]:
    return [column - 1 for column in columns]
