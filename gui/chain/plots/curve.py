"""An activation as curves: where they are sampled, how far they are shown, how they are painted."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from engine.activations import ACTIVATIONS, Activation
from engine.arrays import Floats
from engine.chain.spec import ChainSpec
from gui.common.formula.boxes import Row, Text
from gui.common.formula.layout import lay_out
from gui.common.formula.symbols import italic
from gui.common.scale import Range
from gui.theme import Theme

LOWEST, HIGHEST = -1.0, 2.0  # where curves without bound leave the picture
USUAL = 6.0  # the curves are fitted from minus to plus this
COLUMN = 2.0  # pixels between two points
GAP = 4.0
NAMED = 4  # lines of text: in a lower chart the curves' names would meet


class Axes(Protocol):
    """What painting needs of a chart."""

    caption: QFont
    name_font: QFont

    @property
    def frame(self) -> QRectF: ...
    @property
    def theme(self) -> Theme: ...
    @property
    def line(self) -> float: ...
    def across(self, x: float) -> float: ...
    def down(self, y: float) -> float: ...
    def width_of(self, text: str) -> float: ...
    def ink(self, colour: QColor) -> QColor: ...


def sampled(
    activation: Activation, half: float, prime: bool, points: int
) -> Iterator[tuple[Floats, Floats]]:
    """z and σ(z), or σ′(z), between the kinks of σ′."""
    kinks = activation.kinks if prime else ()
    ends = (-half, *(kink for kink in kinks if abs(kink) < half), half)
    for left, right in pairwise(ends):
        share = (right - left) / (2 * half)
        z = np.linspace(left, right, max(2, round(points * share)))
        if left in kinks:
            z[0] = np.nextafter(left, right)
        yield z, values(activation, z, prime)


def values(activation: Activation, z: Floats, prime: bool) -> Floats:
    """σ(z), or σ′(z)."""
    a = np.empty_like(z)
    activation.fn(z, a)
    if not prime:
        return a
    slopes = np.empty_like(z)
    activation.exact_prime(z, a, slopes)
    return slopes


@cache
def limits(activation: Activation) -> Range:
    """Both curves, as far as they stay near: round numbers for those that do."""
    z = np.linspace(-USUAL, USUAL, 241)
    both = np.concatenate((values(activation, z, False), values(activation, z, True)))
    low, high = max(float(both.min()), LOWEST), min(float(both.max()), HIGHEST)
    return _rounded(low), _rounded(max(high, activation.max_prime))


@cache
def edge_gap(activation: Activation, z: float) -> Range:
    """The widest part of the picture at this end that neither curve nor the maximum crosses."""
    low, high = limits(activation)
    at = np.array([z])
    there = (float(values(activation, at, prime)[0]) for prime in (False, True))
    taken = sorted({low, high, *(min(max(y, low), high) for y in there), activation.max_prime})
    return max(pairwise(taken), key=lambda gap: gap[1] - gap[0])


def maximum_forms(activation: Activation) -> tuple[str, ...]:
    """The words at the line of the greatest σ′, from the longest."""
    greatest = activation.max_prime
    number = "1/4" if greatest == 0.25 else f"{greatest:.5g}"
    return f"maximum {number}", f"max {number}", number


def paint_curves(painter: QPainter, axes: Axes, chain: ChainSpec, half: float) -> None:
    """σ, σ′ with the line of its maximum, and σ′ of the last neuron where that is another."""
    theme, activation = axes.theme, ACTIVATIONS[chain.activation]
    ground = theme.blend(theme.dim, 0.5, theme.panel)
    painter.fillRect(QRectF(0, round(axes.down(0.0)), axes.frame.width(), 1), ground)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if chain.output != chain.activation:
        pen = QPen(QColor(theme.dim), 1.0, Qt.PenStyle.DotLine)
        _paint(painter, _points(axes, ACTIVATIONS[chain.output], activation, half, True), pen)
    sigma = _points(axes, activation, activation, half, False)
    _paint_maximum(painter, axes, activation, sigma)
    for prime, colour in ((False, QColor(theme.dim)), (True, QColor(theme.accent))):
        lines = _points(axes, activation, activation, half, True) if prime else sigma
        _paint(painter, lines, QPen(colour, 2.0))
        if axes.frame.height() > NAMED * axes.line:
            _paint_name(painter, axes, lines[-1][-1], prime, colour)


def _points(
    axes: Axes, activation: Activation, shown: Activation, half: float, prime: bool
) -> list[list[QPointF]]:
    """The stretches of a curve that are inside the limits of what is shown."""
    low, high = limits(shown)
    lines = []
    for z, y in sampled(activation, half, prime, int(axes.frame.width() / COLUMN)):
        inside = (y >= low - 1e-9) & (y <= high + 1e-9)
        pairs = zip(z[inside].tolist(), y[inside].tolist(), strict=True)
        lines.append([QPointF(axes.across(x), axes.down(value)) for x, value in pairs])
    return [line for line in lines if line]


def _paint(painter: QPainter, lines: Sequence[Sequence[QPointF]], pen: QPen) -> None:
    painter.setPen(pen)
    for line in lines:
        painter.drawPolyline(QPolygonF(line))


def _paint_maximum(
    painter: QPainter, axes: Axes, activation: Activation, sigma: Sequence[Sequence[QPointF]]
) -> None:
    """The words stand at the left above the line, as long as σ leaves them room."""
    y = round(axes.down(activation.max_prime)) + 0.5
    dim = QColor(axes.theme.dim)
    painter.setPen(QPen(dim, 1.0, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(0, y), QPointF(axes.frame.width(), y))
    row = [p.x() for line in sigma for p in line if y - axes.line - 2 <= p.y() <= y + 2]
    room = min(row, default=axes.frame.width()) - 2 * GAP
    forms = maximum_forms(activation)
    text = next((form for form in forms if axes.width_of(form) <= room), forms[-1])
    painter.setPen(axes.ink(dim))
    painter.setFont(axes.caption)
    painter.drawText(QPointF(GAP, y - GAP), text)


def _paint_name(painter: QPainter, axes: Axes, end: QPointF, prime: bool, colour: QColor) -> None:
    """At the right end of the curve, on the side where there is room."""
    laid = lay_out(Row(italic("σ"), Text("′" * prime)), axes.name_font)
    width, height = axes.frame.width(), axes.frame.height()
    if end.x() < width - 2 * laid.width - GAP:  # it leaves upwards
        at = QPointF(end.x() + GAP, end.y() + laid.ascent)
    else:
        above = end.y() > height / 2
        y = end.y() - GAP - 2 if above else end.y() + GAP + 2 + laid.ascent
        at = QPointF(width - laid.width - GAP, y)
    laid.paint(painter, at.x(), at.y(), axes.ink(colour))


def _rounded(value: float) -> float:
    """0.9975 is nearly 1."""
    whole = round(value)
    return float(whole) if abs(value - whole) < 0.01 else value
