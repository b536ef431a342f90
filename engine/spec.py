"""Immutable descriptions of a network and of a training run, checked where they are made."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from engine.activations import ACTIVATIONS, HIDDEN
from engine.costs import COSTS
from engine.datasets.dataset import DataSource
from engine.datasets.mnist import Mnist
from engine.faults import InputError
from engine.hyper import check_hypers, hyper
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.optimizers import SGD, Optimizer

MOST_NEURONS = 10_000  # in a layer
MOST_LAYERS = 1_000
MOST_PARAMETERS = 50_000_000
FULL_BATCH = 0
PRECISIONS = ("auto", "float32", "float64")


def _choice(what: str, key: object, table: Iterable[str]) -> None:
    if key not in (known := list(table)):
        raise InputError(f"there is no {what} {key!r}; choose one of: {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """One dense layer. ``id`` names its random stream, so it keeps its weights when others move."""

    neurons: int = hyper(30, "neurons", 1, MOST_NEURONS, help="how many neurons the layer has")
    activation: str = "sigmoid"
    initializer: str = "normal"
    bias: str = "normal"
    gain: float = hyper(1.0, "gain", -1e6, 1e6, help="multiplies the initial weights")
    id: str = ""

    def __post_init__(self) -> None:
        check_hypers(self)
        _choice("activation", self.activation, ACTIVATIONS)
        _choice("initializer", self.initializer, INITIALIZERS)
        _choice("bias initializer", self.bias, BIAS_INITIALIZERS)
        if not isinstance(self.id, str):
            raise InputError(f"a layer's id must be a text, not {self.id!r}")


@dataclass(frozen=True, slots=True)
class ArchitectureSpec:
    """A feed-forward network: the number of inputs, then its layers; the last is the output."""

    inputs: int = hyper(784, "inputs", 1, 1_000_000)
    layers: tuple[LayerSpec, ...] = ()

    def __post_init__(self) -> None:
        check_hypers(self)
        object.__setattr__(self, "layers", _named(tuple(self.layers)))
        if not 1 <= len(self.layers) <= MOST_LAYERS:
            raise InputError(f"a network needs 1 to {MOST_LAYERS} layers, not {len(self.layers)}")
        ids = [layer.id for layer in self.layers]
        if len(set(ids)) < len(ids):
            twice = next(i for i in ids if ids.count(i) > 1)
            raise InputError(f"two layers have the id {twice!r}; each needs its own")
        for number, layer in enumerate(self.layers[:-1], 1):
            if layer.activation not in HIDDEN:
                raise InputError(
                    f"layer {number}: {layer.activation} mixes the neurons of a layer"
                    " and can stand at the output only"
                )
        if self.parameters > MOST_PARAMETERS:
            raise InputError(
                f"{self.text} has {self.parameters:,} parameters; the limit is {MOST_PARAMETERS:,}"
            )

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.inputs, *(layer.neurons for layer in self.layers))

    @property
    def parameters(self) -> int:
        return sum(o * (i + 1) for i, o in zip(self.sizes, self.sizes[1:], strict=False))

    @property
    def text(self) -> str:
        """The architecture as the field writes it: 784-30-30-10."""
        return "-".join(str(n) for n in self.sizes)


def _named(layers: tuple[LayerSpec, ...]) -> tuple[LayerSpec, ...]:
    """Give every layer without an id the first free one: h1, h2, ..., and ``output`` for the last.

    The output's id does not count the layers before it, so that networks of different depth start
    with the same output weights.
    """
    taken = {layer.id for layer in layers}
    free = (f"h{n}" for n in range(1, len(layers) + len(taken) + 1) if f"h{n}" not in taken)
    named = []
    for n, layer in enumerate(layers, 1):
        if not layer.id:
            last = n == len(layers) and "output" not in taken
            layer = replace(layer, id="output" if last else next(free))
        named.append(layer)
    return tuple(named)


def dense(*sizes: int, **of_each: Any) -> ArchitectureSpec:
    """``dense(784, 30, 10)`` is 784-30-10; the keywords hold for every layer."""
    return ArchitectureSpec(sizes[0], tuple(LayerSpec(n, **of_each) for n in sizes[1:]))


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
        _choice("cost", self.cost, COSTS)
        _choice("precision", self.precision, PRECISIONS)
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
