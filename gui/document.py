"""What is open, an experiment or a chain: an immutable value and a stack of changes to it."""

from itertools import count
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from engine.chain.spec import ChainSpec
from engine.spec import Experiment

MERGEABLE = 1
Value = TypeVar("Value")


class Document(QObject, Generic[Value]):
    """The only place where the current value is kept; every edit goes through ``change``.

    ``version`` numbers its states: undo and redo return to the number of the state that they
    return to. It owns the undo stack and must outlive the widgets that listen.
    """

    changed = Signal(object)  # the value

    def __init__(self, value: Value, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._value = value
        self._versions = count(1)
        self.version = 0
        self.undo_stack = QUndoStack(self)

    @property
    def value(self) -> Value:
        return self._value

    def change(self, text: str, value: Value, merge_key: object = None) -> None:
        """Make ``value`` current as one undoable step; with equal ``merge_key`` they join."""
        if value != self._value:
            self.undo_stack.push(_Change(self, text, value, merge_key))

    def mark(self, text: str) -> None:
        """An undoable step to an equal value under a new version: the run becomes another."""
        self.undo_stack.push(_Change(self, text, self._value, None))

    def replace(self, value: Value) -> None:
        """Open another: the old one's history goes."""
        self._show(value, next(self._versions))
        self.undo_stack.clear()

    def _show(self, value: Value, version: int) -> None:
        self._value, self.version = value, version
        self.changed.emit(value)


class ExperimentDocument(Document[Experiment]):
    """The network of the window and how it is trained."""

    @property
    def experiment(self) -> Experiment:
        return self.value


class ChainDocument(Document[ChainSpec]):
    """The chain of single neurons."""

    @property
    def chain(self) -> ChainSpec:
        return self.value


class _Change(QUndoCommand):
    def __init__(
        self, document: Document[Any], text: str, after: object, merge_key: object
    ) -> None:
        super().__init__(text)
        self._document = document
        self._before = document.value, document.version
        self._merge_key = merge_key
        self._after = after, self._version(after)

    def _version(self, after: object) -> int:
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
