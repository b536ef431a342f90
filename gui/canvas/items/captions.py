"""What is written under the picture: the speed of every layer, and the legend."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.layout import EDGE, Layout, Measure, Role, on_stride
from gui.canvas.look import Look
from gui.canvas.words.labels import quantity, ratio

SYMBOL = "‖δ‖"
BETWEEN = 7.0  # pixels between two texts


@dataclass(frozen=True, slots=True)
class Way:
    """How speeds are written: with the symbol, with ratios, all or one in ``stride``."""

    symbol: bool = True
    ratios: bool = True
    stride: int = 1

    @property
    def richness(self) -> int:
        return self.symbol + self.ratios - self.stride

    @property
    def role(self) -> Role:
        return "text" if self.stride == 1 else "caption"


WAYS = (Way(), Way(symbol=False), Way(symbol=False, ratios=False))


@dataclass(frozen=True, slots=True)
class Written:
    """A text and where it stands; ``layer`` is the hidden layer it tells of, None for a ratio."""

    text: str
    left: float
    right: float
    layer: int | None = None


def row_of(
    way: Way, values: Sequence[str], ratios: Sequence[str], layout: Layout, measure: Measure
) -> list[Written]:
    """The texts of the row, from left to right, all inside the picture."""
    row: list[Written] = []
    last = len(values) - 1
    for k, value in enumerate(values):
        if on_stride(k, last, way.stride):
            named = way.symbol or (k == 0 and way.stride > 1)
            text = f"{SYMBOL} = {value}" if named else value
            row.append(_at(layout.columns[k + 1].x, text, measure(text, way.role, True), layout, k))
        if way.ratios and k < last and ratios[k]:
            width = measure(ratios[k], "text", False)
            row.append(_at(layout.gap_x(k + 1), ratios[k], width, layout))
    if not way.symbol and way.stride == 1:
        width = measure(SYMBOL, "text", False)
        row.insert(0, _at(layout.columns[0].x, SYMBOL, width, layout))
    return row


def _at(x: float, text: str, width: float, layout: Layout, layer: int | None = None) -> Written:
    left = min(max(x - width / 2, EDGE), layout.width - EDGE - width)
    return Written(text, left, left + width, layer)


def fit_speeds(
    values: Sequence[str], ratios: Sequence[str], layout: Layout, measure: Measure, before: Way
) -> tuple[Way, list[Written]]:
    """The richest row that fits, never richer than ``before``: what is read stays in place."""
    thinned = (replace(WAYS[-1], stride=n) for n in range(2, max(len(values), 2) + 1))
    way, row = before, row_of(before, values, ratios, layout, measure)
    for way in chain(WAYS, thinned):
        if way.richness > before.richness:
            continue
        row = row_of(way, values, ratios, layout, measure)
        if all(a.right + BETWEEN <= b.left for a, b in pairwise(row)):
            break
    return way, row


class SpeedsItem(QGraphicsItem):
    """‖δ‖ under every hidden layer in its colour, and how many times it grows to the next."""

    def __init__(self) -> None:
        super().__init__()
        self._layout: Layout | None = None
        self._way = WAYS[0]
        self.row: list[Written] = []

    def place(self, layout: Layout, look: Look) -> None:
        self.prepareGeometryChange()
        self._layout, self._look, self._way = layout, look, WAYS[0]
        self.row = []
        hidden = len(layout.columns) - 2
        self._colours = [look.legible_layer(k + 1, hidden) for k in range(hidden)]
        self.update()

    def forget(self) -> None:
        """Other numbers will come: they may be written richly again."""
        self._way = WAYS[0]

    def clear(self) -> None:
        """Say nothing: something else is told."""
        if self.row:
            self.row = []
            self.update()

    def show_speeds(self, speeds: Sequence[float]) -> None:
        """‖δ‖ of the hidden layers."""
        if self._layout is None:
            return
        values = [quantity(speed) for speed in speeds]
        ratios = [ratio(a, b) for a, b in pairwise(speeds)]
        measure = self._look.measure
        self._way, row = fit_speeds(values, ratios, self._layout, measure, self._way)
        if row != self.row:
            self.row = row
            self.update()

    def boundingRect(self) -> QRectF:
        if self._layout is None:
            return QRectF()
        height = 22 * self._layout.scale
        return QRectF(0, self._layout.bands.speeds - height / 2, self._layout.width, height)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        align = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
        bounds = self.boundingRect()
        for text in self.row:
            bold = text.layer is not None
            painter.setFont(self._look.face(self._way.role if bold else "text", bold))
            dim = QColor(self._look.theme.dim)
            painter.setPen(dim if text.layer is None else self._colours[text.layer])
            width = text.right - text.left
            painter.drawText(
                QRectF(text.left, bounds.top(), width, bounds.height()), align, text.text
            )


class LegendItem(QGraphicsItem):
    """Says what is drawn, and on which scale."""

    def __init__(self) -> None:
        super().__init__()
        self._bounds = QRectF()
        self.lines: list[str] = []

    def place(self, layout: Layout, look: Look, visible_width: float) -> None:
        self.prepareGeometryChange()
        self._look = look
        top = layout.bands.legend
        self._bounds = QRectF(16, top, visible_width - 20, layout.height - top)
        self.update()

    def show_lines(self, lines: list[str]) -> None:
        if lines != self.lines:
            self.lines = lines
            self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        painter.setFont(self._look.face("caption"))
        painter.setPen(QColor(self._look.theme.dim))
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.drawText(self._bounds, align, "\n".join(self.lines))
