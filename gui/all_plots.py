"""Every plot as a file: one after the other, while a bar tells how far it is."""

from collections.abc import Callable, Generator, Iterable, Mapping
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QProgressDialog, QWidget

from engine.atomic_file import writing
from engine.faults import InputError
from gui.bridge.session import TrainingSession
from gui.plots.card import PlotCard
from gui.plots.panel import PlotsPanel
from gui.sliced_work import SLICE, progress_dialog

PATIENCE = 5.0  # seconds for a close look; what has not come by then is not in the picture
SILENT_MS = 1_000  # before the bar is shown

Pieces = Callable[[PlotCard, str], tuple[Iterable[bytes], int]]


class AllPlots(QObject):
    """Training pauses, so that all files tell of one moment; it goes on afterwards.

    Plots that are not seen are fed first. Everything happens in slices of the event loop.
    """

    told = Signal(str)
    complained = Signal(str)
    finished = Signal()

    def __init__(
        self,
        plots: PlotsPanel,
        session: TrainingSession,
        paths: Mapping[tuple[str, str], Path],
        pieces: Pieces,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._plots, self._session, self._pieces = plots, session, pieces
        self._paths = dict(paths)
        self._count, self._written = len(paths), 0
        self._file: Generator[None] | None = None  # the one that is being written
        self._was_running = session.is_running
        self._deadline = perf_counter() + PATIENCE
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._on_timeout)
        self.bar: QProgressDialog | None = None

    def begin(self, window: QWidget) -> None:
        """``window`` can do nothing else meanwhile."""
        self._session.pause()
        self._plots.attend({key for key, _ in self._paths})
        self.bar = progress_dialog("Export all plots", "Exporting the plots", self._count, window)
        self.bar.setMinimumDuration(SILENT_MS)
        self.bar.setValue(0)  # from now on, also where the first file takes long
        self.bar.canceled.connect(self.cancel)
        self._slices.start()

    @property
    def is_going_on(self) -> bool:
        return self._slices.isActive()

    @Slot()
    def cancel(self) -> None:
        """What has been written stays."""
        if self.is_going_on:
            self._end()
            self.told.emit(f"Cancelled: {self._written} of {self._count} files were exported.")

    @Slot()
    def _on_timeout(self) -> None:
        if self._is_waiting:
            return
        if self._file is None and not self._paths:
            self._end()
            self.told.emit(f"Exported {self._written} files.")
            return
        try:
            written = self._write()
        except InputError as error:
            self._end()
            self.complained.emit(f"{error} {self._written} of {self._count} files were exported.")
        except Exception:
            self._end()
            raise
        else:
            self._written += written
            if self.bar is not None and written:
                self.bar.setValue(self._written)

    def _write(self) -> bool:
        """For the time of a slice; True if that was the end of a file."""
        if self._file is None:
            (key, kind), path = next(iter(self._paths.items()))
            del self._paths[key, kind]
            pieces, _ = self._pieces(self._plots.card(key), kind)
            self._file = writing(path, pieces)
        until = perf_counter() + SLICE
        while perf_counter() < until:
            try:
                next(self._file)
            except StopIteration:
                self._file = None
                return True
        return False

    @property
    def _is_waiting(self) -> bool:
        """For the last grant to end, and for the answers to what the plots wish to know."""
        snapshot = self._plots.feed.snapshot
        if perf_counter() > self._deadline or snapshot is None:
            return False
        return snapshot.evaluating or not self._session.is_resting

    def _end(self) -> None:
        self._slices.stop()
        if self._file is not None:
            self._file.close()
        self._plots.attend(())
        if self.bar is not None:
            self.bar.hide()
            self.bar.deleteLater()
            self.bar = None
        if self._was_running:
            self._session.resume()
        self.finished.emit()
