"""What the instruments are told, and which of them at which frame."""

from collections.abc import Container, Iterable, Mapping, Sequence

from PySide6.QtCore import QElapsedTimer, QObject

from engine.look import Wish
from engine.runs import Run
from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.plots.dock import PlotDock

CALM_MS = 100  # so often at least, however little of it can be seen


class Feed(QObject):
    """Tells every dock that is seen, or attended to, of one run; the others catch up later."""

    def __init__(self, docks: Mapping[str, PlotDock], parent: QObject) -> None:
        super().__init__(parent)
        self.experiment: Experiment | None = None  # whose run is shown
        self.snapshot: Snapshot | None = None  # the newest that was shown
        self._docks = docks
        self._epochs = 1.0
        self._runs: Sequence[Run] = ()
        self._fresh: set[str] = set()  # have been told of the run
        self._attended: frozenset[str] = frozenset()
        self._clock = QElapsedTimer()
        self._clock.start()
        self._told: dict[PlotDock, int] = {}  # milliseconds

    @property
    def fed(self) -> list[PlotDock]:
        attended = self._attended
        return [dock for key, dock in self._docks.items() if dock.is_seen or key in attended]

    def attend(self, keys: Iterable[str]) -> None:
        """Feed these too, as if they were seen, until others are named."""
        cards = {key: self._docks[key].card for key in keys}  # made before any of them is fed
        self._attended = frozenset(cards)
        for key in cards:
            self.tell(self._docks[key])

    def set_experiment(self, experiment: Experiment) -> None:
        """A new run begins: nothing is known of it yet."""
        self.experiment, self.snapshot = experiment, None
        self._epochs = experiment.training.epochs
        self._fresh.clear()
        for dock in self.fed:
            self.tell(dock)

    def set_epochs(self, epochs: float) -> None:
        """The run that goes on will last for another number of epochs."""
        self._epochs = epochs
        for dock in self.fed:
            dock.card.set_epochs(epochs)

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Earlier runs, to be drawn behind the live one."""
        self._runs = runs
        for dock in self.fed:
            dock.card.set_runs(runs)

    def show_snapshot(self, snapshot: Snapshot, turn: Container[int] | None = None) -> None:
        """Up to 60 times a second; a snapshot of another network is left out.

        With a ``turn``, of 0, 1 or both, it is for every second dock or for all, unless one would
        hardly look different, and for those that wished for what it brings.
        """
        experiment = self.experiment
        if experiment is None or snapshot.layers != len(experiment.architecture.layers):
            return
        self.snapshot = snapshot
        fed = self.fed
        if turn is not None:
            fed = [
                dock for place, dock in enumerate(fed)
                if (place % 2 in turn and self._is_due(dock, snapshot))
                or (snapshot.weights is not None and dock.card.wishes())
            ]  # fmt: skip
        self._show(fed)

    def catch_up(self) -> None:
        """All show the newest now: what is drawn is of one moment."""
        self._show(self.fed)

    def wishes(self) -> frozenset[Wish[object]]:
        """Of all that is fed."""
        return frozenset().union(*(dock.card.wishes() for dock in self.fed))

    def tell(self, dock: PlotDock) -> None:
        """All that a card has missed while it was not seen."""
        if self.experiment is None:
            return
        if dock.plot.key not in self._fresh:
            self._fresh.add(dock.plot.key)
            dock.card.set_experiment(self.experiment)
        dock.card.set_epochs(self._epochs)
        dock.card.set_runs(self._runs)
        self._show([dock])

    def _is_due(self, dock: PlotDock, snapshot: Snapshot) -> bool:
        waited = self._clock.elapsed() - self._told.get(dock, -CALM_MS)
        return waited >= CALM_MS or dock.card.is_outdated(snapshot)

    def _show(self, docks: Iterable[PlotDock]) -> None:
        if self.snapshot is not None:
            for dock in docks:
                self._told[dock] = self._clock.elapsed()
                dock.card.show_snapshot(self.snapshot)
