"""The mouse and the keys on the map: each gesture moves the neuron that is looked at."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

from gui.chain.studies.escape_field import rounded, step_of
from gui.chain.studies.escape_map import EscapeMap
from gui.chain.studies.escape_neuron import EscapeNeuron
from gui.common.value_gesture import Gesture
from gui.theme import Theme

Key = Qt.Key
STEPS: dict[int, tuple[int, int]] = {
    Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Down: (0, -1), Key.Key_Up: (0, 1),
    Key.Key_PageDown: (0, -10), Key.Key_PageUp: (0, 10),
}  # fmt: skip


class MovableMap(EscapeMap):
    """Click and drag, or arrows: Shift makes ten steps, Escape takes a drag back.

    The first neuron moves along both axes, all others up and down: their a is what the chain gives.
    """

    moved = Signal(float, float, object)  # a, then w or b; with the same object: the same gesture
    pointed = Signal(object)  # (a, w or b) under the mouse; None when it has left

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._gesture, self._dragged = Gesture(), False
        self._start = (0.0, 0.0)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    # -- mouse -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.neuron is None:
            return
        if self.rect_of_plane.adjusted(-4, -4, 4, 4).contains(event.position()):
            self._gesture.begin()
            self._dragged = self.frozen = True
            self._start = self.neuron.a, self.height_of(self.neuron)
            self._drag(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.neuron is None:
            return
        if self._dragged:
            self._drag(event.position())
        else:
            self._point(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    def _drag(self, at: QPointF) -> None:
        self.pointer = None
        self.pointed.emit(None)
        self.moved.emit(*self._target(at), self._gesture.key)

    def _point(self, at: QPointF | None) -> None:
        inside = at is not None and self.rect_of_plane.contains(at)
        self.pointer = None
        if at is not None and inside and self.neuron is not None:
            self.pointer = self._target(at)
            self.pointed.emit(self._rounded(*self.position(at)))
        else:
            self.pointed.emit(None)
        self.update()

    def _target(self, at: QPointF) -> tuple[float, float]:
        assert self.neuron is not None
        a, y = self._rounded(*self.position(at))
        return (a if self.neuron.j == 1 else self.neuron.a), y

    def _rounded(self, a: float, y: float) -> tuple[float, float]:
        (a0, a1), (y0, y1) = self.extent.a, self.extent.y
        return rounded(a, a1 - a0), rounded(y, y1 - y0)

    def _end(self) -> None:
        self._dragged = self.frozen = False
        if self.neuron is not None:
            self.show_neuron(self.neuron, self._others)

    # -- keys --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        neuron = self.neuron
        if neuron is None:
            return
        if event.key() == Key.Key_Escape and self._dragged:
            self.moved.emit(*self._start, self._gesture.key)
            self._end()
        elif event.key() in STEPS and (neuron.j == 1 or STEPS[event.key()][1]):
            self._step(neuron, event)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._end()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def _step(self, neuron: EscapeNeuron, event: QKeyEvent) -> None:
        right, up = STEPS[event.key()]
        times = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        (a0, a1), (y0, y1) = self.extent.a, self.extent.y
        a, y = neuron.a, self.height_of(neuron)
        if right:
            a = rounded(a + right * times * step_of(a1 - a0), a1 - a0)
        if up:
            y = rounded(y + up * times * step_of(y1 - y0), y1 - y0)
        self.moved.emit(a, y, self._gesture.step())
