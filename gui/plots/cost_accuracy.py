"""Cost and accuracy on training and validation examples, against the epochs."""

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtGui import QColor

from engine.arrays import Floats
from engine.recorder import EVALUATION_START
from engine.snapshot import COST, EPOCH, Snapshot
from engine.spec import Experiment
from gui.common.card import caption, card_title
from gui.common.scale import LinearScale, LogScale
from gui.common.throttle import Throttle
from gui.plots.card import PlotCard
from gui.plots.live_plot import LivePlot
from gui.theme import Theme

SPLITS = ("train", "validation")
NAMES = ("training", "validation")
COST_DEFINITION = (
    "Cost per example, without the weight-decay term. Grey: of the mini-batches, the mean of the"
    " logarithms over two pixels' width."
)
ACCURACY_DEFINITION = (
    "Share of examples whose greatest output is the right one, after every measured epoch; of the"
    " training examples the first 10,000."
)


class CostAccuracy(PlotCard):
    """Two plots over one x axis."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        cost = LogScale(least=1, plain=True)
        self.cost = LivePlot(theme, cost, "Cost against epochs", x_labels=False)
        accuracy = LinearScale(100.0, factor=100.0)
        self.accuracy = LivePlot(theme, accuracy, "Accuracy against epochs", resets=False)
        self.cost.share_x(self.accuracy)
        self._lay_out()
        self._mini_batches = self.cost.add_trace([QColor()], width=1.0)
        self._costs = self.cost.add_trace([QColor(), QColor()], ["", ""])
        self._accuracies = self.accuracy.add_trace([QColor(), QColor()], ["", ""])
        self.texts = Throttle(self)
        self.texts.due.connect(self._on_texts_due)
        self.set_theme(theme)
        for plot in (self.cost, self.accuracy):
            plot.set_room([f"{NAMES[1]} 100.0 %"])

    def set_experiment(self, experiment: Experiment) -> None:
        for plot in (self.cost, self.accuracy):
            plot.restart(experiment.training.epochs)
        self.texts.at_once()

    def set_epochs(self, epochs: float) -> None:
        for plot in (self.cost, self.accuracy):
            plot.set_epochs(epochs)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        history, evaluations = snapshot.history, snapshot.evaluations
        costs = history[:, COST : COST + 1]
        kept = ~np.isnan(history[:, COST])
        news = self._mini_batches.trace.take(history, history[:, EPOCH], costs, kept)
        epochs = evaluations[:, EVALUATION_START.index("epoch")]
        if self._costs.trace.take(evaluations, epochs, _both(snapshot, "cost")):
            self._accuracies.trace.take(evaluations, epochs, _both(snapshot, "accuracy"))
            news = True
        if news:
            self.cost.advance(snapshot.epoch)
            self.accuracy.advance(snapshot.epoch)
            self.texts.request()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        both = [QColor(theme.ink), QColor(theme.accent)]
        pale = [theme.blend(theme.dim, 0.5, theme.panel)]
        for plot, layer, colours in (
            (self.cost, self._mini_batches, pale),
            (self.cost, self._costs, both),
            (self.accuracy, self._accuracies, both),
        ):
            plot.set_looks(layer, colours, layer.texts)
        for plot in (self.cost, self.accuracy):
            plot.set_theme(theme)

    @Slot()
    def _on_texts_due(self) -> None:
        costs, shares = self._costs.trace.newest(), self._accuracies.trace.newest()
        cost_texts = [_text(n, 10**y, "{:#.3g}") for n, y in zip(NAMES, costs, strict=True)]
        texts = [_text(n, y, "{:.1f} %") for n, y in zip(NAMES, shares, strict=True)]
        self.cost.set_looks(self._costs, self._costs.colours, cost_texts)
        self.accuracy.set_looks(self._accuracies, self._accuracies.colours, texts)
        self.cost.setAccessibleDescription(", ".join(filter(None, cost_texts)))
        self.accuracy.setAccessibleDescription(", ".join(filter(None, texts)))

    def _lay_out(self) -> None:
        legend = caption("mini-batches in grey")
        self.add_title_row(card_title("Cost and accuracy"), legend)
        self.cost_caption, self.accuracy_caption = caption("cost, log"), caption("accuracy, %")
        self.cost_caption.setToolTip(COST_DEFINITION)
        legend.setToolTip(COST_DEFINITION)
        self.accuracy_caption.setToolTip(ACCURACY_DEFINITION)
        for label, plot in (
            (self.cost_caption, self.cost),
            (self.accuracy_caption, self.accuracy),
        ):
            self.column.addWidget(label)
            self.column.addWidget(plot, 1)


def _both(snapshot: Snapshot, what: str) -> Floats:
    return np.column_stack([snapshot.score(f"{what}_{split}") for split in SPLITS])


def _text(name: str, value: float, form: str) -> str:
    return "" if np.isnan(value) else f"{name} {form.format(value)}"
