"""The base of an instrument that has one wish of the engine and shows the newest answer to it."""

from typing import Generic, TypeVar

from PySide6.QtCore import Slot

from engine.look import Wish
from engine.snapshot import Snapshot
from gui.common.throttle import Throttle
from gui.plots.card import PlotCard
from gui.theme import Theme

Reading = TypeVar("Reading")


class ReadingCard(PlotCard, Generic[Reading]):
    """``write`` is called four times a second at most, but at once when nothing is known."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.reading: Reading | None = None
        self.texts = Throttle(self)
        self.texts.due.connect(self._on_texts_due)

    # What an instrument overrides

    @property
    def wish(self) -> Wish[Reading | None]:
        raise NotImplementedError

    def write(self) -> None:
        """Show and say what ``reading`` tells."""
        raise NotImplementedError

    def take(self, reading: Reading) -> None:
        """It is another one than before."""
        self.reading = reading
        self.texts.request()

    def forget(self) -> None:
        """Nothing is known, and that is shown; the next reading is shown at once."""
        self.reading = None
        self.texts.reset()
        self.write()

    # What the panel calls

    def wishes(self) -> frozenset[Wish[object]]:
        return frozenset({self.wish})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        reading = None if snapshot.inspection is None else snapshot.inspection.answer(self.wish)
        if reading is not None and reading is not self.reading:
            self.take(reading)

    @Slot()
    def _on_texts_due(self) -> None:
        self.write()
