"""The picture of a spectrum: a column of singular values for every layer."""

from math import isfinite

import numpy as np
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from engine.arrays import Floats
from engine.readings.spectrum import LayerSpectrum, SpectrumReading
from engine.theory import Spread
from gui.common.scale import Range
from gui.plots.parts.layer_picture import GAP, WAITING, LayerPicture
from gui.plots.parts.level_frame import LevelFrame, range_for
from gui.plots.parts.raised import power
from gui.theme import Theme

AIR = 0.2  # of a column, at either side of its values
WIDEST = 90.0  # pixels of the lines of values, before the user's scale
PALE = 0.45  # of a layer's colour in the values of single examples
NARROW = 12.0  # pixels of a column whose single values are a block
BAND = 0.16  # of the accent in the band of theory


class SpectrumPicture(LayerPicture[SpectrumReading]):
    """Hidden layers from left to right; of a reading without layers nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Singular values of the way to the output, layer by layer", "s")
        self._spread: Spread | None = None
        self._frame = LevelFrame(QRectF(), (-1.0, 0.0))
        self.set_theme(theme)

    @property
    def frame(self) -> LevelFrame:
        return self._frame

    @property
    def is_empty(self) -> bool:
        return self._reading is None or not self._reading.layers

    def show_reading(self, reading: SpectrumReading | None) -> None:
        self.waiting = WAITING if reading is None else ""
        super().show_reading(reading)

    def show_spread(self, spread: Spread | None) -> None:
        """What theory says of the start of training; None: nothing."""
        self._spread = spread
        self.lay_out()
        self.update()

    def lay_out(self) -> None:
        layers = () if self._reading is None else self._reading.layers
        if layers:
            levels = np.concatenate([[0.0], *(layer.values.ravel() for layer in layers)])
            known = levels[np.isfinite(levels)]
            bands = [edge for band in self.bands() for edge in band[1:]]
            low, high = float(known.min()), float(known.max())
            line = self._type.metrics.height()  # the smallest values have their number below
            below = 1.4 * line / max(4.0 * line, self.height() - 3.0 * line)
            self._levels = range_for([low - below * (high - low), high, *bands], self._levels)
        rect = self.rect_over(0.0)
        width = rect.width() / max(1, len(layers))
        places = [(rect.left() + k * width, rect.left() + (k + 1) * width) for k in _range(layers)]
        levels_shown = self._levels or (-1.0, 0.0)
        self._frame = LevelFrame(rect, levels_shown, places, list(_range(layers)))

    def bands(self) -> list[tuple[float, float, float]]:
        """Of every layer log10 of √(mean − std), √mean and √(mean + std) of s², after theory."""
        if self._spread is None:
            return []
        mean, relative = self._spread.log10_mean, self._spread.relative
        with np.errstate(divide="ignore", invalid="ignore"):
            low = mean + np.log10(np.maximum(1.0 - relative, 0.0))
            high = mean + np.log10(1.0 + relative)
        rows = np.stack([low, mean, high], axis=1) / 2.0
        return [(float(a), float(b), float(c)) for a, b, c in rows]

    def paint(self, painter: QPainter) -> None:
        assert self._reading is not None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for k, band in enumerate(self.bands()[: len(self._frame.places)]):
            self._paint_band(painter, self._frame.places[k], band)
        y = self._frame.down(0.0)
        painter.setPen(QPen(QColor(self._theme.ink), 1))
        painter.drawLine(QLineF(self._frame.rect.left(), y, self._frame.rect.right(), y))
        for k, layer in enumerate(self._reading.layers):
            self._paint_values(painter, k, layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_numbers(painter)
        self._paint_names(painter)

    def _colour(self, k: int) -> QColor:
        return self._theme.layer(k, len(self._frame.places))

    def _inner(self, k: int) -> Range:
        left, right = self._frame.places[k]
        width = min((1 - 2 * AIR) * (right - left), WIDEST * self._type.font.pixelSize() / 11)
        middle = (left + right) / 2
        return middle - max(width, 1.0) / 2, middle + max(width, 1.0) / 2

    def _paint_band(
        self, painter: QPainter, place: Range, band: tuple[float, float, float]
    ) -> None:
        low, mean, high = band
        if not (isfinite(mean) and isfinite(high)):
            return
        top, bottom = self._frame.down(high), self._frame.down(low)
        rect = QRectF(place[0], top, place[1] - place[0], bottom - top)
        painter.fillRect(rect, self._theme.blend(self._theme.accent, BAND, self._theme.panel))
        y = self._frame.down(mean)
        painter.setPen(QPen(QColor(self._theme.accent), 2))
        painter.drawLine(QLineF(rect.left(), y, rect.right(), y))

    def _paint_values(self, painter: QPainter, k: int, layer: LayerSpectrum) -> None:
        """Lines: of single examples short and pale, of the mean over them long."""
        left, right = self._inner(k)
        colour, inset = self._colour(k), 0.2 * (right - left)
        pale = self._theme.blend(colour, PALE, self._theme.panel)
        if right - left < NARROW:
            if rows := self._rows(layer.values):
                painter.fillRect(QRectF(left, rows[0], right - left, rows[-1] - rows[0] + 1), pale)
        elif len(layer.values) > 1:
            painter.setPen(QPen(pale, 1))
            rows = self._rows(layer.values)
            painter.drawLines([QLineF(left + inset, y, right - inset, y) for y in rows])
        painter.setPen(QPen(colour, 1 if right - left < NARROW else 2))
        rows = self._rows(layer.mean)
        painter.drawLines([QLineF(left, y, right, y) for y in rows])
        if np.isneginf(layer.values).any():
            self.paint_mark(painter, (left + right) / 2, True, colour)

    def _rows(self, levels: Floats) -> list[float]:
        """The pixels of what is finite, each once."""
        low, high = self._frame.levels
        rect, known = self._frame.rect, levels[np.isfinite(levels)]
        down = rect.bottom() - (known - low) / (high - low) * rect.height()
        rows: list[float] = np.unique(np.round(np.clip(down, rect.top(), rect.bottom()))).tolist()
        return rows

    def _paint_numbers(self, painter: QPainter) -> None:
        """The largest over its column, the smallest under it; at the ends where all is narrow."""
        assert self._reading is not None
        metrics, frame, last = self._type.metrics, self._frame, len(self._frame.places) - 1
        for k, layer in enumerate(self._reading.layers):
            left, right = frame.places[k]
            known = layer.mean[np.isfinite(layer.mean)]
            if not len(known):
                continue
            texts = power(float(known[0])), power(float(known[-1]))
            fits = max(map(self._type.width, texts)) <= right - left
            if not (fits or k in (0, last)):
                continue
            every = layer.values[np.isfinite(layer.values)]
            over = frame.down(float(every.max())) - 3 - metrics.descent()
            under = frame.down(float(every.min())) + 2 + metrics.ascent()
            middle, colour = (left + right) / 2, self._colour(k)
            one = frame.down(0.0)
            if over - metrics.ascent() < one < over + metrics.descent():
                over = one - 3 - metrics.descent()
            self.paint_text(painter, middle, max(over, metrics.ascent()), texts[0], colour)
            if len(known) > 1 and under < frame.rect.bottom() and fits:
                self.paint_text(painter, middle, under, texts[1], colour)

    def _paint_names(self, painter: QPainter) -> None:
        count = len(self._frame.places)
        width = self._frame.rect.width() / max(1, count)
        long = self._type.width("layer 00") + GAP < width
        room = self._type.width("layer 00" if long else str(count)) + 8
        for k in self._frame.named(room):
            text = f"layer {k + 1}" if long else str(k + 1)
            self.paint_text(
                painter, self._frame.middle(k), self.names_baseline, text, self._colour(k)
            )


def _range(layers: tuple[LayerSpectrum, ...]) -> range:
    return range(len(layers))
