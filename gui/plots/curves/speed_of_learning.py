"""How fast every layer learns, against the epochs or the steps, with the verdict in words."""

from math import log10

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine import profile
from engine.arrays import Floats, Ints
from engine.book import Speed, published
from engine.layer_record import LayerRecord, Recorded, layer_record, layer_table
from engine.measures import KEYS, MEASURES
from engine.numerals import scientific
from engine.runs import Run
from engine.snapshot import Snapshot
from engine.spec import Experiment
from engine.tables import Table
from engine.verdict import Verdict, hidden_layers, judge
from gui.common.card import SPACING, Chip, FlatCombo
from gui.common.scale import LinearScale, LogScale, Scale
from gui.common.typeface import typeface
from gui.plots.curves import speed_words
from gui.plots.curves.book_marks import BookMark
from gui.plots.curves.crosshair import Entry, Reading
from gui.plots.curves.live_plot import Layer, LivePlot
from gui.plots.curves.past import PastCurves
from gui.plots.curves.plot_view import HINT
from gui.plots.curves.run_card import FittingCaption, RunCard
from gui.plots.curves.speed_words import PROBE, SOURCES, TITLES
from gui.plots.parts.layer_axis import hidden_scale, layer_name
from gui.plots.parts.marks import in_words
from gui.plots.parts.run_axis import AXES, EPOCHS, FIRST_STEPS, STEPS, length, places, reached
from gui.plots.parts.verdict_words import chip_words
from gui.plots.parts.window import FIRST
from gui.theme import CAPTION, CARD, Theme

PALE = 0.38  # of the colours of earlier runs
LOW = 9  # lines of a caption: a lower card goes without its second row
LINEAR: dict[str, Scale] = {"saturated": LinearScale(1.0), "mean_prime": LinearScale()}


class SpeedOfLearning(RunCard):
    """One curve per hidden layer, of the output where there is none.

    Earlier runs keep the colours of their layers: layers are what this plot compares.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.measure = FlatCombo("measure of the layers", TITLES, "What is measured of every layer")
        self.source = FlatCombo("measured on", SOURCES, "Which examples it is measured on")
        self.axis = FlatCombo("against", AXES, "What the curves are drawn against")
        self.chip, self.subtitle = Chip(), FittingCaption()
        self.plot = LivePlot(theme, LogScale(), "Speed of learning of every layer against epochs")
        self.plot.reader = self._read
        self.plots = (self.plot,)
        self.add_title_row(self.measure, self.chip)
        self._second_row = self._make_second_row()
        self.column.addWidget(self._second_row)
        self.column.addWidget(self.plot, 1)
        self.plot.hand.moved.connect(self._on_cursor_moved)
        for combo in (self.measure, self.source, self.axis):
            combo.currentIndexChanged.connect(self._on_choice_changed)
        self._layers, self._which = 1, np.zeros(1, int)
        self._epochs, self._against = 1.0, EPOCHS
        self._zeros = speed_words.UNDERFLOW
        self._book: tuple[Speed, ...] = ()
        self._record: LayerRecord | None = None
        self._curves = self._make_curves()
        self.set_theme(theme)

    def set_experiment(self, experiment: Experiment) -> None:
        layers = experiment.architecture.layers
        relu = any(layer.activation == "relu" for layer in layers)
        self._zeros = speed_words.NO_NEURON if relu else speed_words.UNDERFLOW
        self._layers, self._which = len(layers), hidden_scale(len(layers)).which
        self._book = published(experiment)
        self._epochs = experiment.training.epochs
        self._snapshot = self._record = None
        self._make_anew()
        self._restart()
        self.texts.at_once()

    def set_epochs(self, epochs: float) -> None:
        self._epochs = epochs
        if self._against == EPOCHS:
            self.plot.set_length(epochs)

    def is_outdated(self, snapshot: Snapshot) -> bool:
        return self.plot.is_outdated(reached(snapshot, self._against))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._record = record = self._of(snapshot)
        against, values = self._against, record.values[:, self._columns]
        if self._curves.trace.take(record.table, places(record, against), values, record.kept):
            if against == STEPS:
                self.plot.set_length(length(snapshot, against, self._epochs))
            self.plot.advance(reached(snapshot, against))
            self.texts.request()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.measure.set_type(self, CARD, bold=True)
        for combo in (self.source, self.axis):
            combo.set_type(self, CAPTION)
        self.plot.set_theme(theme)
        self._curves.curves.set_colours(colours := self._colours())
        self._curves.colours = colours
        self._mark_book()
        self.place_runs()
        self.fit()
        self.texts.at_once()

    def reset(self) -> None:
        for combo in (self.measure, self.source, self.axis):
            combo.setCurrentIndex(0)
        self.plot.hand.set_cursor(None)
        self.plot.show_all()

    def table(self) -> Table:
        records = [("this run", self._record)] if self._record is not None else []
        records += [(run.name, self._of(run)) for run in self._runs if self._is_like(run)]
        prefix = "probe_" if self.source.key == PROBE else ""
        in_sight = [(name, self._in_sight(record)) for name, record in records]
        return layer_table(prefix + self.measure.key, self._which.tolist(), in_sight)

    # What is measured

    @property
    def _index(self) -> int:
        return KEYS.index(self.measure.key)

    @property
    def _columns(self) -> slice | Ints:
        """A slice where it will do: a view costs nothing."""
        every = len(self._which) == self._which[-1] + 1
        return slice(0, len(self._which)) if every else self._which

    @property
    def scale(self) -> Scale:
        return LINEAR.get(self.measure.key, LogScale())

    def _of(self, run: Recorded) -> LayerRecord:
        return layer_record(run, self._index, self.source.key == PROBE)

    def _in_sight(self, record: LayerRecord) -> LayerRecord:
        """Without what a user's range leaves out."""
        if self.plot.follows:
            return record
        left, right = self.plot.view.viewRange()[0]
        x = places(record, self._against)
        seen = (left <= x) & (x <= right)
        kept = seen if record.kept is None else seen & record.kept
        return LayerRecord(record.table, record.values, kept)

    def _read(self, x: float) -> Reading | None:
        row, record = self._curves.trace.nearest(x), self._record
        if row < 0 or record is None:
            return None
        values = self._curves.trace.values[row]
        downs = self.scale.forward(values).tolist()
        entries = tuple(
            Entry(name, scientific(value), colour, self.plot.down_of(y))
            for name, value, colour, y in zip(
                self._names(), values.tolist(), self._curves.colours, downs, strict=True
            )
        )
        epoch, step = float(record.epochs[row]), int(record.steps[row])
        titles = (f"epoch {epoch:,.5g}", f"step {step:,}")
        against_steps = self._against == STEPS
        at = step if against_steps else epoch
        return Reading(at, titles[::-1] if against_steps else titles, entries)

    # How it looks

    def _is_like(self, run: Run) -> bool:
        """Hidden layers are compared with hidden layers, an output with an output."""
        return (self._layers == 1) is (run.layers == 1)

    def place_runs(self) -> None:
        scale, hidden = self.scale, max(1, self._layers - 1)
        colours = [self._theme.layer(l, hidden) for l in self._which.tolist()]
        pale = [self._theme.blend(colour, PALE, self._theme.panel) for colour in colours]
        past = []
        for run in self._runs:
            if not self._is_like(run):
                continue
            shared = [k for k, l in enumerate(self._which.tolist()) if l < max(1, run.layers - 1)]
            record = self._of(run)
            kept = slice(None) if record.kept is None else record.kept
            x = places(record, self._against)
            y = scale.forward(record.values[kept][:, self._which[shared]])
            past.append(PastCurves(x[kept], y, tuple(pale[k] for k in shared)))
        self.plot.set_past(past)

    @Slot(int)
    def _on_choice_changed(self, _index: int) -> None:
        if self.axis.key != self._against:
            self._against = self.axis.key
            self._restart()
        snapshot = self._snapshot
        self._make_anew()
        if snapshot is not None:
            self.show_snapshot(snapshot)
        self.plot.show_all()
        self.texts.at_once()

    def _restart(self) -> None:
        """What the x axis shows."""
        self.plot.bottom_axis.ending = self._against
        self.plot.bottom_axis.scale_of_values = LinearScale(counted=self._against == STEPS)
        self.plot.restart(length(self._snapshot, self._against, self._epochs), self._first)
        self.plot.setAccessibleName(f"Speed of learning of every layer against {self._against}")

    @property
    def _first(self) -> float:
        return FIRST_STEPS if self._against == STEPS else FIRST

    def _make_anew(self) -> None:
        self.plot.remove_traces()
        self.plot.set_scale(self.scale)
        self._curves = self._make_curves()
        self._mark_book()
        self.place_runs()

    def _make_curves(self) -> Layer:
        names = self._names()
        layer = self.plot.add_trace(self._colours(), names)
        self.plot.set_room([names[-1]])
        return layer

    def _mark_book(self) -> None:
        if self.measure.key != "bias_gradient":
            self.plot.set_book(())
            return
        marks = [
            BookMark(
                f"book {speed.printed}", log10(float(speed.printed)), log10(speed.low),
                log10(speed.high), colour,
            )
            for speed, colour in zip(self._book, self._colours(), strict=False)
        ]  # fmt: skip
        self.plot.set_book(marks)

    def _colours(self) -> list[QColor]:
        hidden = max(1, self._layers - 1)
        return [self._theme.layer(l, hidden) for l in self._which.tolist()]

    def _names(self) -> list[str]:
        return [layer_name(l, self._layers) for l in self._which.tolist()]

    def write_texts(self) -> None:
        names, flaws = self._names(), [in_words(*n) for n in self._curves.trace.flaws.T.tolist()]
        texts = [
            f"{name}  {flaw}" if flaw else name for name, flaw in zip(names, flaws, strict=True)
        ]
        longest = max((names[-1], *texts), key=self.plot.labels.width_of)
        self.plot.set_room(["".join("0" if c.isdigit() else c for c in longest)])
        self.plot.set_looks(self._curves, self._curves.colours, texts)
        self.subtitle.set_texts(self.description(), MEASURES[self._index].symbol)
        book = self._book if self.plot.book.marks else ()
        tip = speed_words.definition(
            MEASURES[self._index], book, len(self._runs), self._zeros if any(flaws) else ""
        )
        self.subtitle.setToolTip(tip)
        self.plot.setToolTip(f"{tip}\n\n{HINT}")
        now = self._now()
        now = now[self._columns] if len(now) else now
        heard = self.plot.hand.words or speed_words.spoken(names, now, flaws)
        self.plot.setAccessibleDescription(heard)
        self.chip.tell(*chip_words(self.verdict(), "slower", "faster"))

    def description(self) -> str:
        measure = MEASURES[self._index]
        if measure.key == "update_ratio" and self.source.key == PROBE:
            return "no steps are taken on the probe set"
        of = " of the mean" if measure.key == "bias_gradient" else ""
        kind = "" if measure.key in LINEAR else ", log"
        cut = len(self._which) < max(1, self._layers - 1)
        some = f" · {len(self._which)} of {self._layers - 1} layers" if cut else ""
        return f"{measure.symbol}{of}{kind}{some}"

    def verdict(self) -> Verdict | None:
        """None where there is nothing to compare."""
        now = self._now()
        compared = now[hidden_layers(len(now))] if len(now) else now
        if len(compared) < 2 or self.measure.key in LINEAR or np.isnan(now[[0, -2]]).any():
            return None
        return judge(now)

    def _now(self) -> Floats:
        """What is shown, of every layer: the mean over the newest records."""
        if self._record is None:
            return np.empty(0)
        rows = profile.recent(self._record)
        if self.measure.key in LINEAR and len(rows):
            means: Floats = rows.mean(axis=0)
            return means
        return profile.sizes_now(self._record)

    # How it fits

    def fit(self) -> None:
        lines = self.body_height / typeface(self, CAPTION).pixelSize()
        self._second_row.setVisible(lines >= LOW)

    def _make_second_row(self) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * SPACING)
        layout.addWidget(self.subtitle, 1)
        layout.addWidget(self.axis)
        layout.addWidget(self.source)
        return row
