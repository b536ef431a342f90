"""Plots for other programs: copied, written to a file, all of them written to a folder."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from engine.atomic_file import writing
from engine.results import HISTORY, history_pieces, history_shape
from gui.all_plots import AllPlots
from gui.bridge.session import TrainingSession
from gui.plots.card import PlotCard
from gui.plots.export.export import KINDS, Picture, caption_of, copying, file_name
from gui.plots.export.export_dialog import RUN, ExportDialog, Order
from gui.plots.panel import PlotsPanel
from gui.sliced_work import SlicedWork
from gui.theme import LIGHT

MOST_COPIED = 1_000_000  # numbers: some 20 MB of text
NOTHING = "There is nothing to export yet: the run is still being prepared."


class PlotExports(QObject):
    """What is copied and written is what is shown now, at an earlier moment too.

    Of the whole run, it is all that there is.
    """

    told = Signal(str)
    complained = Signal(str)

    def __init__(self, plots: PlotsPanel, session: TrainingSession, window: QWidget) -> None:
        super().__init__(window)
        self._plots, self._session, self._window = plots, session, window
        self.order = Order()  # the last one, for the next
        self.folder = Path.home()
        self._dialog: ExportDialog | None = None
        self._card: PlotCard | None = None  # that the dialog is about
        self.all: AllPlots | None = None  # while it goes on
        self.work: SlicedWork | None = None  # the last one
        plots.export_asked.connect(self._on_export_asked)

    @Slot(object, str)
    def _on_export_asked(self, card: PlotCard, tool: str) -> None:
        match tool:
            case "copy_picture":
                self.copy_picture(card)
            case "copy_numbers":
                self.copy_numbers(card)
            case "export":
                self.ask(card)

    # -- to the clipboard ----------------------------------------------------------------------

    def picture(self, card: PlotCard, order: Order) -> Picture:
        self._plots.feed.catch_up()
        experiment = self._plots.feed.experiment
        caption = (
            caption_of(experiment, self._plots.feed.snapshot) if experiment is not None else ""
        )
        return Picture(card, caption, order.style)

    def copy_picture(self, card: PlotCard) -> None:
        picture = self.picture(card, self.order)
        QGuiApplication.clipboard().setMimeData(picture.mime())
        size = picture.pixels
        self.told.emit(
            f"Copied the picture of {picture.title}: {size.width():,} × {size.height():,} pixels,"
            " and lines and text for programs that take SVG."
        )

    def copy_numbers(self, card: PlotCard) -> None:
        self._plots.feed.catch_up()
        table, title = card.table(), card.accessibleName()
        if table.cells > MOST_COPIED:
            self.complained.emit(
                f"{title} has {table.cells:,} numbers, and the clipboard takes {MOST_COPIED:,} at"
                " most: export them as CSV."
            )
            return
        size = f"{len(table.rows):,} rows of {len(table.columns):,} columns: {title}"
        self._do(
            f"Copying the numbers: {title}", copying(table), table.pieces,
            f"Copied {size}.", f"Cancelled: {title} was not copied.",
        )  # fmt: skip

    # -- to a file -----------------------------------------------------------------------------

    def ask(self, card: PlotCard) -> None:
        """How; then where."""
        if self._session.newest is None:
            self.complained.emit(NOTHING)
            return
        self._card = card
        self._open(f"Export {card.accessibleName()}", several=False)

    def ask_all(self) -> None:
        if self._session.newest is None:
            self.complained.emit(NOTHING)
            return
        self._card = None
        self._open("Export all plots", several=True)

    def _open(self, name: str, several: bool) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        measure = None if several else self._measure
        dark = self._plots.theme is not LIGHT
        self._dialog = ExportDialog(name, self.order, measure, dark, self._window)
        self._dialog.accepted.connect(self._on_accepted)
        self._dialog.open()

    def _measure(self, order: Order) -> QSize:
        card, newest = self._card, self._session.newest
        if card is None or newest is None:
            return QSize()
        if "csv" not in order.kinds:
            return self.picture(card, order).pixels
        if order.numbers == RUN:
            return QSize(*history_shape(newest)[::-1])
        table = card.table()
        return QSize(len(table.columns), len(table.rows))

    @Slot()
    def _on_accepted(self) -> None:
        if self._dialog is None:
            return
        self.order = self._dialog.order
        if self._card is None:
            self._ask_folder()
        elif (path := self._ask_path(self._card)) is not None:
            self.export(self._card, path)

    def _ask_path(self, card: PlotCard) -> Path | None:
        kind = self.order.kinds[0]
        name = file_name(card.objectName(), kind)
        if kind == "csv" and self.order.numbers == RUN:
            name = HISTORY
        dialog = QFileDialog(self._window, "Export", str(self.folder))
        dialog.setNameFilter(f"{KINDS[kind].label} (*.{kind})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(name)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        files = dialog.selectedFiles() if accepted else []
        dialog.deleteLater()
        return Path(files[0]) if files else None

    def export(self, card: PlotCard, path: Path) -> None:
        """As the last order says; a name that ends as another kind of file makes it that one."""
        kind = path.suffix.lower().removeprefix(".")
        self.folder = path.parent
        title = card.accessibleName()
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            pieces, count = self.pieces(card, kind if kind in KINDS else self.order.kinds[0])
            self._do(
                f"Exporting {title} to {path.name}", writing(path, pieces), count,
                f"Exported {title} to {path.name}.",
                f"Cancelled: {path.name} is as it was before.",
            )  # fmt: skip
        finally:
            QGuiApplication.restoreOverrideCursor()

    def pieces(self, card: PlotCard, kind: str) -> tuple[Iterable[bytes], int]:
        """What a file consists of, and of how many pieces."""
        newest = self._session.newest
        if kind != "csv":
            return (self.picture(card, self.order).data(kind),), 1
        if self.order.numbers == RUN and newest is not None:
            return map(str.encode, history_pieces(newest)), 1 + history_shape(newest)[0]
        self._plots.feed.catch_up()
        table = card.table()
        return map(str.encode, table.csv_pieces()), table.pieces

    def _do(
        self, words: str, work: Iterator[object], steps: int, done: str, cancelled: str
    ) -> None:
        """In slices; the sentences tell how it came out."""
        self.work = SlicedWork(words, work, steps, self._window)
        self.work.finished.connect(partial(self.told.emit, done))
        self.work.cancelled.connect(partial(self.told.emit, cancelled))
        self.work.failed.connect(self.complained)
        self.work.begin()

    # -- all of them ---------------------------------------------------------------------------

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self._window, "Export all plots to this folder", str(self.folder)
        )
        if not name:
            return
        folder = Path(name)
        there = [path.name for path in self._paths(folder).values() if path.exists()]
        if not there or self._may_replace(there):
            self.export_all(folder)

    def _may_replace(self, names: Sequence[str]) -> bool:
        others = f" and {len(names) - 1} more" if len(names) > 1 else ""
        button = QMessageBox.question(
            self._window, "Export all plots",
            f"{names[0]}{others}: there already. Replace what is there?",
        )  # fmt: skip
        return button == QMessageBox.StandardButton.Yes

    def _paths(self, folder: Path) -> dict[tuple[str, str], Path]:
        """By the key of the plot and the kind of file."""
        keys = [key for key in self._plots.docks if self.order.closed or self._plots.is_shown(key)]
        return {
            (key, kind): folder / file_name(key, kind) for key in keys for kind in self.order.kinds
        }

    def export_all(self, folder: Path) -> None:
        """One file for every plot and kind, as the last order says."""
        self.folder = folder
        if self.all is not None:
            self.all.cancel()
        self.all = AllPlots(self._plots, self._session, self._paths(folder), self.pieces, self)
        self.all.told.connect(self.told)
        self.all.complained.connect(self.complained)
        self.all.begin(self._window)
