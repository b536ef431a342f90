"""The comparison of the first and the last hidden layer, in a word and a sentence."""

from dataclasses import dataclass
from math import isfinite

from engine.arrays import Floats

BALANCED = 2.0  # within this factor the layers learn about equally fast


@dataclass(frozen=True, slots=True)
class Verdict:
    """``kind`` is vanishing, balanced, exploding or unknown; ``ratio`` is last to first layer."""

    kind: str
    ratio: float
    first: int  # the layers that were compared, counted from 1
    last: int

    @property
    def words(self) -> str:
        if self.kind == "unknown":
            return "no gradient"
        if self.kind == "exploding":
            return f"exploding, {_short(1 / self.ratio)} : 1" if self.ratio else "exploding"
        return f"{self.kind}, 1 : {_short(self.ratio)}"

    @property
    def sentence(self) -> str:
        if self.kind == "unknown" or self.first == self.last:
            return ""
        if self.kind == "balanced":
            return f"Layers {self.first} and {self.last} learn about equally fast."
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
    ratio = last / first if first > 0 else float("inf") if last > 0 else float("nan")
    kind = "balanced"
    if not isfinite(first) or not isfinite(last) or ratio != ratio:
        kind = "unknown"
    elif ratio > BALANCED:
        kind = "vanishing"
    elif ratio < 1 / BALANCED:
        kind = "exploding"
    return Verdict(kind, ratio, 1, len(hidden))


def _short(factor: float) -> str:
    if factor < 10:
        return f"{factor:.1f}"
    return f"{factor:,.0f}" if factor < 1e5 else f"{factor:.0e}"
