"""What lies under a point of the picture; no Qt."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gui.canvas.layout import Layout

Kind = Literal["insert", "remove", "resize", "header", "neuron", "column", "nothing"]
NEAR = 4.0  # pixels around small things that count as on them


@dataclass(frozen=True, slots=True)
class Target:
    """``index`` is a gap for insert, else a column; ``neuron`` its neuron, if on one."""

    kind: Kind
    index: int = -1
    neuron: int = -1

    @property
    def column(self) -> int | None:
        return None if self.kind in ("insert", "nothing") else self.index


def remove_at(layout: Layout, column: int) -> tuple[float, float]:
    """Where the × of a column is: the corner of its frame."""
    half = layout.frame_half
    x = layout.columns[column].x + half if half > 2 * layout.button else layout.columns[column].x
    return x, layout.bands.frame[0]


def target_at(layout: Layout, x: float, y: float, active: tuple[int, ...]) -> Target:
    """What is at x, y; only ``active`` columns (selected, pointed at) show their handles."""
    hidden = range(1, len(layout.columns) - 1)
    for shown in active:
        if shown in hidden:
            at_x, at_y = remove_at(layout, shown)
            if (x - at_x) ** 2 + (y - at_y) ** 2 <= (layout.button + 1) ** 2:
                return Target("remove", shown)
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
