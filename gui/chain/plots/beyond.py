"""Neurons whose z is not on the axis, listed at its ends with their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from engine.chain.trace import ChainTrace
from engine.numerals import scientific
from gui.chain.plots.chart import Chart

MOST = 4  # rows at one end
ARROW, GAP = 7.0, 4.0  # pixels
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, slots=True)
class Beyond:
    """Neuron j, or how many more there are where j is 0."""

    j: int
    text: str
    colour: QColor


def listed(
    t: ChainTrace, js: Sequence[int], colours: Sequence[QColor], dim: QColor
) -> list[Beyond]:
    """The rows of one end, for these neurons."""
    shown = js if len(js) <= MOST else js[: MOST - 1]
    rows = [
        Beyond(j, f"{_symbol(j)} {scientific(float(t.z[j - 1]))}", colours[j - 1]) for j in shown
    ]
    if len(js) > len(shown):
        rows.append(Beyond(0, f"{len(js) - len(shown):,} more", dim))
    return rows


def row_rects(chart: Chart, rows: Sequence[Beyond], middle: float, right: bool) -> list[QRectF]:
    """One below the other, around this height."""
    top, rects = middle - chart.line * len(rows) / 2, []
    for k, row in enumerate(rows):
        wide = chart.width_of(row.text) + ARROW + 2 * GAP
        left = chart.frame.width() - wide if right else 0.0
        rects.append(QRectF(left, top + k * chart.line, wide, chart.line))
    return rects


def paint_rows(
    painter: QPainter, chart: Chart, rows: Sequence[Beyond], rects: Sequence[QRectF], right: bool
) -> None:
    """An arrow outwards, and the number that lies there."""
    painter.setFont(chart.caption)
    for row, rect in zip(rows, rects, strict=True):
        edge, inward = (rect.right() - 1, -1) if right else (rect.left() + 1, 1)
        back, y = edge + ARROW * inward, rect.center().y()
        painter.fillRect(rect, chart.ground)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(row.colour)
        corners = [QPointF(edge, y), QPointF(back, y - 4), QPointF(back, y + 4)]
        painter.drawPolygon(QPolygonF(corners))
        painter.setPen(chart.ink(row.colour))
        start = rect.left() + GAP if right else back + GAP
        painter.drawText(QPointF(start, y + chart.drop), row.text)


def _symbol(j: int) -> str:
    return f"z{str(j).translate(_SUBSCRIPT)}"
