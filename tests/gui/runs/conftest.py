from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from engine.arrays import read_only
from engine.snapshot import Snapshot
from engine.spec import Experiment
from engine.trainer import start
from gui.runs.book import RunBook
from tests.engine.trained_runs import SMALL

Make = Callable[[], RunBook]


class FakeSession(QObject):
    """A session whose run is trained by hand."""

    snapshot_ready = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.run_id = 0
        self.branched_from: tuple[int, int] | None = None
        self.shown: dict[int, Snapshot] = {}

    def show(self, run_id: int, steps: int, experiment: Experiment = SMALL) -> Snapshot:
        """As if this run had come so far."""
        trainer = start(experiment)
        trainer.evaluate()
        for _ in range(steps):
            trainer.step()
        return self.emit(run_id, trainer.snapshot())

    def emit(self, run_id: int, snapshot: Snapshot) -> Snapshot:
        self.run_id = run_id
        self.shown[run_id] = snapshot
        self.snapshot_ready.emit(snapshot)
        return snapshot


@dataclass
class FakeControl:
    loaded: Experiment = SMALL


@dataclass
class Office:
    """A book and all that it hears."""

    session: FakeSession
    control: FakeControl
    stack: QUndoStack
    book: RunBook
    told: list[str] = field(default_factory=list)
    changes: list[int] = field(default_factory=list)

    def names(self) -> list[str]:
        return [run.name for run in self.book.earlier]

    def long(self, run_id: int, step: int) -> None:
        """A run that has taken a step, without the work."""
        first = self.session.show(run_id, 0)
        record = read_only(np.zeros_like(first.history[:1].repeat(2, 0)))
        self.session.emit(run_id, replace(first, step=step, history=record))


@pytest.fixture
def office(qtbot: QtBot) -> Office:
    session, control, stack = FakeSession(), FakeControl(), QUndoStack()
    office = Office(session, control, stack, RunBook(session, control, stack, session))
    office.book.told.connect(office.told.append)
    office.book.changed.connect(lambda: office.changes.append(1))
    return office
