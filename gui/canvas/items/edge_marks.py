"""Edges that stand out of their gap: pointed at, picked, frozen, or lit by a pass."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.arrays import Floats
from gui.canvas.layout import Column
from gui.theme import Theme

Edge = tuple[int, int]  # neuron and source, counted in their layers
PULSE = 0.3  # of the way: how long a piece of an edge is lit


class EdgeMarksItem(QGraphicsItem):
    """Few lines above the edges of one gap."""

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self._bounds = QRectF()
        self.pointed: Edge | None = None
        self.picked: Edge | None = None
        self.frozen: tuple[Edge, ...] = ()
        self.lit: float | None = None
        self._pulse: list[QLineF] = []

    def place(self, left: Column, right: Column, bounds: QRectF, theme: Theme) -> None:
        self.prepareGeometryChange()
        self._left, self._right, self._theme = left, right, theme
        self._bounds = bounds.adjusted(-2, -3, 2, 3)
        self._pulse, self.lit, self.pointed = [], None, None
        self.update()

    def point_at(self, edge: Edge | None) -> None:
        """The mouse is on this edge."""
        if edge != self.pointed:
            self.pointed = edge
            self.update()

    def pick(self, edge: Edge | None) -> None:
        """This edge is looked at."""
        if edge != self.picked:
            self.picked = edge
            self.update()

    def show_frozen(self, edges: Sequence[Edge]) -> None:
        """Weights that stay as they are."""
        if tuple(edges) != self.frozen:
            self.frozen = tuple(edges)
            self.update()

    def light(self, at: float | None, starts: Floats, ends: Floats) -> None:
        """Light the piece of the edges around ``at`` of the way, 0 left to 1 right; None: out."""
        if at is None and self.lit is None:
            return
        self.lit = at
        self._pulse = [] if at is None else self._pieces(at, starts, ends)
        self.update()

    def _pieces(self, at: float, starts: Floats, ends: Floats) -> list[QLineF]:
        across = self._right.x - self._left.x
        a, b = (float(np.clip(at + d, 0.0, 1.0)) for d in (-PULSE / 2, PULSE / 2))
        rise = ends - starts
        tops, bottoms = (starts + a * rise).tolist(), (starts + b * rise).tolist()
        return [QLineF(a * across, y, b * across, z) for y, z in zip(tops, bottoms, strict=True)]

    def line(self, edge: Edge) -> QLineF | None:
        """The edge between two neurons that are both drawn."""
        neuron, source = edge
        row = np.flatnonzero(self._right.shown == neuron)
        column = np.flatnonzero(self._left.shown == source)
        if not (len(row) and len(column)):
            return None
        start, end = float(self._left.y[column[0]]), float(self._right.y[row[0]])
        return QLineF(0.0, start, self._right.x - self._left.x, end)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if not (self._pulse or self.frozen or self.pointed or self.picked):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        if self._pulse:
            painter.setPen(QPen(QColor(theme.accent), 1.8))
            painter.drawLines(self._pulse)
        marked = [edge for edge in (self.pointed, self.picked) if edge is not None]
        self._stroke(painter, QPen(QColor(theme.background), 5.0), marked)
        self._stroke(painter, QPen(QColor(theme.accent), 2.4), marked)
        dashed = QPen(QColor(theme.ink), 1.6)
        dashed.setDashPattern([3.0, 3.0])
        self._stroke(painter, dashed, self.frozen)

    def _stroke(self, painter: QPainter, pen: QPen, edges: Sequence[Edge]) -> None:
        lines = [line for edge in edges if (line := self.line(edge)) is not None]
        if lines:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLines(lines)
