"""The palette: one tile for each kind of layer, to be dragged into the network."""

import numpy as np
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDrag,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QToolButton, QVBoxLayout, QWidget

from engine.activations import HIDDEN, Activation
from gui.canvas.hands.layer_edits import BLOCK
from gui.canvas.items.skips import arc_path, arrow_head
from gui.theme import Theme

MIME = "application/x-nablascope-layer"
REACH, TOP = 3.0, 1.6  # of z and σ(z) in the picture of a tile
POINTS = 41
TILE = QSize(76, 46)
HELP = "Drag into the network; a click or Enter adds it after the selected layer"


class Tile(QToolButton):
    """A small picture of σ(z) and its name."""

    chosen = Signal(str)

    def __init__(self, key: str, label: str, tip: str, theme: Theme) -> None:
        super().__init__()
        self.key, self._theme = key, theme
        self._from: QPoint | None = None
        self.setObjectName(f"tile_{key}")
        self.setText(label)
        self.setAccessibleName(f"Add {label} layer" if key != BLOCK else f"Add {label}")
        self.setToolTip(f"<b>{label}</b><br>{tip}<br>{HELP}")
        self.setProperty("role", "tile")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._on_clicked)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        scale = self._scale
        width = max(TILE.width() * scale, self.fontMetrics().horizontalAdvance(self.text()) + 10)
        return QSize(round(width), round(TILE.height() * scale))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = event.position().toPoint()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()  # by itself a button takes the space bar only
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        way = (event.position().toPoint() - self._from).manhattanLength()
        if way >= QApplication.startDragDistance():
            self._from = None
            self.setDown(False)
            self.drag()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:  # not dragged
            super().mouseReleaseEvent(event)
        self._from = None

    def drag(self) -> None:
        """Take the tile in the hand; a drop is the affair of what it is dropped on."""
        drag = QDrag(self)
        data = QMimeData()
        data.setData(MIME, QByteArray(self.key.encode()))
        drag.setMimeData(data)
        picture = self._picture()
        drag.setPixmap(picture)
        ratio = picture.devicePixelRatio()
        middle = QPointF(picture.width() / ratio / 2, picture.height() / ratio / 2)
        drag.setHotSpot(middle.toPoint())
        drag.exec(Qt.DropAction.CopyAction)

    def _picture(self) -> QPixmap:
        """Opaque, framed: the tile as it is in the hand."""
        pixmap = QPixmap(self.size() * self.devicePixelRatioF())
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        pixmap.fill(QColor(self._theme.panel))
        painter = QPainter(pixmap)
        self._paint(painter)
        painter.setPen(QPen(QColor(self._theme.accent), 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
        return pixmap

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        under = self.underMouse() or self.isDown()
        if under or self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = self._theme.accent if self.hasFocus() else self._theme.line
            painter.setPen(QPen(QColor(edge), 2.0 if self.hasFocus() else 1.0))
            painter.setBrush(QColor(self._theme.soft))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self.fontMetrics().height()
        room = QRectF(self.rect()).adjusted(0, 4, 0, -text - 2)
        size = min(room.height(), room.width() - 16)
        side = QRectF(room.center().x() - 0.8 * size, room.top(), 1.6 * size, size)
        painter.setPen(QPen(QColor(self._theme.line), 1.0))
        if self.key in HIDDEN:
            _paint_curve(painter, side, HIDDEN[self.key], self._theme)
        else:
            _paint_block(painter, side, self._theme)
        painter.setFont(self.font())
        painter.setPen(QColor(self._theme.ink))
        label = QRectF(0, self.height() - text - 1, self.width(), text)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, self.text())

    @property
    def _scale(self) -> float:
        return max(1.0, self.fontMetrics().height() / 14)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.key)


def curve(activation: Activation) -> tuple[list[float], list[float]]:
    """z and σ(z) of the picture on a tile."""
    z = np.linspace(-REACH, REACH, POINTS).reshape(1, -1)
    a = np.empty_like(z)
    activation.fn(z, a)
    return z[0].tolist(), a[0].tolist()


def _paint_curve(painter: QPainter, side: QRectF, activation: Activation, theme: Theme) -> None:
    across, up, middle = side.width() / (2 * REACH), side.height() / (2 * TOP), side.center()
    painter.drawLine(QPointF(side.left(), middle.y()), QPointF(side.right(), middle.y()))
    painter.drawLine(QPointF(middle.x(), side.top()), QPointF(middle.x(), side.bottom()))
    points = [
        QPointF(middle.x() + z * across, middle.y() - a * up)
        for z, a in zip(*curve(activation), strict=True)
        if abs(a) <= TOP
    ]
    painter.setPen(QPen(QColor(theme.accent), 2.0))
    painter.drawPolyline(points)


def _paint_block(painter: QPainter, side: QRectF, theme: Theme) -> None:
    """Two layers and an arc past the first."""
    low, middle = side.bottom() - side.height() / 3, side.center().x()
    width, height = side.width() / 7, side.height() / 1.7
    painter.setPen(QPen(QColor(theme.accent), 1.6))
    painter.setBrush(QColor(theme.panel))
    for x in (middle - 1.4 * width, middle + 1.4 * width):
        painter.drawRoundedRect(QRectF(x - width / 2, low - height / 2, width, height), 2, 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    start, end = QPointF(side.left(), low), QPointF(middle + 1.4 * width, low - height / 2)
    painter.drawPath(arc_path(start, end, side.top() + 1))
    painter.setBrush(QColor(theme.accent))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(arrow_head(end, 4.0))


class Palette(QScrollArea):
    """A strip of tiles: every activation that hidden layers can have, and the residual block."""

    chosen = Signal(str)  # an activation, or BLOCK: to be added after the selected layer

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setAccessibleName("Kinds of layers")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        strip = QWidget()
        strip.setObjectName("palette_strip")
        column = QVBoxLayout(strip)
        column.setContentsMargins(4, 8, 4, 8)
        column.setSpacing(2)
        block = "two layers, and a connection past the first that adds what came in"
        kinds = [(key, entry.label, entry.formula) for key, entry in HIDDEN.items()]
        self.tiles = [Tile(*kind, theme) for kind in (*kinds, (BLOCK, BLOCK, block))]
        self.tiles[-1].setText("residual")
        for tile in self.tiles:
            tile.chosen.connect(self.chosen)
            column.addWidget(tile)
        column.addStretch(1)
        self.setWidget(strip)
        self._strip = strip

    def set_theme(self, theme: Theme) -> None:
        for tile in self.tiles:
            tile.set_theme(theme)

    def sizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._strip.sizeHint().width() + bar, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 120)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        at = next((k for k, tile in enumerate(self.tiles) if tile.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        tile = self.tiles[min(max(at + step, 0), len(self.tiles) - 1)]
        tile.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(tile)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.tiles[0].setFocus(event.reason())
