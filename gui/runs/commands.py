"""What is done to runs by hand, as steps that can be undone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtGui import QUndoCommand

from engine.runs import Run


class Book(Protocol):
    """Where the runs are kept."""

    def named(self, id: int) -> Run | None: ...
    def put(self, run: Run) -> None: ...
    def take_out(self, ids: Collection[int]) -> tuple[Run, ...]: ...


class Alter(QUndoCommand):
    """Sets some fields of runs; their records may have grown when it is undone."""

    def __init__(
        self, book: Book, text: str, runs: Sequence[Run], fields: Mapping[str, object]
    ) -> None:
        super().__init__(text)
        self._book = book
        self._before = {run.id: {key: getattr(run, key) for key in fields} for run in runs}
        self._after = {run.id: dict(fields) for run in runs}

    def redo(self) -> None:
        self._set(self._after)

    def undo(self) -> None:
        self._set(self._before)

    def _set(self, values: Mapping[int, Mapping[str, Any]]) -> None:
        for id, fields in values.items():
            if (run := self._book.named(id)) is not None:  # it may have made room for others
                self._book.put(replace(run, **fields))


class Delete(QUndoCommand):
    """Takes earlier runs out and keeps them, for the day that they are wanted back."""

    def __init__(self, book: Book, text: str, runs: Sequence[Run]) -> None:
        super().__init__(text)
        self._book = book
        self._runs = tuple(runs)

    def redo(self) -> None:
        self._runs = self._book.take_out([run.id for run in self._runs])

    def undo(self) -> None:
        for run in self._runs:
            self._book.put(run)
