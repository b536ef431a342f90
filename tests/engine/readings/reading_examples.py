"""Small networks with hand-made examples, and looks at them."""

from collections.abc import Sequence

import numpy as np

from engine.architecture import ArchitectureSpec, dense
from engine.examples import Examples, ExampleSet
from engine.look import Look
from engine.network import Network
from engine.parameters import draw


def examples(inputs: int, classes: int, n: int, seed: int) -> Examples:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, n)
    return Examples(rng.standard_normal((n, inputs)), np.eye(classes)[labels], labels)


def look_at(
    spec: ArchitectureSpec, cost: str = "quadratic", n: int = 60, validation: int = 40,
    seed: int = 0, names: Sequence[str] = (),
) -> Look:  # fmt: skip
    network = Network(spec, cost)
    draw(network.parameters, spec, seed)
    classes = spec.sizes[-1]
    sets = [examples(spec.inputs, classes, k, seed + 1 + k) for k in (n, validation, 0)]
    return Look(network, ExampleSet(*sets, tuple(names)), n)


def linear_look(n: int = 60, **settings: int) -> Look:
    """2-3 with softmax: its outputs can be written down."""
    return look_at(dense(2, 3, activation="softmax"), "log_likelihood", n, **settings)


def softmax_by_hand(look: Look, x: Sequence[float]) -> list[float]:
    W, b = look.network.parameters.W[0].tolist(), look.network.parameters.b[0].tolist()
    z = [w[0] * x[0] + w[1] * x[1] + bias for w, bias in zip(W, b, strict=True)]
    powers = [np.exp(value) for value in z]
    return [power / sum(powers) for power in powers]
