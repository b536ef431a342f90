"""A plane with a place that is pointed at, by the mouse or with the arrow keys."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from gui.common.plane import Plane
from gui.plots.card import PlotCard
from gui.theme import Theme

Place = tuple[float, int]
_STEPS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip
_OTHER = ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
FAR = 10  # steps of an arrow key with Shift


class PointedPlane(Plane):
    """``pointed`` is in the subclass's own coordinates; None: nothing is pointed at."""

    pointed_changed = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self.pointed: Place | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # -- what subclasses know ------------------------------------------------------------------

    def place_at(self, at: QPointF) -> Place | None:
        """What is there, in pixels of the widget."""
        raise NotImplementedError

    def moved(self, place: Place | None, across: int, up: int) -> Place | None:
        """So many places from there; from nothing, where one begins."""
        raise NotImplementedError

    # -- the hand ------------------------------------------------------------------------------

    def point(self, place: Place | None) -> None:
        if place != self.pointed:
            self.pointed = place
            self.update()
            self.pointed_changed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.point(self.place_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & _OTHER:
            event.ignore()
        elif key in _STEPS:
            far = FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            across, up = _STEPS[key]
            self.point(self.moved(self.pointed, far * across, far * up))
        elif key == Qt.Key.Key_Escape and self.pointed is not None:
            self.point(None)
        else:
            event.ignore()

    # -- painting ------------------------------------------------------------------------------

    @property
    def is_drawn_for_export(self) -> bool:
        card = self.parentWidget()
        return isinstance(card, PlotCard) and card.drawing_for_export

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.is_drawn_for_export:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.paint_whole(painter)
        painter.end()
