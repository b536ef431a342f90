"""Opening and saving experiments, and the question about unsaved changes."""

import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine import experiment_file
from engine.architecture import dense
from engine.faults import InputError
from engine.spec import Experiment
from gui.document import ExperimentDocument
from gui.recent_files import RecentFiles

FILTER = "Experiments (*.toml);;All files (*)"
ENDING = ".toml"
DATA_ENDINGS = (".csv", ".tsv", ".npz", ".npy", ".gz", ".idx", "-ubyte")
Answer = QMessageBox.StandardButton


def start_experiment() -> Experiment:
    """The chapter's first deep network."""
    return Experiment(dense(784, 30, 30, 10))


class ExperimentFiles(QObject):
    """The file behind the document. A file that cannot be read leaves open what was open."""

    opened = Signal(object)  # Experiment
    saved = Signal(str)
    discarded = Signal()  # the changes to what is open, by the user's word
    complained = Signal(str)

    def __init__(self, document: ExperimentDocument, window: QWidget, recent: RecentFiles) -> None:
        super().__init__(window)
        self._document, self._window, self.recent = document, window, recent
        self.path: Path | None = None

    @property
    def name(self) -> str:
        """What the title and the questions call the document."""
        return self.path.name if self.path else self._document.experiment.name or "untitled"

    def new(self) -> None:
        self.show(start_experiment())

    def show(self, experiment: Experiment, path: Path | None = None, saved: bool = True) -> bool:
        """Open an experiment that is already read, unless the user wants to keep the old one.

        One that is not ``saved`` has unsaved changes from the start, which undo does not take back.
        """
        may = self.may_discard()
        if may:
            self._replace(experiment, path, saved)
        return may

    def ask_and_open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Open experiment", self._folder, FILTER)
        if name:
            self.open(Path(name))

    @Slot(object)
    def open(self, path: Path) -> None:
        """Refuse a file that is no experiment before any question is asked."""
        try:
            experiment_file.read(path)
            if self.may_discard():  # by saving, perhaps, to this very file
                self._replace(experiment_file.read(path), path)
                self.recent.add(path)
        except InputError as error:
            self._refuse(path, error)

    def save(self) -> bool:
        """True when it was saved."""
        if self.path is None:
            return self.ask_and_save()
        return self._write(self.path)

    def ask_and_save(self) -> bool:
        where = str(Path(self._folder, self.path.name if self.path else ""))
        name, _ = QFileDialog.getSaveFileName(self._window, "Save experiment", where, FILTER)
        if not name:
            return False
        path = Path(name)
        if path.suffix.lower() == ENDING:
            return self._write(path)
        path = path.with_name(path.name + ENDING)  # what the dialog has not asked about
        return self._may_overwrite(path) and self._write(path)

    def may_discard(self) -> bool:
        """Ask about unsaved changes; True when the document may go."""
        if self._document.undo_stack.isClean():
            return True
        answer = self._ask(
            "Unsaved changes", f"Save the changes to “{self.name}” first?",
            Answer.Save | Answer.Discard | Answer.Cancel, Answer.Save,
        )  # fmt: skip
        if answer == Answer.Save:
            return self.save()
        if answer == Answer.Discard:
            self.discarded.emit()
        return answer == Answer.Discard

    @property
    def _folder(self) -> str:
        latest = self.path or next(iter(self.recent.paths), None)
        return str(latest.parent if latest else Path.home())

    def _replace(self, experiment: Experiment, path: Path | None, saved: bool = True) -> None:
        self.path = path
        self._document.replace(experiment)
        if not saved:
            self._document.undo_stack.resetClean()
        self.opened.emit(experiment)

    def _refuse(self, path: Path, error: InputError) -> None:
        sentence, name = str(error), path.name.lower()
        if path in self.recent.paths and not os.path.exists(path):
            self.recent.remove(path)
            sentence += " It is no longer among the recent files."
        elif os.path.isfile(path) and name.endswith(DATA_ENDINGS):
            sentence = f"{path.name}: this is no experiment; choose it in the settings, as data."
        elif os.path.isfile(path) and not name.endswith(ENDING):
            sentence += f" Experiments are {ENDING} files."
        self.complained.emit(sentence)

    def _may_overwrite(self, path: Path) -> bool:
        if not path.exists():
            return True
        text = f"“{path.name}” exists already. Replace it?"
        return self._ask("Replace", text, Answer.Yes | Answer.Cancel, Answer.Cancel) == Answer.Yes

    def _ask(self, title: str, text: str, answers: Answer, usual: Answer) -> Answer:
        return QMessageBox.question(self._window, title, text, answers, usual)

    def _write(self, path: Path) -> bool:
        try:
            experiment_file.write(path, self._document.experiment)
        except InputError as error:
            self.complained.emit(str(error))
            return False
        self.path = path
        self._document.undo_stack.setClean()
        self.recent.add(path)
        self.saved.emit(f"Saved to {path.name}.")
        return True
