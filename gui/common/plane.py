"""Two axes around a rectangle that is painted by hand."""

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from engine.arrays import Floats
from gui.common.scale import LinearScale, Range, Scale
from gui.common.typeface import typeface
from gui.theme import CAPTION, Theme

GAP = 5.0  # pixels between an axis and its labels
X_SPACING, Y_SPACING = 64, 24  # pixels between two labels, at least, before the user's scale


@dataclass(slots=True)
class PlaneAxis:
    """``range`` and ticks are positions on the axis, after ``forward`` of its scale."""

    scale: Scale
    range: Range = (0.0, 1.0)
    title: str = ""


class Plane(QWidget):
    """Subclasses paint the ground, which is kept until ``renew``, and above it what moves."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme = theme
        self.x_axis, self.y_axis = PlaneAxis(LinearScale()), PlaneAxis(LinearScale())
        self.right = 10.0  # pixels right of the rectangle, before the user's scale
        self.beside = 0.0  # pixels left of it, before its labels, likewise
        self.keeps_ground = True  # not while a picture is made of it: lines and text
        self._ground: QPixmap | None = None
        self._rect: QRectF | None = None
        self._measure()

    # -- what subclasses paint ---------------------------------------------------------------

    def paint_ground(self, painter: QPainter) -> None:
        """What rarely changes, in the pixels of the widget."""

    def paint_content(self, painter: QPainter) -> None:
        """What moves; clipped to nothing."""

    # -- places --------------------------------------------------------------------------------

    @property
    def rect_of_plane(self) -> QRectF:
        if self._rect is None:
            self._rect = self._placed()
        return self._rect

    def across(self, x: float) -> float:
        """The pixel of a position on the x axis."""
        low, high = self.x_axis.range
        rect = self.rect_of_plane
        return rect.left() + (x - low) / (high - low) * rect.width()

    def down(self, y: float) -> float:
        low, high = self.y_axis.range
        rect = self.rect_of_plane
        return rect.bottom() - (y - low) / (high - low) * rect.height()

    def curve(self, x: Floats, y: Floats) -> QPolygonF:
        """Pixels of the points (x, y) on the axes that are finite."""
        known = np.isfinite(x) & np.isfinite(y)
        if not known.any():
            return QPolygonF()  # pyqtgraph writes into the memory of one that has none
        (x0, x1), (y0, y1), rect = self.x_axis.range, self.y_axis.range, self.rect_of_plane
        across = rect.left() + (x[known] - x0) * (rect.width() / (x1 - x0))
        down = rect.bottom() - (y[known] - y0) * (rect.height() / (y1 - y0))
        polygon: QPolygonF = pg.functions.arrayToQPolygonF(across, down)
        return polygon

    def position(self, point: QPointF) -> tuple[float, float]:
        """On the axes, of a pixel; what lies beyond them is at their end."""
        rect = self.rect_of_plane
        u = min(max((point.x() - rect.left()) / rect.width(), 0.0), 1.0)
        v = min(max((rect.bottom() - point.y()) / rect.height(), 0.0), 1.0)
        (x0, x1), (y0, y1) = self.x_axis.range, self.y_axis.range
        return x0 + u * (x1 - x0), y0 + v * (y1 - y0)

    # -- look ----------------------------------------------------------------------------------

    @property
    def share(self) -> float:
        """The user's scale of type."""
        return self.caption.pixelSize() / CAPTION

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._measure()

    def paint_whole(self, painter: QPainter) -> None:
        """Ground and content without the pixels that are kept: lines and text for a picture."""
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        self._paint_still(painter)
        self.paint_content(painter)

    def renew(self) -> None:
        """The ground, or what it stands on, has changed."""
        self._ground = self._rect = None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 50)

    # -- Qt ------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.keeps_ground:
            painter = QPainter(self)
            self.paint_whole(painter)
            painter.end()
            return
        if self._ground is None or self._ground.devicePixelRatio() != self.devicePixelRatio():
            self._ground = self._drawn()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.caption)
        self.paint_content(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.renew()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    # -- inside --------------------------------------------------------------------------------

    def _measure(self) -> None:
        self.caption: QFont = typeface(self, CAPTION)
        self.metrics = QFontMetricsF(self.caption)
        self.renew()

    def _placed(self) -> QRectF:
        line = self.metrics.height()
        top, bottom = line / 2 + 1, self.height() - line - GAP
        texts = [_text(self.y_axis, tick) for tick in self._y_ticks(bottom - top)]
        left = max(map(self.metrics.horizontalAdvance, texts), default=0.0) + self._gap + 1
        if self.y_axis.title:
            left += self.metrics.horizontalAdvance(self.y_axis.title) + GAP
        right = self.width() - self.right * self.share
        return QRectF(left, top, max(right - left, 1.0), max(bottom - top, 1.0))

    @property
    def _gap(self) -> float:
        return GAP + self.beside * self.share

    def _y_ticks(self, pixels: float) -> list[float]:
        most = max(2, int(pixels / (Y_SPACING * self.share)))
        return self.y_axis.scale.ticks(*self.y_axis.range, most)

    def _x_ticks(self, pixels: float) -> list[float]:
        most = max(2, int(pixels / (X_SPACING * self.share)))
        return self.x_axis.scale.ticks(*self.x_axis.range, most)

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatio()
        ground = QPixmap(self.size() * ratio)
        ground.setDevicePixelRatio(ratio)
        ground.fill(QColor(self._theme.panel))
        painter = QPainter(ground)
        self._paint_still(painter)
        painter.end()
        return ground

    def _paint_still(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.caption)
        self.paint_ground(painter)
        painter.setPen(QColor(self._theme.dim))
        self._paint_rows(painter)
        self._paint_columns(painter)

    def _paint_rows(self, painter: QPainter) -> None:
        rect, line = self.rect_of_plane, self.metrics.height()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for tick in self._y_ticks(rect.height()):
            row = QRectF(0, self.down(tick) - line / 2, rect.left() - self._gap, line)
            painter.drawText(row, right, _text(self.y_axis, tick))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, rect.top(), rect.left(), rect.height()), left, self.y_axis.title)

    def _paint_columns(self, painter: QPainter) -> None:
        rect, line = self.rect_of_plane, self.metrics.height()
        title = self.metrics.horizontalAdvance(self.x_axis.title)
        room = rect.right() - title - GAP if title else float(self.width())
        below = QRectF(rect.left(), rect.bottom() + GAP, rect.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, self.x_axis.title)
        for tick in self._x_ticks(rect.width()):
            text = _text(self.x_axis, tick)
            half = self.metrics.horizontalAdvance(text) / 2
            left = max(self.across(tick) - half, 0.0)
            if left + 2 * half <= room:
                painter.drawText(QPointF(left, below.top() + self.metrics.ascent()), text)


def _text(axis: PlaneAxis, tick: float) -> str:
    return axis.scale.text(tick).replace("-", "−")
