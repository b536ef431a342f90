"""The chapter's published values at the start of a run, with the band over many seeds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.plots.curves.curves import Frame
from gui.theme import CAPTION, LIGHT, Theme

TICK, BAR = 10.0, 3.0  # pixels: the length of a tick, the width of a band
TEXT = 7.0  # where a text begins
HALO = 3.0
LEAST_WIDTH = 190.0  # of a plot that has room for the texts, before the user's scale
PALE = 0.45  # of a band


@dataclass(frozen=True, slots=True)
class BookMark:
    """Positions on the y axis: what the book prints, and the band from ``low`` to ``high``."""

    text: str
    y: float
    low: float
    high: float
    colour: QColor


class BookMarks(QGraphicsItem):
    """Stands at x = 0; its texts go first where there is no room."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view)
        self.setZValue(10)
        self.marks: Sequence[BookMark] = ()
        self.texts: list[str] = []  # that are written
        self._theme, self._font = LIGHT, QFont()
        self._metrics = QFontMetricsF(self._font)
        self._rect, self._left = QRectF(), 0.0
        self._rows: list[tuple[float, float, float]] = []  # pixels of every mark: y, low, high

    def set_look(self, theme: Theme, font: QFont) -> None:
        self._theme, self._font, self._metrics = theme, font, QFontMetricsF(font)

    def set_marks(self, marks: Sequence[BookMark]) -> None:
        self.marks = marks
        self.setVisible(bool(marks))

    def place(self, frame: Frame) -> None:
        if not self.marks:
            return
        if frame.rect != self._rect:
            self.prepareGeometryChange()
            self._rect = frame.rect
        self._left = float(frame.across(np.zeros(1))[0])
        positions = np.array([(mark.y, mark.low, mark.high) for mark in self.marks])
        self._rows = [tuple(row) for row in frame.down(positions).tolist()]
        self.texts = [mark.text for mark in self.marks] if self._has_room() else []
        self.update()

    def _has_room(self) -> bool:
        line = self._metrics.height()
        rows = sorted(y for y, _, _ in self._rows)
        wide = self._rect.width() >= LEAST_WIDTH * self._font.pixelSize() / CAPTION
        return wide and bool((np.diff(rows) >= line).all())

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if not -TICK < self._left < self._rect.width():
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark, (y, low, high) in zip(self.marks, self._rows, strict=True):
            pale = self._theme.blend(mark.colour, PALE, self._theme.panel)
            painter.setPen(QPen(pale, BAR, c=Qt.PenCapStyle.FlatCap))
            x = self._left + BAR / 2 + 1
            painter.drawLine(QLineF(x, high, x, low))
            painter.setPen(QPen(mark.colour, 1.5))
            painter.drawLine(QLineF(self._left, y, self._left + TICK, y))
        for text, mark, (y, _, _) in zip(self.texts, self.marks, self._rows, strict=False):
            self._paint_text(painter, text, mark.colour, y)

    def _paint_text(self, painter: QPainter, text: str, colour: QColor, y: float) -> None:
        """Above its tick, as the curve begins near it; with a halo where one passes behind."""
        path = QPainterPath()
        path.addText(
            QPointF(self._left + TEXT, max(y - 2, self._metrics.ascent())), self._font, text
        )
        painter.strokePath(path, QPen(QColor(self._theme.panel), HALO))
        painter.fillPath(path, self._theme.legible(colour, self._theme.panel))
