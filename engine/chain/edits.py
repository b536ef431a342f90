"""Changes to a chain: from one immutable value to the next; ``InputError`` where it is none."""

from dataclasses import replace
from typing import Any

from engine.chain.draws import Draw
from engine.chain.spec import ChainSpec, check_length


def set_weight(chain: ChainSpec, j: int, value: float) -> ChainSpec:
    """Neuron j, from 1; all of them in a tied chain."""
    return replace(chain, w=_with(chain, chain.w, j, value))


def set_bias(chain: ChainSpec, j: int, value: float) -> ChainSpec:
    return replace(chain, b=_with(chain, chain.b, j, value))


def set_neuron(chain: ChainSpec, j: int, w: float, b: float) -> ChainSpec:
    return set_bias(set_weight(chain, j, w), j, b)


def set_all_weights(chain: ChainSpec, value: float) -> ChainSpec:
    return replace(chain, w=(value,) * chain.neurons)


def set_all_biases(chain: ChainSpec, value: float) -> ChainSpec:
    return replace(chain, b=(value,) * chain.neurons)


def set_values(chain: ChainSpec, w: tuple[float, ...], b: tuple[float, ...]) -> ChainSpec:
    """Other weights and biases, which may untie the chain and change its length."""
    tied = chain.tied and len({*w}) == len({*b}) == 1
    return replace(chain, w=w, b=b, tied=tied)


def set_length(chain: ChainSpec, neurons: int) -> ChainSpec:
    """Keep the first neurons; those that are added have the values of the draw at their place."""
    check_length(neurons)
    n = chain.neurons
    if chain.tied:
        return replace(chain, w=chain.w[:1] * neurons, b=chain.b[:1] * neurons)
    w, b = chain.draw.sample(neurons)
    longer_w, longer_b = (*chain.w, *w[n:].tolist()), (*chain.b, *b[n:].tolist())
    return replace(chain, w=longer_w[:neurons], b=longer_b[:neurons])


def tie(chain: ChainSpec, tied: bool) -> ChainSpec:
    """One weight and one bias for all: those of the first neuron."""
    if not tied:
        return replace(chain, tied=False)
    n = chain.neurons
    return replace(chain, w=chain.w[:1] * n, b=chain.b[:1] * n, tied=True)


def redraw(chain: ChainSpec, draw: Draw) -> ChainSpec:
    """Other values for all, from this draw; a tied chain takes the first of them."""
    w, b = draw.sample(chain.neurons)
    drawn = replace(chain, w=tuple(w.tolist()), b=tuple(b.tolist()), draw=draw, tied=False)
    return tie(drawn, chain.tied)


def draw_again(chain: ChainSpec) -> ChainSpec:
    """Other values from the same distributions: those of the next seed."""
    return redraw(chain, chain.draw.again())


def change(chain: ChainSpec, **values: Any) -> ChainSpec:
    """Activation, cost, x, y or name."""
    return replace(chain, **values)


def _with(chain: ChainSpec, values: tuple[float, ...], j: int, value: float) -> tuple[float, ...]:
    if chain.tied:
        return (value,) * chain.neurons
    return (*values[: j - 1], value, *values[j:])
