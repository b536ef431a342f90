"""The weighted edges between two columns: the strongest, coloured by sign, painted in batches."""

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.arrays import Floats, Ints
from gui.canvas.layout import Column
from gui.theme import Theme

MOST_EDGES = 1_500  # in the whole picture
LEVELS = 8  # of strength, for either sign
FAINTEST, STRONGEST = 0.14, 0.95  # of the sign's colour in the background's
WIDEST = 2.4  # pixels
UNKNOWN = 0  # the level of a weight that is not known yet
CALM = 14.0  # pixels: between smaller neurons, edges are painted thinner and fainter


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


def levels(w: Floats) -> Ints:
    """-LEVELS..LEVELS but 0: the sign of every weight, and its strength against the strongest."""
    greatest = float(np.abs(w).max(initial=0.0))
    if not 0 < greatest < np.inf:
        return np.ones(w.shape, int)
    size = np.clip(np.ceil(np.abs(w) / greatest * LEVELS), 1, LEVELS).astype(int)
    level: Ints = np.where(w < 0, -size, size)
    return level


class EdgesItem(QGraphicsItem):
    """All edges of one gap; kept as a picture until the weights have visibly changed."""

    def __init__(self) -> None:
        super().__init__()
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self._bounds = QRectF()
        self._theme: Theme | None = None
        self._batches: list[tuple[int, list[QLineF]]] = []
        self._drawn: tuple[Ints, Ints, Ints] | None = None

    def place(self, left: Column, right: Column, most: int, radius: float, theme: Theme) -> None:
        """Join two columns, the left one at x = 0; the weights are not known yet."""
        self._calm = round(min(max(radius / CALM, 0.4), 1.0), 1)
        self.prepareGeometryChange()
        self._left, self._right, self._most, self._theme = left, right, most, theme
        self.setPos(left.x, 0)
        ends = np.concatenate((left.y, right.y))
        top, bottom = float(ends.min()), float(ends.max())
        self._bounds = QRectF(-2, top - 2, right.x - left.x + 4, bottom - top + 4)
        rows, columns = spread(len(right.y), len(left.y), most)
        self._drawn = None
        self._draw(rows, columns, np.full(len(rows), UNKNOWN))

    def show_weights(self, W: Floats) -> None:
        """Take the weights of this gap, W (n_out, n_in)."""
        w = W[self._right.shown][:, self._left.shown]
        rows, columns = strongest(w, self._most)
        self._draw(rows, columns, levels(w[rows, columns]))

    @property
    def count(self) -> int:
        return sum(len(lines) for _, lines in self._batches)

    @property
    def possible(self) -> int:
        return len(self._left.y) * len(self._right.y)

    def batches(self) -> list[tuple[int, int]]:
        """Pairs of level and number of edges, in the order painted."""
        return [(level, len(lines)) for level, lines in self._batches]

    def _draw(self, rows: Ints, columns: Ints, level: Ints) -> None:
        drawn = (rows, columns, level)
        if self._drawn is not None and all(map(np.array_equal, drawn, self._drawn)):
            return
        self._drawn = drawn
        across = self._right.x - self._left.x
        starts, ends = self._left.y[columns].tolist(), self._right.y[rows].tolist()
        batches: dict[int, list[QLineF]] = {}
        for k, start, end in zip(level.tolist(), starts, ends, strict=True):
            batches.setdefault(k, []).append(QLineF(0.0, start, across, end))
        self._batches = sorted(batches.items(), key=lambda batch: abs(batch[0]))
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if self._theme is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for level, lines in self._batches:
            painter.setPen(pen(self._theme, level, self._calm))
            painter.drawLines(lines)


@lru_cache(maxsize=256)
def pen(theme: Theme, level: int, calm: float = 1.0) -> QPen:
    """Opaque and cosmetic: transparent lines are painted ten times slower."""
    if level == UNKNOWN:
        drawn = QPen(theme.blend(theme.dim, 0.22), 1.0)
    else:
        t = (abs(level) - 1) / (LEVELS - 1)
        sign = theme.positive if level > 0 else theme.negative
        strength = FAINTEST + (STRONGEST * calm - FAINTEST) * t
        drawn = QPen(theme.blend(sign, strength), max(1.0, WIDEST * calm * t))
    drawn.setCosmetic(True)
    return drawn
