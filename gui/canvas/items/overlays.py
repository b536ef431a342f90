"""What stands over the picture while something is dragged: a ghost, a band, a reason."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.look import Look

PADDING = 8.0
BELOW_HAND = 18.0  # pixels from the pointer to what follows it


class BandItem(QGraphicsItem):
    """The rubber band of a selection."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(9)
        self._rect = QRectF()
        self._look: Look | None = None
        self.hide()

    def show_band(self, rect: QRectF, look: Look) -> None:
        self.prepareGeometryChange()
        self._rect, self._look = rect, look
        self.show()

    def boundingRect(self) -> QRectF:
        return self._rect.adjusted(-1, -1, 1, 1)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if self._look is not None:
            pen = QPen(QColor(self._look.theme.accent), 1.0)
            pen.setDashPattern([4.0, 3.0])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._rect)


class NoteItem(QGraphicsItem):
    """A few words beside the pointer: what is dragged, or why it cannot go there."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(10)
        self._box = QRectF()
        self._look: Look | None = None
        self.text = ""
        self._fault = False
        self.hide()

    def show_note(self, text: str, at: QPointF, look: Look, room: QRectF, fault: bool) -> None:
        """Beside ``at``, within ``room``; an empty text hides it."""
        self.setVisible(bool(text))
        if not text:
            self.text = ""
            return
        self.prepareGeometryChange()
        self.text, self._look, self._fault = text, look, fault
        width = look.measure(text, "text") + 2 * PADDING
        height = 26.0 * look.scale
        left = min(max(at.x() - width / 2, room.left() + 4), room.right() - width - 4)
        top = at.y() + BELOW_HAND
        if top + height > room.bottom():
            top = at.y() - BELOW_HAND - height
        self._box = QRectF(left, top, width, height)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._box.adjusted(-1, -1, 1, 1)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if (look := self._look) is None:
            return
        theme = look.theme
        colour = QColor(theme.exploding if self._fault else theme.accent)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.0))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(self._box, 6, 6)
        painter.setPen(theme.legible(colour, theme.panel))
        painter.setFont(look.face("text"))
        painter.drawText(self._box, Qt.AlignmentFlag.AlignCenter, self.text)
