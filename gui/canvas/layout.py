"""Where everything of a network stands: arithmetic on pixels, no Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Literal

import numpy as np

from engine.arrays import Floats, Ints
from gui.canvas.labels import ColumnText

Role = Literal["title", "card", "text", "caption"]
Measure = Callable[[str, Role, bool], float]  # text, size, bold -> pixels

MOST_ROWS = 16  # of neurons drawn, an ellipsis among them
LEAST_ROWS = 3  # a neuron, the ellipsis, the last neuron
ROW, WIDEST_ROW, OUTPUT_ROW = 44.0, 62.0, 18.0  # pixels: wanted, at most, least to show all outputs
LEAST_ROW = 14.0
RADIUS, SHARE = 17.0, 0.36  # of a neuron, at most; and its share of the room
PITCH, LEAST_PITCH = 220.0, 7.0  # pixels between columns; below the least the scene is wider
EDGE = 12.0  # free at the left and right
APART = 10.0  # between two headers
BUTTON = 11.0  # radius of +
LEAST_WIDTH, LEAST_HEIGHT = 220.0, 240.0

# Headers from rich to poor: the size of the number, and which of the captions stands below.
HEADS: tuple[tuple[Role, int], ...] = (
    ("title", 0), ("title", 1), ("card", 1), ("text", 2), ("caption", 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A layer: its neurons that are drawn, and their centres; ``dots`` is where the ellipsis is."""

    x: float
    neurons: int
    shown: Ints
    y: Floats
    dots: float | None = None

    @property
    def left_out(self) -> int:
        return self.neurons - len(self.shown)


@dataclass(frozen=True, slots=True)
class Head:
    """How columns are headed; with ``stride`` 3 only every third is."""

    number: Role
    caption: int
    stride: int = 1


@dataclass(frozen=True, slots=True)
class Bands:
    """Heights of the rows of the picture, from the top; all but ``frame`` are centres."""

    number: float
    caption: float
    insert: float
    frame: tuple[float, float]
    speeds: float
    legend: float  # top of the legend's lines


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The picture of a network in ``width`` x ``height`` pixels."""

    width: float
    height: float
    scale: float
    pitch: float
    radius: float
    head: Head
    bands: Bands
    columns: tuple[Column, ...]
    button: float  # radius of + and of ×
    buttons_fit: bool  # all + side by side; else only the one that is pointed at

    @property
    def frame_half(self) -> float:
        """Half the width of the frame around a column."""
        return max(self.radius + 3.0, min(0.42 * self.pitch, 46.0 * self.scale))

    def headed(self, column: int, active: Sequence[int] = ()) -> bool:
        """Whether a column's header is written; ``active`` ones come first, the first of all."""
        for k in active:
            if abs(column - k) < self.head.stride:
                return column == k
        return on_stride(column, len(self.columns) - 1, self.head.stride)

    def column_at(self, x: float) -> int | None:
        """The column around ``x``."""
        first = self.columns[0].x
        nearest = round((x - first) / self.pitch)
        nearest = min(max(nearest, 0), len(self.columns) - 1)
        reach = max(self.frame_half, 8.0)
        return nearest if abs(x - self.columns[nearest].x) <= reach else None

    def gap_at(self, x: float) -> int | None:
        """The gap, 0 between the first two columns, that ``x`` lies in."""
        gap = int((x - self.columns[0].x) // self.pitch)
        return gap if 0 <= gap < len(self.columns) - 1 else None

    def gap_x(self, gap: int) -> float:
        return (self.columns[gap].x + self.columns[gap + 1].x) / 2


def on_stride(k: int, last: int, stride: int) -> bool:
    """Whether label ``k`` of 0..last is written: the first, the last, and evenly between."""
    return k == last or (k % stride == 0 and last - k >= stride)


def arrange(
    texts: Sequence[ColumnText],
    width: float,
    height: float,
    measure: Measure,
    scale: float = 1.0,
    legend_lines: int = 1,
) -> Layout:
    """Fit the columns of a network, input first, into the room there is."""
    width, height = max(width, LEAST_WIDTH), max(height, LEAST_HEIGHT * scale)
    head, start, pitch = _fit_heads(texts, width, measure, scale)
    beside = _buttons_fit_beside_numbers(texts, head, pitch, measure, scale)
    bands = _bands(height, scale, legend_lines, beside)
    room = bands.frame[1] - bands.frame[0] - 26 * scale
    sizes = [text.neurons for text in texts]
    rows = rows_for(sizes, room, pitch, scale)
    row = min(WIDEST_ROW * scale, room / min(rows, max(sizes)))
    middle = (bands.frame[0] + bands.frame[1] - 2 * scale) / 2
    columns = [_column(round(start + k * pitch), n, rows, middle, row) for k, n in enumerate(sizes)]
    return Layout(
        max(width, columns[-1].x + start), height, scale, pitch,
        radius=max(2.0, min(RADIUS * scale, SHARE * row, SHARE * pitch)),
        head=head, bands=bands, columns=tuple(columns),
        button=min(BUTTON * scale, max(7.0, 0.4 * pitch)), buttons_fit=pitch >= 20,
    )  # fmt: skip


def rows_for(sizes: Sequence[int], room: float, pitch: float, scale: float) -> int:
    """How many neurons, or an ellipsis among them, stand under one another at most."""
    wanted = min(max(2.9 * SHARE * pitch, LEAST_ROW), ROW * scale)
    rows = min(max(int(room / wanted), LEAST_ROWS), MOST_ROWS)
    outputs = sizes[-1]
    if rows < outputs <= 10 and room / outputs >= OUTPUT_ROW * scale:
        return outputs
    return rows


def _fit_heads(
    texts: Sequence[ColumnText], width: float, measure: Measure, scale: float
) -> tuple[Head, float, float]:
    """The richest headers that fit, the first column's x, and the pitch."""
    for number, caption in HEADS:
        widths = [
            max(measure(t.number, number, True), measure(t.captions[caption], "caption", False))
            for t in texts
        ]
        margin = max(widths[0], widths[-1], 2 * RADIUS * scale) / 2 + EDGE
        gaps = len(texts) - 1
        pitch = min(max((width - 2 * margin) / gaps, LEAST_PITCH), PITCH * scale)
        start = max(margin, (width - gaps * pitch) / 2)
        needed = max(a + b for a, b in pairwise(widths)) / 2
        if needed + APART * scale <= pitch:
            return Head(number, caption), start, pitch
    return Head(number, caption, ceil((max(widths) + APART * scale) / pitch)), start, pitch


def _buttons_fit_beside_numbers(
    texts: Sequence[ColumnText], head: Head, pitch: float, measure: Measure, scale: float
) -> bool:
    if head.stride > 1:
        return False
    widths = [measure(text.number, head.number, True) for text in texts]
    taken = max(a + b for a, b in pairwise(widths)) / 2
    return taken + 2 * BUTTON * scale + APART * scale <= pitch


def _bands(height: float, scale: float, legend_lines: int, beside: bool) -> Bands:
    number = 24.0 * scale
    caption = number + 21 * scale
    insert = number if beside else caption + 22 * scale
    legend = height - (legend_lines * 15 + 10) * scale
    speeds = legend - 18 * scale
    top = (caption if beside else insert) + 14 * scale
    return Bands(number, caption, insert, (top, speeds - 22 * scale), speeds, legend)


def _column(x: float, neurons: int, rows: int, middle: float, row: float) -> Column:
    drawn = min(neurons, rows)
    y = np.round(middle + (np.arange(drawn) - (drawn - 1) / 2) * row)
    if neurons <= rows:
        return Column(x, neurons, np.arange(neurons), y)
    shown = np.append(np.arange(rows - 2), neurons - 1)
    return Column(x, neurons, shown, np.delete(y, -2), float(y[-2]))
