"""The names of lines at their right ends, clear of each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Name:
    """What stands at the right end of a line, and at which height in pixels."""

    text: str
    y: float
    colour: QColor


def placed(names: Sequence[Name], spacing: float, bottom: float) -> list[Name]:
    """From the top down, as many of them as there is room for, the first ones first."""
    known = [name for name in names if not isnan(name.y)][: max(1, int(bottom / spacing))]
    ordered = sorted(known, key=lambda name: name.y)
    rows, floor = [], spacing / 2
    for name in ordered:
        rows.append(max(name.y, floor))
        floor = rows[-1] + spacing
    ceiling = bottom - spacing / 2
    for k in reversed(range(len(rows))):
        rows[k] = min(rows[k], ceiling)
        ceiling = rows[k] - spacing
    return [replace(name, y=row) for name, row in zip(ordered, rows, strict=True)]
