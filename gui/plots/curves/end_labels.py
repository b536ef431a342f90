"""What stands at the end of the curves: a dot, or a mark at the edge, and the name."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.plots.curves.curves import Curves
from gui.plots.parts.marks import SIZE, Kind, Mark, paint_mark
from gui.theme import CAPTION, LIGHT, Theme

DOT = 3.2  # radius, before the user's scale
GAP = 8.0  # from the dot to its text
MOST = 12  # labels in one plot


@dataclass(frozen=True, slots=True)
class End:
    """The newest point of a curve, in pixels; ``text`` may be empty."""

    x: float
    y: float
    colour: QColor
    text: str = ""
    dot: bool = True
    mark: Kind | None = None  # what stands there instead of a dot: the text keeps clear of it


class EndLabels(QGraphicsItem):
    """Dots, marks and texts of all curves of a plot; the texts keep clear of each other."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view)
        self.setZValue(20)
        self.ends: list[End] = []
        self.marks: list[Mark] = []
        self.rows: list[float] = []  # the middles of the texts, one for every end
        self._theme = LIGHT
        self._inks: dict[int, QColor] = {}  # of texts, by the colour of their curve
        self._font = QFont()
        self._font.setPixelSize(CAPTION)
        self._metrics = QFontMetricsF(self._font)
        self._widths: dict[str, float] = {}
        self._rect = QRectF()
        self._covered = QRectF()
        self._placed: object = None

    def set_look(self, theme: Theme, font: QFont) -> None:
        self._theme = theme
        self._inks.clear()
        self._font, self._metrics = font, QFontMetricsF(font)
        self._widths.clear()
        self._placed = None
        self.update()

    def width_of(self, text: str) -> float:
        if text not in self._widths:
            if len(self._widths) > 500:
                self._widths.clear()
            self._widths[text] = self._metrics.horizontalAdvance(text)
        return self._widths[text]

    def place(self, rect: QRectF, ends: Sequence[End], marks: Sequence[Mark]) -> None:
        placed = ([*ends], [*marks])
        if placed == self._placed and rect == self._rect:
            return
        self._placed = placed
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect
        self.ends, self.marks = _named(ends, int(rect.height() / (1.05 * self._spacing))), [*marks]
        rows = [self._row(end) for end in self.ends]
        self.rows = _apart(rows, self._spacing, rect.height())
        covered = self._cover()
        if changed := covered.united(self._covered):  # an empty one would mean everything
            self.update(changed)
        self._covered = covered

    def _row(self, end: End) -> float:
        lift = SIZE + 1 + self._spacing / 2
        if end.mark is Kind.INFINITE:
            return max(end.y, lift)
        return min(end.y, self._rect.height() - lift) if end.mark else end.y

    @property
    def _dot(self) -> float:
        return DOT * self._font.pixelSize() / CAPTION

    @property
    def _spacing(self) -> float:
        return self._metrics.height()

    def text_left(self, end: End) -> float:
        return max(0.0, min(end.x + GAP, self._rect.width() - self.width_of(end.text) - 1))

    def _cover(self) -> QRectF:
        lefts = [min(end.x - 2 * self._dot, self.text_left(end)) for end in self.ends]
        lefts += [mark.x - SIZE for mark in self.marks]
        if not lefts:
            return QRectF()
        rights = [self.text_left(end) + self.width_of(end.text) for end in self.ends]
        rights += [mark.x + SIZE for mark in self.marks]
        return QRectF(min(lefts), 0, max(rights) + 2 - min(lefts), self._rect.height())

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        down = (self._metrics.ascent() - self._metrics.descent()) / 2
        self._clear_ground(painter)
        for end, row in zip(self.ends, self.rows, strict=True):
            painter.setPen(self._ink(end.colour))
            painter.drawText(QPointF(self.text_left(end), row + down), end.text)
            if end.dot:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(end.colour)
                painter.drawEllipse(QPointF(end.x, end.y), self._dot, self._dot)
        for mark in self.marks:
            paint_mark(painter, mark, self._rect.height())

    def _clear_ground(self, painter: QPainter) -> None:
        """A grid line or an earlier run behind a name would strike it through."""
        tall = self._metrics.ascent()
        for end, row in zip(self.ends, self.rows, strict=True):
            width = self.width_of(end.text)
            ground = QRectF(self.text_left(end) - 1, row - tall / 2, width + 2, tall)
            painter.fillRect(ground, QColor(self._theme.panel))

    def _ink(self, colour: QColor) -> QColor:
        """A curve may be pale; its name has to be read."""
        rgb = colour.rgb()
        if rgb not in self._inks:
            self._inks[rgb] = self._theme.legible(colour, self._theme.panel)
        return self._inks[rgb]


def _named(ends: Sequence[End], room: int) -> list[End]:
    """Those of the first, the last and as many between as there is room for."""
    texts = [k for k, end in enumerate(ends) if end.text]
    most = max(1, min(MOST, room))
    if len(texts) <= most:
        return list(ends)
    kept = {texts[round(k * (len(texts) - 1) / max(1, most - 1))] for k in range(most)}
    return [end for k, end in enumerate(ends) if k in kept]


def _apart(rows: Sequence[float], spacing: float, height: float) -> list[float]:
    """Move ``rows`` as little as need be to keep them ``spacing`` apart and inside."""
    order = sorted(range(len(rows)), key=rows.__getitem__)
    moved = [rows[k] for k in order]
    ceiling = spacing / 2
    for k, row in enumerate(moved):
        moved[k] = ceiling = max(row, ceiling)
        ceiling += spacing
    floor = height - spacing / 2
    for k in reversed(range(len(moved))):
        moved[k] = floor = min(moved[k], floor)
        floor -= spacing
    placed = [0.0] * len(rows)
    for k, row in zip(order, moved, strict=True):
        placed[k] = row
    return placed


def ends_of(curves: Curves, colours: Sequence[QColor], texts: Sequence[str]) -> list[End]:
    """The newest visible point of every curve that has a text, or the mark in its place."""
    ends: list[End] = []
    if not any(texts):
        return ends
    points, height, last = curves.points, curves.rect.height(), len(curves.across) - 1
    for k, at in enumerate(curves.newest().tolist()):
        if k >= len(texts) or not texts[k]:
            continue
        mark = _mark(curves, k, at) if points.flawed else None
        if at < 0 and mark is not None:
            at, y = int(np.flatnonzero(points.missing[:, k])[-1]), height
        elif at >= 0:
            y = float(curves.down[at, k])
        else:
            continue
        if 0 <= y <= height and 0 <= (x := float(curves.across[at])) <= curves.rect.width():
            newest = at == last or bool(np.isnan(curves.down[at + 1 :, k]).all())
            ends.append(End(x, y, colours[k], texts[k], newest and mark is None, mark))
    return ends


def _mark(curves: Curves, k: int, at: int) -> Kind | None:
    """What stands at the newest point ``at`` of curve ``k``; -1: it has never been a number."""
    points = curves.points
    if at < 0:
        return Kind.MISSING if points.missing[:, k].any() else None
    if points.y[at, k] == np.inf:
        return Kind.INFINITE
    return Kind.ZERO if points.zero[at, k] else None
