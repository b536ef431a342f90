"""A plot of a running training: it follows the run until the user takes the range in hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from PySide6.QtGui import QColor

from gui.common.scale import Range, Scale
from gui.plots.columns import Trace
from gui.plots.curves import Curves, Frame
from gui.plots.end_labels import GAP, ends_of, zeros_of
from gui.plots.plot_view import PlotView
from gui.plots.window import RunWindow
from gui.theme import Theme

COLUMN = 2.0  # pixels


@dataclass(slots=True)
class Layer:
    """A trace with its looks: a colour and a text per curve; without text there is no dot."""

    trace: Trace
    curves: Curves
    colours: Sequence[QColor]
    texts: Sequence[str]


class LivePlot(PlotView):
    """Curves that grow: a frame paints what is new, a change of range paints everything."""

    def __init__(
        self, theme: Theme, scale: Scale, name: str, x_labels: bool = True, resets: bool = True
    ) -> None:
        super().__init__(theme, scale, name, x_labels, resets)
        self.window = RunWindow()
        self._scale = scale
        self._epoch = 0.0
        self._room: Sequence[str] = ()
        self._shown: Range | None = None  # on the y axis
        self._known: Range | None = None  # the same, where it comes from data
        self.layers: list[Layer] = []
        self.set_theme(theme)

    def add_trace(
        self, colours: Sequence[QColor], texts: Sequence[str] = (), width: float = 1.5
    ) -> Layer:
        trace = Trace(self._scale, len(colours))
        layer = Layer(trace, Curves(self.view, trace, width), colours, texts)
        layer.curves.set_colours(colours)
        layer.curves.setZValue(len(self.layers))
        self.layers.append(layer)
        return layer

    def remove_traces(self) -> None:
        for layer in self.layers:
            self.scene().removeItem(layer.curves)
        self.layers.clear()

    def set_looks(self, layer: Layer, colours: Sequence[QColor], texts: Sequence[str]) -> None:
        if colours != layer.colours:
            layer.curves.set_colours(colours)
        layer.colours, layer.texts = colours, texts
        self._place_labels(self._frame())

    def set_scale(self, scale: Scale) -> None:
        """Another quantity on the y axis, for the traces that are added from now on."""
        self._scale = self.left_axis.scale_of_values = scale
        self._known = None
        self.left_axis.refresh()

    def set_room(self, texts: Sequence[str]) -> None:
        """The longest texts that may stand right of the curves' ends."""
        self._room = texts
        self.follow(anew=True)

    def restart(self, epochs: float) -> None:
        """A new run of so many epochs: nothing is known of it yet."""
        for layer in self.layers:
            layer.trace.forget()
        self.window.restart(epochs)
        self._epoch, self._known = 0.0, None
        self.show_all()

    def set_epochs(self, epochs: float) -> None:
        """The run will last for another number of epochs than was thought."""
        self.window.epochs = epochs
        self.follow(anew=True)

    def advance(self, epoch: float) -> None:
        """The traces have new records: show them; the run has come to ``epoch``."""
        self._epoch = epoch
        if self.follows:
            self.follow()
        else:
            self.redraw()
        for layer in self.layers:
            layer.trace.settle()

    # The range

    def follow(self, anew: bool = False) -> None:
        if not self.follows:
            return
        if self.window.reach(self._epoch) or anew:
            anew = True
            self._reduce(Frame(self.view.rect(), self._x_range(), (0.0, 1.0)))
        extent = self._extent()
        y = self._scale.fit(*extent, self._known)
        self._known = y if isfinite(extent[0]) else None
        if anew or y != self._shown:
            self._shown = y
            self.bottom_axis.end = self.window.end
            self.move(self._x_range(), y)
            self._place(self._frame())
        elif any(layer.trace.replaced for layer in self.layers):
            self._place(self._frame())
        else:
            self._extend()

    def redraw(self) -> None:
        frame = self._frame()
        self._reduce(frame)
        self._place(frame)

    def _x_range(self) -> Range:
        """Room for the labels right of the last epoch."""
        width = max(1.0, self.view.rect().width())
        wanted = max((self.labels.width_of(text) for text in self._room), default=0.0)
        room = min(wanted + GAP + 6, width / 2)
        return 0.0, self.window.end * width / (width - room)

    def _extent(self) -> Range:
        extents = [layer.trace.extent() for layer in self.layers]
        known = [extent for extent in extents if isfinite(extent[0])]
        if not known:
            return np.nan, np.nan
        return min(low for low, _ in known), max(high for _, high in known)

    # From the range to the picture

    def _frame(self) -> Frame:
        x, y = self.view.viewRange()
        return Frame(self.view.rect(), (x[0], x[1]), (y[0], y[1]))

    def _reduce(self, frame: Frame) -> None:
        columns = max(1, round(frame.rect.width() / COLUMN))
        start, end = max(frame.x[0], 0.0), frame.x[1]
        for layer in self.layers:
            layer.trace.reduce(start, max(end - start, 1e-12) / columns, columns)

    def _extend(self) -> None:
        frame = self._frame()
        grown = [layer for layer in self.layers if layer.trace.grown]
        for layer in grown:
            layer.curves.extend(frame)
        if grown:
            self._place_labels(frame)

    def _place(self, frame: Frame) -> None:
        for layer in self.layers:
            layer.curves.place(frame)
        ticks = np.array(self.left_axis.positions(*frame.y, frame.rect.height()))
        right = float(frame.across(np.array([self.window.end]))[0]) if self.follows else np.inf
        self.grid.place(frame.rect, frame.down(ticks).tolist(), min(right, frame.rect.width()))
        self._place_labels(frame)

    def _place_labels(self, frame: Frame) -> None:
        ends, zeros = [], []
        for layer in self.layers:
            ends += ends_of(layer.curves, layer.colours, layer.texts)
            zeros += zeros_of(layer.curves, layer.colours)
        self.labels.place(frame.rect, ends, zeros)
