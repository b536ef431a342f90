"""A plot of a running training: it follows the run until the user takes the range in hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from time import monotonic

import numpy as np
from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QColor, QKeyEvent

from gui.common.motion import less_motion
from gui.common.scale import Range, Scale
from gui.common.typeface import typeface
from gui.plots.curves.book_marks import BookMark, BookMarks
from gui.plots.curves.crosshair import Crosshair, Reading
from gui.plots.curves.curve_marks import marks_of
from gui.plots.curves.curves import Curves, Frame
from gui.plots.curves.easing import Easing, Ranges
from gui.plots.curves.end_labels import GAP, ends_of
from gui.plots.curves.past import PastCurves, PastRuns
from gui.plots.curves.plot_view import PlotView
from gui.plots.curves.reading_hand import ReadingHand
from gui.plots.parts.trace import Trace
from gui.plots.parts.window import FIRST, RunWindow
from gui.theme import CAPTION, Theme

COLUMN = 2.0  # pixels
EASED = 8_000  # points that a frame of a moving range may have to paint
PATIENCE, FRAME = 40, 16  # ms after which a range moves on by itself, if no record comes; then on
ROOM = 0.42  # of the width, at most, for the labels right of the curves


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
        self.run = RunWindow()
        self._scale = scale
        self._newest = 0.0  # on the x axis
        self._room: Sequence[str] = ()
        self._target: Ranges | None = None  # that is shown, or on the way
        self._known: Range | None = None  # of y, where it comes from data
        self._easing: Easing | None = None
        self._easer = QTimer(self, singleShot=True)
        self._easer.timeout.connect(self._on_ease_due)
        self.layers: list[Layer] = []
        self._traces: list[Trace] = []  # a smoothed curve shares that of the raw one
        self.past = PastRuns(self.view)
        self.book = BookMarks(self.view)
        self.crosshair = Crosshair(self.view)
        self.reader: Callable[[float], Reading | None] | None = None
        self.hand = ReadingHand(self, self.crosshair)
        self.set_theme(theme)

    def add_trace(
        self, colours: Sequence[QColor], texts: Sequence[str] = (), width: float = 1.5
    ) -> Layer:
        trace = Trace(self._scale, len(colours))
        return self._add(Layer(trace, Curves(self.view, trace, width), colours, texts))

    def add_smoothed(self, raw: Layer, colours: Sequence[QColor], share: float) -> Layer:
        """The curves of ``raw`` once more, each point the mean over this share of the axis."""
        curves = Curves(self.view, raw.trace, 1.5, share)
        return self._add(Layer(raw.trace, curves, colours, ()))

    def _add(self, layer: Layer) -> Layer:
        layer.curves.set_scale_of_type(self._scale_of_type)
        layer.curves.set_colours(layer.colours)
        layer.curves.setZValue(len(self.layers))
        self.layers.append(layer)
        if layer.trace not in self._traces:
            self._traces.append(layer.trace)
        return layer

    def remove_traces(self) -> None:
        for layer in self.layers:
            self.scene().removeItem(layer.curves)
        self.layers.clear()
        self._traces.clear()
        self.hand.refresh()

    def set_past(self, runs: Sequence[PastCurves]) -> None:
        """Earlier runs, on the scale of now."""
        if runs or not self.past.empty:
            self.past.set_runs(runs)
            self.follow(anew=True)
            if not self.follows:
                self.redraw()

    def set_book(self, marks: Sequence[BookMark]) -> None:
        """Published values at the start."""
        if marks or self.book.marks:
            self.book.set_marks(marks)
            self.book.place(self._frame())

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
        if texts != self._room:
            self._room = texts
            self.follow(anew=True)

    def restart(self, length: float, first: float = FIRST) -> None:
        """A new run of so many epochs, or steps: nothing is known of it yet.

        The x axis begins with the ``first`` of them.
        """
        for layer in self.layers:
            layer.trace.forget()
        self.run.restart(length, first)
        self._newest, self._known = 0.0, None
        self.hand.set_cursor(None)
        self.show_all()

    def set_length(self, length: float) -> None:
        """The run will last for another number of epochs, or steps, than was thought."""
        if length != self.run.length:
            self.run.length = length
            self.follow(anew=True)

    def advance(self, newest: float) -> None:
        """The traces have new records: show them; the run has come to ``newest``."""
        self._newest = newest
        if self.follows:
            self.follow()
        else:
            self.redraw()
        for trace in self._traces:
            trace.settle()

    def is_outdated(self, newest: float) -> bool:
        """Whether a record at ``newest`` is a column of pixels away from what is shown."""
        if self._easing is not None or not self._traces:
            return True
        return abs(newest - self._newest) >= self._traces[0].columns.width

    # The range

    @property
    def known_range(self) -> Range | None:
        """Of y, what the data have asked for: it is kept as long as they fit."""
        return self._known

    def return_to(self, known: Range | None) -> None:
        """As if nothing had been drawn since ``known_range`` was so: at another size, say."""
        self._known = known
        self.follow(anew=True)

    def follow(self, anew: bool = False) -> None:
        if not self.follows:
            return
        if self.run.reach(self._newest) or anew:
            self._reduce(Frame(self.view.rect(), self._x_range(), (0.0, 1.0)))
        first = self._known is None  # nothing was drawn that the eye could follow
        target = self._x_range(), self._y_range()
        if anew or first:
            self._go_to(target)
        elif target != self._target:
            self._set_out(target)
        elif self._easing is not None:
            self._ease()
        elif any(layer.trace.replaced for layer in self.layers):
            self._place(self._frame())
        else:
            self._extend()

    def redraw(self) -> None:
        self._easing = None
        frame = self._frame()
        self._reduce(frame)
        self._place(frame)

    def read(self, x: float) -> Reading | None:
        """What stands at the record nearest to ``x``; None where there is none."""
        return None if self.reader is None else self.reader(x)

    def beyond(self, x: float, distance: float) -> float:
        """Where the next record is that is at least so far from ``x``; else the last one."""
        found = (trace.next_to(x, distance) for trace in self._traces)
        return min((at for at in found if at is not None), key=lambda at: abs(at - x), default=x)

    def down_of(self, y: float) -> float:
        """The pixel of a position on the y axis; what is no number is at the lower edge."""
        frame = self._frame()
        down = float(frame.down(np.array([y]))[0])
        return down if isfinite(down) else frame.rect.height()

    def _x_range(self) -> Range:
        """Room for the labels right of the last epoch."""
        width = max(1.0, self.view.rect().width())
        wanted = max((self.labels.width_of(text) for text in self._room), default=0.0)
        room = min(wanted + GAP + 6, ROOM * width)
        return 0.0, self.run.end * width / (width - room)

    def _y_range(self) -> Range:
        extent = self._extent()
        y = self._scale.fit(*extent, self._known)
        if self._known is not None and self._newest < self.run.furthest:  # one looks back
            y = min(y[0], self._known[0]), max(y[1], self._known[1])
        self._known = y if isfinite(extent[0]) else None
        return y

    def _extent(self) -> Range:
        extents = [trace.extent() for trace in self._traces]
        known = [e for e in (*extents, self.past.extent) if isfinite(e[0])]
        if not known:
            return np.nan, np.nan
        return min(low for low, _ in known), max(high for _, high in known)

    # The way to another range

    def _go_to(self, target: Ranges) -> None:
        self._easing, self._target = None, target
        self.bottom_axis.end = self.run.end
        self.move(*target)
        self._place(self._frame())

    def _set_out(self, target: Ranges) -> None:
        if less_motion() or not self.isVisible() or self._load() > EASED:
            self._go_to(target)
            return
        self.bottom_axis.end = self.run.end
        frame = self._frame()
        self._easing, self._target = Easing((frame.x, frame.y), target, monotonic()), target
        self._ease()

    def arrive(self) -> None:
        """Be where the range is on its way to."""
        if self._easing is not None:
            self._go_to(self._easing.target)

    def _load(self) -> int:
        live = sum(layer.curves.points.y.size for layer in self.layers)
        return live + self.past.size

    def _ease(self, patience: int = PATIENCE) -> None:
        if self._easing is None:
            return
        ranges = self._easing.at(monotonic())
        if ranges == self._easing.target:
            self._easing = None
        else:
            self._easer.start(patience)
        self.move(*ranges)
        self._place(self._frame())

    @Slot()
    def _on_ease_due(self) -> None:
        """No record has come meanwhile: a run that rests moves on all the same."""
        if self.follows:
            self._ease(FRAME)

    # From the range to the picture

    def _frame(self) -> Frame:
        x, y = self.view.viewRange()
        return Frame(self.view.rect(), (x[0], x[1]), (y[0], y[1]))

    def _reduce(self, frame: Frame) -> None:
        columns = max(1, round(frame.rect.width() / COLUMN))
        start, end = max(frame.x[0], 0.0), frame.x[1]
        width = max(end - start, 1e-12) / columns
        for trace in self._traces:
            trace.reduce(start, width, columns)
        self.past.reduce(start, min(end, self.run.end) if self.follows else end, width)

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
        if not self.past.empty:
            self.past.place(frame)
        self.book.place(frame)
        ticks = np.array(self.left_axis.lines(*frame.y, frame.rect.height()))
        right = float(frame.across(np.array([self.run.end]))[0]) if self.follows else np.inf
        self.grid.place(frame.rect, frame.down(ticks).tolist(), min(right, frame.rect.width()))
        self._place_labels(frame)
        if self.hand.at_work:
            self.hand.refresh()

    def _place_labels(self, frame: Frame) -> None:
        ends, marks = [], []
        for layer in self.layers:
            ends += ends_of(layer.curves, layer.colours, layer.texts)
            marks += marks_of(layer.curves, layer.colours)
        self.labels.place(frame.rect, ends, marks)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.hand.press(event):
            super().keyPressEvent(event)

    # Looks

    def set_theme(self, theme: Theme) -> None:
        if hasattr(self, "hand"):
            for layer in self.layers:
                layer.curves.set_scale_of_type(self._scale_of_type)
            bold = typeface(self, CAPTION, bold=True)
            self.crosshair.set_look(theme, typeface(self, CAPTION), bold)
            self.book.set_look(theme, typeface(self, CAPTION))
        super().set_theme(theme)

    @property
    def _scale_of_type(self) -> float:
        return typeface(self, CAPTION).pixelSize() / CAPTION
