"""The layers side by side now: the size of each one's gradient, and the factor to the next."""

from dataclasses import dataclass
from math import nan

import numpy as np

from engine.arrays import Floats, read_only
from engine.layer_record import LayerRecord, Recorded, layer_record
from engine.measures import KEYS
from engine.numerals import scientific
from engine.verdict import Verdict, judge

RECENT = 150  # 'now' is the newest 1/150 of the record: the width of a dot in the speed plot
SPEED = KEYS.index("bias_gradient")  # ‖δ‖, the book's speed of learning
EQUAL = 1.05  # factors from layer to layer within this are told as none


@dataclass(frozen=True, slots=True)
class Exceptional:
    """How many of ``count`` values have no place on a logarithmic axis, and why."""

    count: int
    zeros: int
    infinite: int
    missing: int  # not a number


@dataclass(frozen=True, slots=True)
class Fit:
    """log10 of the size of layer l, from 0, as ``start + slope · l``: least squares.

    ``error`` is the standard error of the slope; of two layers not-a-number, as there is nothing to
    tell it from. ``r2`` is the share of the variance that the line explains; ``count`` layers took
    part: those whose size is neither 0 nor infinite nor not-a-number.
    """

    start: float
    slope: float
    error: float
    r2: float
    count: int

    def at(self, l: Floats) -> Floats:
        """log10 of the sizes of these layers."""
        return self.start + self.slope * l

    @property
    def factor(self) -> float:
        """By which a layer is larger than the one before it."""
        return _power(self.slope)

    @property
    def uncertainty(self) -> float:
        """The factor is known up to this factor: one standard error."""
        return _power(self.error)

    def sentence(self, smaller: str = "is {}× smaller", larger: str = "is {}× larger") -> str:
        """What happens from a layer to the one before it."""
        if 1.0 / EQUAL <= self.factor <= EQUAL:
            return "no trend from layer to layer"
        words, factor = (smaller, self.factor) if self.slope > 0 else (larger, _power(-self.slope))
        return f"each layer back {words.format(scientific(factor, digits=2))}"


def exceptional(values: Floats) -> Exceptional:
    """Count what a logarithmic axis cannot show."""
    return Exceptional(
        count=int(values.size),
        zeros=int(np.count_nonzero(values == 0)),
        infinite=int(np.count_nonzero(np.isinf(values))),
        missing=int(np.count_nonzero(np.isnan(values))),
    )


def recent(record: LayerRecord) -> Floats:
    """The newest 1/150 of the records that tell, (rows, layers), at least one if there is any."""
    if record.kept is None:
        return record.values[-max(1, len(record.values) // RECENT) :]
    rows = np.flatnonzero(record.kept)
    found: Floats = record.values[rows[-max(1, len(rows) // RECENT) :]]
    return found


def geometric_mean(rows: Floats) -> Floats:
    """Of the positive values of every column; where it has none 0, or not-a-number if one is."""
    positive = rows > 0
    logs = np.log(rows, out=np.zeros(rows.shape), where=positive)
    count = np.count_nonzero(positive, axis=0)
    mean = np.where(np.isnan(rows).any(axis=0), nan, 0.0)
    np.divide(logs.sum(axis=0), count, out=mean, where=count > 0)
    means: Floats = np.exp(mean, out=mean, where=count > 0)
    return means


def sizes_now(record: LayerRecord) -> Floats:
    """Of every layer, (layers,): the geometric mean over the newest records."""
    rows = recent(record)
    return read_only(geometric_mean(rows) if len(rows) else np.full(rows.shape[1], nan))


def verdict_now(run: Recorded) -> Verdict | None:
    """About ‖δ‖ over the newest records, as the plots tell it; None where nothing is recorded."""
    record = layer_record(run, SPEED)
    return judge(sizes_now(record)) if len(record.table) else None


def factors(sizes: Floats) -> Floats:
    """From every layer to the next, (layers − 1,): infinite after a 0, not-a-number between two."""
    with np.errstate(all="ignore"):
        ratios: Floats = sizes[1:] / sizes[:-1]
    return ratios


def fit(sizes: Floats) -> Fit | None:
    """Through the layers that have a size; None where fewer than two have."""
    layers = np.flatnonzero(np.isfinite(sizes) & (sizes > 0)).astype(float)
    if len(layers) < 2:
        return None
    levels = np.log10(sizes[layers.astype(int)])
    offset, level = layers - layers.mean(), levels - levels.mean()
    spread = float(offset @ offset)
    slope = float(offset @ level) / spread
    left = float(np.square(level - slope * offset).sum())
    total = float(level @ level)
    free = len(layers) - 2
    return Fit(
        start=float(levels.mean() - slope * layers.mean()),
        slope=slope,
        error=float(np.sqrt(left / free / spread)) if free else nan,
        r2=1.0 - left / total if total > 0 else nan,
        count=len(layers),
    )


def predicted_levels(last: float, shrinking: Floats) -> Floats:
    """log10 of the sizes of all hidden layers, (hidden,), where the ``last`` is what it is.

    ``shrinking`` (hidden,) is the predicted ‖δ^l‖ / ‖δ^{l+1}‖ of every hidden layer; that of the
    last one leads to the output and does not count.
    """
    with np.errstate(all="ignore"):
        back = np.cumsum(np.log10(shrinking[:-1])[::-1])[::-1]
        levels: Floats = np.log10(last) + np.append(back, 0.0)
    return levels


def sizes_at(levels: Floats) -> Floats:
    """What has these log10: 0 and infinity where no float can hold it."""
    with np.errstate(all="ignore"):
        sizes: Floats = np.power(10.0, levels)
    return sizes


def _power(exponent: float) -> float:
    return float(sizes_at(np.array(exponent)))
