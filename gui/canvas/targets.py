"""What lies under a point of the picture; no Qt."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gui.canvas.layout import Layout

Kind = Literal[
    "insert", "remove", "resize", "port", "header", "neuron", "column", "skip", "edge", "nothing"
]
NEAR = 4.0  # pixels around small things that count as on them


@dataclass(frozen=True, slots=True)
class Target:
    """``index`` is a gap for insert and edge, a number for skip, else a column.

    ``neuron`` is one of the column's; of an edge, the one at its end, and ``source`` at its start.
    """

    kind: Kind
    index: int = -1
    neuron: int = -1
    source: int = -1

    @property
    def column(self) -> int | None:
        return None if self.kind in ("insert", "skip", "edge", "nothing") else self.index


def remove_at(layout: Layout, column: int) -> tuple[float, float]:
    """Where the × of a column is: the corner of its frame."""
    half = layout.frame_half
    x = layout.columns[column].x + half if half > 2 * layout.button else layout.columns[column].x
    return x, layout.bands.frame[0]


def port_at(layout: Layout, column: int) -> tuple[float, float] | None:
    """Where skip connections of a column begin: on its frame, if they can and if there is room."""
    if column >= len(layout.columns) - 2 or layout.frame_half <= 2 * layout.button:
        return None
    return layout.columns[column].x, layout.bands.frame[0]


def target_at(layout: Layout, x: float, y: float, active: tuple[int, ...]) -> Target:
    """What is at x, y; only ``active`` columns (selected, pointed at) show their handles."""
    hidden = range(1, len(layout.columns) - 1)
    for shown in active:
        if shown in hidden and _near(remove_at(layout, shown), x, y, layout.button + 1):
            return Target("remove", shown)
        if _near(port_at(layout, shown), x, y, 2 * NEAR):
            return Target("port", shown)
    if (gap := _button(layout, x, y)) is not None:
        return Target("insert", gap)
    top, bottom = layout.bands.frame
    if (column := layout.column_at(x)) is None or not 0 <= y <= bottom + 3 * NEAR:
        return Target("nothing")
    if column in hidden and abs(y - bottom) <= 2 * NEAR:
        return Target("resize", column)
    if y < top:
        return Target("header", column)
    return _neuron(layout, column, x, y)


def _near(place: tuple[float, float] | None, x: float, y: float, reach: float) -> bool:
    return place is not None and (x - place[0]) ** 2 + (y - place[1]) ** 2 <= reach**2


def _button(layout: Layout, x: float, y: float) -> int | None:
    gap = layout.gap_at(x)
    if gap is None or abs(y - layout.bands.insert) > layout.button + NEAR:
        return None
    near = abs(x - layout.gap_x(gap)) <= layout.button + (NEAR if layout.pitch > 40 else 0)
    return gap if near or not layout.buttons_fit else None


def _neuron(layout: Layout, column: int, x: float, y: float) -> Target:
    at = layout.columns[column]
    nearest = int(np.argmin(np.abs(at.y - y)))
    if (x - at.x) ** 2 + (y - float(at.y[nearest])) ** 2 <= (layout.radius + 1) ** 2:
        return Target("neuron", column, int(at.shown[nearest]))
    return Target("column", column)
