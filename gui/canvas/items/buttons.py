"""The small round buttons of the picture: + between the columns, × on a layer."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.theme import Theme


class ButtonItem(QGraphicsItem):
    """A circle with a + or, with ``crossed``, a ×; painted only, clicks are the gestures' part."""

    def __init__(self, crossed: bool = False) -> None:
        super().__init__()
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.setZValue(6)
        self._crossed = crossed
        self._radius = 0.0
        self._hot = False
        self._theme: Theme | None = None

    def place(self, x: float, y: float, radius: float, theme: Theme) -> None:
        if (radius, theme) != (self._radius, self._theme):
            self.prepareGeometryChange()
            self._radius, self._theme = radius, theme
            self.update()
        self.setPos(x, y)

    def set_hot(self, hot: bool) -> None:
        if hot != self._hot:
            self._hot = hot
            self.update()

    def boundingRect(self) -> QRectF:
        reach = self._radius + 1
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if (theme := self._theme) is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rim, ground, sign = theme.line, theme.panel, theme.dim if self._crossed else theme.accent
        if self._hot:
            rim = ground = theme.accent
            sign = theme.on_accent
        painter.setPen(QPen(QColor(rim), 1.0))
        painter.setBrush(QColor(ground))
        painter.drawEllipse(QPointF(0, 0), self._radius - 0.5, self._radius - 0.5)
        painter.setPen(QPen(QColor(sign), 1.6))
        arm = 0.42 * self._radius
        if self._crossed:
            painter.rotate(45)
        painter.drawLine(QPointF(-arm, 0), QPointF(arm, 0))
        painter.drawLine(QPointF(0, -arm), QPointF(0, arm))
