"""Immutable descriptions of a training run and of an experiment, checked where they are made."""

from dataclasses import dataclass, field, fields

from engine.activations import HIDDEN
from engine.architecture import ArchitectureSpec
from engine.costs import COSTS
from engine.datasets.dataset import DataSource
from engine.datasets.mnist import Mnist
from engine.faults import InputError, check_choice
from engine.hyper import check_hypers, hyper
from engine.optimizers import SGD, Optimizer

FULL_BATCH = 0
PRECISIONS = ("auto", "float32", "float64")


@dataclass(frozen=True, slots=True)
class TrainingSpec:
    """Everything else that a run depends on: with the same seed, two runs are identical."""

    data: DataSource = field(default_factory=Mnist)
    cost: str = "cross_entropy"
    optimizer: Optimizer = field(default_factory=SGD)
    eta: float = hyper(
        0.1, "η", 1e-7, 1e4, log=True, help="learning rate: the length of a step down the gradient"
    )
    lmbda: float = hyper(
        5.0, "λ", 0.0, 1e6,
        help="L2 regularisation: every step multiplies the weights by 1 − ηλ/n, n examples",
    )  # fmt: skip
    batch: int = hyper(
        10, "batch", FULL_BATCH, 1_000_000, help="examples in a mini-batch; 0: all (full batch)"
    )
    epochs: int = hyper(30, "epochs", 1, 1_000_000, help="passes over the training examples")
    seed: int = hyper(1, "seed", 0, 2**31 - 1, help="decides initial weights and order of examples")
    evaluate_every: int = hyper(
        1, "evaluate every", 1, 1_000_000,
        help="epochs between two measurements of accuracy and of the probe set",
    )  # fmt: skip
    probe: int = hyper(
        1_000, "probe set", 1, 10_000,
        help="how many training examples, from the first on, form the fixed probe set",
    )  # fmt: skip
    precision: str = "auto"

    def __post_init__(self) -> None:
        check_hypers(self)
        check_choice("cost", self.cost, COSTS)
        check_choice("precision", self.precision, PRECISIONS)
        if self.optimizer.full_batch_only and self.batch != FULL_BATCH:
            raise InputError(f"{self.optimizer.label} needs the full batch, not {self.batch}")

    def needs_restart(self, other: "TrainingSpec") -> tuple[str, ...]:
        """The fields in which ``other`` differs and that a running trainer cannot take over."""
        changed = {f.name for f in fields(self) if getattr(self, f.name) != getattr(other, f.name)}
        if type(self.optimizer) is type(other.optimizer):
            changed.discard("optimizer")
        return tuple(sorted(changed - LIVE))


LIVE = frozenset({"eta", "lmbda", "batch", "epochs", "evaluate_every"})


@dataclass(frozen=True, slots=True)
class Experiment:
    """A network and how it is trained: what a file holds and what the window shows."""

    architecture: ArchitectureSpec
    training: TrainingSpec = field(default_factory=TrainingSpec)
    name: str = ""
    notes: str = ""
    playback: float = hyper(
        0.0, "playback", 0.0, 3600.0, help="seconds over which the window spreads the run; 0: fast"
    )

    def needs_restart(self, other: "Experiment") -> tuple[str, ...]:
        """What differs in ``other`` that a running trainer cannot take over."""
        network = self.architecture.needs_restart(other.architecture)
        return ("architecture",) * network + self.training.needs_restart(other.training)

    def __post_init__(self) -> None:
        check_hypers(self)
        output = self.architecture.layers[-1].activation
        cost = COSTS[self.training.cost]
        if cost.output not in (None, output):
            raise InputError(
                f"the {cost.label} cost needs {cost.output} outputs; this network has {output}"
            )
        if cost.output is None and output not in HIDDEN:
            raise InputError(f"{output} outputs need the log-likelihood cost, not {cost.label}")
