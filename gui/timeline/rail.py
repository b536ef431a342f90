"""The slider of the time line: places are moments, and stand where their steps are."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider

from gui.common.throttle import Throttle
from gui.common.value_groove import GROOVE, HANDLE, RIM, Groove
from gui.theme import Theme
from gui.timeline.course import NOWHERE, Course

APART = 5  # pixels between two marks
MARK = 4.0  # pixels, before the user's scale
WIDE = 160


class Rail(Groove):
    """Left is the start, right is now. A hand's choice is told as ``chosen``."""

    chosen = Signal(int)  # a place

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("time_line_rail")
        self.setAccessibleName("Time line")
        self.course = NOWHERE
        self._told = Throttle(self)
        self._told.due.connect(self.update)
        self._is_quiet = False
        self.setEnabled(False)
        self.setRange(0, 0)
        self.valueChanged.connect(self.chosen)
        self.stepped.connect(self._on_stepped)
        self.ended.connect(self._on_ended)

    def set_theme(self, theme: Theme) -> None:
        self.set_colour(QColor(theme.accent), theme)

    def sizeHint(self) -> QSize:
        return QSize(round(WIDE * self.scale), super().sizeHint().height())

    @property
    def is_now(self) -> bool:
        return self.value() >= self.maximum()

    def show_course(self, course: Course, place: int) -> None:
        """The run has come so far; its moment at ``place`` is shown. Nothing is told."""
        self._is_quiet = self.is_now and place >= course.last  # it stays at the right end
        self.course = course
        blocked = self.blockSignals(True)
        if course.last != self.maximum():
            self.setRange(0, course.last)
        if place != self.value():
            self.setValue(place)
        self.blockSignals(blocked)
        self._is_quiet = False
        if self.isEnabled() != (course.last > 0):
            self.setEnabled(course.last > 0)
        self._told.request()

    @Slot(int)
    def _on_stepped(self, steps: int) -> None:
        self.setValue(self.value() + steps)

    @Slot(int)
    def _on_ended(self, end: int) -> None:
        self.setValue(self.maximum() if end > 0 else 0)

    # -- from places to pixels, by their steps -----------------------------------------------

    def at(self, place: float) -> float:
        return self._across(self.course.step(int(place)))

    def _across(self, step: float) -> float:
        share = step / self.course.newest if self.course.newest else 1.0
        return self._margin + share * (self.width() - 2 * self._margin)

    def _place(self, x: float) -> int:
        room = max(1.0, self.width() - 2 * self._margin)
        step = (x - self._margin) / room * self.course.newest
        return self.course.place(round(min(max(0.0, step), self.course.newest)))

    # -- looks -------------------------------------------------------------------------------

    def sliderChange(self, change: QSlider.SliderChange) -> None:
        if not self._is_quiet:
            super().sliderChange(change)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        theme, x = self.theme, self.at(self.value())
        dull = theme.blend(theme.dim, 0.45, theme.panel)
        colour = dull if self.is_now else self.colour
        self._paint_bar(painter, self._margin, self.width() - self._margin, QColor(theme.line))
        self._paint_bar(painter, self._margin, x, colour)
        self._paint_marks(painter)
        self._paint_handle(painter, x, self.colour if self.isEnabled() else dull)
        painter.end()

    def _paint_marks(self, painter: QPainter) -> None:
        """The ends of epochs, under the groove."""
        top = (self.height() + GROOVE * self.scale) / 2 + 1
        room = (self.width() - 2 * self._margin) / (APART * self.scale)
        painter.setBrush(self.theme.blend(self.theme.dim, 0.6, self.theme.panel))
        for step in self.course.marks(max(1.0, room)):
            x = round(self._across(step)) - 0.5
            painter.drawRect(QRectF(x, top, 1.0, MARK * self.scale))

    def _paint_handle(self, painter: QPainter, x: float, colour: QColor) -> None:
        if self.is_now and not (self.hasFocus() or self.underMouse()):
            radius = (HANDLE - RIM) * self.scale
            painter.setBrush(self.theme.blend(self.theme.dim, 0.7, self.theme.panel))
            painter.setPen(QPen(QColor(self.theme.panel), RIM * self.scale))
            painter.drawEllipse(QPointF(x, self.height() / 2), radius, radius)
        else:
            super()._paint_handle(painter, x, colour)
