"""A table of records that grows, as curves that are reduced to pixel columns."""

import numpy as np

from engine.arrays import Floats, Ints
from gui.common.scale import Scale
from gui.plots.parts.columns import Bools, PixelColumns, Points, flaws_of


class Trace:
    """The curves of one growing table: remembers what it has seen, and reduces only what is new."""

    def __init__(self, scale: Scale, curves: int) -> None:
        self.scale, self.curves = scale, curves
        self.x: Floats = np.empty(0)
        self.values: Floats = np.empty((0, curves))
        self.kept: Bools | None = None
        self.columns = PixelColumns(curves)
        self.flaws: Ints = np.zeros((3, curves), int)  # records: zeros, infinities, no numbers
        self.grown = self.replaced = False  # since the last ``settle``
        self._table: object = None
        self._seen = 0
        self._measured: Points | None = None
        self._extent = (np.nan, np.nan)

    def take(self, table: Floats, x: Floats, values: Floats, kept: Bools | None = None) -> bool:
        """Show x (rows,) and values (rows, curves) of ``table``; True if there is something new.

        Views of one array are taken as a table that grows, or goes back to what it was. ``kept``
        (rows,) is false where a row does not tell of these values: that is no gap.
        """
        if self.has(table):
            return False
        owner = _owner(table)
        known, seen = owner is self._table, self._seen
        self._table, self._seen = owner, len(table)
        self.x, self.values, self.kept = x, values, kept
        if known and len(table) > seen:
            self.grown = True
            self._add(slice(seen, None), counts=True)
        else:
            self.replaced = True
            if not (known and self._go_back()):
                self.reduce(self.columns.start, self.columns.width, self.columns.columns)
            self._count_flaws(known)
        return True

    def has(self, table: Floats) -> bool:
        """Whether it is what was taken last: then nothing of it need be looked at."""
        return len(table) == self._seen and _owner(table) is self._table

    def settle(self) -> None:
        """What there is has been shown."""
        self.grown = self.replaced = False

    def forget(self) -> None:
        """Show nothing; the next table is taken as a new one."""
        self._table, self._seen, self.replaced = None, 0, True
        self.x, self.values, self.kept = np.empty(0), np.empty((0, self.curves)), None
        self.columns = PixelColumns(self.curves)
        self.flaws[:] = 0

    def reduce(self, start: float, width: float, columns: int) -> None:
        """Lay the columns anew, for x from ``start`` on, and one record on either side."""
        self.columns = PixelColumns(self.curves, start, width, columns)
        first = int(np.searchsorted(self.x, start, "right")) - 1 if start > 0 else 0
        end = int(np.searchsorted(self.x, start + width * columns, "right")) + 1
        self._add(slice(max(first, 0), end))

    def extent(self) -> tuple[float, float]:
        """The least and the greatest finite point; not-a-number where there is none."""
        points = self.columns.points()
        if points is not self._measured:
            y = points.y[np.isfinite(points.y)]
            self._measured = points
            self._extent = (float(y.min()), float(y.max())) if y.size else (np.nan, np.nan)
        return self._extent

    def newest(self) -> Floats:
        """The newest point of every curve on the scale, (curves,)."""
        y = self.columns.points().y
        return y[-1] if len(y) else np.full(self.curves, np.nan)

    def nearest(self, x: float) -> int:
        """The row of the record that is nearest to ``x``; -1 where there is none."""
        rows = np.arange(len(self.x)) if self.kept is None else np.flatnonzero(self.kept)
        if not len(rows):
            return -1
        at = int(np.searchsorted(self.x[rows], x))
        pair = rows[max(0, at - 1) : at + 1]
        return int(pair[np.abs(self.x[pair] - x).argmin()])

    @property
    def newest_row(self) -> int:
        """That of the newest record; -1 where there is none."""
        return self.nearest(np.inf)

    def next_to(self, x: float, distance: float) -> float | None:
        """The position of the first record so far right of ``x``, or left where it is negative.

        That of the last one there is, where none is so far; None where nothing is on that side.
        """
        told = self.x if self.kept is None else self.x[self.kept]
        beyond = told[told > x] if distance > 0 else told[told < x][::-1]
        if not len(beyond):
            return None
        far = np.abs(beyond - x) >= abs(distance)
        return float(beyond[far.argmax() if far.any() else -1])

    def _add(self, rows: slice, counts: bool = False) -> None:
        x, values = self._told(rows)
        y = self.scale.forward(values)
        self.columns.add(x, y)
        if counts and not np.isfinite(y).all():
            self.flaws += _counts(y)

    def _told(self, rows: slice) -> tuple[Floats, Floats]:
        x, values = self.x[rows], self.values[rows]
        if self.kept is not None:
            x, values = x[self.kept[rows]], values[self.kept[rows]]
        return x, values

    def _go_back(self) -> bool:
        """The table has become shorter: take away what is beyond; False if that is not easy."""
        x = self.x if self.kept is None else self.x[self.kept]
        if self.columns.start > 0 or len(x) < 2:
            return False
        at = self.columns.column_of(x)
        first = max(1, int(np.searchsorted(at, at[-1])))
        self.columns.forget_from(max(1, int(at[-1])))
        rows = slice(first, None)
        values = self.values if self.kept is None else self.values[self.kept]
        self.columns.add(x[rows], self.scale.forward(values[rows]))
        return True

    def _count_flaws(self, shortened: bool) -> None:
        if shortened and not self.flaws.any():
            return
        y = self.scale.forward(self._told(slice(None))[1])
        if np.isfinite(y).all():
            self.flaws[:] = 0
        else:
            self.flaws[:] = _counts(y)


def _owner(table: Floats) -> object:
    return table if table.base is None else table.base


def _counts(y: Floats) -> Ints:
    return np.array([np.count_nonzero(flaw, axis=0) for flaw in flaws_of(y)])
