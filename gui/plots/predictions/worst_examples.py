"""The examples that a network is most wrong about: their pictures, and what it says of them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from engine.readings.predictions import Prediction, PredictionsReading
from gui.common.input_picture import input_image
from gui.common.typeface import typeface
from gui.plots.predictions.predictions_words import WORST, example_words, lines
from gui.theme import CAPTION, Theme

SIDES = (112, 84, 64, 48, 36, 28)  # pixels of a picture, before the user's scale
GAP, AIR = 5.0, 10.0  # between a picture and its words, and between two examples
MOST_WORDS = 9.0  # lines' heights that words beside a picture are wide
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class WorstExamples(QWidget):
    """Tiles, the worst first, as many as have room; one that is clicked is ``chosen``."""

    chosen = Signal(int)  # an index into the split

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Worst examples")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._theme = theme
        self._shape: tuple[int, int] | None = None
        self._shares = True
        self._shown: PredictionsReading | None = None
        self._images: list[QImage] = []
        self._texts: list[tuple[str, ...]] = []
        self._tiles: list[QRectF] = []
        self._side = 0.0
        self.pointed: int | None = None

    # -- what is shown -------------------------------------------------------------------------

    def set_kind(self, shape: tuple[int, int] | None, shares: bool) -> None:
        """The inputs are pictures of this height and width, or none; the outputs are shares."""
        self._shape, self._shares = shape, shares

    def show_predictions(self, shown: PredictionsReading | None) -> None:
        self._shown = shown
        worst = () if shown is None else shown.worst
        self._images = [] if self._shape is None else [self._image(w) for w in worst]
        self._texts = [] if shown is None else [self._lines(shown, w) for w in worst]
        spoken = [] if shown is None else [example_words(shown, w, self._shares) for w in worst]
        self.setAccessibleDescription("; ".join(spoken))
        self._lay_out()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.show_predictions(self._shown)

    @property
    def worst(self) -> Sequence[Prediction]:
        """Those that have room."""
        return () if self._shown is None else self._shown.worst[: len(self._tiles)]

    def texts(self) -> list[str]:
        """What is written beside every picture."""
        return [", ".join(text) for text in self._texts[: len(self._tiles)]]

    def tile(self, k: int) -> QRectF:
        return self._tiles[k]

    def _image(self, worst: Prediction) -> QImage:
        assert self._shape is not None
        return input_image(worst.inputs, self._shape, self._theme)

    def _lines(self, shown: PredictionsReading, worst: Prediction) -> tuple[str, ...]:
        true, said, output = lines(shown, worst, self._shares)
        if self._shape is not None:
            return true, said, output
        where = f"example {worst.index + 1:,}"
        if len(worst.inputs) == 2:
            x, y = (f"{float(c):.2f}".replace("-", "−") for c in worst.inputs)
            where = f"({x}, {y})"
        return where, f"{true}, {said}", output

    # -- places --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """The largest pictures with which all examples have room, else the smallest."""
        font = typeface(self, CAPTION)
        metrics, share = QFontMetricsF(font), font.pixelSize() / CAPTION
        top = metrics.height() + 2
        room = QRectF(0.0, top, self.width(), self.height() - top)
        for side in SIDES if self._shape is not None else (0,):
            self._side = side * share
            size = self._size_of_tile(metrics)
            self._tiles = _tiles(room, size, AIR * share, len(self._texts))
            if len(self._tiles) == len(self._texts):
                break
        if self.pointed is not None and self.pointed >= len(self._tiles):
            self.pointed = None

    def _size_of_tile(self, metrics: QFontMetricsF) -> tuple[float, float]:
        """Long names give way."""
        texts = [metrics.horizontalAdvance(text) for lines in self._texts for text in lines]
        picture = self._side + GAP if self._side else 0.0
        words = min(max(texts, default=0.0) + 2, MOST_WORDS * metrics.height())
        return min(picture + words, float(self.width())), max(self._side, 3 * metrics.height())

    def tile_at(self, at: QPointF) -> int | None:
        return next((k for k, tile in enumerate(self._tiles) if tile.contains(at)), None)

    def sizeHint(self) -> QSize:
        return QSize(190, 150)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 40)

    def resizeEvent(self, _event: object) -> None:
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._lay_out()

    # -- the hand ------------------------------------------------------------------------------

    def point(self, k: int | None) -> None:
        if k != self.pointed:
            self.pointed = k
            pointing = (
                Qt.CursorShape.ArrowCursor if k is None else Qt.CursorShape.PointingHandCursor
            )
            self.setCursor(pointing)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.point(self.tile_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        k = self.tile_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and k is not None:
            self.chosen.emit(self.worst[k].index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = Qt.Key(event.key()), len(self._tiles) - 1
        if key in _STEPS and last >= 0:
            at = 0 if self.pointed is None else self.pointed + _STEPS[key]
            self.point(min(max(at, 0), last))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.pointed is not None:
            self.chosen.emit(self.worst[self.pointed].index)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            k, text = self.tile_at(QPointF(event.pos())), WORST
            if k is not None and self._shown is not None:
                text = f"{example_words(self._shown, self.worst[k], self._shares)}\n{WORST}"
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    # -- painting ------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, font = QPainter(self), typeface(self, CAPTION)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.dim))
        painter.drawText(QPointF(0, QFontMetricsF(font).ascent()), self.heading)
        for k in range(len(self._tiles)):
            self._paint_tile(painter, font, k)
        painter.end()

    @property
    def heading(self) -> str:
        if self._shown is None:
            return ""
        if not self._shown.worst:
            return "none" if self._shown.cell else "nothing wrong"
        return "worst of the cell" if self._shown.cell else "worst"

    def _paint_tile(self, painter: QPainter, font: QFont, k: int) -> None:
        tile, metrics = self._tiles[k], QFontMetricsF(font)
        picture = QRectF(tile.left(), tile.top(), self._side, self._side)
        if self._images:
            ratio = self._images[k].width() / self._images[k].height()
            picture.setWidth(self._side * min(ratio, 1.0))
            painter.drawImage(picture, _enlarged(self._images[k], self._side))
        line = metrics.height()
        left = picture.right() + (GAP if self._images else 0.0)
        top = tile.top() + max((tile.height() - 3 * line) / 2, 0.0) + metrics.ascent()
        for row, text in enumerate(self._texts[k]):
            painter.setPen(QColor(self._theme.dim if row == 2 else self._theme.ink))
            fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, tile.right() - left)
            painter.drawText(QPointF(left, top + row * line), fitting)
        if self._images or k == self.pointed:
            is_pointed = k == self.pointed
            colour = self._theme.accent if is_pointed else self._theme.line
            painter.setPen(QPen(QColor(colour), 2 if is_pointed else 1))
            painter.drawRect(picture if self._images else tile)


def _tiles(room: QRectF, size: tuple[float, float], air: float, count: int) -> list[QRectF]:
    """As many of ``count`` as have room, in rows."""
    across, down = size[0] + air, size[1] + 0.6 * air
    columns = max(0, int((room.width() + air) // across))
    rows = max(0, int((room.height() + 0.6 * air) // down))
    places = [(k % columns, k // columns) for k in range(min(count, columns * rows))]
    return [QRectF(x * across, room.top() + y * down, *size) for x, y in places]


def _enlarged(image: QImage, side: float) -> QImage:
    """With hard pixels, however it is drawn."""
    times = max(1, -int(-2 * side // image.width()))
    return image.scaled(image.width() * times, image.height() * times)
