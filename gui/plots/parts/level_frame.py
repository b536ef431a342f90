"""Columns over a logarithmic axis, in pixels; no painting."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import ceil, floor, isfinite, log10

from PySide6.QtCore import QRectF

from gui.common.scale import LogScale, Range, nice_step

EDGE = 2.0  # pixels between the frame and what lies beyond it
PARTS = 10  # the ends of a range are multiples of about a part of its length
LOOSE = 1.6  # a range closes up when it is so many times as wide as it need be
STRIDES = (1, 2, 5, 10, 20, 50, 100, 200, 500)
DECADES = 1.2  # a shorter range has labels between the powers of ten
SCALE = LogScale()
ALIKE: Mapping[int, float] = {}


class LevelFrame:
    """From levels, log10, to the pixels of ``rect``; ``places`` are left and right of columns.

    ``layers`` are those of the columns, from 0; None: the column is no layer.
    """

    def __init__(
        self,
        rect: QRectF,
        levels: Range,
        places: Sequence[Range] = (),
        layers: Sequence[int | None] = (),
    ) -> None:
        self.rect, self.levels, self.places, self.layers = rect, levels, places, layers

    def down(self, level: float) -> float:
        """The pixel of a level; what is infinite lies on the edge."""
        low, high = self.levels
        share = (min(max(level, low - 9.0), high + 9.0) - low) / (high - low)
        at = self.rect.bottom() - share * self.rect.height()
        return min(max(at, self.rect.top() + EDGE), self.rect.bottom() - EDGE)

    def column_at(self, x: float) -> int | None:
        """The column at a pixel."""
        return next((k for k, (a, b) in enumerate(self.places) if a <= x < b), None)

    def middle(self, k: int) -> float:
        """Where the name of column k stands."""
        return sum(self.places[k]) / 2.0

    def named(self, room: float, wider: Mapping[int, float] = ALIKE) -> list[int]:
        """The columns whose names, ``room`` pixels wide, stand below: the ends, and round numbers.

        ``wider`` is the room that some columns need. Where columns stand for several layers, every
        so many of them.
        """

        def apart(a: int, b: int) -> bool:
            needed = (wider.get(a, room) + wider.get(b, room)) / 2.0
            return abs(self.middle(a) - self.middle(b)) >= needed

        last = len(self.places) - 1
        ends = sorted({0, last}) if last >= 0 else []
        known = [layer for layer in self.layers if layer is not None]
        skipping = any(abs(b - a) > 1 for a, b in pairwise(known))
        for stride in STRIDES:
            found = []
            for k in range(1, last):
                layer = self.layers[k]
                number = last - k if skipping or layer is None else layer + 1
                if layer is None or number % stride == 0:
                    found.append(k)
            if all(apart(a, b) for a, b in pairwise(found)):
                return sorted([*ends, *(k for k in found if all(apart(k, e) for e in ends))])
        return ends


def range_for(levels: Iterable[float], shown: Range | None) -> Range:
    """Round ends around what is finite; ``shown`` stays while it does."""
    finite = [level for level in levels if isfinite(level)]
    if not finite:
        return shown or (-1.0, 0.0)
    low, high = min(finite), max(finite)
    length = max(high - low, 0.8)
    low, high = low - 0.04 * length, high + 0.04 * length
    step = nice_step(length / PARTS)
    spare = max(0.0, 1.0 - (high - low)) / 2  # of a decade, on either side
    needed = floor((low - spare) / step) * step, ceil((high + spare) / step) * step
    holds = shown is not None and shown[0] <= low and high <= shown[1]
    if shown is not None and holds and shown[1] - shown[0] <= LOOSE * (needed[1] - needed[0]):
        return shown
    return needed


def ticks_for(levels: Range, most: int) -> list[float]:
    """Powers of ten, in a short range also 2 and 5 times them where there is room."""
    low, high = levels
    if high - low >= DECADES:
        return SCALE.ticks(low, high, most)
    found: list[float] = []
    for factors in ((1, 2, 5), (1, 3), (1,)):
        between = [n + log10(m) for n in range(floor(low), ceil(high) + 1) for m in factors]
        found = [tick for tick in between if low <= tick <= high]
        if len(found) <= most:
            break
    return found
