"""What has no place on a logarithmic axis: 0 at its lower edge, ∞ and not-a-number at the upper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from engine.arrays import Floats

if TYPE_CHECKING:
    from gui.chain.plots.chart import Chart

ZERO, INFINITE, NOT_A_NUMBER = "0", "∞", "not a number"
MARK = 7.0  # pixels
HALF = 4.0


@dataclass(frozen=True, slots=True)
class Edge:
    """One column, or neighbouring ones of the same kind; ``xs`` are where marks stand."""

    kind: str
    first: int  # column, from 0
    last: int
    xs: tuple[float, ...]
    colour: QColor
    text: str  # empty where there is no room for it

    @property
    def left(self) -> float:
        return self.xs[0]

    @property
    def right(self) -> float:
        return self.xs[-1]


def edges_of(
    sizes: Floats, slot: float, colours: Sequence[QColor], each: bool, things: str
) -> list[Edge]:
    """A mark for ``each`` column, or at both ends of every run of them."""
    kinds = np.select([np.isneginf(sizes), np.isposinf(sizes), np.isnan(sizes)], [1, 2, 3], 0)
    if not kinds.any():
        return []
    starts = np.flatnonzero(np.diff(kinds, prepend=-1))
    ends = [*(starts[1:] - 1).tolist(), len(kinds) - 1]
    width, edges = slot * len(sizes), []
    for first, last in zip(starts.tolist(), ends, strict=True):
        if kinds[first]:
            kind = (ZERO, INFINITE, NOT_A_NUMBER)[kinds[first] - 1]
            marked = range(first, last + 1) if each else sorted({first, last})
            xs = (min(max((k + 0.5) * slot, HALF), width - HALF) for k in marked)
            count = last - first + 1
            text = kind if count == 1 or each else f"{kind}: {count:,} {things}"
            edges.append(Edge(kind, first, last, tuple(xs), colours[first], text))
    return edges


def spelled(edges: Sequence[Edge], width_of: Callable[[str], float]) -> list[Edge]:
    """Without the words that would lie over others: the longest runs keep theirs."""
    free: list[tuple[float, float, str]] = []
    kept = set()
    for edge in sorted(edges, key=lambda edge: edge.first - edge.last):
        half = width_of(edge.text) / 2 + 2
        middle = (edge.left + edge.right) / 2
        side = ZERO if edge.kind == ZERO else INFINITE
        if all(middle + half < a or middle - half > b for a, b, s in free if s == side):
            free.append((min(middle - half, edge.left), max(middle + half, edge.right), side))
            kept.add(edge.first)
    return [edge if edge.first in kept else replace(edge, text="") for edge in edges]


def paint_edge(painter: QPainter, edge: Edge, rect: QRectF, chart: Chart) -> None:
    """Marks along the edge, and in words what they are."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    low = edge.kind == ZERO
    y, inward = (rect.bottom() - 1, -1) if low else (rect.top() + 1, 1)
    ink = chart.ink(edge.colour)
    for x in edge.xs:
        if edge.kind == NOT_A_NUMBER:
            _cross(painter, QPointF(x, y + HALF), ink)
        else:
            _triangle(painter, QPointF(x, y), inward, ink)
    if len(edge.xs) == 2 and edge.last - edge.first > 1:
        painter.fillRect(QRectF(edge.left, y - (1 if low else 0), edge.right - edge.left, 1.5), ink)
    if edge.text:
        _words(painter, edge, rect, chart, y + inward * (MARK + 3))


def _words(painter: QPainter, edge: Edge, rect: QRectF, chart: Chart, y: float) -> None:
    painter.setFont(chart.caption)
    painter.setPen(chart.ink(edge.colour))
    wide = chart.width_of(edge.text)
    one = edge.kind == NOT_A_NUMBER or len(edge.xs) == 1 or edge.text != edge.kind
    middles = [(edge.left + edge.right) / 2] if one else edge.xs
    baseline = y if edge.kind == ZERO else y + chart.metrics.ascent()
    for middle in middles:
        left = max(rect.left(), min(middle - wide / 2, rect.right() - wide))
        painter.drawText(QPointF(left, baseline), edge.text)


def _cross(painter: QPainter, at: QPointF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 2.0))
    for side in (-1, 1):
        across = QPointF(HALF, side * HALF)
        painter.drawLine(at - across, at + across)


def _triangle(painter: QPainter, tip: QPointF, inward: int, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    base = [tip + QPointF(side * HALF, inward * MARK) for side in (-1, 1)]
    painter.drawPolygon(QPolygonF([tip, *base]))
