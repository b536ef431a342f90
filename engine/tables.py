"""A table of numbers and words, as text that a spreadsheet reads."""

import csv
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import accumulate
from typing import overload

Cell = float | int | str
Row = Sequence[Cell]
Part = tuple[int, Callable[[int], Row]]  # so many rows, and how each is made
PIECE = 2_000  # cells, about: written in a few milliseconds


class Rows(Sequence[Row]):
    """Rows that are made when they are asked for: a long run has millions of cells."""

    def __init__(self, *parts: Part) -> None:
        self._makers = [make for _, make in parts]
        self._ends = list(accumulate(count for count, _ in parts))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self[k] for k in range(*at.indices(len(self)))]
        k = at + len(self) if at < 0 else at
        if not 0 <= k < len(self):
            raise IndexError(at)
        part = bisect_right(self._ends, k)
        return self._makers[part](k - (self._ends[part - 1] if part else 0))


@dataclass(frozen=True, slots=True)
class Table:
    """``columns`` names what stands in each place of a row."""

    columns: tuple[str, ...]
    rows: Sequence[Row]

    @property
    def cells(self) -> int:
        """Without the names."""
        return len(self.rows) * len(self.columns)

    @property
    def pieces(self) -> int:
        """How many ``csv_pieces`` there are."""
        return 1 + -(-len(self.rows) // self._rows_a_piece)

    def csv(self, delimiter: str = ",") -> str:
        """Floats with all their digits, so that they come back bit for bit; lines end in LF.

        What is not a number stands as ``nan``, what is infinite as ``inf`` or ``-inf``.
        """
        return "".join(self.csv_pieces(delimiter))

    def csv_pieces(self, delimiter: str = ",") -> Iterator[str]:
        """The same, a few rows at a time."""
        yield _text([self.columns], delimiter)
        for start in range(0, len(self.rows), self._rows_a_piece):
            rows = self.rows[start : start + self._rows_a_piece]
            yield _text(([_plain(cell) for cell in row] for row in rows), delimiter)

    @property
    def _rows_a_piece(self) -> int:
        return max(1, PIECE // max(1, len(self.columns)))


def _text(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    text = StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return str(int(cell)) if isinstance(cell, int) else repr(float(cell))
