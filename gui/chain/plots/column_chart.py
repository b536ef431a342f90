"""Columns of log₁₀ of something: also what is zero, infinite or not a number has its place."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.arrays import Floats
from gui.chain.plots.chart import Chart, Layer
from gui.chain.plots.edges import Edge, edges_of, paint_edge, spelled
from gui.chain.plots.value_texts import Value, arranged
from gui.common.formula.boxes import Box, plain
from gui.common.formula.layout import LaidOut, lay_out
from gui.common.scale import Range, Scale, nice_step
from gui.theme import Theme

LABELLED = 13  # columns that have room for values
NARROWEST = 2.0  # pixels of a column; of more columns than fit, the extremes are drawn
LABEL_ROOM = 0.92  # of a column's share of the width


class ColumnChart(Chart):
    """One column per number; the labels of the columns stand under them, typeset."""

    things = "columns"  # what is counted where there are many

    def __init__(self, theme: Theme, name: str, y: Scale) -> None:
        self.sizes: Floats = np.empty(0)  # log₁₀
        self.colours: Sequence[QColor] = ()
        self.columns: list[tuple[QRectF, QColor]] = []
        self.values: list[Value] = []
        self.edges: list[Edge] = []
        self.labels: list[tuple[LaidOut, QPointF, QColor]] = []
        self._named: object = None  # what the labels were made for
        super().__init__(theme, name, y)
        self.bottom_axis.setStyle(showValues=False)
        self.names = Layer(self.bottom_axis, self._paint_names, still=True)

    # What a chart of columns makes of it

    @abstractmethod
    def fitted(self, sizes: Floats) -> Range:
        """The range of log₁₀, without room for texts."""

    @abstractmethod
    def column(self, at: float, width: float, low: float, high: float) -> QRectF:
        """Of numbers from ``low`` to ``high``, in pixels, around this place."""

    @abstractmethod
    def forms(self) -> Iterable[Sequence[str]]:
        """The values of the columns as texts, from the longest form to the shortest."""

    @abstractmethod
    def column_names(self) -> Sequence[Sequence[Box]]:
        """The labels of the columns, from the longest form to the shortest."""

    def show_columns(self, sizes: Floats, colours: Sequence[QColor], named: object) -> None:
        """``named`` is another object whenever the labels have to be."""
        self.sizes, self.colours = sizes, colours
        self.arrange()
        self.moving.refresh()
        if named != self._named:
            self._named = named
            self.name_columns()

    # Places

    @property
    def slot(self) -> float:
        """Pixels that belong to one column."""
        return self.frame.width() / max(1, len(self.sizes))

    def arrange(self) -> None:
        n = len(self.sizes)
        if not n:
            return
        low, high = self.fitted(self.sizes)
        share = (high - low) / max(self.frame.height() - self.above - self.below, 1.0)
        self.show_range((0.0, float(n)), (low - self.below * share, high + self.above * share))
        self._place_columns(n)
        each = n <= LABELLED
        self.edges = edges_of(self.sizes, self.slot, self.colours, each, self.things)
        if not each:
            self.edges = spelled(self.edges, self.width_of)
        self.values = self._valued() if n <= LABELLED else []

    @property
    def above(self) -> float:
        """Pixels over the highest number of the range."""
        return self.line + 6

    @property
    def below(self) -> float:
        """Pixels under the lowest number of the range."""
        return self.line + 6

    def _place_columns(self, n: int) -> None:
        shown = min(n, max(1, int(self.frame.width() / NARROWEST)))
        first = np.arange(shown) * n // shown
        finite = np.isfinite(self.sizes)
        low = np.minimum.reduceat(np.where(finite, self.sizes, np.inf), first)
        high = np.maximum.reduceat(np.where(finite, self.sizes, -np.inf), first)
        extents = zip(first.tolist(), low.tolist(), high.tolist(), strict=True)
        wide = self.frame.width() / shown
        self.columns = [
            (self.column((k + 0.5) * wide, wide, bottom, top), self.colours[j])
            for k, (j, bottom, top) in enumerate(extents)
            if bottom <= top
        ]

    def _valued(self) -> list[Value]:
        finite = np.flatnonzero(np.isfinite(self.sizes)).tolist()
        widest = 2 * self.slot - self.thickness
        return arranged(finite, self.forms(), self._value_rect, widest)

    def _value_rect(self, k: int, text: str) -> QRectF:
        wide = self.width_of(text)
        left = max(0.0, min((k + 0.5) * self.slot - wide / 2, self.frame.width() - wide))
        baseline = self.value_baseline(float(self.sizes[k]))
        return QRectF(left, baseline - self.metrics.ascent(), wide, self.line)

    @property
    @abstractmethod
    def thickness(self) -> float:
        """Pixels across a column."""

    def value_baseline(self, size: float) -> float:
        """Above the upper end of the column."""
        return self.down(size) - 4

    # Painting

    def paint_moving(self, painter: QPainter, rect: QRectF) -> None:
        for column, colour in self.columns:
            painter.fillRect(column, colour)
        painter.setFont(self.caption)
        painter.setPen(QColor(self._theme.ink))
        ascent = self.metrics.ascent()
        for value in self.values:
            at = QPointF(value.rect.left(), value.rect.top() + ascent)
            painter.drawText(at, value.text)
        for edge in self.edges:
            paint_edge(painter, edge, rect, self)

    # The labels of the columns

    def name_columns(self) -> None:
        n, width = len(self.sizes), self.frame.width()
        if not n or width <= 0:
            return
        self.labels = (self._names() if n <= LABELLED else []) or self._numbers()
        self.names.refresh()

    def _names(self) -> list[tuple[LaidOut, QPointF, QColor]]:
        """In the longest form that fits; nothing where none does."""
        for boxes in self.column_names():
            for font in (self.label_font, self.caption):
                laid = [lay_out(box, font) for box in boxes]
                if all(label.width <= self.slot * LABEL_ROOM for label in laid):
                    return [
                        (label, self._label_place((k + 0.5) * self.slot, label), self.ink(colour))
                        for k, (label, colour) in enumerate(zip(laid, self.colours, strict=True))
                    ]
        return []

    def _numbers(self) -> list[tuple[LaidOut, QPointF, QColor]]:
        """Round numbers of the columns that have room for one."""
        n, dim = len(self.sizes), QColor(self._theme.dim)
        step = int(max(1, nice_step(n * 3.0 * self.line / self.frame.width())))
        labels = []
        for j in dict.fromkeys((1, *range(step, n + 1, step))):
            label = lay_out(self.number(j), self.caption)
            labels.append((label, self._label_place((j - 0.5) * self.slot, label), dim))
        return labels

    @abstractmethod
    def number(self, j: int) -> Box:
        """The label of column j, from 1, of many."""

    def _label_place(self, middle: float, label: LaidOut) -> QPointF:
        most = self.frame.width() - label.width
        return QPointF(max(0.0, min(middle - label.width / 2, most)), self.line + 1)

    def _paint_names(self, painter: QPainter, _rect: QRectF) -> None:
        for label, place, ink in self.labels:
            label.paint(painter, place.x(), place.y(), ink)

    def _refresh(self) -> None:
        super()._refresh()
        if hasattr(self, "names"):
            self.name_columns()

    def spoken(self) -> str:
        if not 0 < len(self.sizes) <= LABELLED:
            return ""
        names, values = next(iter(self.column_names())), next(iter(self.forms()))
        return ", ".join(f"{plain(n)} {v}" for n, v in zip(names, values, strict=True))

    # The pointer

    def column_at(self, at: QPointF) -> int:
        """From 0; −1 where there is none."""
        k = int(at.x() // self.slot)
        return k if 0 <= k < len(self.sizes) and at.y() >= 0 else -1

    def paint_line(self, painter: QPainter, y: float, colour: QColor, style: Qt.PenStyle) -> None:
        """Across the whole chart."""
        painter.setPen(QPen(colour, 1.0, style))
        at = round(self.down(y)) + 0.5
        painter.drawLine(QPointF(0.0, at), QPointF(self.frame.width(), at))
