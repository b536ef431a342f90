"""Paints the cascade: symbols, arrows with their factors, numbers, and bars in pairs."""

from collections.abc import Sequence
from math import inf, isfinite, isinf, isnan, log10

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.numerals import scientific
from gui.chain.proof.cascade_frame import CascadeFrame
from gui.chain.proof.cascade_look import CascadeLook
from gui.chain.proof.steps import Column, Gap, Step, percent
from gui.common.scale import LogScale
from gui.theme import Theme

SCALE = LogScale()
HEAD = 3.5  # pixels of an arrow's head
GOOD, BAD = 0.05, 0.5  # relative deviations


class CascadePainter:
    """For one paint event."""

    def __init__(
        self, painter: QPainter, frame: CascadeFrame, look: CascadeLook, columns: Sequence[Column]
    ) -> None:
        self._painter, self._frame, self._look = painter, frame, look
        self._columns = columns
        self._theme = look.theme
        self._short = look.metrics.horizontalAdvance("88.8 %") > frame.pitch - 2
        self._factors_end = 0.0  # pixels: where the newest name of a factor ends
        roomy = max(_symbol_widths(columns, look), default=0.0) <= 0.85 * frame.pitch
        self._symbol_font = look.large if roomy else look.small

    def paint(self, at: float, marked: int) -> None:
        """The first ``at`` columns; the rest are still to come."""
        self._grid()
        if self._short and "off" in self._frame.baselines:
            self._painter.drawText(QPointF(0, self._frame.baselines["off"]), "% off")
        for k, column in enumerate(self._columns):
            share = min(1.0, max(0.0, at - k))
            if isinstance(column, Gap):
                self._gap(k, column)
            else:
                if k == marked and share >= 1.0:
                    self._mark(k)
                self._step(k, column, share, k == marked)

    def _grid(self) -> None:
        painter, frame, theme = self._painter, self._frame, self._theme
        line = self._look.metrics.height()
        low, high = frame.range
        right = frame.axis + len(self._columns) * frame.pitch
        painter.setFont(self._look.small)
        for tick in SCALE.ticks(low, high, max(2, int((frame.bottom - frame.top) / (1.6 * line)))):
            y = round(frame.row(tick)) + 0.5
            painter.setPen(QColor(theme.line))
            painter.drawLine(QPointF(frame.axis, y), QPointF(right, y))
            painter.setPen(QColor(theme.dim))
            top = min(y - line / 2, frame.bottom - 0.8 * line)  # clear of the row below
            rect = QRectF(0, top, frame.axis - 5, line)
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight), SCALE.text(tick))

    def _mark(self, k: int) -> None:
        frame, painter = self._frame, self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.soft))
        height = painter.viewport().height() / painter.device().devicePixelRatioF()
        left = frame.axis + k * frame.pitch
        painter.drawRoundedRect(QRectF(left + 1, 0, frame.pitch - 2, height), 6, 6)

    def _gap(self, k: int, gap: Gap) -> None:
        self._painter.setFont(self._look.small)
        self._painter.setPen(QColor(self._theme.dim))
        self._write("symbol", self._frame.middle(k), "⋯")
        self._write("off", self._frame.middle(k), f"+{gap.neurons:,}")

    def _step(self, k: int, step: Step, share: float, marked: bool) -> None:
        theme, look, x = self._theme, self._look, self._frame.middle(k)
        ground = theme.soft if marked and share >= 1.0 else theme.panel
        ink = look.ink(look.colour(step), ground) if share else QColor(theme.dim)
        symbol = look.symbol(step, self._symbol_font)
        symbol.paint(self._painter, x - symbol.width / 2, self._frame.baselines["symbol"], ink)
        self._arrow(k, step, share)
        if share:
            self._bars(k, step, share)
        if share >= 1.0:
            self._numbers(step, x, ground)

    def _numbers(self, step: Step, x: float, ground: str) -> None:
        theme, painter = self._theme, self._painter
        painter.setFont(self._look.bold)
        painter.setPen(QColor(theme.ink))
        self._write("actual", x, self._number(step.change.actual))
        if "actual" not in self._frame.baselines and not isfinite(sizes(step)[0]):
            self._without_bar(x, step.change.actual)
        painter.setFont(self._look.small)
        painter.setPen(self._look.ink(theme.dim, ground))
        self._write("predicted", x, self._number(step.change.predicted))
        if step.factor:
            painter.setPen(self._look.ink(_tone(theme, step.change.error), ground))
            self._write("off", x, percent(step.change.error, short=self._short))

    def _without_bar(self, x: float, actual: float) -> None:
        """0, ∞ or NaN over the place of the actual bar, where no row of numbers says it."""
        text = "NaN" if isnan(actual) else scientific(actual)
        width = self._painter.fontMetrics().horizontalAdvance(text)
        if width > self._frame.pitch / 2:
            text, width = "?", self._painter.fontMetrics().horizontalAdvance("?")
        y = self._frame.top + self._look.metrics.ascent() if isinf(actual) else self._frame.bottom
        self._painter.drawText(QPointF(x - width, y - 3), text)

    def _number(self, value: float) -> str:
        if isnan(value):
            return "NaN"
        return self._fitting(scientific(value), scientific(value, digits=2))

    def _fitting(self, text: str, shorter: str) -> str:
        wide = self._look.metrics.horizontalAdvance(text) > self._frame.pitch - 2
        return shorter if wide else text

    def _write(self, row: str, x: float, text: str) -> None:
        if row in self._frame.baselines:
            width = self._painter.fontMetrics().horizontalAdvance(text)
            self._painter.drawText(QPointF(x - width / 2, self._frame.baselines[row]), text)

    # -- arrows ----------------------------------------------------------------------------

    def _arrow(self, k: int, step: Step, share: float) -> None:
        """From the symbol before to this one, with the factor above it and its value below."""
        before = self._columns[k - 1] if k else None
        if not isinstance(before, Step):
            return
        frame, look, painter = self._frame, self._look, self._painter
        left = frame.middle(k - 1) + look.symbol(before, self._symbol_font).width / 2 + 4
        right = frame.middle(k) - look.symbol(step, self._symbol_font).width / 2 - 4
        y = frame.baselines["symbol"] - 0.35 * look.metrics.ascent()
        tip = left + (right - left) * (share or 1.0)
        if right - left >= 2 * HEAD:
            painter.setPen(QPen(QColor(self._theme.ink if share else self._theme.line), 1.2))
            painter.drawLine(QPointF(left, y), QPointF(tip, y))
            for side in (-0.8, 0.8):
                painter.drawLine(QPointF(tip - HEAD, y + side * HEAD), QPointF(tip, y))
        if share:
            self._factor(step, (left + right) / 2)

    def _factor(self, step: Step, middle: float) -> None:
        frame, look = self._frame, self._look
        laid, tone = look.factor(step), look.factor_colour(step)
        if "factor" in frame.baselines:
            left = max(middle - laid.width / 2, self._factors_end + 2)
            self._factors_end = left + laid.width
            laid.paint(self._painter, left, frame.baselines["factor"], tone)
        self._painter.setFont(look.small)
        self._painter.setPen(QColor(self._theme.dim))
        text = scientific(step.value, digits=2)
        if look.metrics.horizontalAdvance(text) < frame.pitch:
            self._write("value", middle, text)

    # -- bars ------------------------------------------------------------------------------

    def _bars(self, k: int, step: Step, share: float) -> None:
        """The actual change is solid, the predicted one hollow; both grow out of those before."""
        frame, colour, x = self._frame, self._look.colour(step), self._frame.middle(k)
        wide = min(0.26 * frame.pitch, 1.3 * self._look.metrics.height())
        before = self._columns[k - 1] if k else None
        starts = sizes(before) if isinstance(before, Step) else (-inf, -inf)
        fills = (colour, QColor(self._theme.panel))
        lefts = (x - wide - 1.0, x + 1.0)
        for left, fill, size, start in zip(lefts, fills, sizes(step), starts, strict=True):
            if isnan(size):
                continue
            top = frame.row(size)
            top += (1.0 - share) * (frame.row(start) - top)
            self._painter.setPen(QPen(colour, 1.4))
            self._painter.setBrush(fill)
            height = max(1.0, frame.bottom - top)
            self._painter.drawRect(QRectF(left, frame.bottom - height, wide, height))


def sizes(step: Step) -> tuple[float, float]:
    """log₁₀ of the sizes of the actual and of the predicted change."""
    return _log(step.change.actual), _log(step.change.predicted)


def _log(value: float) -> float:
    return log10(abs(value)) if value else -inf


def _symbol_widths(columns: Sequence[Column], look: CascadeLook) -> list[float]:
    return [look.symbol(step, look.large).width for step in columns if isinstance(step, Step)]


def _tone(theme: Theme, off: float) -> str:
    return theme.balanced if off < GOOD else theme.dim if off < BAD else theme.exploding
