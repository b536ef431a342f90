"""Opening and saving experiments, and the question about unsaved changes."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine import experiment_file
from engine.faults import InputError
from engine.spec import Experiment, dense
from gui.document import ExperimentDocument

FILTER = "Experiments (*.toml);;All files (*)"


def start_experiment() -> Experiment:
    """The chapter's first deep network."""
    return Experiment(dense(784, 30, 30, 10))


class ExperimentFiles(QObject):
    """The file behind the document. A file that cannot be read leaves open what was open."""

    opened = Signal(object)  # Experiment
    saved = Signal(str)
    complained = Signal(str)

    def __init__(self, document: ExperimentDocument, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._window = document, window
        self.path: Path | None = None

    def new(self) -> None:
        self.show(start_experiment())

    def show(self, experiment: Experiment, path: Path | None = None) -> None:
        """Open an experiment that is already read, unless the user wants to keep the old one."""
        if self.may_discard():
            self.path = path
            self._document.replace(experiment)
            self.opened.emit(experiment)

    def ask_and_open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Open experiment", self._folder, FILTER)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        try:
            experiment = experiment_file.read(path)
        except InputError as error:
            self.complained.emit(str(error))
            return
        self.show(experiment, path)

    def save(self) -> bool:
        """True when it was saved."""
        if self.path is None:
            return self.ask_and_save()
        return self._write(self.path)

    def ask_and_save(self) -> bool:
        name, _ = QFileDialog.getSaveFileName(self._window, "Save experiment", self._folder, FILTER)
        if not name:
            return False
        path = Path(name)
        return self._write(path if path.suffix else path.with_suffix(".toml"))

    def may_discard(self) -> bool:
        """Ask about unsaved changes; True when the document may go."""
        if self._document.undo_stack.isClean():
            return True
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window, "Unsaved changes", "Save the changes to this experiment first?",
            buttons.Save | buttons.Discard | buttons.Cancel, buttons.Save,
        )  # fmt: skip
        if answer == buttons.Save:
            return self.save()
        return answer == buttons.Discard

    @property
    def _folder(self) -> str:
        return str(self.path.parent if self.path else Path.home())

    def _write(self, path: Path) -> bool:
        try:
            experiment_file.write(path, self._document.experiment)
        except InputError as error:
            self.complained.emit(str(error))
            return False
        self.path = path
        self._document.undo_stack.setClean()
        self.saved.emit(f"Saved to {path.name}.")
        return True
