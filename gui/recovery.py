"""Unsaved work outlives a crash: a copy is kept as long as there is any, and offered again."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from engine.faults import InputError
from gui.document import ExperimentDocument
from gui.files import ExperimentFiles
from gui.kept_copy import KeptCopy, Unsaved, abandoned

DELAY_MS = 3_000
RESTORE, DISCARD = "Restore", "Discard"


class Recovery(QObject):
    """Keeps a copy of this window's unsaved work, and hands back what dead processes have left."""

    offered = Signal(str, object)  # a question, and its answers for ``answer``
    complained = Signal(str)

    def __init__(
        self,
        document: ExperimentDocument,
        files: ExperimentFiles,
        folder: Path,
        delay: int = DELAY_MS,
    ) -> None:
        super().__init__(files)
        self._document, self._files, self._folder = document, files, folder
        self._copy: KeptCopy | None = None
        self._kept: int | None = None  # the version of the document that the copy holds
        self._has_complained = False
        self._left: list[tuple[KeptCopy, Unsaved]] = []
        self._timer = QTimer(self, singleShot=True, interval=delay)
        self._timer.timeout.connect(self._on_due)
        document.changed.connect(self._on_experiment_changed)
        document.undo_stack.cleanChanged.connect(self._on_clean_changed)
        files.discarded.connect(self.forget)

    # -- this window's copy ----------------------------------------------------------------

    def keep(self) -> bool:
        """Write the copy now; True if the document needs none, or has one that is up to date."""
        if self._document.undo_stack.isClean():
            self.forget()
        elif self._document.version != self._kept:
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
        self._kept = None
        if self._copy is not None:
            self._copy.remove()
            self._copy = None

    def _write(self) -> None:
        copy = self._copy or KeptCopy.new(self._folder)
        self._copy = copy
        path = self._files.path
        now = datetime.now().astimezone()
        unsaved = Unsaved(
            self._document.experiment, self._files.name, path.absolute() if path else None, now
        )
        copy.write(unsaved)
        self._kept = self._document.version
        self._has_complained = False

    def _complain_once(self, error: InputError) -> None:
        if not self._has_complained:
            self._has_complained = True
            self.complained.emit(f"No copy of your unsaved changes could be kept: {error}")

    @Slot(object)
    def _on_experiment_changed(self, _experiment: object) -> None:
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

    # -- what others have left -------------------------------------------------------------

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
        elif not self._files.show(unsaved.experiment, unsaved.path, saved=False):
            self._offer()  # what is open comes first: asked again later
            return
        elif self.keep():  # first the new copy, then the old one goes
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
    return f"Nablascope ended without saving “{unsaved.name}” ({when})."
