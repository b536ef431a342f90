"""The comparison of the first and the last hidden layer, in a word and a sentence."""

from dataclasses import dataclass
from math import inf, isfinite, log10, nan
from sys import float_info

import numpy as np

from engine.arrays import Floats
from engine.numerals import power

BALANCED = 2.0  # within this factor the layers learn about equally fast


@dataclass(frozen=True, slots=True)
class Verdict:
    """``kind`` is vanishing, balanced, exploding or unknown; ``ratio`` is last to first layer."""

    kind: str
    ratio: float
    first: int  # the layers that were compared, counted from 1
    last: int
    fault: str = ""  # why it is unknown

    @property
    def words(self) -> str:
        if self.kind == "unknown":
            return self.fault
        if self.ratio in (0.0, inf):
            return f"{self.kind}, layer {self.still}: 0"
        if self.kind == "exploding":
            return f"exploding, {_short(1 / self.ratio)} : 1"
        return f"{self.kind}, 1 : {_short(self.ratio)}"

    @property
    def still(self) -> int:
        """The layer that does not learn at all, 0 where both do."""
        return {inf: self.first, 0.0: self.last}.get(self.ratio, 0)

    @property
    def sentence(self) -> str:
        if self.kind == "unknown" or self.first == self.last:
            return ""
        if self.kind == "balanced":
            return f"Layers {self.first} and {self.last} learn about equally fast."
        if self.still:
            return f"Layer {self.still} does not learn at all: its gradient is 0."
        factor = self.ratio if self.kind == "vanishing" else 1 / self.ratio
        way = "slower" if self.kind == "vanishing" else "faster"
        return f"Layer {self.first} learns {_short(factor)}× {way} than layer {self.last}."


def hidden_layers(layers: int) -> slice:
    """The hidden ones of ``layers`` layers, the output where there is no other."""
    return slice(0, max(1, layers - 1))


def judge(speeds: Floats) -> Verdict:
    """``speeds`` is ‖δ‖ of every layer from the first to the output, which does not count."""
    hidden = speeds[hidden_layers(len(speeds))]
    first, last = float(hidden[0]), float(hidden[-1])
    if not isfinite(first) or not isfinite(last):
        return Verdict("unknown", nan, 1, len(hidden), "not a number")
    if not first and not last:
        return Verdict("unknown", nan, 1, len(hidden), "no gradient")
    ratio = _ratio(last, first)
    kind = "balanced"
    if ratio > BALANCED:
        kind = "vanishing"
    elif ratio < 1 / BALANCED:
        kind = "exploding"
    return Verdict(kind, ratio, 1, len(hidden))


def _ratio(last: float, first: float) -> float:
    """0 and infinity only where one of them is 0."""
    if not first or not last:
        return inf if last else 0.0
    with np.errstate(all="ignore"):
        return float(np.clip(np.divide(last, first), float_info.min, float_info.max))


def _short(factor: float) -> str:
    if factor < 10:
        return f"{factor:.1f}"
    return f"{factor:,.0f}" if factor < 1e5 else power(log10(factor), 1)
