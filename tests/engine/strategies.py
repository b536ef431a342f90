"""Random networks for property-based tests."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from engine.activations import HIDDEN
from engine.architecture import INPUT, ArchitectureSpec, LayerSpec, SkipSpec
from engine.arrays import Floats
from engine.costs import COSTS
from engine.network import Network
from engine.parameters import draw


@dataclass
class Case:
    """A network at some point, and a mini-batch."""

    architecture: ArchitectureSpec
    cost: str
    x: Floats
    y: Floats
    network: Network


def make_case(activations: list[str], cost: str, widths: list[int], batch: int, seed: int) -> Case:
    output = COSTS[cost].output or activations[-1]
    keys = [*activations[:-1], output]
    layers = tuple(LayerSpec(n, key) for n, key in zip(widths[1:], keys, strict=True))
    architecture = ArchitectureSpec(widths[0], layers)
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((widths[0], batch))
    y = np.eye(widths[-1])[rng.integers(0, widths[-1], batch)].T.copy()
    network = Network(architecture, cost)
    draw(network.parameters, architecture, seed)
    return Case(architecture, cost, x, y, network)


@st.composite
def with_skips(
    draw_from: st.DrawFn, keys: list[str] | None = None, most_skips: int = 6
) -> ArchitectureSpec:
    """A random network whose widths often agree; its hidden activations are among ``keys``."""
    depth = draw_from(st.integers(2, 6))
    widths = [draw_from(st.sampled_from([3, 3, 2, 4])) for _ in range(depth + 1)]
    hidden = st.sampled_from(keys or list(HIDDEN))
    layers = [LayerSpec(n, draw_from(hidden), id=f"l{k}") for k, n in enumerate(widths[1:], 1)]
    ids = [INPUT, *(layer.id for layer in layers)]
    pairs = [(s, t) for s in range(depth + 1) for t in range(s + 2, depth + 1)]
    chosen = draw_from(st.lists(st.sampled_from(pairs), unique=True, max_size=most_skips))
    skips = tuple(SkipSpec(ids[s], ids[t]) for s, t in chosen)
    return ArchitectureSpec(widths[0], tuple(layers), skips)


@st.composite
def cases(draw_from: st.DrawFn, activation: str, cost: str) -> Case:
    depth = draw_from(st.integers(1, 4))
    mixed = st.sampled_from([activation, activation, *HIDDEN])
    keys = [draw_from(mixed) for _ in range(depth)]
    keys[draw_from(st.integers(0, depth - 1))] = activation
    widths = [draw_from(st.integers(1, 5)) for _ in range(depth + 1)]
    batch, seed = draw_from(st.integers(1, 5)), draw_from(st.integers(0, 10_000))
    return make_case(keys, cost, widths, batch, seed)
