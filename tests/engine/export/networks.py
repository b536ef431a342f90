"""Experiments to export, what the engine makes of them, and the exported program as a namespace."""

import runpy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from engine.activations import ACTIVATIONS, HIDDEN
from engine.architecture import (
    BIAS,
    INPUT,
    ArchitectureSpec,
    GivenParameter,
    LayerSpec,
    SkipSpec,
    dense,
)
from engine.arrays import Floats
from engine.costs import COSTS
from engine.datasets.dataset import DataSet, Split
from engine.examples import prepare
from engine.export import EXPORTS
from engine.export.weights import write_weights
from engine.network import Network
from engine.optimizers import OPTIMIZERS, SGD, Momentum
from engine.parameters import Parameters, draw
from engine.snapshot import Weights
from engine.spec import Experiment, TrainingSpec
from engine.trainer import Trainer

INPUTS, CLASSES, EXAMPLES = 6, 3, 23
TRAINING = TrainingSpec(eta=0.05, lmbda=0.0, batch=0, epochs=1, precision="float64")


def network(
    *hidden: LayerSpec, output: str = "sigmoid", skips: Any = (), given: Any = ()
) -> ArchitectureSpec:
    layers = (*hidden, LayerSpec(CLASSES, output))
    return ArchitectureSpec(INPUTS, layers, tuple(SkipSpec(*s) for s in skips), tuple(given))


def _of_cost(cost: str) -> Experiment:
    architecture = network(LayerSpec(5, "tanh"), output=COSTS[cost].output or "tanh")
    return Experiment(architecture, replace(TRAINING, cost=cost))


def _of_activation(key: str) -> Experiment:
    cost = next(c.key for c in COSTS.values() if c.output in ((None,) if key in HIDDEN else (key,)))
    hidden = key if key in HIDDEN else "tanh"
    architecture = network(LayerSpec(5, hidden), LayerSpec(4, hidden), output=key)
    return Experiment(architecture, replace(TRAINING, cost=cost))


def _block(depth: int, width: int = 5, **fields: Any) -> tuple[LayerSpec, ...]:
    return tuple(LayerSpec(width, "tanh", **fields) for _ in range(depth))


EVERY_SKIP = ((INPUT, "h2"), (INPUT, "output"), ("h1", "h3"), ("h2", "output"))
GIVEN = (
    GivenParameter("h1", 2, 4, 0.75),
    GivenParameter("h2", 1, 0, -0.5, frozen=True),
    GivenParameter("h2", 0, 0, 1, frozen=True),
    GivenParameter("output", 2, BIAS, 0.125, frozen=True),
)
HELD_WEIGHT = GivenParameter("h1", 0, 1, 0.25, frozen=True)
FROZEN = (LayerSpec(5, "tanh"), LayerSpec(5, "tanh", frozen=True), *_block(3, 4, frozen=True))
MIXED = (*_block(1), *_block(1, initializer="he_normal", bias="zero", gain=1.5))
LONG_SKIPS = tuple((f"h{n}", f"h{n + 2}") for n in range(1, 12, 2))

ARCHITECTURES: dict[str, ArchitectureSpec] = {
    "one layer": network(),
    "one neuron": ArchitectureSpec(INPUTS, (LayerSpec(1), LayerSpec(CLASSES, "sigmoid"))),
    "50 layers": network(*_block(50)),
    "50 layers that differ": network(*(LayerSpec(4 + n % 2, "tanh") for n in range(50))),
    "identity": network(*_block(3), skips=[("h1", "h3")]),
    "projections": network(*_block(2), LayerSpec(4, "relu"), skips=EVERY_SKIP),
    "of a linear target": network(LayerSpec(5, "linear"), *_block(1), skips=[(INPUT, "h2")]),
    "skips of 20 layers": network(*_block(20), skips=[*LONG_SKIPS, ("h2", "h5")]),
    "projections of 20 layers": network(
        *MIXED, *_block(18, 4), skips=[("h5", "output"), *LONG_SKIPS, (INPUT, "h20"), ("h2", "h5")]
    ),
    "frozen": network(*FROZEN, skips=[("h1", "h3"), ("h3", "h5"), (INPUT, "output")]),
    "given": network(*_block(2), given=GIVEN),
    "softplus from 20 on": network(LayerSpec(5, "softplus", gain=9.0), output="sigmoid"),
    "mixed": network(*MIXED, LayerSpec(5, "relu"), skips=[("h1", "h3"), (INPUT, "h2")]),
}

Experiments = dict[str, Experiment]
EXPERIMENTS: Experiments = (
    {name: Experiment(architecture, TRAINING) for name, architecture in ARCHITECTURES.items()}
    | {f"activation {key}": _of_activation(key) for key in ACTIVATIONS}
    | {f"cost {key}": _of_cost(key) for key in COSTS}
)

SKIPPED = network(*_block(2), LayerSpec(4), skips=[("h1", "h3"), (INPUT, "h2"), (INPUT, "output")])
HELD = network(*FROZEN, skips=[("h1", "h4"), (INPUT, "output")], given=(*GIVEN, HELD_WEIGHT))
TRAININGS: dict[str, TrainingSpec] = {
    f"{key}, lambda {lmbda:g}": replace(TRAINING, optimizer=optimizer(), lmbda=lmbda, epochs=6)
    for key, optimizer in OPTIMIZERS.items()
    for lmbda in (0.0, 2.0)
} | {
    "a batch of all": replace(TRAINING, optimizer=SGD(), batch=100, lmbda=2.0, epochs=3),
    "no momentum": replace(TRAINING, optimizer=Momentum(mu=0.0)),
}


def exported(key: str, experiment: Experiment, folder: Path) -> dict[str, Any]:
    """The names of the program as printed, run in the folder (the current one)."""
    (folder / "network.py").write_text(EXPORTS[key].code(experiment), "utf-8")
    return runpy.run_path(str(folder / "network.py"))


@dataclass
class Engine:
    """The engine's network of an experiment, with examples as rows."""

    experiment: Experiment
    x: Floats
    y: Floats
    trainer: Trainer

    @property
    def network(self) -> Network:
        return self.trainer.network

    def outputs(self) -> Floats:
        ws = self.network.workspace(len(self.x))
        self.network.forward(ws, self.x.T)
        return ws.a[-1].T.copy()

    def cost(self) -> float:
        ws = self.network.workspace(len(self.x))
        self.network.forward(ws, self.x.T)
        return self.network.mean_cost(ws, self.y.T).real

    def gradient(self) -> Parameters:
        ws = self.network.workspace(len(self.x))
        self.network.forward(ws, self.x.T)
        self.network.backward(ws, self.y.T)
        return self.network.gradient

    def weights(self) -> Weights:
        p = self.network.parameters
        return Weights(tuple(p.W), tuple(p.b), tuple(p.projections))

    def write_weights(self, folder: Path) -> None:
        write_weights(folder / "weights.npz", self.experiment.architecture, self.weights())


def engine(experiment: Experiment) -> Engine:
    rng = np.random.default_rng(5)
    split = Split(2 * rng.standard_normal((EXAMPLES, INPUTS)), rng.integers(0, CLASSES, EXAMPLES))
    data = DataSet("random", split, split.first(0), split.first(0), ("a", "b", "c"))
    examples = prepare(data, np.dtype(experiment.training.precision))
    trainer = Trainer(experiment, examples)
    draw(trainer.network.parameters, experiment.architecture, 7)
    return Engine(experiment, examples.train.x, examples.train.y, trainer)


def drawn(initializer: str, bias: str, gain: float) -> tuple[Experiment, Parameters]:
    """Layers that are wide enough to know a distribution by, and a projection."""
    layers = [LayerSpec(n, "tanh", initializer, bias, gain) for n in (60, 60, 90)]
    architecture = ArchitectureSpec(60, tuple(layers), (SkipSpec(INPUT, "output"),))
    parameters = Parameters(architecture, np.float64)
    draw(parameters, architecture, 7)
    return Experiment(architecture, replace(TRAINING, cost="quadratic")), parameters


SINGLE = Experiment(dense(INPUTS, 5, CLASSES), replace(TRAINING, precision="float32"))


def assert_alike(weights: Floats, expected: Floats) -> None:
    """As far as a few thousand numbers tell: of the same mean, width and reach."""
    assert abs(weights.std() - expected.std()) <= 0.05 * expected.std() + 1e-12
    assert abs(weights.mean() - expected.mean()) <= 0.1 * expected.std() + 1e-12
    reach = np.abs(expected).max()
    assert abs(np.abs(weights).max() - reach) <= 0.4 * reach
