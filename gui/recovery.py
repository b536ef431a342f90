"""Unsaved work outlives a crash: what a process has left is offered again."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from engine.documents import kind_of
from engine.faults import InputError
from gui.files import Files
from gui.keeper import Keeper
from gui.kept_copy import KeptCopy, Unsaved, abandoned

DELAY_MS = 3_000
RESTORE, DISCARD = "Restore", "Discard"


class Recovery(QObject):
    """Keeps copies of this window's unsaved work, and hands back what dead processes have left."""

    offered = Signal(str, object)  # a question, and its answers for ``answer``
    complained = Signal(str)

    def __init__(self, files: Files, folder: Path, delay: int = DELAY_MS) -> None:
        super().__init__(files)
        self._files, self._folder = files, folder
        self.keepers = [Keeper(file, folder, delay) for file in files.each]
        for keeper in self.keepers:
            keeper.complained.connect(self.complained)
        self._left: list[tuple[KeptCopy, Unsaved]] = []

    def look(self) -> None:
        """Offer what was left, one after the other; what is damaged is put aside and told."""
        faults = []
        for copy in abandoned(self._folder):
            try:
                self._left.append((copy, copy.read()))
            except InputError as error:
                copy.put_aside()
                faults.append(str(error))
        if faults:
            more = f" ({len(faults) - 1} more)" if len(faults) > 1 else ""
            self.complained.emit(f"Unsaved work of an earlier session is lost{more}: {faults[0]}")
        self._offer()

    @Slot(str)
    def answer(self, answer: str) -> None:
        """``RESTORE`` or ``DISCARD`` what is offered; another offer may follow."""
        if not self._left:
            return
        copy, unsaved = self._left[0]
        if answer == DISCARD:
            copy.remove()
        elif not self._files.show(unsaved.value, unsaved.path, saved=False):
            self._offer()  # what is open comes first: asked again later
            return
        elif all(keeper.keep() for keeper in self.keepers):  # first the new copy, then the old goes
            copy.remove()
        else:
            copy.release()
        self._left.pop(0)
        self._offer()

    def _offer(self) -> None:
        if self._left:
            self.offered.emit(_question(self._left[0][1]), (RESTORE, DISCARD))


def _question(unsaved: Unsaved) -> str:
    today = unsaved.time.date() == datetime.now().date()
    when = f"{unsaved.time:%H:%M}" if today else f"{unsaved.time:%Y-%m-%d, %H:%M}"
    noun = kind_of(unsaved.value).noun
    return f"Nablascope ended without saving the {noun} “{unsaved.name}” ({when})."
