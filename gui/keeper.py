"""A copy of one document's unsaved work, kept as long as there is any."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from engine.faults import InputError
from gui.document_file import DocumentFile
from gui.kept_copy import KeptCopy, Unsaved


class Keeper(QObject):
    """Writes soon after an edit, and removes the copy when the document is saved or given up."""

    complained = Signal(str)

    def __init__(self, file: DocumentFile, folder: Path, delay: int) -> None:
        super().__init__(file)
        self.file, self._folder = file, folder
        self._copy: KeptCopy | None = None
        self.kept: int | None = None  # the version of the document that the copy holds
        self._has_complained = False
        self._timer = QTimer(self, singleShot=True, interval=delay)
        self._timer.timeout.connect(self._on_due)
        file.document.changed.connect(self._on_changed)
        file.document.undo_stack.cleanChanged.connect(self._on_clean_changed)
        file.discarded.connect(self.forget)

    def keep(self) -> bool:
        """Write the copy now; True if the document needs none, or has one that is up to date."""
        document = self.file.document
        if document.undo_stack.isClean():
            self.forget()
        elif document.version != self.kept:
            try:
                self._write()
            except InputError as error:
                self._complain_once(error)
                return False
        return True

    @Slot()
    def forget(self) -> None:
        """The work is saved, or not wanted: the copy goes."""
        self._timer.stop()
        self.kept = None
        if self._copy is not None:
            self._copy.remove()
            self._copy = None

    def _write(self) -> None:
        copy = self._copy or KeptCopy.new(self._folder)
        self._copy = copy
        file, now = self.file, datetime.now().astimezone()
        path = file.path.absolute() if file.path else None
        copy.write(Unsaved(file.document.value, file.name, path, now))
        self.kept = file.document.version
        self._has_complained = False

    def _complain_once(self, error: InputError) -> None:
        if not self._has_complained:
            self._has_complained = True
            self.complained.emit(f"No copy of your unsaved changes could be kept: {error}")

    @Slot(object)
    def _on_changed(self, _value: object) -> None:
        if not self._timer.isActive():  # or an edit that never rests would never be kept
            self._timer.start()

    @Slot(bool)
    def _on_clean_changed(self, clean: bool) -> None:
        if clean:
            self.forget()
        else:
            self._timer.start()

    @Slot()
    def _on_due(self) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._timer.start()  # not in the middle of a drag
        else:
            self.keep()
