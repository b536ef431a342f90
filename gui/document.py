"""The experiment that is open: an immutable value and a stack of changes to it."""

from itertools import count

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from engine.spec import Experiment

MERGEABLE = 1


class ExperimentDocument(QObject):
    """The only place where the current ``Experiment`` is kept; every edit goes through ``change``.

    ``version`` numbers its states: undo and redo return to the number of the state that they
    return to. It owns the undo stack and must outlive the widgets that listen.
    """

    experiment_changed = Signal(object)  # Experiment

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._experiment = experiment
        self._versions = count(1)
        self.version = 0
        self.undo_stack = QUndoStack(self)

    @property
    def experiment(self) -> Experiment:
        return self._experiment

    def change(self, text: str, experiment: Experiment, merge_key: object = None) -> None:
        """Make ``experiment`` current as one undoable step; with equal ``merge_key`` they join."""
        if experiment != self._experiment:
            self.undo_stack.push(_Change(self, text, experiment, merge_key))

    def replace(self, experiment: Experiment) -> None:
        """Open another experiment: the old one's history goes."""
        self._show(experiment, next(self._versions))
        self.undo_stack.clear()

    def _show(self, experiment: Experiment, version: int) -> None:
        self._experiment, self.version = experiment, version
        self.experiment_changed.emit(experiment)


class _Change(QUndoCommand):
    def __init__(
        self, document: ExperimentDocument, text: str, after: Experiment, merge_key: object
    ) -> None:
        super().__init__(text)
        self._document = document
        self._before = document.experiment, document.version
        self._merge_key = merge_key
        self._after = after, self._version(after)

    def _version(self, after: Experiment) -> int:
        """A gesture that comes back to where it began comes back to that state, and to its run."""
        stack = self._document.undo_stack
        last = stack.command(stack.index() - 1)
        if isinstance(last, _Change) and last.joins(self) and last._before[0] == after:
            return last._before[1]
        return next(self._document._versions)

    def joins(self, later: "_Change") -> bool:
        """Whether a later change continues this one, as the next move of a drag does."""
        return self._merge_key is not None and self._merge_key == later._merge_key

    def redo(self) -> None:
        self._document._show(*self._after)

    def undo(self) -> None:
        self._document._show(*self._before)

    def id(self) -> int:
        return -1 if self._merge_key is None else MERGEABLE

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Change) or not self.joins(other):
            return False
        self._after = other._after
        self.setText(other.text() or self.text())
        self.setObsolete(self._after[0] == self._before[0])  # dragged back to where it began
        return True
