"""Opening, saving and asking, for whichever document it is about."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.documents import KINDS, kind_at, kind_of
from engine.faults import InputError
from gui.document import Document
from gui.document_file import ENDING, DocumentFile
from gui.recent_files import RecentFiles

FILTER = f"Experiments and chains (*{ENDING});;All files (*)"
DATA_ENDINGS = (".csv", ".tsv", ".npz", ".npy", ".gz", ".idx", "-ubyte")


class Files(QObject):
    """The files behind the documents; ``current`` is that of the document which is looked at.

    What is opened goes to the document of its kind. A file that cannot be read leaves open what
    was open.
    """

    opened = Signal(object)  # the value
    saved = Signal(str)
    complained = Signal(str)

    def __init__(
        self, documents: Iterable[Document[Any]], window: QWidget, recent: RecentFiles
    ) -> None:
        super().__init__(window)
        self._window, self.recent = window, recent
        self.each = [DocumentFile(kind_of(d.value), d, window, recent) for d in documents]
        self.current = self.each[0]
        for file in self.each:
            file.opened.connect(self.opened)
            file.written.connect(self._on_written)
            file.saved.connect(self.saved)
            file.complained.connect(self.complained)

    def look_at(self, document: Document[Any]) -> None:
        """Saving, and a new one, are from now on about this document."""
        self.current = next(file for file in self.each if file.document is document)

    @property
    def name(self) -> str:
        return self.current.name

    def new(self) -> None:
        self.current.show(self.current.kind.start())

    def show(self, value: object, path: Path | None = None, saved: bool = True) -> bool:
        """Open what is already read, unless the user wants to keep the old one of its kind."""
        return self._of(value).show(value, path, saved)

    def ask_and_open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", self.current.folder, FILTER)
        if name:
            self.open(Path(name))

    @Slot(object)
    def open(self, path: Path) -> None:
        """What kind it is, the file says; its name does not matter."""
        kind = kind_at(path)
        file = next((file for file in self.each if file.kind is kind), self.current)
        try:
            file.open(path)
        except InputError as error:
            self._refuse(path, error)

    def save(self) -> bool:
        return self.current.save()

    def ask_and_save(self) -> bool:
        return self.current.ask_and_save()

    def may_discard(self) -> bool:
        """Ask about the unsaved changes of every document; True when all may go.

        No changes are given up before the last answer: a cancel keeps them all.
        """
        may = all(file.may_go() for file in self.each)
        if may:
            for file in self.each:
                file.discard()
        return may

    @Slot(object)
    def _on_written(self, path: Path) -> None:
        """One document has replaced another's file: saving that one must not replace it back."""
        for file in self.each:
            if file is not self.sender() and file.path and file.path.resolve() == path.resolve():
                file.lose_path()

    def _of(self, value: object) -> DocumentFile:
        return next(file for file in self.each if file.kind is kind_of(value))

    def _refuse(self, path: Path, error: InputError) -> None:
        sentence, name = str(error), path.name.lower()
        if path in self.recent.paths and not os.path.exists(path):
            self.recent.remove(path)
            sentence += " It is no longer among the recent files."
        elif os.path.isfile(path) and name.endswith(DATA_ENDINGS):
            sentence = f"{path.name}: this is no experiment; choose it in the settings, as data."
        elif os.path.isfile(path) and not name.endswith(ENDING):
            nouns = " and ".join(f"{kind.noun}s" for kind in KINDS).capitalize()
            sentence += f" {nouns} are {ENDING} files."
        self.complained.emit(sentence)
