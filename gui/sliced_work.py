"""Work that may take seconds, in slices of the event loop: with a bar, and a way to end it."""

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QWidget

from engine.faults import InputError

SLICE = 0.012  # seconds: less than a frame
AT_ONCE = 0.1  # seconds that nobody waits for
SILENT_MS = 400  # before the bar is shown


def progress_dialog(title: str, words: str, steps: int, window: QWidget) -> QProgressDialog:
    """``window`` can do nothing else while it is shown."""
    dialog = QProgressDialog(words, "Cancel", 0, steps, window)
    line = QProgressBar()
    line.setTextVisible(False)  # it is too thin for it
    line.setRange(0, steps)
    dialog.setBar(line)
    dialog.setWindowTitle(title)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    return dialog


class SlicedWork(QObject):
    """Little work is done at once, when it begins. Ended, it closes the iterator it works off."""

    finished = Signal()
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, words: str, work: Iterator[object], steps: int, window: QWidget) -> None:
        super().__init__(window)
        self._words, self._work, self._steps = words, work, steps
        self._window = window
        self._done = 0
        self._pause = QTimer(self, singleShot=True, interval=0)
        self._pause.timeout.connect(self._on_timeout)
        self.bar: QProgressDialog | None = None

    @property
    def is_going_on(self) -> bool:
        return self.bar is not None

    def begin(self) -> None:
        """``window`` can do nothing else meanwhile."""
        if self._advance(AT_ONCE):
            return
        self.bar = progress_dialog("Nablascope", self._words, self._steps, self._window)
        self.bar.setMinimumDuration(SILENT_MS)
        self.bar.setAutoReset(False)
        self.bar.setAutoClose(False)
        self.bar.canceled.connect(self.cancel)
        self._pause.start()

    @Slot()
    def cancel(self) -> None:
        if self.is_going_on:
            self._end()
            self.cancelled.emit()

    @Slot()
    def _on_timeout(self) -> None:
        if not self._advance(SLICE) and self.bar is not None:
            self.bar.setValue(min(self._done, self._steps))  # passes events on: it may be the end
            if self.is_going_on:
                self._pause.start()

    def _advance(self, seconds: float) -> bool:
        """True if it has come to its end."""
        until = perf_counter() + seconds
        try:
            while perf_counter() < until:
                next(self._work)
                self._done += 1
        except StopIteration:
            self._end()
            self.finished.emit()
        except InputError as error:
            self._end()
            self.failed.emit(str(error))
        except Exception:
            self._end()
            raise
        else:
            return False
        return True

    def _end(self) -> None:
        self._pause.stop()
        if (close := getattr(self._work, "close", None)) is not None:
            close()
        if self.bar is not None:
            self.bar.hide()
            self.bar.deleteLater()
            self.bar = None
        self.deleteLater()
