"""The map of the whole network, beside the legend while only a part of it is in sight."""

from math import log

from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.canvas.hands.navigation import Navigation
from gui.canvas.layout import map_width
from gui.canvas.scene import NetworkScene

BESIDE, BELOW = 12, 8  # pixels free at the right and at the bottom
INSIDE = 5.0  # free between rim and bars
LEAST_BAR = 0.25  # of the height: the bar of one neuron
LEAST_VIEW = 320  # pixels: narrower views have no room for a map


class Minimap(QWidget):
    """A bar for every column, its height the logarithm of its neurons; a frame is what is seen."""

    def __init__(self, navigation: Navigation, scene: NetworkScene, view: QWidget) -> None:
        super().__init__(view)  # children of a viewport are scrolled with it
        self.setObjectName("minimap")
        self.setAccessibleName("Map of the whole network")
        self.setToolTip("The whole network; click or drag to move the frame")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._navigation, self._scene = navigation, scene
        self._held = QPointF()  # from the middle of the frame to where it was taken
        self.hide()
        navigation.moved.connect(self._on_moved)

    @Slot()
    def _on_moved(self) -> None:
        view, layout = self.parentWidget(), self._scene.layout
        if view is None or self._navigation.all_in_sight or view.width() < LEAST_VIEW:
            self.hide()
            return
        width = round(map_width(view.width(), layout.scale)) - 2 * BESIDE
        height = min(round(layout.height - layout.bands.legend), round(58 * layout.scale)) - BELOW
        right, bottom = view.width() - BESIDE, round(layout.height) - BELOW
        self.setGeometry(right - width, bottom - height, width, height)
        self.show()
        self.update()

    # -- what is shown ---------------------------------------------------------------------

    def frame(self) -> QRectF:
        """What is seen, on the map."""
        seen, room = self._navigation.in_sight, self._room()
        width = max(4.0, seen.width() * room.width())
        left = min(room.left() + seen.left() * room.width(), room.right() - width)
        return QRectF(left, room.top() - 2, width, room.height() + 4)

    def bars(self) -> list[QRectF]:
        layout, room = self._scene.layout, self._room()
        columns, share = layout.columns, room.width() / layout.width
        greatest = log(max(max(column.neurons for column in columns), 2))
        width = min(max(1.0, 0.4 * layout.pitch * share), 8.0)
        bars = []
        for column in columns:
            part = LEAST_BAR + (1 - LEAST_BAR) * log(column.neurons) / greatest
            x, height = room.left() + column.x * share, part * room.height()
            bars.append(QRectF(x - width / 2, room.center().y() - height / 2, width, height))
        return bars

    def pieces(self) -> list[QRectF]:
        """Of every bar the piece whose neurons are in sight, or would be at this height."""
        layout, down = self._scene.layout, self._scene.layout.viewpoint.down
        pieces = []
        for column, bar in zip(layout.columns, self.bars(), strict=True):
            overflow, rows = layout.overflow_of(column), column.rows * column.row
            height = max(3.0, bar.height() * (1 - overflow / rows))
            top = bar.top() + down * (bar.height() - height)
            pieces.append(QRectF(bar.left(), top, bar.width(), height))
        return pieces

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(INSIDE, INSIDE, -INSIDE, -INSIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._scene.look
        theme, hidden = look.theme, len(self._scene.layout.columns) - 2
        painter.fillRect(self.rect(), QColor(theme.panel))
        seen = self.frame()
        painter.fillRect(seen, theme.blend(theme.accent, 0.14, theme.panel))
        for index, (bar, piece) in enumerate(zip(self.bars(), self.pieces(), strict=True)):
            colour = look.layer(index, hidden)
            painter.fillRect(bar, theme.blend(colour, 0.35, theme.panel))
            if seen.left() <= bar.center().x() <= seen.right():
                painter.fillRect(piece, colour)
        painter.setPen(QPen(QColor(theme.line), 1.0))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(QPen(QColor(theme.accent), 1.5))
        painter.drawRect(seen)
        painter.end()

    # -- the mouse -------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            seen, at = self.frame(), event.position()
            self._held = at - seen.center() if seen.contains(at) else QPointF()
            self._move_to(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()  # the view below has not seen the press

    def _move_to(self, at: QPointF) -> None:
        room, middle = self._room(), at - self._held
        self._navigation.centre_on(
            (middle.x() - room.left()) / room.width(), (middle.y() - room.top()) / room.height()
        )
