"""The slider of a number: filled from zero to its value, in the colour of the thing."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSlider

from gui.theme import LIGHT, TEXT, Theme

Key = Qt.Key
ARROWS: dict[int, int] = {Key.Key_Right: 1, Key.Key_Up: 1, Key.Key_Left: -1, Key.Key_Down: -1}
PAGES: dict[int, int] = {Key.Key_PageUp: 10, Key.Key_PageDown: -10}
ENDS: dict[int, int] = {Key.Key_Home: -1, Key.Key_End: 1}
GROOVE, HANDLE, RIM = 5.0, 6.5, 2.0  # height, radius and line, before the user's scale
HEIGHT, WIDTH, LEAST = 16, 120, 36


class Groove(QSlider):
    """Places are whole numbers (``value_range``); the handle goes where it is pressed."""

    stepped = Signal(int)  # arrow, page and wheel, in steps
    ended = Signal(int)  # Home -1, End 1
    reset_asked = Signal()
    typing_asked = Signal()  # Enter

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setProperty("role", "value")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._grip = 0.0  # from the handle's middle to where it is held
        self._mixed = False
        self.set_colour(QColor(LIGHT.accent), LIGHT)

    def set_colour(self, colour: QColor, theme: Theme) -> None:
        self.colour, self.theme = QColor(colour), theme
        self.update()

    def show_place(self, place: int, mixed: bool = False) -> None:
        """Without telling; ``mixed`` values have no place, but a handle to gather them."""
        if mixed != self._mixed:
            self._mixed = mixed
            self.update()
        blocked = self.blockSignals(True)
        self.setValue(place)
        self.blockSignals(blocked)

    # -- looks -----------------------------------------------------------------------------

    @property
    def scale(self) -> float:
        pixels = self.font().pixelSize()
        return pixels / TEXT if pixels > 0 else 1.0

    def sizeHint(self) -> QSize:
        return QSize(round(WIDTH * self.scale), round(HEIGHT * self.scale))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(LEAST * self.scale), round(HEIGHT * self.scale))

    def at(self, place: float) -> float:
        """The middle of the handle there, in pixels from the left."""
        span = self.maximum() - self.minimum()
        share = (place - self.minimum()) / span if span else 0.0
        return self._margin + share * (self.width() - 2 * self._margin)

    @property
    def _margin(self) -> float:
        return (HANDLE + RIM / 2) * self.scale

    def _place(self, x: float) -> int:
        room = max(1.0, self.width() - 2 * self._margin)
        share = (x - self._margin) / room
        return round(self.minimum() + share * (self.maximum() - self.minimum()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        theme, enabled = self.theme, self.isEnabled()
        dull = theme.blend(theme.dim, 0.45, theme.panel)
        colour = self.colour if enabled and not self._mixed else dull
        zero = self.at(min(max(0, self.minimum()), self.maximum()))
        x = self.at(self.value())
        self._paint_bar(painter, self._margin, self.width() - self._margin, QColor(theme.line))
        if not self._mixed:
            self._paint_bar(painter, min(zero, x), max(zero, x), colour)
        if self.minimum() < 0 < self.maximum():
            self._paint_zero(painter, zero)
        self._paint_handle(painter, x, colour)
        painter.end()

    def _paint_bar(self, painter: QPainter, left: float, right: float, colour: QColor) -> None:
        thick = GROOVE * self.scale
        bar = QRectF(left, (self.height() - thick) / 2, right - left, thick)
        painter.setBrush(colour)
        painter.drawRoundedRect(bar, thick / 2, thick / 2)

    def _paint_zero(self, painter: QPainter, x: float) -> None:
        """A mark where the value changes its sign."""
        tall = 1.9 * GROOVE * self.scale
        mark = QRectF(round(x) - 0.5, (self.height() - tall) / 2, 1.0, tall)
        painter.fillRect(mark, self.theme.blend(self.theme.dim, 0.6, self.theme.panel))

    def _paint_handle(self, painter: QPainter, x: float, colour: QColor) -> None:
        theme, scale = self.theme, self.scale
        held = self.isSliderDown() or self.hasFocus()
        fill = theme.blend(colour, 0.25, theme.panel) if self.underMouse() else theme.panel
        painter.setBrush(colour if held else fill)
        painter.setPen(QPen(QColor(theme.ink) if self.hasFocus() else colour, RIM * scale))
        painter.drawEllipse(QPointF(x, self.height() / 2), HANDLE * scale, HANDLE * scale)

    # -- hands -----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        x = event.position().x()
        off = x - self.at(self.value())
        self._grip = off if abs(off) <= self._margin and not self._mixed else 0.0
        self.setSliderDown(True)
        self.setSliderPosition(self._place(x - self._grip))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setSliderPosition(self._place(event.position().x() - self._grip))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.setSliderDown(False)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset_asked.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y()
        if self.hasFocus() and notches:
            self.stepped.emit(1 if notches > 0 else -1)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, times = event.key(), 1
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            times = 10
        if key in ARROWS:
            self.stepped.emit(times * ARROWS[key])
        elif key in PAGES:
            self.stepped.emit(PAGES[key])
        elif key in ENDS:
            self.ended.emit(ENDS[key])
        elif key in (Key.Key_Return, Key.Key_Enter):
            self.typing_asked.emit()
        else:
            event.ignore()
