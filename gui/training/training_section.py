"""How the network learns: cost, optimizer, and the numbers of the update rule."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Slot

from engine.costs import COSTS
from engine.edits import change_training
from engine.hyper import hypers
from engine.optimizers import OPTIMIZERS, Optimizer
from engine.spec import FULL_BATCH, LIVE, Experiment, TrainingSpec
from gui.common.form_row import FormRow
from gui.common.forms import FamilyForm, HyperForm
from gui.common.table_combo import TableCombo
from gui.document import ExperimentDocument
from gui.training.section import Section

NUMBERS = ("eta", "lmbda", "batch", "epochs", "seed")


class TrainingSection(Section):
    """η, λ, the batch and the optimizer's own numbers act at once; the rest needs a restart."""

    def __init__(self, document: ExperimentDocument) -> None:
        super().__init__("Training", document)
        training = document.experiment.training
        self.cost = TableCombo("cost", COSTS, "cost function: what training makes small")
        self.cost.key_chosen.connect(self._on_cost_chosen)
        self._cost_row = self.add_row("cost", self.cost)
        self.optimizer = TableCombo("optimizer", OPTIMIZERS, "how a gradient becomes a step")
        self.optimizer.key_chosen.connect(self._on_optimizer_chosen)
        self._optimizer_row = self.add_row("optimizer", self.optimizer)
        self.rule = FamilyForm(training.optimizer)
        self.add_form(self.rule, self._on_rule_changed)
        self.numbers = HyperForm(training, only=NUMBERS, lowest={"batch": "full"})
        self.add_form(self.numbers, self._on_numbers_changed)
        self.show_experiment(document.experiment)

    def show_experiment(self, experiment: Experiment) -> None:
        training = experiment.training
        self.cost.set_key(training.cost)
        self.optimizer.set_key(training.optimizer.key)
        self.rule.set_value(training.optimizer)
        self.numbers.set_value(training)
        self.mark()

    def restart_rows(self) -> Iterable[FormRow]:
        yield from (self._cost_row, self._optimizer_row)
        yield from (row for name, row in self.numbers.rows.items() if name not in LIVE)

    @Slot(str)
    def _on_cost_chosen(self, key: str) -> None:
        self.edit(f"Cost {COSTS[key].label}", lambda e: change_training(e, cost=key))

    @Slot(str)
    def _on_optimizer_chosen(self, key: str) -> None:
        training = self.experiment.training
        if key == training.optimizer.key:
            return
        fields: dict[str, Any] = {"optimizer": like(OPTIMIZERS[key], training.optimizer)}
        turns_full = OPTIMIZERS[key].full_batch_only and training.batch != FULL_BATCH
        if turns_full:
            fields["batch"] = FULL_BATCH
        label = OPTIMIZERS[key].label
        if self.edit(f"Optimizer {label}", lambda e: change_training(e, **fields)) and turns_full:
            self.noted.emit("Rprop compares whole gradients, so the batch is now full.")

    @Slot(object)
    def _on_rule_changed(self, rule: Optimizer) -> None:
        def change(experiment: Experiment, **_numbers: float) -> Experiment:
            return change_training(experiment, optimizer=rule)

        self.edit_numbers(change, self.experiment.training.optimizer, rule)

    @Slot(object)
    def _on_numbers_changed(self, after: TrainingSpec) -> None:
        self.edit_numbers(change_training, self.experiment.training, after)


def like(cls: type[Any], other: Optimizer) -> Optimizer:
    """A ``cls`` that keeps what the two rules share, such as μ."""
    shared = {h.name: getattr(other, h.name) for h in hypers(cls) if hasattr(other, h.name)}
    rule: Optimizer = cls(**shared)
    return rule
