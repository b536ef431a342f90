"""One column of the picture: header, neurons and the frame of a selected layer."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.items.bars import BarsItem
from gui.canvas.items.neurons import NeuronsItem
from gui.canvas.layout import Column, Layout
from gui.canvas.look import Look
from gui.canvas.words.labels import ColumnText, counted

CORNER = 10.0
ABOVE_EDGES = 1
GRIP = 5.0  # radius of the handle that resizes


@dataclass(frozen=True, slots=True)
class State:
    """How a column takes part in what the user does."""

    selected: bool = False
    hovered: bool = False
    focused: bool = False
    resizing: bool = False
    headed: bool = True
    port: bool = False
    receives: bool = False  # a skip connection that is dragged may end here
    neuron: int | None = None  # the current one


class ColumnItem(QGraphicsItem):
    """Paints what does not change from frame to frame, once; its bars are an item of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.setZValue(ABOVE_EDGES)
        self.neurons = NeuronsItem(self)
        self.bars = BarsItem(self)
        self.state = State()
        self._bounds = QRectF()

    def place(self, index: int, text: ColumnText, layout: Layout, look: Look) -> None:
        self.prepareGeometryChange()
        self.index, self._text, self._layout, self._look = index, text, layout, look
        self._column: Column = layout.columns[index]
        self._hidden = len(layout.columns) - 2
        self._colour = look.layer(index, self._hidden)
        self.caption = text.captions[layout.head.caption]
        half = max(
            layout.frame_half + CORNER,
            look.measure(text.number, layout.head.number, True) / 2 + 3,
            look.measure(self.caption, "caption") / 2 + 3,
            look.measure("+" + counted(text.neurons), "caption") / 2 + 6,
        )
        self._bounds = QRectF(-half, 0, 2 * half, layout.bands.frame[1] + 2 * CORNER)
        self.setPos(self._column.x, 0)
        self.neurons.place(index, layout, look)
        self.bars.place(self._column, layout.radius, look.theme)
        self.bars.setVisible(index > 0 and not layout.is_thin)
        self._keep_pictures(not layout.is_thin)
        self.update()

    def _keep_pictures(self, kept: bool) -> None:
        """Of a thousand strips each, they would fill the memory."""
        mode = QGraphicsItem.CacheMode.DeviceCoordinateCache
        for item in (self, self.neurons):
            item.setCacheMode(mode if kept else QGraphicsItem.CacheMode.NoCache)

    @property
    def is_hidden_layer(self) -> bool:
        return 1 <= self.index <= self._hidden

    def set_state(self, state: State) -> None:
        if state != self.state:
            self.state = state
            self.setZValue(ABOVE_EDGES + state.hovered + 2 * state.selected)
            self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        self._paint_header(painter)
        self._paint_dots(painter)
        self._paint_out_of_sight(painter)
        if self.is_hidden_layer and (self.state.selected or self.state.hovered):
            self._paint_grip(painter)
        if self.state.port:
            self._paint_port(painter)
        if self.state.neuron is not None:
            self._paint_current(painter, self.state.neuron)

    def _paint_header(self, painter: QPainter) -> None:
        layout, look = self._layout, self._look
        if not self.state.headed:
            return
        painter.setFont(look.face(layout.head.number, True))
        painter.setPen(QColor(look.theme.ink))
        self._write(painter, self._text.number, layout.bands.number)
        painter.setFont(look.face("caption"))
        painter.setPen(QColor(look.theme.dim))
        self._write(painter, self.caption, layout.bands.caption)

    def _paint_frame(self, painter: QPainter) -> None:
        state, theme = self.state, self._look.theme
        if not (state.selected or state.hovered or state.receives):
            return
        top, bottom = self._layout.bands.frame
        half = round(self._layout.frame_half)
        x = self._column.x  # the outer columns stand near the edge
        left, right = -min(half, x - 2), min(half, self._layout.width - x - 2)
        bright = state.selected or state.receives
        colour = theme.accent if bright else theme.blend(theme.dim, 0.5)
        pen = QPen(QColor(colour), 2.0 if state.focused or state.receives else 1.2)
        if not state.receives:
            pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        corner = min(CORNER, half)
        painter.drawRoundedRect(QRectF(left, top, right - left, bottom - top), corner, corner)

    def _paint_dots(self, painter: QPainter) -> None:
        y, look, radius = self._column.dots, self._look, self._layout.radius
        if y is None or self._layout.is_thin:
            return
        count = f"+{counted(self._column.left_out)}"
        painter.setFont(look.face("caption"))
        lines = painter.fontMetrics().height()
        written = self._layout.buttons_fit and radius * 2 >= 1.25 * lines
        written = written and look.measure(count, "caption") + 8 <= self._layout.pitch
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.theme.dim))
        apart, dot = (4.0, 1.3) if radius >= 8 else (max(1.6, radius / 2), max(0.7, radius / 6))
        middle = y - 0.45 * lines if written else y
        for k in (-1, 0, 1):
            painter.drawEllipse(QPointF(0, middle + k * apart * look.scale), dot, dot)
        if written:
            half, below = look.measure(count, "caption") / 2 + 2, y + 0.55 * lines
            patch = QRectF(-half, below - lines / 2, 2 * half, lines)
            painter.fillRect(patch, QColor(look.theme.background))
            painter.setPen(QColor(look.theme.dim))
            self._write(painter, count, below)

    def _paint_out_of_sight(self, painter: QPainter) -> None:
        """How many neurons stand above and below the view."""
        layout, look = self._layout, self._look
        painter.setFont(look.face("caption"))
        painter.setPen(QColor(look.theme.dim))
        top, bottom = layout.bands.frame
        for number, sign, y in (
            (self._column.above, "↑", top + 8 * look.scale),
            (self._column.below, "↓", bottom - 10 * look.scale),
        ):
            text = f"{sign} {counted(number)}"
            if number and look.measure(text, "caption") + 8 <= layout.pitch:
                self._write(painter, text, y)

    def _paint_port(self, painter: QPainter) -> None:
        theme = self._look.theme
        painter.setPen(QPen(QColor(theme.accent), 1.5))
        painter.setBrush(QColor(theme.panel))
        painter.drawEllipse(QPointF(0, self._layout.bands.frame[0]), GRIP, GRIP)

    def _paint_current(self, painter: QPainter, neuron: int) -> None:
        at = np.flatnonzero(self._column.shown == neuron)
        if len(at):
            painter.setPen(QPen(QColor(self._look.theme.accent), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            radius = self._layout.radius + 3.0
            painter.drawEllipse(QPointF(0, float(self._column.y[at[0]])), radius, radius)

    def _paint_grip(self, painter: QPainter) -> None:
        theme, bottom = self._look.theme, self._layout.bands.frame[1]
        painter.setPen(QPen(QColor(theme.accent), 1.5))
        painter.setBrush(QColor(theme.accent if self.state.resizing else theme.panel))
        half = min(14.0, max(GRIP, self._layout.frame_half - 2))
        painter.drawRoundedRect(QRectF(-half, bottom - GRIP, 2 * half, 2 * GRIP), GRIP, GRIP)
        painter.setPen(QPen(QColor(theme.on_accent if self.state.resizing else theme.accent), 1.0))
        if half > GRIP:
            for y in (-1.5, 1.5):
                painter.drawLine(QPointF(-half / 2, bottom + y), QPointF(half / 2, bottom + y))

    def _write(self, painter: QPainter, text: str, y: float) -> None:
        half, height = self._bounds.width() / 2, painter.fontMetrics().height()
        room = QRectF(-half, y - height / 2, 2 * half, height)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
