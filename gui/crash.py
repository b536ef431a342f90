"""What happens with an exception that nobody expected: it is logged and shown, and work goes on."""

import logging
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

log = logging.getLogger(__name__)


class CrashReporter(QObject):
    """Shows one dialog per kind of fault; further ones of the same kind are only logged."""

    _caught = Signal(str, str)  # to the window's thread, wherever it was raised

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._seen: set[str] = set()
        self._caught.connect(self._on_caught)

    def install(self) -> None:
        sys.excepthook = self._hook

    def _hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        log.critical("unexpected error", exc_info=(kind, error, trace))
        details = "".join(traceback.format_exception(kind, error, trace))
        self._caught.emit(f"{kind.__name__}: {error}", details)

    @Slot(str, str)
    def _on_caught(self, summary: str, details: str) -> None:
        if summary in self._seen or QThread.currentThread() is not self.thread():
            return
        self._seen.add(summary)
        box = QMessageBox(
            QMessageBox.Icon.Warning, "Nablascope",
            f"Something went wrong that should not have:\n{summary}\n\nYour work is still open.",
            QMessageBox.StandardButton.Ok, self._window,
        )  # fmt: skip
        box.setDetailedText(details)
        box.open()
