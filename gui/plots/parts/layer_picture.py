"""The base of pictures with a column for every layer over a logarithmic axis."""

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.common.scale import Range
from gui.common.typeface import typeface
from gui.plots.parts.level_frame import SCALE, LevelFrame, ticks_for
from gui.plots.parts.raised import Raised
from gui.theme import CAPTION, Theme

GAP = 5.0  # pixels between an axis and its labels
Y_SPACING = 26.0  # pixels between two labels, before the user's scale
MARK = 4.0  # pixels from the middle of a triangle to its side
WAITING = "waits for a look at the network"
Reading = TypeVar("Reading")
ARROWS = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}


class LayerPicture(QWidget, Generic[Reading]):
    """The arrow keys and the mouse choose a layer, from 0; None: none is chosen.

    ``quantity`` stands over the labels of the axis.
    """

    layer_chosen = Signal(object)

    def __init__(self, theme: Theme, name: str, quantity: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.chosen: int | None = None
        self._quantity = quantity
        self._theme = theme
        self._type = Raised(typeface(self, CAPTION))
        self._reading: Reading | None = None
        self._levels: Range | None = None
        self.waiting = WAITING  # what stands there while it is empty

    # -- what subclasses do --------------------------------------------------------------------

    @property
    def frame(self) -> LevelFrame:
        """Where everything stands."""
        raise NotImplementedError

    @property
    def is_empty(self) -> bool:
        return self._reading is None

    def lay_out(self) -> None:
        """Make the frame anew: what is shown, the size or the type has changed."""
        raise NotImplementedError

    def paint(self, painter: QPainter) -> None:
        """All but the ground, in the pixels of the widget."""
        raise NotImplementedError

    # -- what it does for them -----------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._relay()

    def show_reading(self, reading: Reading | None) -> None:
        """None: nothing is known, and the range need not stay."""
        if reading is None:
            self._levels = None
        self._reading = reading
        self.lay_out()
        self.update()

    def show_all(self) -> None:
        """The range that fits what is shown."""
        self._levels = None
        self.choose(None)
        self._relay()

    def choose(self, layer: int | None) -> None:
        if layer != self.chosen:
            self.chosen = layer
            self.layer_chosen.emit(layer)
            self.update()

    def rect_over(self, below: float) -> QRectF:
        """The rectangle of the columns, with ``below`` pixels under their names."""
        line, levels = self._type.metrics.height(), self._levels or (-1.0, 0.0)
        top = line + self._type.metrics.ascent() / 2 + 2  # a label fits under the quantity
        height = max(1.0, self.height() - top - line - GAP - below)
        spacing = Y_SPACING * self._type.font.pixelSize() / CAPTION
        self.ticks = ticks_for(levels, max(1, round(height / spacing)))
        labels = [self._type.width(SCALE.text(tick)) for tick in self.ticks]
        left = max([self._type.width(self._quantity), *labels]) + GAP + 1
        return QRectF(left, top, max(1.0, self.width() - left - 2), height)

    def paint_mark(self, painter: QPainter, x: float, down: bool, colour: QColor) -> None:
        """A triangle at the edge: 0 below, infinity above."""
        rect = self.frame.rect
        edge, away = (rect.bottom(), -1.6 * MARK) if down else (rect.top(), 1.6 * MARK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        corners = ((-MARK, away), (MARK, away), (0.0, 0.0))
        painter.drawPolygon(QPolygonF([QPointF(x + dx, edge + dy) for dx, dy in corners]))

    def paint_text(
        self, painter: QPainter, middle: float, baseline: float, text: str, colour: QColor
    ) -> None:
        """Around ``middle``, within the columns, legible; names may also stand left of them."""
        width = self._type.width(text)
        left = 0.0 if baseline == self.names_baseline else self.frame.rect.left()
        x = min(max(middle - width / 2, left), self.width() - width)
        painter.setPen(self._theme.legible(colour, self._theme.panel))
        self._type.paint(painter, x, baseline, text)

    @property
    def names_baseline(self) -> float:
        return self.frame.rect.bottom() + GAP + self._type.metrics.ascent()

    def _relay(self) -> None:
        self._type = Raised(typeface(self, CAPTION))
        self.lay_out()
        self.update()

    def _paint_ground(self, painter: QPainter) -> None:
        frame, metrics = self.frame, self._type.metrics
        if self.chosen is not None and self.chosen in frame.layers:
            left, right = frame.places[list(frame.layers).index(self.chosen)]
            rect = QRectF(left, frame.rect.top(), right - left, frame.rect.height())
            painter.fillRect(rect, QColor(self._theme.soft))
        for tick in self.ticks:
            y = round(frame.down(tick)) + 0.5
            painter.setPen(QPen(QColor(self._theme.line), 1))
            painter.drawLine(QLineF(frame.rect.left(), y, frame.rect.right(), y))
            painter.setPen(QColor(self._theme.dim))
            text = SCALE.text(tick)
            left = frame.rect.left() - GAP - self._type.width(text)
            self._type.paint(painter, left, y + metrics.ascent() / 2 - 1, text)
        painter.setPen(QColor(self._theme.dim))
        self._type.paint(painter, 0.0, metrics.ascent(), self._quantity)

    # -- Qt ------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(360, 130)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.is_empty:
            painter.setPen(QColor(self._theme.dim))
            painter.setFont(self._type.font)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.waiting)
        else:
            self._paint_ground(painter)
            self.paint(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relay()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._relay()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        k = self.frame.column_at(event.position().x())
        self.choose(None if k is None else self.frame.layers[k])

    def leaveEvent(self, event: QEvent) -> None:
        self.choose(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.choose(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        layers = [layer for layer in self.frame.layers if layer is not None]
        if event.key() == Qt.Key.Key_Escape and self.chosen is not None:
            self.choose(None)
        elif event.key() in ARROWS and layers and not event.modifiers():
            at = layers.index(self.chosen) + ARROWS[event.key()] if self.chosen in layers else 0
            self.choose(layers[min(max(at, 0), len(layers) - 1)])
        else:
            super().keyPressEvent(event)
