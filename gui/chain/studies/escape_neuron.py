"""What the study of escape says about one neuron of a chain."""

from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Floats
from engine.chain.escape import crossings, interval, term_map
from engine.chain.reach import reach
from engine.chain.trace import ChainTrace
from engine.numerals import short
from gui.common.scale import Range
from gui.common.subscript import subscripted

SAMPLES = 2001  # of a range of input activations


@dataclass(frozen=True, slots=True)
class EscapeNeuron:
    """Neuron j of n, its input activation a = a_{j−1}, and its term |w σ'(wa + b)|."""

    j: int
    n: int
    activation: str
    before: str  # the activation of the neuron before it
    a: float
    w: float
    b: float
    term: float
    tied: bool

    @property
    def w_name(self) -> str:
        return "w" if self.tied else subscripted("w", self.j)

    @property
    def b_name(self) -> str:
        return "b" if self.tied else subscripted("b", self.j)

    @property
    def a_name(self) -> str:
        return subscripted("a", self.j - 1)


def neuron_of(t: ChainTrace, j: int) -> EscapeNeuron:
    chain = t.chain
    activation = chain.output if j == chain.neurons else chain.activation
    k = j - 1
    return EscapeNeuron(
        j, chain.neurons, activation, chain.activation, float(t.a[k]), chain.w[k], chain.b[k],
        abs(float(t.term[k])), chain.tied,
    )  # fmt: skip


def escapes(neuron: EscapeNeuron, within: Range) -> tuple[Range, ...]:
    """The intervals of input activations with a term of at least 1.

    Those of a sigmoid are whole; of others, what lies within a range, open ends as infinities.
    """
    if neuron.activation == "sigmoid":
        found = interval(neuron.w, neuron.b)
        return () if found is None else (found,)
    if abs(neuron.w) < reach(neuron.activation).least:
        return ()
    low, high = within
    edges = [low, *_crossings(neuron, low, high).tolist(), high]
    middles = [(left + right) / 2 for left, right in pairwise(edges)]
    above = _terms(neuron, middles) >= 1.0
    pairs = zip(pairwise(edges), above.tolist(), strict=True)
    return tuple(
        (-inf if left == low else left, inf if right == high else right)
        for (left, right), is_above in pairs if is_above
    )  # fmt: skip


def long_words(neuron: EscapeNeuron, found: tuple[Range, ...], within: Range) -> str:
    """'w₂ = −8, b₂ = 3: |term| ≥ 1 for 0.31 ≤ a₁ ≤ 0.44, width 0.13; a₁ = 0.78 lies outside'."""
    values = f"{neuron.w_name} = {number(neuron.w)}, {neuron.b_name} = {number(neuron.b)}"
    if not found:
        return f"{values}: {_none(neuron, within)}"
    return f"{values}: |term| ≥ 1 for {_list(neuron, found, with_width=True)}; {_place(neuron)}"


def short_words(neuron: EscapeNeuron, found: tuple[Range, ...], within: Range) -> str:
    if not found:
        return _none(neuron, within)
    return f"≥ 1 for {_list(neuron, found, with_width=False)}; {_place(neuron)}"


def shortest_words(neuron: EscapeNeuron, found: tuple[Range, ...]) -> tuple[str, ...]:
    if not found:
        return (f"no {neuron.a_name} makes |term| ≥ 1", f"no {neuron.a_name}")
    lies = "inside" if neuron.term >= 1.0 else "outside"
    where = f"{_list(neuron, found, with_width=False)}: {lies}"
    return f"≥ 1 for {where}", where


def number(value: float, digits: int = 3) -> str:
    if not isfinite(value):
        return short(value) if abs(value) == inf else "not a number"
    return short(float(f"{value:.{digits}g}")).replace("-", "−")


def _crossings(neuron: EscapeNeuron, low: float, high: float) -> Floats:
    """Where σ' jumps they are bisected; else they lie on lines between samples, to six digits."""
    if ACTIVATIONS[neuron.activation].kinks:
        return crossings(neuron.activation, neuron.w, neuron.b, low, high)
    a = np.linspace(low, high, SAMPLES)
    f = term_map(neuron.activation, a, neuron.w, neuron.b)[0] - 1.0
    at = np.flatnonzero((f[1:] >= 0) != (f[:-1] >= 0))
    found: Floats = a[at] + (a[1] - a[0]) * f[at] / (f[at] - f[at + 1])
    return found


def _terms(neuron: EscapeNeuron, a: list[float]) -> Floats:
    terms: Floats = term_map(neuron.activation, np.array(a), neuron.w, neuron.b)[0]
    return terms


def _none(neuron: EscapeNeuron, within: Range) -> str:
    least = reach(neuron.activation).least
    if abs(neuron.w) < least:
        return f"no {neuron.a_name} makes |term| ≥ 1: that needs |w| ≥ {number(least)}"
    low, high = map(number, within)
    return f"no {neuron.a_name} from {low} to {high} makes |term| ≥ 1"


def _list(neuron: EscapeNeuron, found: tuple[Range, ...], with_width: bool) -> str:
    return " and ".join(_interval(neuron.a_name, part, with_width) for part in found)


def _interval(a: str, part: Range, with_width: bool) -> str:
    low, high = part
    if isfinite(low) and isfinite(high):
        width = f", width {number(high - low)}" if with_width else ""
        return f"{number(low)} ≤ {a} ≤ {number(high)}{width}"
    if isfinite(low):
        return f"{a} ≥ {number(low)}"
    return f"{a} ≤ {number(high)}" if isfinite(high) else f"every {a} shown"


def _place(neuron: EscapeNeuron) -> str:
    lies = "inside" if neuron.term >= 1.0 else "outside"
    return f"{neuron.a_name} = {number(neuron.a)} lies {lies}"
