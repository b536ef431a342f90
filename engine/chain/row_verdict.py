"""What a network's row of factors does to δ, beside what a chain's would do."""

from dataclasses import dataclass
from math import inf, isnan

import numpy as np

from engine.arrays import Floats
from engine.chain.matrices import MatrixFactor
from engine.chain.scaled import agreement
from engine.chain.verdict import WITHIN, fraction
from engine.numerals import scientific, short


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """``step`` is what a layer multiplies ‖δ‖ by, the geometric mean from the last to the first.

    ``allowed`` is the same of ‖Σ'‖ ‖Wᵀ‖, the largest singular values: a bound of it, which in a
    chain is reached. Both are nan where there is only one layer, or no number.
    """

    kind: str  # vanishing, balanced, exploding or unknown
    words: str
    sentence: str
    step: float
    allowed: float


@dataclass(frozen=True, slots=True)
class RowCheck:
    """‖δ^1‖ of backpropagation, and the digits (0 to 16) in which the row's agrees with it."""

    length: float
    digits: float


def judge_row(row: tuple[MatrixFactor, ...]) -> RowVerdict:
    """Thresholds as for chains: 0.9 and 1.1."""
    errors = {f.l: f for f in row if f.kind in ("prime", "delta")}
    layers = len(errors)
    if layers == 1:
        return _unknown("one layer: no step", "One layer: there is no step.")
    size = errors[1].log10_vector - errors[layers].log10_vector
    step, allowed = _mean(size, layers - 1), _mean(_bound(row, layers), layers - 1)
    if errors[layers].log10_vector == -inf:
        return _unknown("δ is 0", "The last δ is 0: the output is the target.")
    if isnan(step):
        return _unknown("not a number", "No verdict: a value on the way is not a number.")
    if step == 0.0:
        return RowVerdict("vanishing", "vanishing: δ is 0", _where(errors), step, allowed)
    kind = "vanishing" if step < 1 - WITHIN else "exploding" if step > 1 + WITHIN else "balanced"
    words = "balanced within 10 %" if kind == "balanced" else f"{kind}: each layer × {shown(step)}"
    after = f"after {layers - 1} layer{'s' * (layers > 2)} {fraction(size)}"
    sentence = f"Each layer multiplies ‖δ‖ by about {shown(step)}: {after}."
    return RowVerdict(kind, words, sentence, step, allowed)


def check_row(row: tuple[MatrixFactor, ...], delta: Floats) -> RowCheck:
    """``delta`` is δ^1 as backpropagation found it."""
    length = float(np.linalg.norm(np.asarray(delta, dtype=np.float64)))
    return RowCheck(length, agreement(row[0].vector, length))


def shown(step: float) -> str:
    return short(step, 2) if 1e-3 <= step < 1e5 else scientific(step, digits=2)


def _unknown(words: str, sentence: str) -> RowVerdict:
    return RowVerdict("unknown", words, sentence, np.nan, np.nan)


def _bound(row: tuple[MatrixFactor, ...], layers: int) -> float:
    norms = [f.norm for f in row if f.kind == "weight" or (f.kind == "prime" and f.l < layers)]
    with np.errstate(all="ignore"):
        return float(np.log10(norms).sum())


def _mean(size: float, steps: int) -> float:
    with np.errstate(all="ignore"):
        return float(np.float64(10.0) ** (size / steps))


def _where(errors: dict[int, MatrixFactor]) -> str:
    last = max(l for l, factor in errors.items() if factor.log10_vector == -inf)
    return f"δ of layer {last} is 0, and of all layers before it: no gradient arrives there."
