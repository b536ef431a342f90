"""Cost and accuracy on training and validation examples, against the epochs."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from engine.numerals import scientific
from engine.runs import Run
from engine.score_record import score_table, scores_of
from engine.snapshot import COST, EPOCH, Snapshot
from engine.spec import Experiment
from engine.tables import Table
from gui.common.card import SPACING, caption, card_title
from gui.common.scale import LinearScale, LogScale
from gui.common.typeface import typeface
from gui.plots.curves.crosshair import Entry, Reading
from gui.plots.curves.live_plot import Layer, LivePlot
from gui.plots.curves.past import PastCurves
from gui.plots.curves.plot_view import HINT
from gui.plots.curves.run_card import FittingCaption, RunCard
from gui.plots.parts.marks import in_words
from gui.theme import CAPTION, Theme

NAMES = {"train": "training", "validation": "validation"}
SMOOTH = 0.05  # of the axis: over this share of it the cost of the mini-batches is averaged
AXIS = 38  # pixels for the labels of y
NARROW, LOW = 205, 88  # pixels that a plot and its labels need, before the user's scale
LEAST_LABELLED = 70  # pixels of a body whose plots have captions
WIDE = 290  # pixels of a plot whose labels can have names
PALE_RUN = 0.5
COST_DEFINITION = (
    "Cost per example, without the weight-decay term λ/2n Σ w² (chapter 3): C = 1/n Σₓ Cₓ. Pale:"
    " every mini-batch, the mean of the logarithms over two pixels' width; the grey line through"
    f" it: the same over {SMOOTH:.0%} of the axis, half on either side. Lines with a dot: over the"
    " training examples (the first 10,000) and the validation examples, after every measured epoch."
)
ACCURACY_DEFINITION = (
    "Share of examples whose greatest output is the right one, after every measured epoch; of the"
    " training examples the first 10,000."
)
ACCURACY_CAPTIONS = ("accuracy, % of examples", "accuracy, %")
EARLIER = "Thin and pale: earlier runs in their colours, on validation examples if they have any."


@dataclass(slots=True)
class Pane:
    """One of the two plots: its captions, and the curve of each split."""

    what: str
    plot: LivePlot
    caption: FittingCaption
    splits: dict[str, Layer]

    def written(self, value: float) -> str:
        """A cost to three digits, an accuracy to the hundredth that 10,000 examples can tell."""
        if self.what == "cost" or not np.isfinite(value):
            return f"{value:#.3g}" if 1e-3 <= value < 1e4 else scientific(value)
        return f"{100 * value:.2f} %"


class CostAccuracy(RunCard):
    """Two plots over one x axis: side by side where the card is low, else above one another."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.cost = LivePlot(theme, LogScale(least=1, plain=True), "Cost against epochs")
        accuracy = LinearScale(100.0, factor=100.0)
        self.accuracy = LivePlot(theme, accuracy, "Accuracy against epochs", resets=False)
        self.cost.share_x(self.accuracy)
        self.plots = (self.cost, self.accuracy)
        self._mini_batches = self.cost.add_trace([QColor()], width=1.0)
        self._smooth = self.cost.add_smoothed(self._mini_batches, [QColor()], SMOOTH)
        self.panes = (
            self._make_pane("cost", self.cost),
            self._make_pane("accuracy", self.accuracy),
        )
        self.cost.reader, self.accuracy.reader = self._read_cost, self._read_accuracy
        self.legend = caption()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._boxes = (QWidget(self), QWidget(self))
        self._lay_out()
        self.set_theme(theme)

    def set_experiment(self, experiment: Experiment) -> None:
        self._snapshot = None
        for plot in self.plots:
            plot.restart(experiment.training.epochs)
        self.texts.at_once()

    def set_epochs(self, epochs: float) -> None:
        for plot in self.plots:
            plot.set_length(epochs)

    def is_outdated(self, snapshot: Snapshot) -> bool:
        return self.cost.is_outdated(snapshot.epoch)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        history, evaluations = snapshot.history, snapshot.evaluations
        costs = history[:, COST : COST + 1]
        kept = ~np.isnan(history[:, COST])
        news = self._mini_batches.trace.take(history, history[:, EPOCH], costs, kept)
        for pane in self.panes:
            for split, layer in pane.splits.items():
                if layer.trace.has(evaluations):
                    continue
                scores = scores_of(snapshot, f"{pane.what}_{split}")
                if layer.trace.take(evaluations, scores.epochs, scores.values, scores.kept):
                    news = True
        if news:
            self._advance()
            self.texts.request()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        pale = theme.blend(theme.dim, 0.3, theme.panel)
        colours = {"train": QColor(theme.ink), "validation": QColor(theme.accent)}
        self.cost.set_looks(self._mini_batches, [pale], ())
        self.cost.set_looks(self._smooth, [theme.blend(theme.dim, 0.75, theme.panel)], ())
        for pane in self.panes:
            for split, layer in pane.splits.items():
                pane.plot.set_looks(layer, [colours[split]], layer.texts)
            pane.plot.set_theme(theme)
        self.legend.setText(
            f'<b style="color: {theme.ink}">training</b>&nbsp; '
            f'<b style="color: {theme.legible(theme.accent, theme.panel).name()}">validation</b>'
        )
        self.fit()
        self.place_runs()
        self.texts.at_once()

    def reset(self) -> None:
        for plot in self.plots:
            plot.hand.set_cursor(None)
            plot.show_all()

    def table(self) -> Table:
        runs: list[tuple[str, Snapshot | Run]] = []
        if self._snapshot is not None:
            runs.append(("this run", self._snapshot))
        runs += [(run.name, run) for run in self._runs]
        left, right = self.cost.view.viewRange()[0]
        between = None if self.cost.follows else (left, right)
        return score_table(runs, between)

    # Earlier runs

    def place_runs(self) -> None:
        for pane in self.panes:
            pane.plot.set_past([self._past(run, pane) for run in self._runs])

    def _past(self, run: Run, pane: Pane) -> PastCurves:
        scores = scores_of(run, f"{pane.what}_validation")
        if scores.kept is not None and not scores.kept.any():
            scores = scores_of(run, f"{pane.what}_train")
        kept = slice(None) if scores.kept is None else scores.kept
        colour = self._theme.blend(self._theme.run(run.colour), PALE_RUN, self._theme.panel)
        y = pane.splits["train"].trace.scale.forward(scores.values[kept])
        return PastCurves(scores.epochs[kept], y, (colour,))

    def _advance(self) -> None:
        """A plot for which there is no room costs nothing."""
        if self._snapshot is not None:
            for box, plot in zip(self._boxes, self.plots, strict=True):
                if not box.isHidden():
                    plot.advance(self._snapshot.epoch)

    # What is read

    def write_texts(self) -> None:
        named = all(plot.width() >= self._pixels(WIDE) for plot in self.plots)
        written = [[self._text(pane, split, named) for split in NAMES] for pane in self.panes]
        room = [f"{NAMES['validation']} 00.00 %" if named else "00.00 %"]
        room += ["".join(map(_as_zero, text)) for texts in written for text in texts]
        for pane, texts in zip(self.panes, written, strict=True):
            pane.plot.set_room(room)  # the same for both: they share x
            for layer, text in zip(pane.splits.values(), texts, strict=True):
                pane.plot.set_looks(layer, layer.colours, [text])
            is_cost = pane.what == "cost"
            pane.caption.set_texts(*(self._cost_captions() if is_cost else ACCURACY_CAPTIONS))
            tip = COST_DEFINITION if is_cost else ACCURACY_DEFINITION
            tip = f"{tip}\n{EARLIER}" if self._runs else tip
            pane.caption.setToolTip(tip)
            pane.plot.setToolTip(f"{tip}\n\n{HINT}")
            spoken = ", ".join(filter(None, (self._text(pane, split, True) for split in NAMES)))
            pane.plot.setAccessibleDescription(pane.plot.hand.words or spoken)

    def _text(self, pane: Pane, split: str, named: bool) -> str:
        """The newest value, to be written at the end of its curve."""
        trace = pane.splits[split].trace
        if (row := trace.newest_row) < 0:
            return ""
        words = in_words(*trace.flaws[:, 0].tolist())
        value = pane.written(float(trace.values[row, 0]))
        return "  ".join(filter(None, (f"{NAMES[split]} {value}" if named else value, words)))

    def _cost_captions(self) -> tuple[str, ...]:
        words = in_words(*self._mini_batches.trace.flaws[:, 0].tolist())
        words = f": {words}" if words else ""
        grey = f"cost, log · mini-batches in grey{words}"
        return f"{grey}, smoothed over {SMOOTH:.0%} of the axis", grey, f"cost, log{words}"

    def _read_cost(self, x: float) -> Reading | None:
        trace = self._mini_batches.trace
        if (row := trace.nearest(x)) < 0:
            return self._read(self.panes[0], x, ())
        value, at = float(trace.values[row, 0]), float(trace.x[row])
        down = self.cost.down_of(float(trace.scale.forward(trace.values[row])[0]))
        colour = self._smooth.colours[0]
        return self._read(
            self.panes[0], at, (Entry("mini-batch", scientific(value), colour, down),)
        )

    def _read_accuracy(self, x: float) -> Reading | None:
        return self._read(self.panes[1], x, ())

    def _read(self, pane: Pane, x: float, entries: tuple[Entry, ...]) -> Reading | None:
        """With the evaluations nearest to it, that name their epoch where it is another."""
        at, titles = x if entries else None, list[str]()
        for split, layer in pane.splits.items():
            trace = layer.trace
            if (row := trace.nearest(x)) < 0:
                continue
            epoch = float(trace.x[row])
            at = epoch if at is None else at
            if epoch != at:
                titles[:] = [f"evaluated at {epoch:,.5g}"]
            down = pane.plot.down_of(float(trace.scale.forward(trace.values[row])[0]))
            value = pane.written(float(trace.values[row, 0]))
            entries = (*entries, Entry(NAMES[split], value, layer.colours[0], down))
        return None if at is None else Reading(at, (f"epoch {at:,.5g}", *titles), entries)

    # How it fits

    def fit(self) -> None:
        """Side by side, above one another, or the cost alone."""
        width, height = self.width(), self.body_height
        beside = width >= 2 * self._pixels(NARROW)
        above = height >= 2 * self._pixels(LOW)
        upright = above and not (beside and width > 1.5 * height)
        directions = QBoxLayout.Direction
        self._body.setDirection(directions.TopToBottom if upright else directions.LeftToRight)
        if self._boxes[1].isHidden() is (beside or above):
            self._boxes[1].setVisible(beside or above)
            self._advance()
        for pane in self.panes:
            pane.caption.setVisible(height >= self._pixels(LEAST_LABELLED))
        self.cost.set_x_labels(not upright)

    def _pixels(self, usual: int) -> float:
        """At the user's scale of type."""
        return usual * typeface(self, CAPTION).pixelSize() / CAPTION

    def _make_pane(self, what: str, plot: LivePlot) -> Pane:
        plot.axis_width = AXIS
        splits = {split: plot.add_trace([QColor()], [""]) for split in NAMES}
        return Pane(what, plot, FittingCaption(), splits)

    def _lay_out(self) -> None:
        self.add_title_row(card_title("Cost and accuracy"), self.legend)
        self._body.setSpacing(2 * SPACING)
        for pane, box in zip(self.panes, self._boxes, strict=True):
            rows = QVBoxLayout(box)
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setSpacing(SPACING)
            rows.addWidget(pane.caption)
            rows.addWidget(pane.plot, 1)
            self._body.addWidget(box, 1)
            pane.plot.hand.moved.connect(self._on_cursor_moved)
        self.column.addLayout(self._body, 1)


def _as_zero(character: str) -> str:
    return "0" if character.isdigit() else character
