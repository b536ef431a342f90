"""Plays a pass in the picture: bars and shades arrive layer by layer, norms stand above them."""

from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from engine.inspection import Inspection
from gui.canvas.items.bars import BarScale, Heights
from gui.canvas.items.norms import NormsItem
from gui.canvas.live_picture import LivePicture
from gui.canvas.passes.passes import Direction, Pass
from gui.canvas.words.labels import column_name

FRAME_MS = 16
MOST_PULSES = 150  # edges lit in a gap: the strongest


class PassPlayer(QObject):
    """Works on the inspection that was the newest when it began, and gives the picture back."""

    changed = Signal()  # another stage, paused, or going on
    ended = Signal()

    def __init__(self, live: LivePicture) -> None:
        super().__init__(live)
        self._live = live
        self.norms = NormsItem()
        live.scene_items().addItem(self.norms)
        self.norms.hide()
        self.current: Pass | None = None
        self.seconds_per_layer = 1.0
        self.tween = True
        self._told: tuple[int, bool] | None = None
        self._lit: int | None = None
        self._timer = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)
        live.placed.connect(self._on_placed)

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    def begin(self, direction: Direction, inspection: Inspection) -> None:
        """From the output back, or from the input forward."""
        self.end()
        self.current = Pass(direction, inspection)
        self._scale = scale_of(inspection, self._live.viewing.log)
        self._live.hold(self._scale)
        self.norms.show()
        self._place()
        self.play()

    def play(self) -> None:
        """Go on; at the end, from the beginning."""
        if self.current is None:
            return
        if self.current.done:
            self.current.at, self.current.t = 0, 0.0
        self._last = perf_counter()
        self._wait = 0.0
        self._timer.start()
        self._show()

    def pause(self) -> None:
        self._timer.stop()
        self._show()

    def toggle(self) -> None:
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def step(self, by: int) -> None:
        """One stage on or back, and stay there."""
        if self.current is not None:
            self._timer.stop()
            self.current.step(by)
            self._show()

    def end(self) -> None:
        """Show the run again."""
        if self.current is None:
            return
        self._timer.stop()
        self._light(None)
        self.current = None
        self.norms.hide()
        self._told = None
        self._live.release()
        self.ended.emit()

    def text(self) -> str:
        """Where the pass is, in words."""
        if self.current is None:
            return ""
        name = column_name(self._live.architecture, self.current.stage.layer + 1)
        said = [name, self.current.formula()]
        if self.current.grown > 0:
            newest = self.current.norms()[-1].text
            said.append(" ".join(filter(None, (self.current.factor(), "→", newest))))
        return " · ".join(said)

    # -- showing ---------------------------------------------------------------------------

    @Slot()
    def _on_timeout(self) -> None:
        now = perf_counter()
        layers, self._last = (now - self._last) / self.seconds_per_layer, now
        if self.current is None:
            return
        if self.tween:
            self.current.advance(layers)
        else:
            self._wait += layers
            if self._wait >= 0.5:
                self._wait = 0.0
                self.current.step(1)
        if self.current.done:
            self._timer.stop()
        self._show()

    @Slot()
    def _on_placed(self) -> None:
        if self.current is None:
            return
        sizes = [column.neurons for column in self._live.layout.columns[1:]]
        if sizes != [len(a) for a in self.current.inspection.a]:
            self.end()
        else:
            self._place()
            self._show()

    def _place(self) -> None:
        assert self.current is not None
        live, inspection = self._live, self.current.inspection
        self._heights = Heights(live.layout.columns[1:], live.layout.radius, self._scale)
        self._levels = live.shades(inspection)
        self.norms.place(live.layout, live.look)
        self._lit = None

    def _show(self) -> None:
        if self.current is None:
            return
        self._show_bars(self.current)
        for levels, seen, column in zip(
            self._levels, self.current.shades(), self._live.columns, strict=True
        ):
            shown = None if seen == 0 else [round(level * seen) for level in levels]
            column.neurons.show_levels(shown)
        self._light(self.current.pulse())
        self.norms.show_norms(self.current.norms() if self.current.grown or self.current.at else [])
        told = (self.current.at, self.is_playing)
        if told != self._told or self.current.t >= 1:
            self._told = told
            self.changed.emit()

    def _show_bars(self, current: Pass) -> None:
        bars = current.bars()
        sizes = [len(a) for a in current.inspection.a]
        self._heights.take(
            [np.zeros(n) if x is None else x for x, n in zip(bars, sizes, strict=True)]
        )
        for layer, (bar, column) in enumerate(zip(bars, self._live.columns[1:], strict=True)):
            if bar is None:
                column.bars.clear()
            else:
                heights = self._heights.of_layer(layer)
                if heights != column.bars.heights():
                    column.bars.show_heights(heights)

    def _light(self, pulse: tuple[int, float] | None) -> None:
        gap, at = (None, None) if pulse is None else pulse
        if self._lit is not None and self._lit != gap and self._lit < len(self._live.edges):
            edges = self._live.edges[self._lit]
            edges.marks.light(None, *edges.lines())
        self._lit = gap
        if gap is not None:
            edges = self._live.edges[gap]
            starts, ends = edges.lines()
            edges.marks.light(at, starts[-MOST_PULSES:], ends[-MOST_PULSES:])


def scale_of(inspection: Inspection, log: bool) -> BarScale:
    """One scale for all that a pass shows; a linear one leaves out the output (``Heights``)."""
    scale = BarScale(log)
    hidden = slice(None) if len(inspection.delta) == 1 else slice(None, -1)
    deltas = inspection.delta if log else inspection.delta[hidden]
    arrays = (*deltas, *inspection.pulled[hidden])  # ∂C/∂a of the output dwarfs all others
    greatest = [float(np.abs(x[np.isfinite(x)]).max(initial=0.0)) for x in arrays]
    scale.follow(max(greatest))
    if log:
        scale.reach(min((size for size in greatest if size > 0), default=0.0))
    scale.held = True
    return scale
