"""Curves reduced to the pixel columns that they cover."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats, Ints

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """x (points,), y (points, curves), and which points hold records that no mean can contain.

    y is minus or plus infinity where nothing but such records is, and not-a-number in gaps.
    ``flawed`` is false where all records are finite: then nobody need look.
    """

    x: Floats
    y: Floats
    zero: Bools
    infinite: Bools
    missing: Bools
    flawed: bool


class PixelColumns:
    """Several curves over one x, as the mean of the records in every column of equal width.

    A record of 0 or infinity (on a logarithmic scale: of minus or plus infinity) and one that is
    no number take part in no mean. The first record is a point of its own, so a curve starts
    where its run starts.
    """

    def __init__(self, curves: int, start: float = 0.0, width: float = 1.0, columns: int = 1):
        self.start, self.width, self.columns = start, width, columns
        self.changed = 0  # the first column that the last ``add`` touched
        n = columns + 2  # the first record, and one column beyond the right edge
        self._points: Points | None = None
        self._smooth: tuple[int, Points] | None = None
        self._rows = np.zeros(n)
        self._x = np.zeros(n)
        self._sum = np.zeros((n, curves))
        self._count = np.zeros((n, curves))
        self._flaws = np.zeros((3, n, curves), bool)  # zero, infinite, missing
        self._flawed = False

    def add(self, x: Floats, y: Floats) -> None:
        """Take further records, x (rows,) ascending, y (rows, curves) on the scale."""
        if not len(x):
            return
        self._points = self._smooth = None
        at = self.column_of(x)
        starts = np.flatnonzero(np.concatenate(([True], at[1:] != at[:-1])))
        into, self.changed = at[starts], int(at[0])
        finite = np.isfinite(y)
        self._rows[into] += np.diff(starts, append=len(x))
        self._x[into] += np.add.reduceat(x, starts)
        self._sum[into] += np.add.reduceat(np.where(finite, y, 0.0), starts, axis=0)
        self._count[into] += np.add.reduceat(finite, starts, axis=0, dtype=float)
        if not finite.all():
            self._flawed = True
            for flaws, found in zip(self._flaws, flaws_of(y), strict=True):
                flaws[into] |= np.logical_or.reduceat(found, starts, axis=0)

    def forget_from(self, column: int) -> None:
        """What is in ``column`` and beyond."""
        self._points = self._smooth = None
        self.changed = column
        for part in (self._rows, self._x, self._sum, self._count):
            part[column:] = 0
        self._flaws[:, column:] = False

    def points(self) -> Points:
        if self._points is None:
            self._points = self._reduced()
        return self._points

    def smoothed(self, spread: int) -> Points:
        """The same, every point the mean of the records up to ``spread`` columns on both sides."""
        if self._smooth is None or self._smooth[0] != spread:
            self._smooth = spread, self._spread_over(spread)
        return self._smooth[1]

    def _reduced(self) -> Points:
        used = np.flatnonzero(self._rows)
        total, count = self._sum[used], self._count[used]
        if len(used) > 2 and (lack := 1.0 - self._rows[used[-1]] / self._rows[used[-2]]) > 0:
            # So that the end is as calm as the rest: as many records as in a full column.
            total[-1] += lack * total[-2]
            count[-1] += lack * count[-2]
        zero, infinite, missing = self._flaws[:, used]
        y = np.full(count.shape, np.nan)
        if self._flawed:
            y[infinite] = np.inf
            y[zero] = -np.inf
        np.divide(total, count, out=y, where=count > 0)
        return Points(self._x[used] / self._rows[used], y, zero, infinite, missing, self._flawed)

    def _spread_over(self, spread: int) -> Points:
        """The window is as wide on both sides, narrower near the start; at the end it is cut."""
        raw, used = self.points(), np.flatnonzero(self._rows)
        if not len(used):
            return raw
        sums = np.zeros((2, len(self._sum) + 1, self._sum.shape[1]))  # from the start on
        np.cumsum(self._sum, axis=0, out=sums[0, 1:])
        np.cumsum(self._count, axis=0, out=sums[1, 1:])
        place = np.maximum(used, 1)  # the first record lies in the first column
        half = np.minimum(spread, place - place[0])
        low = np.where(place - half <= 1, 0, place - half)
        high = np.minimum(place + half, used[-1]) + 1
        y = np.full(raw.y.shape, np.nan)
        total, count = sums[:, high] - sums[:, low]
        np.divide(total, count, out=y, where=(count > 0) & ~np.isnan(raw.y))
        none = np.zeros_like(raw.zero)
        return Points(raw.x, y, none, none, none, False)

    def points_before(self, column: int) -> int:
        return int(np.count_nonzero(self._rows[:column]))

    def column_of(self, x: Floats) -> Ints:
        column = np.floor((x - self.start) / self.width) + 1
        at: Ints = np.clip(column, 1, self.columns + 1).astype(int)
        if not self._rows[0]:
            at[0] = 0
        return at


def flaws_of(y: Floats) -> tuple[Bools, Bools, Bools]:
    """Where values on a scale are zeros, infinities, and no numbers."""
    return y == -np.inf, y == np.inf, np.isnan(y)
