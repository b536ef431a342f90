"""The decision surface of two-dimensional data: a small picture with its points, to be enlarged."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from engine.inspection import Surface
from gui.canvas.look import Look
from gui.common.class_surface import class_colour, surface_image

SMALL, LEAST, LARGE = 150, 96, 340  # pixels of a side, before the user's scale
MARGIN = 14
POINT = {SMALL: 1.6, LARGE: 3.0}  # radius in pixels
TIP = "Which class wins where; the points are examples. Click: larger, smaller"


class SurfaceCard(QWidget):
    """Stands in the lower right corner of the picture; a click makes it larger."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("surface_card")
        self.setAccessibleName("Decision surface")
        self.setToolTip(TIP)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.is_large = False
        self._look: Look | None = None
        self._surface: Surface | None = None
        self.image: QImage | None = None
        self.hide()

    def set_look(self, look: Look) -> None:
        self._look = look
        self.show_surface(self._surface)

    def show_surface(self, surface: Surface | None) -> None:
        """None: it is not known, or not wanted."""
        self._surface = surface
        if surface is None or self._look is None:
            self.hide()
            return
        self.image = surface_image(surface, self._look.theme)
        self._place()
        self.show()
        self.update()

    def place(self, room: QRect, small: int) -> None:
        """Stand at the lower right of ``room``, with ``small`` pixels before it is enlarged."""
        self._room, self._small = room, small
        self._place()

    def _place(self) -> None:
        if self._look is None:
            return
        side = round(LARGE * self._look.scale) if self.is_large else self._small
        side = min(side, self._room.width() - 8, self._room.height() - 8)
        self.setGeometry(self._room.right() - side - 4, self._room.bottom() - side - 4, side, side)

    def enlarge(self, large: bool) -> None:
        self.is_large = large
        self._place()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.enlarge(not self.is_large)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.enlarge(not self.is_large)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._look is None or self.image is None or self._surface is None:
            return
        theme, painter = self._look.theme, QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.panel))
        below = MARGIN if self.is_large else 1
        plane = QRectF(self.rect()).adjusted(2 * MARGIN + 4 if self.is_large else 1, 1, -1, -below)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(plane, self.image)
        self._paint_points(painter, plane)
        if self.is_large:
            self._paint_axes(painter, plane)
        painter.setPen(QColor(theme.accent if self.hasFocus() else theme.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_points(self, painter: QPainter, plane: QRectF) -> None:
        assert self._look is not None
        assert self._surface is not None
        theme, surface = self._look.theme, self._surface
        x0, x1, y0, y1 = surface.extent
        x = plane.left() + (surface.points[:, 0] - x0) / (x1 - x0) * plane.width()
        y = plane.bottom() - (surface.points[:, 1] - y0) / (y1 - y0) * plane.height()
        radius = POINT[LARGE if self.is_large else SMALL]
        painter.setClipRect(plane)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.panel), 0.8))
        labels, classes = surface.labels.astype(int), max(len(surface.scores), 2)
        for k in range(classes):
            painter.setBrush(class_colour(theme, k, classes))
            mine = labels == k
            for px, py in zip(x[mine].tolist(), y[mine].tolist(), strict=True):
                painter.drawEllipse(QPointF(px, py), radius, radius)
        painter.setClipping(False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_axes(self, painter: QPainter, plane: QRectF) -> None:
        assert self._look is not None
        assert self._surface is not None
        x0, x1, y0, y1 = self._surface.extent
        painter.setFont(self._look.face("caption"))
        painter.setPen(QColor(self._look.theme.dim))
        below = QRectF(plane.left(), plane.bottom(), plane.width() - 4, MARGIN)
        left = QRectF(2, plane.top() + 2, plane.left() - 5, plane.height() - 4)
        sides = Qt.AlignmentFlag
        for text, room, align in (
            (f"{x0:.1f}", below, sides.AlignLeft), (f"{x1:.1f}", below, sides.AlignRight),
            ("x₁", below, sides.AlignHCenter),
            (f"{y1:.1f}", left, sides.AlignRight | sides.AlignTop),
            ("x₂", left, sides.AlignRight | sides.AlignVCenter),
            (f"{y0:.1f}", left, sides.AlignRight | sides.AlignBottom),
        ):  # fmt: skip
            painter.drawText(room, align | Qt.TextFlag.TextDontClip, text.replace("-", "−"))
