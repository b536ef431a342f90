"""Joins the book of runs and the plots, which do not know each other."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.atomic_file import writing
from engine.faults import InputError
from engine.runs_table import runs_table
from gui.document import ExperimentDocument
from gui.plots.card import PlotCard
from gui.plots.panel import PlotsPanel
from gui.plots.runs.runs import Runs
from gui.runs.book import RunBook
from gui.sliced_work import SlicedWork

KEY = "runs"  # of the card in the table of plots
FILTER = "Numbers (*.csv)"
NONE = "There is no run yet: train one first."


class RunsInPlots(QObject):
    """Plots draw what is shown; the card of the runs has all of them and says what is wanted."""

    told = Signal(str)
    complained = Signal(str)

    def __init__(
        self, book: RunBook, plots: PlotsPanel, document: ExperimentDocument, window: QWidget
    ) -> None:
        super().__init__(window)
        self._book, self._plots, self._document, self._window = book, plots, document, window
        self._card: Runs | None = None
        self.work: SlicedWork | None = None  # the last export
        book.changed.connect(self._on_changed)
        if (dock := plots.docks.get(KEY)) is not None:
            dock.card_made.connect(self._on_card_made)
            if dock.made is not None:
                self._on_card_made(dock.made)

    @Slot()
    def _on_changed(self) -> None:
        self._plots.feed.set_runs(self._book.shown)
        if self._card is not None:
            self._card.show_runs(self._book.live, self._book.earlier)

    @Slot(object)
    def _on_card_made(self, card: PlotCard) -> None:
        if not isinstance(card, Runs):
            return
        self._card, book = card, self._book
        card.rename_wanted.connect(book.rename)
        card.notes_wanted.connect(book.set_notes)
        card.colour_wanted.connect(book.set_colour)
        card.shown_wanted.connect(book.set_shown)
        card.delete_wanted.connect(book.delete)
        card.settings_wanted.connect(self._on_settings_wanted)
        self._on_changed()

    @Slot(int)
    def _on_settings_wanted(self, id: int) -> None:
        if (run := self._book.named(id)) is not None:
            self._document.change(f"Settings of {run.name}", run.experiment)

    # -- export --------------------------------------------------------------------------------

    def ask_and_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Export runs", str(Path.home() / "runs.csv"), FILTER
        )
        if name:
            self.export(Path(name))

    def export(self, path: Path) -> None:
        """The live run and those that are shown, in one table."""
        hidden = {run.id for run in self._book.earlier if not run.shown}
        runs = [run for run in self._book.trained if run.id not in hidden]
        if not runs:
            self.complained.emit(NONE)
            return
        try:
            table = runs_table(runs)
        except InputError as error:
            self.complained.emit(str(error))
            return
        left_out = f"; {len(hidden)} hidden left out" if hidden else ""
        some = "1 run" if len(runs) == 1 else f"{len(runs)} runs"
        done = f"Saved {some} with {len(table.rows):,} rows to {path.name}{left_out}."
        file = writing(path, map(str.encode, table.csv_pieces()))
        self.work = SlicedWork(f"Exporting {some} to {path.name}", file, table.pieces, self._window)
        self.work.finished.connect(partial(self.told.emit, done))
        unharmed = f"Cancelled: {path.name} is as it was before."
        self.work.cancelled.connect(partial(self.told.emit, unharmed))
        self.work.failed.connect(self.complained)
        self.work.begin()
