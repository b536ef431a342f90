"""The picture of a waterfall: bars, the size of δ, and δ itself as strips."""

from math import isfinite

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.readings.waterfall import WaterfallReading
from gui.plots.parts.layer_picture import GAP, LayerPicture
from gui.plots.parts.level_frame import range_for
from gui.plots.waterfall.strips import paint_strip, sign_colours
from gui.plots.waterfall.waterfall_frame import LEVEL, WaterfallFrame
from gui.plots.waterfall.waterfall_paint import BarPainter
from gui.plots.waterfall.waterfall_steps import Step, steps
from gui.theme import Theme

NARROWEST = 4.0  # pixels of a step
STRIPS = 0.2  # of the height, where they stand
UPRIGHT = 8  # from so many steps on, strips stand
LINES = 6.5  # lines of text that the picture is high, below which it has no strips
SPACE = 8.0  # pixels between two names


class WaterfallPicture(LayerPicture[WaterfallReading]):
    """Of one reading at a time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Size of δ from the output to the first layer", "‖δ‖")
        self.own_scale = True
        self._frame = WaterfallFrame(QRectF(), (-1.0, 0.0))
        self.set_theme(theme)

    @property
    def frame(self) -> WaterfallFrame:
        return self._frame

    def set_theme(self, theme: Theme) -> None:
        self._signs = sign_colours(theme)
        super().set_theme(theme)

    def set_own_scale(self, own: bool) -> None:
        """Whether every strip has a colour scale of its own."""
        self.own_scale = own
        self.update()

    def lay_out(self) -> None:
        found: list[Step] = []
        if self._reading is not None:
            found = steps(self._reading, int((self.width() - 40) / NARROWEST))
            levels = [bar.end for step in found for bar in step.bars]
            self._levels = range_for([*levels, *(step.level for step in found)], self._levels)
        self.upright = len(found) > UPRIGHT
        line = self._type.metrics.height()
        height = max(1.1 * line, STRIPS * self.height() if self.upright else 0.0)
        self.strip_height = height if self.height() > LINES * line else 0.0
        rect = self.rect_over(self.strip_height and self.strip_height + GAP)
        self._frame = WaterfallFrame(rect, self._levels or (-1.0, 0.0), found)

    def paint(self, painter: QPainter) -> None:
        reading = self._reading
        assert reading is not None
        layers = len(reading.length)
        bars = BarPainter(painter, self._theme, self._type, self.frame, layers, self.paint_mark)
        bars.paint_steps()
        bars.paint_numbers()
        self._paint_names(painter, bars, layers)
        if self.strip_height:
            self._paint_strips(painter, reading)

    def _paint_names(self, painter: QPainter, bars: BarPainter, layers: int) -> None:
        frame = self.frame
        kinds = frame.bar_width >= self._type.width("skips")
        long = frame.bar_width * LEVEL >= self._type.width(f"layer {layers}")
        names = [_name(step, layers, long) for step in frame.steps]
        room = self._type.width("layer 00" if long else str(layers)) + SPACE
        wide = {k: self._type.width(name) + SPACE for k, name in enumerate(names) if len(name) > 3}
        for k in frame.named(room, wide):
            colour = bars.colour(frame.steps[k])
            self.paint_text(painter, frame.middle(k), self.names_baseline, names[k], colour)
            if kinds:
                bars.paint_kinds(k, self.names_baseline)
        if not kinds:
            bars.paint_legend()

    def _paint_strips(self, painter: QPainter, reading: WaterfallReading) -> None:
        height = self.strip_height
        top = self.height() - height - 1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        finite = reading.greatest[np.isfinite(reading.greatest)]
        common = float(finite.max()) if finite.size else 0.0
        for layer, (left, right) in zip(self.frame.layers, self.frame.places, strict=True):
            if layer is None:
                continue
            gap = 5.0 if right - left > 30 else 2.0 if right - left > 5 else 0.0
            rect = QRectF(left, top, right - left - gap, height)
            size = float(reading.greatest[layer])
            own = self.own_scale or not isfinite(size)
            full = 1.0 if own else 10.0 ** min(common - size, 300.0)
            values = reading.direction[layer]
            paint_strip(painter, rect, values, full, self._signs, self.upright)
            if gap:
                painter.setPen(QPen(QColor(self._theme.line), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(rect)
        painter.setPen(QColor(self._theme.dim))
        middle = top + (height + self._type.metrics.ascent()) / 2 - 1
        self._type.paint(painter, 0.0, middle, "δ")


def _name(step: Step, layers: int, long: bool) -> str:
    if step.layer is None:
        return "∇C"
    if step.layer == layers - 1:
        return "output"
    return f"layer {step.layer + 1}" if long else str(step.layer + 1)
