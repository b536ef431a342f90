"""A network with examples of its own, and who looks closely at it."""

from dataclasses import replace

import numpy as np

from engine.architecture import ArchitectureSpec
from engine.costs import COSTS
from engine.examples import Examples, ExampleSet
from engine.inspector import Inspector
from engine.look import Look
from engine.network import Network
from engine.parameters import draw


def examples(inputs: int, classes: int, n: int, seed: int, dtype: type = np.float64) -> Examples:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, n)
    x = rng.standard_normal((n, inputs)).astype(dtype)
    return Examples(x, np.eye(classes, dtype=dtype)[labels], labels)


def inspector(spec: ArchitectureSpec, cost: str, n: int, seed: int) -> tuple[Inspector, Examples]:
    network = Network(spec, cost)
    draw(network.parameters, spec, seed)
    data = examples(spec.inputs, spec.sizes[-1], n, seed)
    return Inspector(network, split_nothing(data), n), data


def split_nothing(data: Examples) -> ExampleSet:
    return ExampleSet(data, data.first(0), data.first(0))


def look_at(
    spec: ArchitectureSpec,
    cost: str = "quadratic",
    seed: int = 0,
    dtype: type = np.float64,
    n: int = 20,
) -> Look:
    network = Network(spec, cost, dtype)
    draw(network.parameters, spec, seed)
    look = Look(network, split_nothing(examples(spec.inputs, spec.sizes[-1], n, seed, dtype)), n)
    look.begin(None, False)
    return look


def with_output(spec: ArchitectureSpec, cost: str) -> ArchitectureSpec:
    last = replace(spec.layers[-1], activation=COSTS[cost].output or "tanh")
    return replace(spec, layers=(*spec.layers[:-1], last))
