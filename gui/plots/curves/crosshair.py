"""A line across a plot at one record, with the values of all its curves there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.theme import LIGHT, Theme

DOT = 3.0
PADDING, GAP, AWAY = 6.0, 10.0, 9.0  # in the box, between its columns, from the line


@dataclass(frozen=True, slots=True)
class Entry:
    """One curve at the record: ``down`` is its pixel."""

    name: str
    value: str
    colour: QColor
    down: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A record: its position on the x axis, what it is called, and its entries."""

    x: float
    titles: tuple[str, ...]
    entries: tuple[Entry, ...] = ()

    @property
    def words(self) -> str:
        values = (f"{entry.name} {entry.value}" for entry in self.entries)
        return f"{' · '.join(self.titles)}: {', '.join(values)}"


@dataclass(slots=True)
class Box:
    """Where the list stands, and what is in it."""

    rect: QRectF = field(default_factory=QRectF)
    titles: Sequence[str] = ()
    entries: Sequence[Entry] = ()


class Crosshair(QGraphicsItem):
    """Nothing, until there is a reading to show."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view)
        self.setZValue(30)
        self.reading: Reading | None = None
        self.box = Box()
        self._theme = LIGHT
        self._font, self._bold = QFont(), QFont()
        self._metrics, self._bold_metrics = QFontMetricsF(self._font), QFontMetricsF(self._bold)
        self._across = 0.0
        self._rect = self._covered = QRectF()
        self.hide()

    def set_look(self, theme: Theme, font: QFont, bold: QFont) -> None:
        self._theme, self._font, self._bold = theme, font, bold
        self._metrics, self._bold_metrics = QFontMetricsF(font), QFontMetricsF(bold)

    def clear(self) -> None:
        if self.reading is not None:
            self.reading = None
            self.hide()

    def show_reading(self, reading: Reading, across: float, rect: QRectF, at: float) -> None:
        """``across`` is the pixel of its line; entries near the row ``at`` are kept longest."""
        self.reading, self._across = reading, across
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect
        self.box = self._laid_out(reading, at)
        line = QRectF(across - DOT - 1, 0, 2 * DOT + 2, rect.height())
        covered = line.united(self.box.rect.adjusted(-2, -2, 2, 2))
        self.update(covered.united(self._covered))
        self._covered = covered
        self.show()

    def _laid_out(self, reading: Reading, at: float) -> Box:
        line, advance = self._metrics.height(), self._metrics.horizontalAdvance
        entries = sorted(reading.entries, key=lambda entry: entry.down)
        room = int((self._rect.height() - 4 - 2 * PADDING) / line)
        titles: tuple[str, ...] = (" · ".join(reading.titles),)
        if advance(titles[0]) > 0.4 * self._rect.width():
            titles = reading.titles if room > len(reading.titles) + 2 else reading.titles[:1]
        entries = _nearest(entries, max(0, room - len(titles)), at)
        names = max((self._bold_metrics.horizontalAdvance(e.name) for e in entries), default=0.0)
        values = max((advance(entry.value) for entry in entries), default=0.0)
        width = max(names + GAP + values if entries else 0.0, *map(advance, titles)) + 2 * PADDING
        height = (len(titles) + len(entries)) * line + 2 * PADDING
        right_of = self._across < self._rect.width() / 2
        left = self._across + AWAY if right_of else self._across - AWAY - width
        left = max(1.0, min(left, self._rect.width() - width - 1))
        return Box(QRectF(left, 2, width, height), titles, entries)

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if self.reading is None:
            return
        painter.setPen(QPen(QColor(self._theme.dim), 1))
        x = round(self._across) + 0.5
        painter.drawLine(QLineF(x, 0, x, self._rect.height()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for entry in self.reading.entries:
            if 0 <= entry.down <= self._rect.height():
                painter.setPen(QPen(QColor(self._theme.panel), 1))
                painter.setBrush(entry.colour)
                painter.drawEllipse(QPointF(self._across, entry.down), DOT, DOT)
        self._paint_box(painter)

    def _paint_box(self, painter: QPainter) -> None:
        rect, line = self.box.rect, self._metrics.height()
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.setBrush(QColor(self._theme.panel))
        painter.drawRoundedRect(rect, 4, 4)
        row = rect.top() + PADDING + self._metrics.ascent()
        painter.setFont(self._font)
        painter.setPen(QColor(self._theme.dim))
        for title in self.box.titles:
            painter.drawText(QPointF(rect.left() + PADDING, row), title)
            row += line
        for entry in self.box.entries:
            painter.setFont(self._bold)
            painter.setPen(self._theme.legible(entry.colour, self._theme.panel))
            painter.drawText(QPointF(rect.left() + PADDING, row), entry.name)
            painter.setFont(self._font)
            painter.setPen(QColor(self._theme.ink))
            right = rect.right() - PADDING - self._metrics.horizontalAdvance(entry.value)
            painter.drawText(QPointF(right, row), entry.value)
            row += line


def _nearest(entries: Sequence[Entry], room: int, at: float) -> list[Entry]:
    """All where there is room; else the first, the last and those nearest to the row ``at``."""
    if len(entries) <= room:
        return list(entries)
    by_place = sorted(range(len(entries)), key=lambda k: abs(entries[k].down - at))
    ends = [0, len(entries) - 1][:room]
    kept = [*ends, *(k for k in by_place if k not in ends)][:room]
    return [entries[k] for k in sorted(kept)]
