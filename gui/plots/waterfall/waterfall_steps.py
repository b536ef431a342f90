"""The bars of a waterfall from the output to the first layer; no widgets."""

from dataclasses import dataclass
from math import isnan

import numpy as np

from engine.readings.waterfall import WaterfallReading

PRIME, WEIGHTS, REST = "prime", "weights", "rest"


@dataclass(frozen=True, slots=True)
class Bar:
    """One factor, from ``start`` to ``end`` in log10; ``limit`` is where its bound would end it."""

    kind: str
    start: float
    end: float
    limit: float | None = None

    @property
    def change(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Step:
    """The way to one layer (from 0) and log10 ‖δ‖ there; ``merged`` layers are taken at once.

    ``layer`` is None for ∇_a C, where the way begins.
    """

    layer: int | None
    level: float
    bars: tuple[Bar, ...] = ()
    merged: int = 1


def steps(reading: WaterfallReading, most: int) -> list[Step]:
    """From the left; hidden layers are merged, their factors multiplied, where they are many."""
    last = len(reading.length) - 1
    found = []
    if not isnan(reading.slope):
        found.append(Step(None, reading.slope))
        limit = reading.slope + float(reading.greatest_prime[last])
        bar = Bar(PRIME, reading.slope, float(reading.length[last]), limit)
        found.append(Step(last, float(reading.length[last]), _known(bar)))
    else:
        found.append(Step(last, float(reading.length[last])))
    together = max(1, -(-last // max(1, most)))
    for above in range(last, 0, -together):
        found.append(_step(reading, above, max(0, above - together)))
    return found


def _step(reading: WaterfallReading, above: int, layer: int) -> Step:
    taken = slice(layer, above)
    start = float(reading.length[above])
    with np.errstate(invalid="ignore"):
        by_weights = start + float(reading.weights[taken].sum())
        by_prime = by_weights + float(reading.prime[taken].sum())
    limit = by_weights + float(reading.greatest_prime[taken].sum())
    bars = [Bar(WEIGHTS, start, by_weights), Bar(PRIME, by_weights, by_prime, limit)]
    if has_rest(reading):
        bars.append(Bar(REST, by_prime, float(reading.length[layer])))
    return Step(layer, float(reading.length[layer]), _known(*bars), above - layer)


def has_rest(reading: WaterfallReading) -> bool:
    """Whether skip connections bring anything."""
    return bool(np.any(np.nan_to_num(reading.rest, nan=0.0) != 0.0))


def _known(*bars: Bar) -> tuple[Bar, ...]:
    return tuple(bar for bar in bars if not (isnan(bar.start) or isnan(bar.end)))
