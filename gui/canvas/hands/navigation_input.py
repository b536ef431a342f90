"""Wheel, pinch, hand and keys: what the user does to see another part of the picture."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputDevice,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QGraphicsView, QPinchGesture

from gui.canvas.hands.navigation import STEP, Navigation

Kind, Modifier = QEvent.Type, Qt.KeyboardModifier
NOTCH = 120.0  # of the angle of a wheel
ACROSS = 60.0  # pixels that a notch pans sideways


class NavigationInput(QObject):
    """Watches a view and its viewport; takes the events that navigate, lets the others pass."""

    space_tapped = Signal()  # pressed and released, with nothing dragged between
    _space = False  # held down; on the class: events come while the interpreter takes objects down

    def __init__(self, navigation: Navigation, view: QGraphicsView) -> None:
        super().__init__(view)
        self._navigation, self._view = navigation, view
        self._used = False  # the picture was moved with it
        self._hand: Qt.MouseButton | None = None  # the button that holds the picture
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        view.viewport().grabGesture(Qt.GestureType.PinchGesture)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            return self._key(event)
        if isinstance(event, QFocusEvent):
            self._let_go_of_space()
            return False
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QNativeGestureEvent):
            return self._native_gesture(event)
        return isinstance(event, QGestureEvent) and self._gesture(event)

    # -- wheel and pinch -------------------------------------------------------------------

    def _wheel(self, event: QWheelEvent) -> bool:
        angle, pixels = event.angleDelta(), event.pixelDelta()
        zooms = bool(event.modifiers() & Modifier.ControlModifier)
        if _from_trackpad(event) and not zooms:
            move = pixels if not pixels.isNull() else angle / 2
            self._navigation.pan_by(-move.x(), -move.y())
        elif event.modifiers() & Modifier.ShiftModifier or (angle.x() and not angle.y()):
            notches = (angle.y() or angle.x()) / NOTCH
            self._navigation.pan_by(-notches * ACROSS, 0)
        elif angle.y():
            self._navigation.zoom_by(STEP ** (angle.y() / NOTCH), event.position())
        event.accept()
        return True

    def _native_gesture(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._navigation.zoom_by(max(0.1, 1 + event.value()), event.position())
        event.accept()
        return True

    def _gesture(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        if pinch.changeFlags() & QPinchGesture.ChangeFlag.ScaleFactorChanged:
            at = self._view.viewport().mapFromGlobal(pinch.centerPoint())
            self._navigation.zoom_by(max(0.1, pinch.scaleFactor()), at)
        event.accept(pinch)
        return True

    # -- the hand --------------------------------------------------------------------------

    def _mouse(self, event: QMouseEvent) -> bool:
        kind, button = event.type(), event.button()
        if kind in (Kind.MouseButtonPress, Kind.MouseButtonDblClick):
            if self._hand is None and self._grabs(button):
                self._take_hold(button, event.position())
                return True
        elif kind == Kind.MouseButtonRelease and button == self._hand:
            self._hand = None
            self._show_hand()
            return True
        elif kind == Kind.MouseMove and self._hand is not None:
            self._navigation.drag_to(event.position())
        return self._hand is not None or self._space

    def _grabs(self, button: Qt.MouseButton) -> bool:
        return button == Qt.MouseButton.MiddleButton or (
            button == Qt.MouseButton.LeftButton and self._space
        )

    def _take_hold(self, button: Qt.MouseButton, at: QPointF) -> None:
        self._hand, self._used = button, True
        self._navigation.grab(at)
        self._show_hand()

    def _show_hand(self) -> None:
        if self._hand is not None:
            self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space:
            self._view.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self._view.viewport().unsetCursor()

    # -- keys ------------------------------------------------------------------------------

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            return self._space_key(event)
        return event.type() == Kind.KeyPress and self._pressed(event)

    def _space_key(self, event: QKeyEvent) -> bool:
        """Space is a shortcut of the window, too: it acts when it comes up, unless it dragged."""
        event.accept()
        if event.isAutoRepeat() or event.type() == Kind.ShortcutOverride:
            return True
        if event.type() == Kind.KeyPress:
            self._space, self._used = True, self._hand is not None
            self._show_hand()
        elif self._space:
            tapped = not self._used
            self._let_go_of_space()
            if tapped:
                self.space_tapped.emit()
        return True

    def _let_go_of_space(self) -> None:
        if self._space:
            self._space = False
            self._show_hand()

    def _pressed(self, event: QKeyEvent) -> bool:
        key, control = event.key(), event.modifiers() & Modifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.ZoomIn) or (control and key == Qt.Key.Key_Equal):
            self._navigation.zoom_in()
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self._navigation.zoom_out()
        elif control and key == Qt.Key.Key_0:
            self._navigation.zoom_to_fit()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and not self._navigation.all_in_sight:
            self._navigation.pan_page(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            return False
        event.accept()
        return True


def _from_trackpad(event: QWheelEvent) -> bool:
    """X11 tells pixels of wheels with notches, too: only fingers have a phase."""
    if event.device().type() == QInputDevice.DeviceType.TouchPad:
        return True
    return not event.pixelDelta().isNull() and event.phase() != Qt.ScrollPhase.NoScrollPhase
