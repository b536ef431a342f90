"""Random sequences of edits: undo leads back to the first document, redo to the last."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from PySide6.QtWidgets import QApplication

from engine import edits, experiment_file
from engine.activations import HIDDEN
from engine.architecture import BIAS, dense
from engine.datasets import DATA_SOURCES
from engine.faults import InputError
from engine.initializers import INITIALIZERS
from engine.spec import Experiment, TrainingSpec
from gui.document import ExperimentDocument

FIRST = Experiment(dense(2, 4, 3, 2), TrainingSpec(data=DATA_SOURCES["spirals"]()))
SMALL = st.integers(0, 7)
POSITIONS = st.sets(SMALL, min_size=1, max_size=4)


class Edits(RuleBasedStateMachine):
    """Whatever an edit does or refuses, the document stays whole and every step can be undone."""

    def __init__(self) -> None:
        super().__init__()
        QApplication.instance() or QApplication([])
        self.document = ExperimentDocument(FIRST)

    @property
    def columns(self) -> int:
        return len(self.document.experiment.architecture.sizes)

    def change(self, edit: object, *args: object, merge: object = None, **fields: object) -> None:
        before = self.document.experiment
        try:
            after = edit(before, *args, **fields)
        except InputError:
            after = before
        self.document.change(getattr(edit, "__name__", "edit"), after, merge)
        assert self.document.experiment == after

    def hidden(self, positions: set[int]) -> set[int]:
        return {k % (self.columns - 1) for k in positions}

    @rule(at=SMALL)
    def insert(self, at: int) -> None:
        self.change(edits.insert_layer, at % (self.columns - 1))

    @rule(at=SMALL)
    def insert_block(self, at: int) -> None:
        self.change(edits.insert_residual_block, at % (self.columns - 1))

    @rule(positions=POSITIONS)
    def remove(self, positions: set[int]) -> None:
        self.change(edits.remove_layers, self.hidden(positions))

    @rule(positions=POSITIONS, to=SMALL)
    def move(self, positions: set[int], to: int) -> None:
        self.change(edits.move_layers, self.hidden(positions), to % (self.columns - 1))

    @precondition(lambda self: self.columns < 30)
    @rule(positions=POSITIONS)
    def duplicate(self, positions: set[int]) -> None:
        self.change(edits.duplicate_layers, self.hidden(positions))

    @rule(positions=POSITIONS, neurons=st.integers(1, 9), gesture=st.none() | st.integers(0, 2))
    def resize(self, positions: set[int], neurons: int, gesture: int | None) -> None:
        chosen = self.hidden(positions)
        self.change(edits.change_layers, chosen, merge=gesture, neurons=neurons)

    @rule(
        positions=POSITIONS,
        activation=st.sampled_from(list(HIDDEN)),
        initializer=st.sampled_from(list(INITIALIZERS)),
        frozen=st.booleans(),
    )
    def choose(self, positions: set[int], **fields: object) -> None:
        self.change(edits.change_layers, self.hidden(positions), **fields)

    @rule(source=SMALL, to=SMALL)
    def skip(self, source: int, to: int) -> None:
        self.change(edits.add_skip, source % self.columns, to % self.columns)

    @precondition(lambda self: self.document.experiment.architecture.skips)
    @rule(index=SMALL)
    def unskip(self, index: int) -> None:
        skips = self.document.experiment.architecture.skips
        self.change(edits.remove_skip, index % len(skips))

    @rule(
        layer=SMALL, neuron=SMALL, source=st.integers(BIAS, 6), value=st.floats(-2, 2),
        frozen=st.booleans(),
    )  # fmt: skip
    def give(self, layer: int, neuron: int, source: int, value: float, frozen: bool) -> None:
        at = layer % (self.columns - 1)
        self.change(edits.set_parameter, at, neuron, source, value, frozen)

    @precondition(lambda self: self.document.experiment.architecture.given)
    @rule()
    def forget(self) -> None:
        architecture = self.document.experiment.architecture
        given = architecture.given[0]
        at = architecture.columns[given.layer] - 1
        self.change(edits.forget_parameter, at, given.neuron, given.source)

    @rule(cost=st.sampled_from(["quadratic", "cross_entropy", "log_likelihood"]))
    def choose_cost(self, cost: str) -> None:
        self.change(edits.change_training, cost=cost)

    @rule(data=st.sampled_from(["spirals", "xor", "parity"]))
    def choose_data(self, data: str) -> None:
        self.change(edits.change_training, data=DATA_SOURCES[data]())

    @rule(steps=st.integers(1, 3))
    def undo(self, steps: int) -> None:
        for _ in range(steps):
            self.document.undo_stack.undo()

    @rule(steps=st.integers(1, 3))
    def redo(self, steps: int) -> None:
        for _ in range(steps):
            self.document.undo_stack.redo()

    @invariant()
    def the_document_can_be_saved(self) -> None:
        experiment = self.document.experiment
        assert experiment.architecture.layers[-1].neurons == experiment.training.data.shape()[1]

    def teardown(self) -> None:
        stack, last = self.document.undo_stack, self.document.experiment
        assert experiment_file.loads(experiment_file.dumps(last)) == last
        place, version = stack.index(), self.document.version
        states = {version: last}
        while stack.canUndo():
            assert stack.undoText()
            stack.undo()
            states[self.document.version] = self.document.experiment
        assert self.document.experiment == FIRST
        while stack.index() < place:
            stack.redo()
            assert states[self.document.version] == self.document.experiment
        assert (self.document.experiment, self.document.version) == (last, version)


TestEdits = Edits.TestCase
TestEdits.settings = settings(max_examples=200, stateful_step_count=50, deadline=None)
