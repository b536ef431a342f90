"""A network with examples of its own, and who looks closely at it."""

import numpy as np

from engine.architecture import ArchitectureSpec
from engine.examples import Examples, ExampleSet
from engine.inspector import Inspector
from engine.network import Network
from engine.parameters import draw


def examples(inputs: int, classes: int, n: int, seed: int) -> Examples:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, n)
    return Examples(rng.standard_normal((n, inputs)), np.eye(classes)[labels], labels)


def inspector(spec: ArchitectureSpec, cost: str, n: int, seed: int) -> tuple[Inspector, Examples]:
    network = Network(spec, cost)
    draw(network.parameters, spec, seed)
    data = examples(spec.inputs, spec.sizes[-1], n, seed)
    return Inspector(network, split_nothing(data), n), data


def split_nothing(data: Examples) -> ExampleSet:
    return ExampleSet(data, data.first(0), data.first(0))
