"""The network for other programs: as code on the clipboard, and its weights as a file."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from engine.export import EXPORTS
from engine.export.weights import FILE_NAME, write_weights
from engine.faults import InputError
from engine.snapshot import Snapshot
from gui.document import ExperimentDocument

FILTER = "NumPy arrays (*.npz)"


class Exports(QObject):
    """Weights are those of the newest snapshot that carried them: a fifth of a second old."""

    told = Signal(str)
    complained = Signal(str)

    def __init__(self, document: ExperimentDocument, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._window = document, window
        self.snapshot: Snapshot | None = None  # the newest that carried weights

    def menu(self) -> QMenu:
        """One entry for every format of the engine's table."""
        menu = QMenu("Copy as c&ode", self._window)
        menu.setObjectName("export")
        menu.setToolTipsVisible(True)
        for key, entry in EXPORTS.items():
            action = menu.addAction(entry.label)
            action.setObjectName(key)
            action.setToolTip(f"The network and its training as a program for {entry.label}")
        menu.triggered.connect(self._on_triggered)
        return menu

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.weights is not None:
            self.snapshot = snapshot

    def copy_code(self, key: str) -> None:
        """A whole program on the clipboard."""
        QGuiApplication.clipboard().setText(EXPORTS[key].code(self._document.experiment))
        self.told.emit(
            f"Copied as {EXPORTS[key].label} code; it loads {FILE_NAME}, which the"
            " File menu exports, if that stands beside it."
        )

    def ask_and_write_weights(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Export weights", str(Path.home() / FILE_NAME), FILTER
        )
        if name:
            self.write_weights(Path(name))

    def write_weights(self, path: Path) -> None:
        snapshot = self.snapshot
        if snapshot is None or snapshot.weights is None:
            self.complained.emit("There are no weights yet: the run is still being prepared.")
            return
        try:
            write_weights(path, self._document.experiment.architecture, snapshot.weights)
        except InputError as error:
            self.complained.emit(str(error))
        else:
            self.told.emit(f"Saved the weights of step {snapshot.step:,} to {path.name}.")

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.copy_code(action.objectName())
