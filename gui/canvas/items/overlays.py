"""What stands over the picture while something is dragged: a ghost, a band, a reason."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.layout import Layout
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


class GhostItem(QGraphicsItem):
    """The place where a layer will stand, as wide as a layer; its kind is written on its header."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(0.2)  # between the columns, and on nothing that is there
        self.text = ""
        self._y: list[float] = []  # of its neurons
        self._layout: Layout | None = None
        self._look: Look | None = None
        self.hide()

    def show_in(self, gap: int, text: str, layout: Layout, look: Look) -> None:
        self.prepareGeometryChange()
        self.text, self._layout, self._look = text, layout, look
        like = layout.columns[gap or 1]  # like its neighbour, as a new layer is
        self._y = [] if layout.is_thin else [float(y) for y in like.y]
        self.setPos(layout.gap_x(gap), 0)
        self.show()
        self.update()

    def boundingRect(self) -> QRectF:
        if self._layout is None or self._look is None:
            return QRectF()
        text = self._look.measure(self.text, "caption") / 2
        half = max(self._layout.frame_half, text) + 2
        return QRectF(-half, 0, 2 * half, self._layout.bands.frame[1] + 2)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if self._layout is None or self._look is None:
            return
        theme, layout = self._look.theme, self._layout
        (top, bottom), half = layout.bands.frame, round(layout.frame_half)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(theme.accent), 1.2)
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.setBrush(QColor(theme.panel))
        corner = min(10.0, half)
        painter.drawRoundedRect(QRectF(-half, top, 2 * half, bottom - top), corner, corner)
        painter.setPen(QPen(theme.blend(theme.accent, 0.5, theme.panel), 1.2))
        for y in self._y:
            painter.drawEllipse(QPointF(0, y), layout.radius, layout.radius)
        painter.setPen(QColor(theme.accent))
        painter.setFont(self._look.face("caption"))
        bands = layout.bands  # the row of + is free now; without one, the header's
        row = bands.caption if bands.insert == bands.number else bands.insert
        room = QRectF(-200, row - 10, 400, 20)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.text)


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
