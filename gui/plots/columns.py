"""Curves reduced to the pixel columns that they cover."""

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats, Ints
from gui.common.scale import Scale


class PixelColumns:
    """Several curves over one x, as the mean of the records in every column of equal width.

    A record of 0 or infinity (on a logarithmic scale: of plus or minus infinity) takes part in
    no mean; a column that holds nothing else is drawn there. The first record is a point of its
    own, so a curve starts where its run starts.
    """

    def __init__(self, curves: int, start: float = 0.0, width: float = 1.0, columns: int = 1):
        self.start, self.width, self.columns = start, width, columns
        self.changed = 0  # the first column that the last ``add`` touched
        n = columns + 2  # the first record, and one column beyond the right edge
        self._points: tuple[Floats, Floats, Floats] | None = None
        self._rows = np.zeros(n)
        self._x = np.zeros(n)
        self._sum = np.zeros((n, curves))
        self._count = np.zeros((n, curves))
        self._zero = np.zeros((n, curves), bool)
        self._beyond = np.zeros((n, curves), bool)

    def add(self, x: Floats, y: Floats) -> None:
        """Take further records, x (rows,) ascending, y (rows, curves) on the scale."""
        if not len(x):
            return
        self._points = None
        at = self._column_of(x)
        starts = np.flatnonzero(np.concatenate(([True], at[1:] != at[:-1])))
        into, self.changed = at[starts], int(at[0])
        finite = np.isfinite(y)
        self._rows[into] += np.diff(starts, append=len(x))
        self._x[into] += np.add.reduceat(x, starts)
        self._sum[into] += np.add.reduceat(np.where(finite, y, 0.0), starts, axis=0)
        self._count[into] += np.add.reduceat(finite, starts, axis=0, dtype=float)
        if not finite.all():
            self._zero[into] |= np.logical_or.reduceat(y == -np.inf, starts, axis=0)
            self._beyond[into] |= np.logical_or.reduceat(y == np.inf, starts, axis=0)

    def points(self) -> tuple[Floats, Floats, Floats]:
        """x (points,), y (points, curves), and where a column holds a zero.

        y is minus or plus infinity where nothing but such records is, and not-a-number in gaps.
        """
        if self._points is None:
            self._points = self._reduced()
        return self._points

    def _reduced(self) -> tuple[Floats, Floats, Floats]:
        used = np.flatnonzero(self._rows)
        total, count, zero = self._sum[used], self._count[used], self._zero[used]
        if len(used) > 2 and (missing := 1.0 - self._rows[used[-1]] / self._rows[used[-2]]) > 0:
            # So that the end is as calm as the rest: as many records as in a full column.
            total[-1] += missing * total[-2]
            count[-1] += missing * count[-2]
        y = np.full(count.shape, np.nan)
        y[self._beyond[used]] = np.inf
        y[zero] = -np.inf
        np.divide(total, count, out=y, where=count > 0)
        return self._x[used] / self._rows[used], y, zero

    def points_before(self, column: int) -> int:
        return int(np.count_nonzero(self._rows[:column]))

    def _column_of(self, x: Floats) -> Ints:
        column = np.floor((x - self.start) / self.width) + 1
        at: Ints = np.clip(column, 1, self.columns + 1).astype(int)
        if not self._rows[0]:
            at[0] = 0
        return at


class Trace:
    """The curves of one growing table: remembers what it has seen, and reduces only what is new."""

    def __init__(self, scale: Scale, curves: int) -> None:
        self.scale, self.curves = scale, curves
        self.x: Floats = np.empty(0)
        self.columns = PixelColumns(curves)
        self._values: Floats = np.empty((0, curves))
        self.grown = self.replaced = False  # since the last ``settle``
        self._kept: NDArray[np.bool_] | None = None
        self._table: Floats | None = None
        self._seen = 0

    def take(
        self, table: Floats, x: Floats, values: Floats, kept: NDArray[np.bool_] | None = None
    ) -> bool:
        """Show x (rows,) and values (rows, curves) of ``table``; True if there is something new.

        Views of one array, each longer than the last, are taken as a table that grows. ``kept``
        (rows,) is false where a row does not tell of these values: that is no gap.
        """
        owner = table if table.base is None else table.base
        grows = owner is self._table and len(table) >= self._seen
        if grows and len(table) == self._seen:
            return False
        new = slice(self._seen if grows else 0, None)
        self._table, self._seen, self.x, self._values = owner, len(table), x, values
        self._kept = kept
        if grows:
            self.grown = True
            self._add(new)
        else:
            self.replaced = True
            grid = self.columns
            self.reduce(grid.start, grid.width, grid.columns)
        return True

    def settle(self) -> None:
        """What there is has been shown."""
        self.grown = self.replaced = False

    def forget(self) -> None:
        """Show nothing; the next table is taken as a new one."""
        self._table, self._seen, self.replaced = None, 0, True
        self.x, self._values = np.empty(0), np.empty((0, self.curves))
        self._kept = None
        self.columns = PixelColumns(self.curves)

    def reduce(self, start: float, width: float, columns: int) -> None:
        """Lay the columns anew, for x from ``start`` on, and one record on either side."""
        self.columns = PixelColumns(self.curves, start, width, columns)
        first = int(np.searchsorted(self.x, start, "right")) - 1 if start > 0 else 0
        end = int(np.searchsorted(self.x, start + width * columns, "right")) + 1
        self._add(slice(max(first, 0), end))

    def extent(self) -> tuple[float, float]:
        """The least and the greatest finite point; not-a-number where there is none."""
        y = self.columns.points()[1]
        y = y[np.isfinite(y)]
        return (float(y.min()), float(y.max())) if y.size else (np.nan, np.nan)

    def newest(self) -> Floats:
        """The newest point of every curve on the scale, (curves,)."""
        y = self.columns.points()[1]
        return y[-1] if len(y) else np.full(self.curves, np.nan)

    def _add(self, rows: slice) -> None:
        x, values = self.x[rows], self._values[rows]
        if self._kept is not None:
            x, values = x[self._kept[rows]], values[self._kept[rows]]
        self.columns.add(x, self.scale.forward(values))
