"""Axes whose content is painted in pixels: what rests is kept, what moves is painted anew."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsWidget,
    QStyleOptionGraphicsItem,
    QToolTip,
    QWidget,
)

from gui.common.axes_view import AxesView
from gui.common.axis import WIDTH
from gui.common.scale import Range, Scale
from gui.common.typeface import typeface
from gui.theme import CAPTION, TEXT, Theme

Paint = Callable[[QPainter, QRectF], None]
CURVE_NAME = 15  # size of a symbol beside its curve
AXIS_ROOM, SLACK = 8, 14  # pixels beside the labels of y, and how many more are let be
SMALLEST = QSize(110, 60)


class Layer(QGraphicsItem):
    """Paints over the whole of ``frame``, in its pixels; a ``still`` one is kept as pixels."""

    def __init__(self, frame: QGraphicsWidget, paint: Paint, still: bool = False) -> None:
        super().__init__(frame)
        self._frame, self._paint = frame, paint
        self._rect = QRectF()
        if still:
            self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def refresh(self) -> None:
        """Paint anew, and in the frame's size."""
        rect = self._frame.rect()
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect
        self.update()

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        self._paint(painter, self._rect)


class Chart(AxesView):
    """A chart that follows its numbers; it is not zoomed or moved by hand.

    ``paint_still`` paints what changes with the size and the look only, ``paint_moving`` the rest.
    """

    neuron_chosen = Signal(int)  # from 1
    right = 0  # pixels beside the view, before the user's scale: half of the last label of x

    def __init__(self, theme: Theme, name: str, y: Scale, x: Scale | None = None) -> None:
        self._axis_width = WIDTH
        super().__init__(theme, name, y, x)
        self.view.setMouseEnabled(x=False, y=False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.still = Layer(self.view, self.paint_still, still=True)
        self.moving = Layer(self.view, self.paint_moving)
        self.frame = QRectF()  # of the view box, in its pixels
        self._shown: tuple[Range, Range] | None = None
        self._inks: dict[int, QColor] = {}
        self._widths: dict[str, float] = {}
        self._pointed = ""
        self.view.sigResized.connect(self._on_resized)
        self.set_theme(theme)

    # What a chart makes of it

    @property
    def ground(self) -> QColor:
        return QColor(self._theme.panel)

    def arrange(self) -> None:
        """The numbers, the size or the look have changed: choose ranges and places."""
        raise NotImplementedError

    def paint_still(self, painter: QPainter, rect: QRectF) -> None:
        """Kept as pixels until the range, the size or the look changes."""

    def paint_moving(self, painter: QPainter, rect: QRectF) -> None:
        raise NotImplementedError

    def told(self, at: QPointF) -> str:
        """What is there, in pixels of the view box: rich text for a tooltip, or nothing."""
        return ""

    def neuron_at(self, _at: QPointF) -> int:
        """From 1; 0 where there is none."""
        return 0

    def spoken(self) -> str:
        """What is shown, for a screen reader."""
        return ""

    # Places

    def show_range(self, x: Range, y: Range) -> None:
        if (x, y) != self._shown:
            self._shown = x, y
            self.set_range(x, y)
            self.place_grid()
            self.still.refresh()
            self._fit_axis()

    def across(self, x: float) -> float:
        low, high = self._ranges[0]
        return (x - low) * self.frame.width() / (high - low)

    def down(self, y: float) -> float:
        low, high = self._ranges[1]
        return (high - y) * self.frame.height() / (high - low)

    @property
    def _ranges(self) -> tuple[Range, Range]:
        return self._shown or ((0.0, 1.0), (0.0, 1.0))

    def _fit_axis(self) -> None:
        """Room for the longest label of y; a little too much room stays."""
        low, high = self._ranges[1]
        ticks = self.left_axis.positions(low, high, self.frame.height())
        texts = map(self.left_axis.scale_of_values.text, ticks)
        needed = ceil(max(map(self.width_of, texts), default=0.0)) + AXIS_ROOM
        if not needed <= self.left_axis.fixedWidth <= needed + SLACK:
            self._axis_width = needed + SLACK // 2
            self.left_axis.setWidth(self._axis_width)

    def _left_width(self, _share: float) -> int:
        return self._axis_width

    # Type

    def width_of(self, text: str) -> float:
        """Pixels in the font of captions."""
        if text not in self._widths:
            if len(self._widths) > 500:
                self._widths.clear()
            self._widths[text] = self.metrics.horizontalAdvance(text)
        return self._widths[text]

    @property
    def drop(self) -> float:
        """From the middle of a line of text to its baseline."""
        return (self.metrics.ascent() - self.metrics.descent()) / 2

    @property
    def line(self) -> float:
        """Pixels of a line of text."""
        return self.metrics.height()

    def ink(self, colour: QColor) -> QColor:
        """A colour of a thing, as a colour of its text."""
        rgb = colour.rgb()
        if rgb not in self._inks:
            self._inks[rgb] = self._theme.legible(colour, self._theme.panel)
        return self._inks[rgb]

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        if not hasattr(self, "_pointed"):  # the font may change while it is being made
            return
        self.caption = typeface(self, CAPTION)
        self.metrics = QFontMetricsF(self.caption)
        self.name_font, self.label_font = typeface(self, CURVE_NAME), typeface(self, TEXT)
        self._inks.clear()
        self._widths.clear()
        self.bottom_axis.spacing = 2.8 * self.line
        margins = self.centralWidget.layout().getContentsMargins()
        right = round(self.right * self.line / 13)
        self.centralWidget.layout().setContentsMargins(*margins[:2], right, margins[3])
        self._refresh()

    @Slot(object)
    def _on_resized(self, _view: object) -> None:
        self._refresh()

    def _refresh(self) -> None:
        self._shown, self.frame = None, self.view.rect()
        if self.frame.width() > 0 and self.frame.height() > 0:
            self.arrange()
            self.still.refresh()
            self.moving.refresh()

    # The pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._in_view(event.position())
        text = self.told(at)
        choosable = bool(self.neuron_at(at))
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if choosable else Qt.CursorShape.ArrowCursor
        )
        if text != self._pointed:
            self._pointed = text
            self._tell(event.globalPosition().toPoint())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if j := self.neuron_at(self._in_view(event.position())):
            self.neuron_chosen.emit(j)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Nothing is dragged here."""

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointed = ""

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._pointed = self.told(self._in_view(QPointF(event.pos())))
            if self._pointed:
                self._tell(event.globalPos())
                return True
        return bool(super().viewportEvent(event))

    def _tell(self, place: QPoint) -> None:
        """At once: what is pointed at changes as fast as the hand."""
        if self._pointed:
            QToolTip.showText(place, self._pointed, self)
        else:
            QToolTip.hideText()

    def _in_view(self, at: QPointF) -> QPointF:
        scene = self.mapToScene(at.toPoint())
        place: QPointF = self.view.mapFromScene(scene)
        return place

    def minimumSizeHint(self) -> QSize:
        return SMALLEST
