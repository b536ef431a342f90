"""Where everything of a network stands: arithmetic on pixels, no Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor
from typing import Literal, NamedTuple

import numpy as np

from engine.arrays import Floats, Ints
from gui.canvas.words.labels import ColumnText

Role = Literal["title", "card", "text", "caption"]
Measure = Callable[[str, Role, bool], float]  # text, size, bold -> pixels

MOST_ROWS = 16  # of neurons drawn, an ellipsis among them
LEAST_ROWS = 3  # a neuron, the ellipsis, the last neuron
ROW, WIDEST_ROW, OUTPUT_ROW = 44.0, 62.0, 18.0  # pixels: wanted, at most, least to show all outputs
LEAST_ROW = 14.0
RADIUS, SHARE = 17.0, 0.36  # of a neuron, at most; and its share of the room
PITCH, ZOOMED_PITCH = 220.0, 340.0  # pixels between columns, at most: of the whole, zoomed in
GROWTH = 1.3  # of the radius, at most, when zoomed in
LEAST_MOST_ZOOM = 1.5
THIN = 4.0  # pixels between columns: nearer ones are drawn as strips
BEYOND = 8.0  # pixels that a neuron may stand beyond the rows' room, inside the frame
HINT = 12.0  # pixels kept free above and below the rows of a zoomed picture: what is out of sight
EDGE = 12.0  # free at the left and right
APART = 10.0  # between two headers
BUTTON = 11.0  # radius of +
MAP_WIDTH, MAP_SHARE, MAP_LINES = 190.0, 0.26, 3  # pixels, of the width, lines of the legend
LEAST_WIDTH, LEAST_HEIGHT = 220.0, 240.0

# Headers from rich to poor: the size of the number, and which of the captions stands below.
HEADS: tuple[tuple[Role, int], ...] = (
    ("title", 0), ("title", 1), ("card", 1), ("text", 2), ("caption", 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """How near the picture is seen, 1: all of it, and how far down, 0: the top to 1: the bottom.

    Columns higher than the view pass through it in step: all show their first neurons at the top.
    """

    zoom: float = 1.0
    down: float = 0.5


WHOLE = Viewpoint()


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A layer: its neurons in sight, and their centres; ``dots`` is where the ellipsis is.

    Of all its ``rows``, an ellipsis among them, the first is at ``top``, in sight or not.
    """

    x: float
    neurons: int
    shown: Ints
    y: Floats
    dots: float | None = None
    left_out: int = 0  # neurons that the ellipsis stands for
    rows: int = 1
    top: float = 0.0
    row: float = 1.0

    @property
    def above(self) -> int:
        """Neurons that are drawn above the view."""
        return int(self.shown[0]) if len(self.shown) else 0

    @property
    def below(self) -> int:
        """Neurons that are drawn below the view."""
        drawn = self.neurons - self.left_out
        return max(0, drawn - self.above - len(self.shown))

    def index_at(self, y: float) -> float:
        """The neuron at a height, with a fraction; the ellipsis counts as those it stands for."""
        slot = (y - self.top) / self.row
        beyond = slot - (self.rows - 3)
        if not self.left_out or beyond <= 0:
            return slot
        return slot - beyond + min(beyond, 2.0) / 2 * (self.left_out + 1) + max(beyond - 2, 0.0)

    def slot_of(self, index: float) -> float:
        """The row of a neuron, with a fraction: the inverse of ``index_at``."""
        beyond, reach = index - (self.rows - 3), self.left_out + 1
        if not self.left_out or beyond <= 0:
            return index
        return index - beyond + min(beyond, reach) / reach * 2 + max(beyond - reach, 0.0)


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
    viewpoint: Viewpoint = WHOLE  # what was asked for, within what there is
    most_zoom: float = 1.0  # every neuron is drawn
    room: tuple[float, float] = (0.0, 0.0)  # of the rows, top and bottom

    @property
    def frame_half(self) -> float:
        """Half the width of the frame around a column."""
        return max(self.radius + 3.0, min(0.42 * self.pitch, 46.0 * self.scale))

    @property
    def is_thin(self) -> bool:
        """Columns are too close to tell their neurons: they are strips, without edges."""
        return self.pitch < THIN

    @property
    def overflow(self) -> float:
        """Pixels that the highest column is higher than its room."""
        return max(map(self.overflow_of, self.columns))

    def overflow_of(self, column: Column) -> float:
        """Pixels that a column is higher than its room."""
        return max(0.0, column.rows * column.row - (self.room[1] - self.room[0]))

    def down_that_shows(self, column: int, index: float, y: float) -> float | None:
        """How far down a neuron of a column is seen at ``y``; None where it has one place only."""
        at = self.columns[column]
        if (overflow := self.overflow_of(at)) < 1.0:
            return None
        down = (self.room[0] + (at.slot_of(index) + 0.5) * at.row - y) / overflow
        return min(max(down, 0.0), 1.0)

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

    def nearest_gap(self, x: float) -> int:
        """The gap that something dropped at ``x`` goes to; there is always one."""
        gap = int((x - self.columns[0].x) // self.pitch)
        return min(max(gap, 0), len(self.columns) - 2)

    def gap_x(self, gap: int) -> float:
        return (self.columns[gap].x + self.columns[gap + 1].x) / 2


def map_width(width: float, scale: float) -> float:
    """The room for a map beside the legend of a zoomed picture."""
    return min(MAP_WIDTH * scale, MAP_SHARE * width)


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
    viewpoint: Viewpoint = WHOLE,
    arcs: float = 0.0,
) -> Layout:
    """Fit the columns of a network, input first, into the room there is; zoomed, in more room.

    ``arcs`` is the height that skip connections need above the columns. Zoom spreads columns and
    rows until neurons have a good size, then shows more of the neurons; type stays as it is.
    Across the picture is wider than the room; down it is never higher.
    """
    least_height = (LEAST_HEIGHT + 15 * legend_lines) * scale + arcs
    width, height = max(width, LEAST_WIDTH), max(height, least_height)
    head, start, pitch, least = _fit_heads(texts, width, measure, scale, viewpoint.zoom)
    beside = _buttons_fit_beside_numbers(texts, head, pitch, measure, scale)
    bands = _bands(height, scale, legend_lines, beside, arcs)
    free = (HINT if viewpoint.zoom > 1 else 0.0) * scale
    room = bands.frame[0] + 12 * scale + free, bands.frame[1] - 14 * scale - free
    sizes = [text.neurons for text in texts]
    rows = _fit_rows(sizes, room, least, scale, viewpoint.zoom)
    seen = Viewpoint(rows.zoom, min(max(viewpoint.down, 0.0), 1.0))
    radius = min(RADIUS * scale * min(seen.zoom, GROWTH), SHARE * rows.row, SHARE * pitch)
    radius = max(radius, min(2.0, 0.45 * pitch))
    inset = radius - BEYOND * scale
    return Layout(
        max(width, floor(start + (len(texts) - 1) * pitch + start)), height, scale, pitch,
        radius=radius, head=head, bands=bands, room=room,
        columns=tuple(
            _column(x, neurons, rows, seen.down, inset)
            for x, neurons in zip(_places(start, pitch, len(texts)), sizes, strict=True)
        ),
        button=min(BUTTON * scale, max(7.0, 0.4 * pitch)), buttons_fit=pitch >= 20,
        viewpoint=seen, most_zoom=rows.most_zoom,
    )  # fmt: skip


def _places(start: float, pitch: float, count: int) -> list[float]:
    """On whole pixels, unless the columns stand closer than that."""
    places = [start + k * pitch for k in range(count)]
    return [float(round(x)) for x in places] if pitch > 2 else places


class _Rows(NamedTuple):
    """At most ``most`` rows of a column, ``row`` pixels each, are drawn at this zoom."""

    zoom: float
    most_zoom: float
    most: int
    row: float
    room: tuple[float, float]


def _fit_rows(
    sizes: Sequence[int], room: tuple[float, float], pitch: float, scale: float, zoom: float
) -> _Rows:
    """Rows as high as is pleasant at this zoom, then as many; the zoom within its bounds."""
    height = room[1] - room[0]
    fewest = rows_for(sizes, height, pitch, scale)
    least = min(WIDEST_ROW * scale, height / min(fewest, max(sizes)))
    full = max(least, min(ROW * scale, height / LEAST_ROWS))
    most_zoom = max(LEAST_MOST_ZOOM, max(sizes) * full / height, ZOOMED_PITCH * scale / pitch)
    zoom = min(max(zoom, 1.0), most_zoom)
    row = min(least * zoom, full)
    return _Rows(zoom, most_zoom, max(fewest, floor(height * zoom / row + 1e-6)), row, room)


def rows_for(sizes: Sequence[int], room: float, pitch: float, scale: float) -> int:
    """How many neurons, or an ellipsis among them, stand under one another at most."""
    wanted = min(max(2.9 * SHARE * pitch, LEAST_ROW), ROW * scale)
    rows = min(max(int(room / wanted), LEAST_ROWS), MOST_ROWS)
    outputs = sizes[-1]
    if rows < outputs <= 10 and room / outputs >= OUTPUT_ROW * scale:
        return outputs
    return rows


def _fit_heads(
    texts: Sequence[ColumnText], width: float, measure: Measure, scale: float, zoom: float
) -> tuple[Head, float, float, float]:
    """The richest headers that fit, the first column's x, the pitch, and that of the whole."""
    for number, caption in HEADS:
        widths = [
            max(measure(t.number, number, True), measure(t.captions[caption], "caption", False))
            for t in texts
        ]
        margin = max(widths[0], widths[-1], 2 * RADIUS * scale) / 2 + EDGE
        gaps = len(texts) - 1
        least = min((width - 2 * margin) / gaps, PITCH * scale)
        pitch = min(least * max(zoom, 1.0), max(least, ZOOMED_PITCH * scale))
        start = max(margin, (width - gaps * pitch) / 2)
        needed = max(a + b for a, b in pairwise(widths)) / 2
        if needed + APART * scale <= pitch:
            return Head(number, caption), start, pitch, least
    stride = ceil((max(widths) + APART * scale) / pitch)
    return Head(number, caption, stride), start, pitch, least


def _buttons_fit_beside_numbers(
    texts: Sequence[ColumnText], head: Head, pitch: float, measure: Measure, scale: float
) -> bool:
    if head.stride > 1:
        return False
    widths = [measure(text.number, head.number, True) for text in texts]
    taken = max(a + b for a, b in pairwise(widths)) / 2
    return taken + 2 * BUTTON * scale + APART * scale <= pitch


def _bands(height: float, scale: float, legend_lines: int, beside: bool, arcs: float) -> Bands:
    number = 24.0 * scale
    caption = number + 21 * scale
    insert = number if beside else caption + 22 * scale
    legend = height - (legend_lines * 15 + 10) * scale
    speeds = legend - 18 * scale
    top = (caption if beside else insert) + 14 * scale + arcs
    return Bands(number, caption, insert, (top, speeds - 22 * scale), speeds, legend)


def _column(x: float, neurons: int, fitted: _Rows, down: float, inset: float) -> Column:
    (top, bottom), row = fitted.room, fitted.row
    rows = min(neurons, fitted.most)
    overflow = rows * row - (bottom - top)
    first = top - (down * overflow if overflow > 0 else overflow / 2) + row / 2
    reach = row / 2 if overflow <= 0 else inset
    low = max(0, ceil((top + reach - first) / row - 1e-6))
    high = min(rows, floor((bottom - reach - first) / row + 1e-6) + 1)
    slots = np.arange(min(low, rows - 1), max(high, min(low, rows - 1) + 1))  # never none
    y = np.round(first + slots * row)
    if neurons <= fitted.most:
        return Column(x, neurons, slots, y, rows=rows, top=first, row=row)
    place = rows - 2
    shown = np.where(slots > place, neurons - 1, slots)[slots != place]
    dots = float(y[place - low]) if low <= place < high else None
    left_out = neurons - rows + 1
    return Column(x, neurons, shown, y[slots != place], dots, left_out, rows, first, row)
