"""Pointing at a record of a plot: with the mouse, or with keys once a cursor is switched on."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from gui.common.scale import Range
from gui.plots.curves.crosshair import Crosshair, Reading
from gui.plots.curves.plot_view import OTHER, PlotView

STEP, LEAP = 2.0, 40.0  # pixels that a key moves the cursor by, at least; the same with Shift
STILL = 4  # pixels that the hand may tremble between press and release
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ReadingHand(QObject):
    """Shows the crosshair of a plot where the pointer is, or where the cursor was left.

    It asks the plot's ``read`` for the record at a position on the x axis. It watches the
    viewport as an event filter: nothing is spent while the pointer is elsewhere.
    """

    moved = Signal()  # the cursor, by a key or a click: its words are to be heard

    def __init__(self, plot: PlotView, crosshair: Crosshair) -> None:
        super().__init__(plot)
        self._plot, self._crosshair = plot, crosshair
        self._pointer: QPointF | None = None  # in the view box
        self._pressed: QPointF | None = None
        self.cursor: float | None = None  # on the x axis, while it is switched on
        plot.viewport().setMouseTracking(True)
        plot.viewport().installEventFilter(self)

    @property
    def words(self) -> str:
        """What stands at the cursor; nothing while it is off."""
        reading = self._crosshair.reading
        return reading.words if reading is not None and self.cursor is not None else ""

    def set_cursor(self, x: float | None) -> None:
        self.cursor = x
        self.refresh()
        self.moved.emit()

    def refresh(self) -> None:
        """The range has changed, or there are other records."""
        x, reading = self._wanted(), None
        if x is not None:
            reading = self._plot.read(x)
        if reading is None:
            self._crosshair.clear()
            return
        rect, across = self._plot.view.rect(), self._across(reading)
        if not 0 <= across <= rect.width():
            self._crosshair.clear()
            return
        at = rect.height() / 2 if self._pointer is None else self._pointer.y()
        self._crosshair.show_reading(reading, across, rect, at)

    @property
    def at_work(self) -> bool:
        return self._pointer is not None or self.cursor is not None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        elif isinstance(event, QMouseEvent):
            self._follow_mouse(event)
        return False

    def _follow_mouse(self, event: QMouseEvent) -> None:
        kinds, point = QEvent.Type, event.position()
        if event.type() == kinds.MouseMove:
            self._point_at(None if event.buttons() else self._plot.in_view(point))
        elif event.type() == kinds.MouseButtonPress:
            left = event.button() == Qt.MouseButton.LeftButton
            self._pressed = point if left else None
        elif event.type() == kinds.MouseButtonDblClick:  # its first click was none
            self._pressed = None
            self.set_cursor(None)
        elif event.type() == kinds.MouseButtonRelease and self._pressed is not None:
            still = (point - self._pressed).manhattanLength() < STILL
            self._pressed = None
            if still:
                self._click(self._plot.in_view(point))

    def _click(self, point: QPointF) -> None:
        """Leave the cursor at the record that is shown; where it stands already, take it away."""
        reading = self._plot.read(self._position(point))
        if reading is None or reading.x == self.cursor:
            self.set_cursor(None)
        else:
            self.set_cursor(reading.x)

    def press(self, event: QKeyEvent) -> bool:
        """A key on the plot; whether it was meant for the cursor."""
        if event.modifiers() & OTHER:
            return False
        key = Qt.Key(event.key())
        if key in _ENTERS:
            self.set_cursor(self._usual() if self.cursor is None else None)
        elif self.cursor is None:
            return False
        elif key == Qt.Key.Key_Escape:
            self.set_cursor(None)
        elif key in _SIDES:
            leap = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._go(_SIDES[key] * (LEAP if leap else STEP))
        else:
            return False
        return True

    def _go(self, pixels: float) -> None:
        """To the next record that is at least so far away."""
        assert self.cursor is not None
        left, right = self._x_range
        per_pixel = (right - left) / max(1.0, self._plot.view.rect().width())
        self.set_cursor(self._plot.beyond(self.cursor, pixels * per_pixel))

    def _usual(self) -> float | None:
        """Where the pointer is, else at the newest record in sight."""
        x = self._wanted()
        reading = self._plot.read(self._x_range[1] if x is None else x)
        return None if reading is None else reading.x

    def _wanted(self) -> float | None:
        if self._pointer is not None:
            return self._position(self._pointer)
        return self.cursor

    def _point_at(self, point: QPointF | None) -> None:
        if point is not None and not self._plot.view.rect().contains(point):
            point = None
        if point is not None or self._pointer is not None:
            self._pointer = point
            self.refresh()

    @property
    def _x_range(self) -> Range:
        left, right = self._plot.view.viewRange()[0]
        return float(left), float(right)

    def _position(self, point: QPointF) -> float:
        left, right = self._x_range
        return left + (right - left) * point.x() / max(1.0, self._width)

    def _across(self, reading: Reading) -> float:
        left, right = self._x_range
        return (reading.x - left) / (right - left) * self._width

    @property
    def _width(self) -> float:
        """Of the view box, in pixels."""
        return float(self._plot.view.rect().width())
