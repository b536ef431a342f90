"""The weighted edges between two columns: the strongest, painted in batches of equal strokes."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.arrays import Floats, Ints
from gui.canvas.items.edge_marks import EdgeMarksItem
from gui.canvas.layout import THIN, Column
from gui.theme import Theme

MOST_EDGES = 1_500  # in the whole picture
WIDTHS = (1.0, 1.0, 1.6, 2.4)  # pixels, of a weight up to 1/4, 2/4, 3/4 of the strongest, and above
STRENGTHS = (0.2, 0.34, 0.5, 0.7, 0.95)  # of the sign's colour in the background's
DECADES = 4.0  # of |∂C/∂w| between the faintest and the strongest colour
UNKNOWN_STRENGTH = 0.22
CALM = 14.0  # pixels: between smaller neurons, edges are painted thinner and fainter
NEAR = 5.0  # pixels around an edge that count as on it


class Stroke(NamedTuple):
    """How an edge is drawn: size of its weight, strength of its gradient, sign of its weight."""

    width: int
    strength: int
    negative: bool


UNKNOWN = Stroke(0, -1, False)  # a weight that is not known yet


def strongest(w: Floats, most: int) -> tuple[Ints, Ints]:
    """Rows and columns of the ``most`` greatest |w|, w (n_out, n_in), from weak to strong."""
    size = np.abs(w).ravel()
    kept = np.arange(size.size) if size.size <= most else np.argpartition(-size, most)[:most]
    kept = kept[np.argsort(size[kept], kind="stable")]
    rows, columns = np.divmod(kept, w.shape[1])
    return rows, columns


def spread(rows: int, columns: int, most: int) -> tuple[Ints, Ints]:
    """At most ``most`` of the pairs, evenly chosen, for weights that are not known."""
    total = rows * columns
    kept = np.unique(np.linspace(0, total - 1, min(most, total)).round().astype(np.intp))
    return np.divmod(kept, columns)


def widths(w: Floats) -> Ints:
    """0 to 3, an index into ``WIDTHS``: |w| in quarters of the greatest."""
    greatest = float(np.abs(w).max(initial=0.0))
    if not 0 < greatest < np.inf:
        return np.zeros(w.shape, int)
    quarters = np.ceil(np.abs(w) / greatest * len(WIDTHS)).astype(int)
    clipped: Ints = np.clip(quarters - 1, 0, len(WIDTHS) - 1)
    return clipped


def strengths(dC_dW: Floats, greatest: float) -> Ints:
    """An index into ``STRENGTHS``: |∂C/∂w| on a logarithmic scale down from ``greatest``."""
    if not 0 < greatest < np.inf:
        return np.zeros(dC_dW.shape, int)
    with np.errstate(divide="ignore", invalid="ignore"):
        decades = np.log10(np.abs(dC_dW).astype(float)) - np.log10(greatest)
    share = np.nan_to_num(1.0 + decades / DECADES, nan=0.0, posinf=1.0, neginf=0.0)
    index: Ints = np.clip((share * len(STRENGTHS)).astype(int), 0, len(STRENGTHS) - 1)
    return index


class EdgesItem(QGraphicsItem):
    """All edges of one gap; kept as a picture until the weights have visibly changed."""

    def __init__(self) -> None:
        super().__init__()
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.marks = EdgeMarksItem(self)
        self._bounds = QRectF()
        self._theme: Theme | None = None
        self._batches: list[tuple[Stroke, list[QLineF]]] | None = []  # None: not made yet
        self._known: tuple[NDArray[Any], ...] | None = None

    def place(self, left: Column, right: Column, most: int, radius: float, theme: Theme) -> None:
        """Join two columns, the left one at x = 0; the weights are not known yet."""
        self._calm = round(min(max(radius / CALM, 0.4), 1.0), 1)
        self.prepareGeometryChange()
        self._left, self._right, self._most, self._theme = left, right, most, theme
        self.setPos(left.x, 0)
        ends = np.concatenate((left.y, right.y))
        top, bottom = float(ends.min()), float(ends.max())
        self._bounds = QRectF(-2, top - 2, right.x - left.x + 4, bottom - top + 4)
        self.marks.place(left, right, self._bounds, theme)
        self._known = self._batches = None
        self.update()

    def show_weights(self, W: Floats, dC_dW: Floats | None = None, greatest: float = 0.0) -> None:
        """Take W (n_out, n_in) of this gap, and ∂C/∂W where it is known.

        ``greatest`` is the |∂C/∂w| of the strongest colour, the same for all gaps.
        """
        w = self._shown(W)
        rows, columns = strongest(w, self._most)
        w = w[rows, columns]
        strength = np.full(len(rows), len(STRENGTHS) // 2)
        if dC_dW is not None:
            strength = strengths(self._shown(dC_dW)[rows, columns], greatest)
        self._draw(rows, columns, widths(w), strength, w < 0)

    def greatest_gradient(self, dC_dW: Floats) -> float:
        """Of the edges that can be drawn."""
        size = np.abs(self._shown(dC_dW))
        return float(size.max(where=np.isfinite(size), initial=0.0))

    def _shown(self, W: Floats) -> Floats:
        shown: Floats = W[self._right.shown][:, self._left.shown]
        return shown

    @property
    def count(self) -> int:
        return 0 if self._right.x - self._left.x < THIN else len(self._drawn[0])

    @property
    def possible(self) -> int:
        return len(self._left.y) * len(self._right.y)

    def batches(self) -> list[tuple[Stroke, int]]:
        """Strokes and their number of edges, in the order painted."""
        return [(stroke, len(lines)) for stroke, lines in self._strokes()]

    def lines(self) -> tuple[Floats, Floats]:
        """The heights at which the edges drawn begin and end, the strongest last."""
        rows, columns = self._drawn[:2]
        return self._left.y[columns], self._right.y[rows]

    def edge_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Neuron and source of the edge drawn at this place of the scene; the nearest one."""
        across = self._right.x - self._left.x
        share = (x - self._left.x) / across
        if not 0 <= share <= 1 or not self.count:
            return None
        starts, ends = self.lines()
        slope = (ends - starts) / across
        distance = np.abs(starts + (ends - starts) * share - y) / np.hypot(1.0, slope)
        nearest = self.count - 1 - int(np.argmin(distance[::-1]))
        if distance[nearest] > NEAR:
            return None
        rows, columns = self._drawn[:2]
        return int(self._right.shown[rows[nearest]]), int(self._left.shown[columns[nearest]])

    def _draw(
        self, rows: Ints, columns: Ints, width: Ints, strength: Ints, negative: NDArray[np.bool_]
    ) -> None:
        drawn = (rows, columns, width, strength, negative)
        if self._known is not None and all(map(np.array_equal, drawn, self._known)):
            return
        self._known, self._batches = drawn, None
        self.update()

    @property
    def _drawn(self) -> tuple[NDArray[Any], ...]:
        """Where and how; of a network whose weights come at once, the unknown are never made."""
        if self._known is None:
            rows, columns = spread(len(self._right.y), len(self._left.y), self._most)
            none = np.zeros(len(rows), int)
            self._known = rows, columns, none, none + UNKNOWN.strength, none.astype(bool)
        return self._known

    def _strokes(self) -> list[tuple[Stroke, list[QLineF]]]:
        """Made when they are painted: of gaps out of sight never."""
        if self._batches is not None:
            return self._batches
        width, strength, negative = self._drawn[2:]
        across = self._right.x - self._left.x
        batches: dict[tuple[int, int, bool], list[QLineF]] = {}
        starts, ends = (heights.tolist() for heights in self.lines())
        strokes = zip(width.tolist(), strength.tolist(), negative.tolist(), strict=True)
        for stroke, start, end in zip(strokes, starts, ends, strict=True):
            batches.setdefault(stroke, []).append(QLineF(0.0, start, across, end))
        self._batches = [(Stroke(*stroke), batches[stroke]) for stroke in sorted(batches)]
        return self._batches

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if self._theme is None or self._right.x - self._left.x < THIN:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for stroke, lines in self._strokes():
            painter.setPen(pen(self._theme, stroke, self._calm))
            painter.drawLines(lines)


@lru_cache(maxsize=512)
def pen(theme: Theme, stroke: Stroke, calm: float = 1.0) -> QPen:
    """Opaque and cosmetic: transparent lines are painted ten times slower."""
    if stroke.strength < 0:
        drawn = QPen(theme.blend(theme.dim, UNKNOWN_STRENGTH), 1.0)
    else:
        sign = theme.negative if stroke.negative else theme.positive
        faintest = STRENGTHS[0]
        strength = faintest + (STRENGTHS[stroke.strength] - faintest) * calm
        drawn = QPen(theme.blend(sign, strength), max(1.0, WIDTHS[stroke.width] * calm))
    drawn.setCosmetic(True)
    return drawn
