"""The gradient of every bias with every activation, on one pair of axes, named at their ends."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.activations import HIDDEN
from engine.arrays import Floats
from engine.chain.trace import ChainTrace
from engine.chain.verdict import judge_chain
from gui.common.scale import LogScale, Range
from gui.common.subscript import subscripted
from gui.common.typeface import typeface
from gui.theme import CAPTION, Theme

SCALE = LogScale()
DOT = 2.6
MOST_POINTS = 200


class ProfilePlot(QWidget):
    """log₁₀|∂C/∂b_j| against j; the names stand at b_1, where the curves are furthest apart."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Gradient of every bias with every activation")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.traces: Mapping[str, ChainTrace] = {}
        self.chosen = ""
        self.range: Range = (-1.0, 0.0)

    def show_traces(self, traces: Mapping[str, ChainTrace], chosen: str, shown: Range) -> None:
        self.traces, self.chosen, self.range = traces, chosen, shown
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(260, 120)

    def labels(self, spacing: float, room: QRectF) -> dict[str, tuple[float, float]]:
        """The row of the name of every curve that has room for one, and that of its first point.

        The chosen one comes first, then those furthest from it.
        """
        ends = {key: self._down(t.log10_delta[:1], room)[0] for key, t in self.traces.items()}
        known = {key: end for key, end in ends.items() if np.isfinite(end)}
        own = known.get(self.chosen, room.bottom())
        placed: dict[str, tuple[float, float]] = {}
        for key in sorted(known, key=lambda k: (k != self.chosen, -abs(known[k] - own))):
            row = min(max(known[key], room.top() + spacing / 2), room.bottom() - spacing / 2)
            near = _rows_near(row, room, spacing)
            free = next((r for r in near if _is_free(r, placed, spacing)), None)
            if free is not None:
                placed[key] = free, known[key]
        return placed

    def paintEvent(self, _event: QPaintEvent) -> None:
        font = typeface(self, CAPTION)
        metrics = QFontMetricsF(font)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        widths = (metrics.horizontalAdvance(self._name(key)) for key in self.traces)
        names = max(widths, default=0.0) + 14
        axis = metrics.horizontalAdvance("10⁻⁸⁸") + 6
        line = metrics.height()
        room = QRectF(names, line / 2, self.width() - names - axis - 4, self.height() - 1.7 * line)
        if self.traces and room.width() > 20 and room.height() > 20:
            self._paint_axes(painter, room, metrics)
            self._paint_curves(painter, room)
            self._paint_names(painter, room, metrics)
        painter.end()

    # -- parts -----------------------------------------------------------------------------

    def _paint_axes(self, painter: QPainter, room: QRectF, metrics: QFontMetricsF) -> None:
        theme, line = self._theme, metrics.height()
        low, high = self.range
        for tick in SCALE.ticks(low, high, max(2, int(room.height() / (2.2 * line)))):
            y = round(room.bottom() - (tick - low) / (high - low) * room.height()) + 0.5
            painter.setPen(QColor(theme.line))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(QColor(theme.dim))
            rect = QRectF(room.right() + 6, y - line / 2, self.width(), line)
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), SCALE.text(tick))
        n = self._neurons
        ends = ((room.left(), 0.15, "b₁"), (room.right(), 0.5, subscripted("b", n)))
        for x, share, text in ends if n > 1 else ends[:1]:
            width = metrics.horizontalAdvance(text)
            baseline = QPointF(x - share * width, room.bottom() + line)
            painter.drawText(baseline, text)

    def _paint_curves(self, painter: QPainter, room: QRectF) -> None:
        n = self._neurons
        at = np.unique(np.linspace(0, n - 1, min(n, MOST_POINTS)).round()).astype(int)
        across = room.left() + at / max(1, n - 1) * room.width()
        for key in self._order:
            down = self._down(self.traces[key].log10_delta[at], room)
            painter.setPen(QPen(self._colour(key), 2.6 if key == self.chosen else 1.2))
            for run in _runs(np.isfinite(down)):
                points = [QPointF(*p) for p in zip(across[run], down[run], strict=True)]
                painter.drawPolyline(QPolygonF(points))

    def _paint_names(self, painter: QPainter, room: QRectF, metrics: QFontMetricsF) -> None:
        font = painter.font()
        for key, (row, end) in self.labels(metrics.height() * 0.95, room).items():
            colour = self._colour(key)
            font.setBold(key == self.chosen)
            painter.setFont(font)
            painter.setPen(QPen(colour, 1))
            painter.drawLine(QPointF(room.left() - 9, row), QPointF(room.left() - 2, end))
            painter.setPen(self._theme.legible(colour, self._theme.panel))
            rect = QRectF(0, row - metrics.height(), room.left() - 11, 2 * metrics.height())
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(rect, int(side), self._name(key))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(room.left(), end), DOT, DOT)

    def _name(self, key: str) -> str:
        end = float(self.traces[key].log10_delta[0])
        beyond = " 0" if end == -np.inf else " ∞" if end == np.inf else ""
        return HIDDEN[key].label + beyond

    @property
    def _neurons(self) -> int:
        return next(iter(self.traces.values())).chain.neurons

    @property
    def _order(self) -> list[str]:
        """The chosen one is painted last, over the others."""
        return sorted(self.traces, key=lambda key: key == self.chosen)

    def _colour(self, key: str) -> QColor:
        return QColor(getattr(self._theme, judge_chain(self.traces[key]).kind, self._theme.dim))

    def _down(self, logs: Floats, room: QRectF) -> Floats:
        """Rows; what is zero lies on the lower edge, what is infinite on the upper."""
        low, high = self.range
        share = np.clip((logs - low) / (high - low), 0.0, 1.0)
        rows: Floats = room.bottom() - share * room.height()
        return rows


def _rows_near(row: float, room: QRectF, spacing: float) -> list[float]:
    """Where a name may stand, the nearest first."""
    rows = [row + k * spacing / 3 for k in range(-12, 13)]
    inside = [r for r in rows if room.top() <= r <= room.bottom()]
    return sorted(inside, key=lambda r: abs(r - row))


def _is_free(row: float, placed: Mapping[str, tuple[float, float]], spacing: float) -> bool:
    return all(abs(row - other) >= spacing - 0.01 for other, _ in placed.values())


def _runs(known: Floats) -> list[slice]:
    """The unbroken stretches of what is known."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], known, [False])).astype(int)))
    return [slice(a, b) for a, b in edges.reshape(-1, 2).tolist()]
