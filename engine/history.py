"""A record of a run in bounded memory, which readers on another thread can keep views of."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np

from engine.arrays import Floats, Ints, read_only

MOST_ROWS = 4096
MOST_NUMBERS = 2**22  # 32 MB
_EXTREME = -1  # the ordinal of a row that is kept for its values only


@dataclass(frozen=True, slots=True, eq=False)
class HistoryMark:
    """How far a history had come; its arrays are the history's own, which only ever grow."""

    rows: Floats
    ordinals: Ints
    n: int
    stride: int
    low: Floats
    high: Floats


class History:
    """Rows of numbers, at most ``limit`` of them, in the order of time.

    When it is full, every second regular row goes and the stride doubles. The first row and the
    rows with the least and the greatest value of every tracked column stay. Rows are only ever
    appended, and thinning makes a new array: a view stays as it was when it was taken.
    """

    def __init__(self, columns: int, tracked: Sequence[int] = (), limit: int = 0) -> None:
        self.limit = limit or max(64, min(MOST_ROWS, MOST_NUMBERS // columns))
        # Each can hold two rows: a quarter of the room at most.
        self._tracked = np.array(tracked, int)[:: max(1, -(-8 * len(tracked) // self.limit))]
        self._low = np.full(len(self._tracked), np.inf)
        self._high = np.full(len(self._tracked), -np.inf)
        self.stride = 1
        self._rows: Floats = np.empty((min(256, self.limit), columns))
        self._ordinals: Ints = np.empty(len(self._rows), int)
        self._n = 0

    def copy(self) -> "History":
        """One that goes on from here by itself."""
        twin = copy(self)
        twin._rows, twin._ordinals = self._rows.copy(), self._ordinals.copy()
        twin._low, twin._high = self._low.copy(), self._high.copy()
        return twin

    def mark(self) -> HistoryMark:
        """Where it stands: a few numbers, since the rows are shared."""
        low, high = self._low.copy(), self._high.copy()
        return HistoryMark(self._rows, self._ordinals, self._n, self.stride, low, high)

    def return_to(self, mark: HistoryMark) -> None:
        """Stand where a history of the same columns and limit stood; its rows stay untouched.

        What is shared is full to the last row: whoever appends makes room elsewhere first.
        """
        self._rows, self._ordinals = mark.rows[: mark.n], mark.ordinals[: mark.n]
        self._n, self.stride = mark.n, mark.stride
        self._low, self._high = mark.low.copy(), mark.high.copy()

    @property
    def nbytes(self) -> int:
        return self._rows.nbytes + self._ordinals.nbytes

    def wants(self, ordinal: int) -> bool:
        """Whether the record of this ordinal would be kept now: every ``stride``-th is."""
        return ordinal % self.stride == 0

    def append(self, row: Floats, ordinal: int = _EXTREME) -> None:
        if self._n == len(self._rows):
            self._make_room()
        self._rows[self._n] = row
        self._ordinals[self._n] = ordinal
        self._n += 1
        values = self._rows[self._n - 1, self._tracked]
        np.fmin(self._low, values, out=self._low)
        np.fmax(self._high, values, out=self._high)

    def append_extremes(self, rows: Floats) -> None:
        """Of rows that are not kept as such, append those that go beyond everything so far."""
        if not len(rows) or not len(self._tracked):
            return
        values = rows[:, self._tracked]
        low = np.where(np.isnan(values), np.inf, values)
        high = np.where(np.isnan(values), -np.inf, values)
        least = low.argmin(axis=0)[low.min(axis=0) < self._low]
        greatest = high.argmax(axis=0)[high.max(axis=0) > self._high]
        for k in np.union1d(least, greatest):
            self.append(rows[k])

    def view(self) -> Floats:
        """All rows so far, read-only and without a copy."""
        return read_only(self._rows[: self._n])

    def _make_room(self) -> None:
        kept: Ints = np.arange(self._n)
        if self._n >= self.limit:
            self.stride *= 2
            kept = self._worth_keeping()
        size = min(self.limit, max(2 * len(kept), 256))
        rows, ordinals = np.empty((size, self._rows.shape[1])), np.empty(size, int)
        rows[: len(kept)], ordinals[: len(kept)] = self._rows[kept], self._ordinals[kept]
        self._rows, self._ordinals, self._n = rows, ordinals, len(kept)

    def _worth_keeping(self) -> Ints:
        ordinals = self._ordinals[: self._n]
        kept = (ordinals >= 0) & (ordinals % self.stride == 0)
        kept[0] = True
        values = self._rows[: self._n, self._tracked]
        low = np.where(np.isnan(values), np.inf, values)
        high = np.where(np.isnan(values), -np.inf, values)
        kept[low.argmin(axis=0)] = kept[high.argmax(axis=0)] = True
        return np.flatnonzero(kept)
