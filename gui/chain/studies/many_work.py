"""Draws many chains in small pieces, so that the window stays alive meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.chain.ensemble import Ensemble, ensemble_in_blocks
from engine.chain.spec import ChainSpec

PATIENCE_MS = 150  # after a change; another one may follow
SLICE = 0.012  # seconds of work between two turns of the window


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be drawn: the values of the chain itself play no part."""

    chain: ChainSpec
    neurons: int
    chains: int

    @classmethod
    def of(cls, chain: ChainSpec, neurons: int, chains: int) -> "Wanted":
        """Equal for chains that differ in their own weights, biases and name only."""
        bare = replace(chain, w=(0.0,), b=(0.0,), name="")
        return cls(bare, neurons, chains)


class ManyChainsWork(QObject):
    """One piece at every turn of the event loop; what is wanted anew ends what was under way."""

    drawn = Signal(object)  # engine.chain.ensemble.Ensemble

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.wanted: Wanted | None = None
        self._pieces: Iterator[Ensemble | None] = iter(())
        self._soon = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._soon.timeout.connect(self._on_due)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._on_turn)

    @property
    def busy(self) -> bool:
        return self._soon.isActive() or self._turn.isActive()

    def want(self, wanted: Wanted) -> None:
        """Begin with it shortly, the first time at once; nothing to do if it is known."""
        if wanted == self.wanted:
            return
        first, self.wanted = self.wanted is None, wanted
        self._turn.stop()
        if first:
            self._on_due()
        else:
            self._soon.start()

    def stop(self) -> None:
        """Nobody looks: begin again when it is wanted again."""
        if self.busy:
            self.wanted = None
            self._soon.stop()
            self._turn.stop()

    @Slot()
    def _on_due(self) -> None:
        if self.wanted is not None:
            self._pieces = _pieces(self.wanted)
            self._turn.start()

    @Slot()
    def _on_turn(self) -> None:
        end = perf_counter() + SLICE
        while perf_counter() < end:
            found = next(self._pieces)
            if found is not None:
                self._turn.stop()
                self.drawn.emit(found)
                return


def _pieces(wanted: Wanted) -> Iterator[Ensemble | None]:
    """The ensemble comes last, with all that is shown of it."""
    for found in ensemble_in_blocks(wanted.chain, wanted.neurons, wanted.chains):
        if found is not None:
            for name in ("all_shares", "quantiles", "mean", "predicted"):
                getattr(found, name)  # each is computed when it is first asked for, and kept
                yield None
        yield found
