"""How fast every layer learns, against the epochs, with the verdict in words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Slot
from PySide6.QtGui import QColor

from engine.arrays import Floats, Ints
from engine.measures import EVERY_STEP, KEYS, MEASURES
from engine.recorder import EVALUATION_START
from engine.snapshot import COST, EPOCH, Snapshot
from engine.spec import Experiment
from engine.verdict import BALANCED, Verdict, hidden_layers, judge
from gui.common.card import Chip, FlatCombo, caption
from gui.common.scale import LinearScale, LogScale, Scale
from gui.common.table_combo import Choice
from gui.common.throttle import Throttle
from gui.plots.card import PlotCard
from gui.plots.live_plot import Layer, LivePlot
from gui.theme import CAPTION, CARD, Theme

MOST_CURVES = 100
RECENT = 150  # the verdict is about the newest 1/150 of the record: the width of a dot
LINEAR: dict[str, Scale] = {"saturated": LinearScale(1.0), "mean_prime": LinearScale()}
MINI_BATCH, PROBE = "mini_batch", "probe"
SOURCES = {
    MINI_BATCH: Choice("mini-batch", "of the mini-batch of each recorded step"),
    PROBE: Choice("probe set", "of the first training examples, the same ones after every epoch"),
}
TITLES = {m.key: Choice(m.label[0].upper() + m.label[1:], m.definition) for m in MEASURES}
DRAWN = (
    "Every point is the mean over two pixels' width of the records; on a logarithmic axis the mean"
    " of the logarithms. A triangle at the lower edge marks records that are exactly 0."
)
JUDGED = (
    f"Last hidden layer to first, now: balanced within a factor {BALANCED:g}; beyond it vanishing"
    " where the first layer is the slower one, exploding where it is the faster one."
)


class SpeedOfLearning(PlotCard):
    """One curve per hidden layer, of the output where there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.measure = FlatCombo("measure of the layers", TITLES, "What is measured of every layer")
        self.source = FlatCombo("measured on", SOURCES, "Which examples it is measured on")
        self.chip, self.subtitle = Chip(), caption()
        self.plot = LivePlot(theme, LogScale(), "Speed of learning of every layer against epochs")
        self.add_title_row(self.measure, self.chip)
        self.add_row(self.subtitle, self.source)
        self.column.addWidget(self.plot, 1)
        self.texts = Throttle(self)
        self.texts.due.connect(self._on_texts_due)
        for combo in (self.measure, self.source):
            combo.currentIndexChanged.connect(self._on_choice_changed)
        self._layers, self._which = 1, np.zeros(1, int)
        self._zero_text = "underflow: 0"
        self._snapshot: Snapshot | None = None
        self._curves = self._make_curves()
        self.set_theme(theme)

    def set_experiment(self, experiment: Experiment) -> None:
        layers = experiment.architecture.layers
        relu = any(layer.activation == "relu" for layer in layers)
        self._zero_text = "no gradient: 0" if relu else "underflow: 0"
        self._layers, self._which = len(layers), _chosen(len(layers))
        self._snapshot = None
        self._make_anew()
        self.plot.restart(experiment.training.epochs)
        self.texts.at_once()

    def set_epochs(self, epochs: float) -> None:
        self.plot.set_epochs(epochs)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        table, x, kept = self._rows(snapshot)
        values = self._values(snapshot)[:, self._columns]
        if self._curves.trace.take(table, x, values, kept):
            self.plot.advance(snapshot.epoch)
            self.texts.request()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.measure.set_type(self, CARD, bold=True)
        self.source.set_type(self, CAPTION)
        self.plot.set_theme(theme)
        self._curves.curves.set_colours(colours := self._colours())
        self._curves.colours = colours
        self.texts.at_once()

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

    def _values(self, snapshot: Snapshot) -> Floats:
        """Of every layer, (rows, layers)."""
        probe = self.source.key == PROBE
        return snapshot.probe_measure(self._index) if probe else snapshot.measure(self._index)

    def _rows(self, snapshot: Snapshot) -> tuple[Floats, Floats, NDArray[np.bool_] | None]:
        """The table, its epochs, and the rows that hold this measure: extremes are norms only."""
        if self.source.key == PROBE:
            table = snapshot.evaluations
            return table, table[:, EVALUATION_START.index("epoch")], None
        table = snapshot.history
        kept = None if self._index < EVERY_STEP else ~np.isnan(table[:, COST])
        return table, table[:, EPOCH], kept

    # How it looks

    @Slot(int)
    def _on_choice_changed(self, _index: int) -> None:
        snapshot = self._snapshot
        self._make_anew()
        if snapshot is not None:
            self.show_snapshot(snapshot)
        else:
            self.plot.show_all()
        self.texts.at_once()

    def _make_anew(self) -> None:
        self.plot.remove_traces()
        self.plot.set_scale(self.scale)
        self._curves = self._make_curves()

    def _make_curves(self) -> Layer:
        names = self._names()
        layer = self.plot.add_trace(self._colours(), names)
        self.plot.set_room([names[-1]])
        return layer

    def _colours(self) -> list[QColor]:
        hidden = max(1, self._layers - 1)
        return [self._theme.layer(l, hidden) for l in self._which.tolist()]

    def _names(self) -> list[str]:
        if self._layers == 1:
            return ["output"]
        return [f"layer {l + 1}" for l in self._which.tolist()]

    @Slot()
    def _on_texts_due(self) -> None:
        names, newest = self._names(), self._curves.trace.newest()
        texts = [
            f"{name}  {self._zero_text}" if value == -np.inf else name
            for name, value in zip(names, newest, strict=True)
        ]
        self.plot.set_looks(self._curves, self._curves.colours, texts)
        self.subtitle.setText(self.description())
        self.subtitle.setToolTip(f"{MEASURES[self._index].definition}.\n{DRAWN}")
        self.plot.setAccessibleDescription(_spoken(names, self._now()))
        verdict = self.verdict()
        self.chip.tell(*_chip(verdict) if verdict else ("unknown", "", ""))

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
        if self._snapshot is None:
            return np.empty(0)
        values = self._values(self._snapshot)
        kept = self._rows(self._snapshot)[2]
        values = values if kept is None else values[kept]
        recent = values[-max(1, len(values) // RECENT) :]
        return recent.mean(axis=0) if self.measure.key in LINEAR else _geometric_mean(recent)


def _chosen(layers: int) -> Ints:
    """The layers, from 0, that get a curve: all hidden ones, as long as they can be told apart."""
    hidden = max(1, layers - 1)
    return np.unique(np.linspace(0, hidden - 1, min(hidden, MOST_CURVES)).round().astype(int))


def _geometric_mean(rows: Floats) -> Floats:
    """Of the positive values of every column, 0 where a column has none, or not-a-number."""
    logs = np.log(rows, out=np.zeros(rows.shape), where=rows > 0)
    count = np.count_nonzero(rows > 0, axis=0)
    mean = np.where(np.isnan(rows).any(axis=0), np.nan, 0.0)
    np.divide(logs.sum(axis=0), count, out=mean, where=count > 0)
    means: Floats = np.exp(mean, out=mean, where=count > 0)
    return means


def _chip(verdict: Verdict) -> tuple[str, str, str]:
    words = verdict.words if np.isfinite(verdict.ratio) else f"{verdict.kind}, layer 1: 0"
    words = "no gradient" if verdict.kind == "unknown" else words
    return verdict.kind, words, " ".join(filter(None, (verdict.sentence, JUDGED)))


def _spoken(names: Sequence[str], values: Floats) -> str:
    return ", ".join(f"{name} {value:.3g}" for name, value in zip(names, values, strict=False))
