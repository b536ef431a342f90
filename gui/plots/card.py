"""The base of a plot in the panel."""

from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.common.card import Card
from gui.theme import Theme


class PlotCard(Card):
    """It takes a new run, its snapshots, and a theme; every plot of the table has all four."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def set_experiment(self, experiment: Experiment) -> None:
        """A new run begins."""
        raise NotImplementedError

    def show_snapshot(self, snapshot: Snapshot) -> None:
        raise NotImplementedError

    def set_epochs(self, epochs: float) -> None:
        """The run that goes on will last for so many epochs."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        raise NotImplementedError
