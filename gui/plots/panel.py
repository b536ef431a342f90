"""The right side of the window: the plots as cards, one under the other."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.plots.card import PlotCard
from gui.plots.table import PLOTS
from gui.theme import Theme

MARGIN = 14


class PlotsPanel(QWidget):
    """Every plot of the table; they show the newest snapshot of one run."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plots")
        self._layers = 0
        self.cards: dict[str, PlotCard] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(MARGIN)
        for plot in PLOTS:
            card = self.cards[plot.key] = plot.make(theme)
            card.setObjectName(plot.key)
            card.setAccessibleName(plot.title)
            card.setAccessibleDescription(plot.definition)
            column.addWidget(card, plot.stretch)

    def set_experiment(self, experiment: Experiment) -> None:
        """A new run begins: nothing is known of it yet."""
        self._layers = len(experiment.architecture.layers)
        for card in self.cards.values():
            card.set_experiment(experiment)

    def set_epochs(self, epochs: float) -> None:
        """The run that goes on will last for another number of epochs."""
        for card in self.cards.values():
            card.set_epochs(epochs)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Up to 60 times a second; a snapshot of another network is left out."""
        if snapshot.layers == self._layers:
            for card in self.cards.values():
                card.show_snapshot(snapshot)

    def set_theme(self, theme: Theme) -> None:
        for card in self.cards.values():
            card.set_theme(theme)

    def sizeHint(self) -> QSize:
        return QSize(470, 680)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 440)
