"""A table of numbers and words, as text that a spreadsheet reads."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

Cell = float | int | str


@dataclass(frozen=True, slots=True)
class Table:
    """``columns`` names what stands in each place of a row."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]

    def csv(self, delimiter: str = ",") -> str:
        """Floats with all their digits, so that they come back bit for bit; lines end in LF.

        What is not a number stands as ``nan``, what is infinite as ``inf`` or ``-inf``.
        """
        text = StringIO()
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([_plain(cell) for cell in row] for row in self.rows)
        return text.getvalue()


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return str(int(cell)) if isinstance(cell, int) else repr(float(cell))
