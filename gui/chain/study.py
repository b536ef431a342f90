"""A question about the chain with a picture of its own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.chain.trace import ChainTrace
from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.document import ChainDocument
from gui.theme import Theme


class Study(QWidget):
    """Gets every trace while it is shown, and the newest when it is shown again.

    It edits the chain through the document's one door, with values from ``engine.chain.edits``.
    """

    refused = Signal(str)  # a sentence: what was asked for cannot be
    neuron_chosen = Signal(int)  # from 1
    subject_wanted = Signal(object)  # engine.inspection.Subject of the window's network
    follows_run = False  # it shows the window's network, at an earlier moment of its run too

    def __init__(self, document: ChainDocument, theme: Theme) -> None:
        super().__init__()
        self._document, self._theme = document, theme

    def show_trace(self, t: ChainTrace) -> None:
        raise NotImplementedError  # every study shows something else

    def set_chosen(self, j: int) -> None:
        """Neuron j is looked at, for studies that look at one."""

    def show_network(self, experiment: Experiment, snapshot: Snapshot) -> None:
        """The newest of the window's run, for studies that look at the network."""

    def play(self) -> None:
        """Start or pause what moves, in studies in which something does."""

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
