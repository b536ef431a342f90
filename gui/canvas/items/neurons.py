"""The neurons of a column: filled with their activation, or with what they look for."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.items.bars import track
from gui.canvas.items.fills import shades
from gui.canvas.layout import Column, Layout
from gui.canvas.look import Look

INPUT_SHARE = 0.8  # of the radius of other neurons
LEAST_TRACK = 5.0  # pixels of radius: bars of smaller neurons have no ground of their own
STRIP_END = 5.0  # pixels that a strip reaches beyond its first and last neuron
RING = 2.5  # pixels between a neuron and the ring that says it is frozen


class NeuronsItem(QGraphicsItem):
    """Kept as a picture; painted again when a shade has changed, a few times a second at most."""

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self._bounds = QRectF()
        self._levels: list[int] | None = None
        self._pictures: list[QImage] | None = None
        self._frozen: frozenset[int] = frozenset()

    def place(self, index: int, layout: Layout, look: Look) -> None:
        """Stand around x = 0; nothing of the run is known yet."""
        self.prepareGeometryChange()
        self._column: Column = layout.columns[index]
        self._inner = 1 <= index <= len(layout.columns) - 2
        self._is_input = index == 0
        self._theme = look.theme
        self._colour = look.layer(index, len(layout.columns) - 2)
        self.radius = layout.radius * (INPUT_SHARE if self._is_input else 1.0)
        half = layout.radius + RING + 3
        top, bottom = float(self._column.y[0]), float(self._column.y[-1])
        self._bounds = QRectF(-half, top - half, 2 * half, bottom - top + 2 * half)
        self._levels = self._pictures = None
        self._strip = max(1.0, 0.8 * layout.pitch) if layout.is_thin else 0.0
        self.update()

    def show_levels(self, levels: list[int] | None) -> None:
        """The shades of the neurons drawn (see ``fills``); None: not known."""
        if levels != self._levels:
            self._levels = levels
            self.update()

    def show_pictures(self, pictures: list[QImage] | None) -> None:
        """Pictures inside the neurons drawn, instead of shades."""
        if pictures is not None or self._pictures is not None:
            self._pictures = pictures
            self.update()

    def show_frozen(self, neurons: Sequence[int]) -> None:
        """Neurons, counted in the layer, whose bias stays as it is."""
        frozen = frozenset(neurons)
        if frozen != self._frozen:
            self._frozen = frozen
            self.update()

    @property
    def levels(self) -> list[int] | None:
        return self._levels

    @property
    def pictures(self) -> list[QImage] | None:
        return self._pictures

    @property
    def frozen(self) -> frozenset[int]:
        return self._frozen

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._strip:
            top, bottom = (
                float(self._column.y[0]) - STRIP_END,
                float(self._column.y[-1]) + STRIP_END,
            )
            painter.fillRect(QRectF(-self._strip / 2, top, self._strip, bottom - top), self._colour)
            return
        if self._pictures is not None:
            self._paint_pictures(painter, self._pictures)
        else:
            self._paint_shades(painter)
        self._paint_rings(painter)

    def _pen(self) -> tuple[QPen, float]:
        width = min(max(self.radius / 9, 1.0), 2.0) * (1.0 if self._inner else 0.75)
        return QPen(self._colour, width), self.radius - width / 2

    def _paint_shades(self, painter: QPainter) -> None:
        pen, radius = self._pen()
        painter.setPen(pen)
        empty = QColor(self._theme.soft if self._is_input else self._theme.panel)
        painter.setBrush(empty)
        colours = shades(self._theme)
        for k, y in enumerate(self._column.y.tolist()):
            if self._levels is not None:
                painter.setBrush(colours[self._levels[k]])
            painter.drawEllipse(QPointF(0, y), radius, radius)
        if self._levels is not None and not self._is_input and radius >= LEAST_TRACK:
            self._paint_tracks(painter)

    def _paint_tracks(self, painter: QPainter) -> None:
        """The ground of a bar: as long as a full one, so that its scale is seen."""
        half, reach = track(self.radius)
        painter.setPen(QPen(self._theme.blend(self._theme.dim, 0.5, self._theme.panel), 1.0))
        painter.setBrush(QColor(self._theme.panel))
        for y in self._column.y.tolist():
            painter.drawRect(QRectF(-half - 1, y - reach - 1, 2 * half + 2, 2 * reach + 2))

    def _paint_pictures(self, painter: QPainter, pictures: list[QImage]) -> None:
        pen, radius = self._pen()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for picture, y in zip(pictures, self._column.y.tolist(), strict=True):
            circle = QPainterPath()
            circle.addEllipse(QPointF(0, y), radius, radius)
            painter.setClipPath(circle)
            painter.drawImage(QRectF(-radius, y - radius, 2 * radius, 2 * radius), picture)
        painter.setClipping(False)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for y in self._column.y.tolist():
            painter.drawEllipse(QPointF(0, y), radius, radius)

    def _paint_rings(self, painter: QPainter) -> None:
        if not self._frozen:
            return
        pen = QPen(QColor(self._theme.ink), 1.2)
        pen.setDashPattern([2.0, 2.0])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = self.radius + RING
        for k, y in zip(self._column.shown.tolist(), self._column.y.tolist(), strict=True):
            if k in self._frozen:
                painter.drawEllipse(QPointF(0, y), ring, ring)
