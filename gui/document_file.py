"""The file behind one document, and the question about its unsaved changes."""

from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.documents import CHAIN, Kind
from engine.faults import InputError
from gui.document import Document
from gui.recent_files import RecentFiles

ENDING = ".toml"
Answer = QMessageBox.StandardButton


class Beside(Protocol):
    """What else belongs to a document and has files of its own; both raise ``InputError``."""

    def open(self, path: Path | None) -> None: ...

    def save(self, path: Path) -> str:
        """Say what was saved along; empty: nothing."""
        ...


class DocumentFile(QObject):
    """What is open of one kind: its value, its path if it has one, and whether it is saved."""

    opened = Signal(object)  # the value
    saved = Signal(str)
    written = Signal(object)  # the path
    discarded = Signal()  # the changes to what is open, by the user's word
    complained = Signal(str)

    def __init__(
        self, kind: Kind, document: Document[Any], window: QWidget, recent: RecentFiles
    ) -> None:
        super().__init__(window)
        self.kind, self.document = kind, document
        self._window, self._recent = window, recent
        self.path: Path | None = None
        self.beside: Beside | None = None

    @property
    def name(self) -> str:
        """What the title and the questions call the document."""
        return self.path.name if self.path else self.document.value.name or "untitled"

    @property
    def filter(self) -> str:
        return f"{self.kind.noun.capitalize()}s (*{ENDING});;All files (*)"

    def show(self, value: object, path: Path | None = None, saved: bool = True) -> bool:
        """Open what is already read, unless the user wants to keep the old one.

        One that is not ``saved`` has unsaved changes from the start, which undo does not take back.
        """
        may = self.may_discard()
        if may:
            self._replace(value, path, saved)
        return may

    def open(self, path: Path) -> None:
        """Raises ``InputError``, before any question is asked, for a file that holds none."""
        self.kind.read(path)
        if self.may_discard():  # by saving, perhaps, to this very file
            self._replace(self.kind.read(path), path)
            self._recent.add(path)

    def save(self) -> bool:
        """True when it was saved."""
        if self.path is None:
            return self.ask_and_save()
        return self._write(self.path)

    def ask_and_save(self) -> bool:
        where = str(Path(self.folder, self.path.name if self.path else ""))
        title = f"Save {self.kind.noun}"
        name, _ = QFileDialog.getSaveFileName(self._window, title, where, self.filter)
        if not name:
            return False
        path = Path(name)
        if path.suffix.lower() == ENDING:
            return self._write(path)
        path = path.with_name(path.name + ENDING)  # what the dialog has not asked about
        return self._may_overwrite(path) and self._write(path)

    def may_discard(self) -> bool:
        """Ask about unsaved changes; True when the document may go, and its changes with it."""
        may = self.may_go()
        if may:
            self.discard()
        return may

    def may_go(self) -> bool:
        """Ask about unsaved changes; what is not saved is not yet given up."""
        if self.document.undo_stack.isClean():
            return True
        answer = self._ask(
            "Unsaved changes", f"Save the changes to {self._title} first?",
            Answer.Save | Answer.Discard | Answer.Cancel, Answer.Save,
        )  # fmt: skip
        return self.save() if answer == Answer.Save else answer == Answer.Discard

    def discard(self) -> None:
        """Give up the changes that are not saved."""
        if not self.document.undo_stack.isClean():
            self.discarded.emit()

    def lose_path(self) -> None:
        """Its file holds something else now: it is as if it had never been saved."""
        self.path = None
        self.document.undo_stack.resetClean()

    @property
    def _title(self) -> str:
        """Two may be untitled: a chain is called one."""
        return f"{'the chain ' * (self.kind is CHAIN)}“{self.name}”"

    @property
    def folder(self) -> str:
        """Where the dialogs begin."""
        latest = self.path or next(iter(self._recent.paths), None)
        return str(latest.parent if latest else Path.home())

    def _replace(self, value: object, path: Path | None, saved: bool = True) -> None:
        self.path = path
        self.document.replace(value)
        if not saved:
            self.document.undo_stack.resetClean()
        fault = self._open_beside()
        self.opened.emit(value)
        if fault:
            self.complained.emit(fault)

    def _open_beside(self) -> str:
        """What is wrong there; the document is open all the same."""
        try:
            if self.beside is not None:
                self.beside.open(self.path)
        except InputError as error:
            return str(error)
        return ""

    def _may_overwrite(self, path: Path) -> bool:
        if not path.exists():
            return True
        text = f"“{path.name}” exists already. Replace it?"
        return self._ask("Replace", text, Answer.Yes | Answer.Cancel, Answer.Cancel) == Answer.Yes

    def _ask(self, title: str, text: str, answers: Answer, usual: Answer) -> Answer:
        return QMessageBox.question(self._window, title, text, answers, usual)

    def _write(self, path: Path) -> bool:
        try:
            self.kind.write(path, self.document.value)
        except InputError as error:
            self.complained.emit(str(error))
            return False
        self.path = path
        self._recent.add(path)
        self.written.emit(path)
        try:
            along = "" if self.beside is None else self.beside.save(path)
        except InputError as error:
            self.complained.emit(f"Saved to {path.name}, but without its runs: {error}")
            return False
        self.document.undo_stack.setClean()
        self.saved.emit(", ".join(filter(None, (f"Saved to {path.name}", along))) + ".")
        return True
