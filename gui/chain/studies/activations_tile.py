"""One activation with the weights of the chain: its derivative, its step and its gradients."""

from collections.abc import Mapping
from math import isnan

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from engine.activations import HIDDEN
from engine.arrays import Floats
from engine.chain.trace import ChainTrace
from engine.chain.verdict import ChainVerdict, judge_chain
from engine.numerals import scientific, short
from gui.chain.studies.activations_answer import step_text
from gui.common.scale import Range
from gui.common.typeface import typeface
from gui.theme import CAPTION, Theme

NAME, SPARK, GREATEST, STEP, BARS, GRADIENT, VERDICT = range(7)
LABELS = ("", "σ and σ′", "greatest σ′", "mean step", "|∂C/∂bⱼ|, log", "|∂C/∂b₁|", "verdict")
TALL, SHORT = range(7), (NAME, SPARK, STEP, BARS, VERDICT)
PADDING = 4.0
SMALLEST = 0.8  # of the size of type, where a word would not fit
REACH = 4.0  # the sparklines show z from −REACH to REACH
MOST_BARS = 40  # neurons; more are sampled
POINTS = np.linspace(-REACH, REACH, 49)
ARROWS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}

Rows = Mapping[int, tuple[float, float]]  # top and bottom


def tile_rows(height: float, line: float, short: bool) -> Rows:
    """Text rows are one line high, the two pictures share what is left."""
    shown = SHORT if short else TALL
    rest = max(0.0, height - 2 * PADDING - (len(shown) - 2) * line - 6)
    spark = min(0.42 * rest, 3.5 * line)
    heights = {SPARK: spark, BARS: rest - spark}
    top, rows = PADDING, {}
    for row in shown:
        rows[row] = top, top + heights.get(row, line)
        top = rows[row][1] + 3.0 * (row in (NAME, STEP))
    return rows


class RowLabels(QWidget):
    """What the rows of the tiles are."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(typeface(self, CAPTION))
        return QSize(round(max(map(metrics.horizontalAdvance, LABELS)) + 10), 80)

    def paintEvent(self, _event: QPaintEvent) -> None:
        font = typeface(self, CAPTION)
        rows = tile_rows(self.height(), QFontMetricsF(font).height(), short=False)
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.dim))
        for row, (top, bottom) in rows.items():
            rect = QRectF(0, top, self.width() - 8, bottom - top)
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), LABELS[row])
        painter.end()


class ActivationTile(QAbstractButton):
    """Chosen by a click or Enter; Left and Right go to its neighbours."""

    def __init__(self, key: str, theme: Theme) -> None:
        super().__init__()
        self.key, self._theme = key, theme
        self.setObjectName(key)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.trace: ChainTrace | None = None
        self.verdict = ChainVerdict("unknown", "", "")
        self._range: Range = (-1.0, 0.0)
        self._curves = _curves(key)
        self._placed: tuple[QRectF, list[QPolygonF]] | None = None
        self._short = False

    # -- what it says ----------------------------------------------------------------------

    def show_trace(self, t: ChainTrace, shown: Range, chosen: bool) -> None:
        """``shown`` is the range of log₁₀|∂C/∂b_j| of all tiles."""
        self.trace, self._range = t, shown
        self.verdict = judge_chain(t)
        self.setChecked(chosen)
        activation = HIDDEN[self.key]
        self.setAccessibleName(", ".join((activation.label, *self.texts())))
        self.setToolTip(f"{activation.formula}\n{self.verdict.sentence}\nClick or Enter: use it")
        self.update()

    def texts(self) -> tuple[str, str, str, str]:
        """max σ′, mean step, |∂C/∂b_1| and the verdict, as they stand on the tile."""
        if self.trace is None:
            return ("", "", "", "")
        value, size = abs(float(self.trace.delta[0])), float(self.trace.log10_delta[0])
        gradient = "NaN" if isnan(value) and isnan(size) else scientific(value, size)
        word = "–" if self.trace.chain.neurons < 2 else self.verdict.kind
        greatest = short(HIDDEN[self.key].max_prime, 3)
        step = "–" if isnan(self.trace.step) else f"× {step_text(self.trace)}"
        return greatest, step, gradient, word

    def set_short(self, short: bool) -> None:
        """Without the rows that need a label."""
        self._short = short
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(30, 60)

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(typeface(self, CAPTION, bold=True))
        return QSize(round(metrics.horizontalAdvance("leaky ReLU") + 6), 120)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in ARROWS:
            self._go(ARROWS[event.key()])
        else:
            super().keyPressEvent(event)

    def _go(self, by: int) -> None:
        parent = self.parentWidget()
        tiles = parent.findChildren(ActivationTile) if parent else [self]
        k = tiles.index(self) + by
        if 0 <= k < len(tiles):
            tiles[k].setFocus(Qt.FocusReason.TabFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    # -- painting --------------------------------------------------------------------------

    @property
    def _ground(self) -> str:
        theme = self._theme
        if self.isChecked():
            return theme.blend(theme.accent, 0.12, theme.panel).name()
        return theme.soft if self.underMouse() else theme.panel

    def paintEvent(self, _event: QPaintEvent) -> None:
        font = typeface(self, CAPTION)
        rows = tile_rows(self.height(), QFontMetricsF(font).height(), self._short)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_texts(painter, font, rows)
        if self.trace is not None:
            self._paint_spark(painter, self._room(rows[SPARK]))
            self._paint_gradients(painter, self._room(rows[BARS]), self.trace)
        painter.end()

    def _room(self, span: tuple[float, float]) -> QRectF:
        inset = min(8.0, self.width() / 10)
        return QRectF(inset, span[0], self.width() - 2 * inset, span[1] - span[0])

    def _paint_ground(self, painter: QPainter) -> None:
        theme = self._theme
        strong = self.isChecked() or self.hasFocus()
        width = 2.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(QColor(theme.accent if strong else self._ground), width))
        painter.setBrush(QColor(self._ground))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 6, 6)

    def _paint_texts(self, painter: QPainter, font: QFont, rows: Rows) -> None:
        theme, ground = self._theme, self._ground
        bold = QFont(font)
        bold.setBold(True)
        verdict = theme.legible(getattr(theme, self.verdict.kind, theme.dim), ground)
        greatest, step, gradient, word = self.texts()
        name = theme.legible(theme.accent, ground) if self.isChecked() else QColor(theme.ink)
        for row, text, colour, face in (
            (NAME, HIDDEN[self.key].label, name, bold),
            (GREATEST, greatest, QColor(theme.ink), font),
            (STEP, step, verdict, bold),
            (GRADIENT, gradient, QColor(theme.ink), font),
            (VERDICT, word, verdict, font),
        ):
            if row in rows:
                painter.setPen(colour)
                top, bottom = rows[row]
                _write(painter, QRectF(1, top, self.width() - 2, bottom - top), text, face)

    def _paint_spark(self, painter: QPainter, room: QRectF) -> None:
        theme = self._theme
        painter.setPen(QPen(QColor(theme.line), 1))
        base = room.bottom() - room.height() * 0.25
        painter.drawLine(QPointF(room.left(), base), QPointF(room.right(), base))
        painter.setClipRect(room)
        if self._placed is None or self._placed[0] != room:
            self._placed = room, [_points(y, room, base) for y in self._curves]
        pens = (QPen(QColor(theme.dim), 1.0), QPen(QColor(theme.accent), 1.8))
        for pen, curve in zip(pens, self._placed[1], strict=True):
            painter.setPen(pen)
            painter.drawPolyline(curve)
        painter.setClipping(False)

    def _paint_gradients(self, painter: QPainter, room: QRectF, t: ChainTrace) -> None:
        """Bars from the bottom of the range, in the colours of the neurons; zero is a line."""
        logs, n = t.log10_delta.tolist(), len(t.log10_delta)
        shown = range(n) if n <= MOST_BARS else np.linspace(0, n - 1, MOST_BARS).astype(int)
        low, high = self._range
        pitch = room.width() / len(shown)
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for k, j in enumerate(shown):
            share = (logs[j] - low) / (high - low)
            if not isnan(share):
                height = max(1.5, min(1.0, share) * room.height())
                left = room.left() + (k + 0.14) * pitch
                bar = QRectF(left, room.bottom() - height, 0.72 * pitch, height)
                painter.fillRect(bar, self._theme.layer(int(j), n))


def _write(painter: QPainter, rect: QRectF, text: str, font: QFont) -> None:
    """In the middle, and a little smaller where it would not fit."""
    width = QFontMetricsF(font).horizontalAdvance(text)
    if width > rect.width():
        font = QFont(font)
        font.setPixelSize(int(font.pixelSize() * max(SMALLEST, rect.width() / width)))
        elide = Qt.TextElideMode.ElideRight
        text = QFontMetricsF(font).elidedText(text, elide, rect.width() + 1)
    painter.setFont(font)
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)


def _curves(key: str) -> tuple[Floats, Floats]:
    """σ and σ′ at ``POINTS``."""
    z = POINTS.copy()
    a, prime = np.empty_like(z), np.empty_like(z)
    HIDDEN[key].fn(z.copy(), a)
    HIDDEN[key].exact_prime(z, a, prime)
    return a, prime


def _points(y: Floats, room: QRectF, base: float) -> QPolygonF:
    x = np.linspace(room.left(), room.right(), len(y))
    unit = room.height() * 0.58  # pixels for 1, the same in every tile
    return QPolygonF([QPointF(*point) for point in zip(x, base - y * unit, strict=True)])
