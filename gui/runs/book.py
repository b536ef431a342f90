"""The runs of the document: the live one, and every one that was trained before it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot
from PySide6.QtGui import QUndoStack

from engine.runs import Run, as_name, empty_record, unique
from engine.runs_file import MOST_BYTES, MOST_RUNS
from engine.snapshot import Snapshot, evaluation_columns, history_columns
from engine.spec import Experiment
from gui.runs.commands import Alter, Delete

COLOURS = 8  # of runs, in a theme


class Source(Protocol):
    """What a session tells of its run, before it emits the first snapshot of it.

    ``run_id`` survives undo: a run that is taken up again has the number that it had before.
    """

    snapshot_ready: SignalInstance

    @property
    def run_id(self) -> int: ...
    @property
    def branched_from(self) -> tuple[int, int] | None: ...


class Control(Protocol):
    """Who knows the settings of the run that is loaded."""

    loaded: Experiment


class RunBook(QObject):
    """Follows the session; what is changed here by hand can be undone as an edit can.

    A run is kept once it has taken a step. There are ``MOST_RUNS`` at most, the live one among
    them: the oldest of those that are hidden goes first, then the oldest of all.
    """

    changed = Signal()
    told = Signal(str)

    def __init__(
        self, source: Source, control: Control, undo_stack: QUndoStack, parent: QObject
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._source, self._control, self._undo_stack = source, control, undo_stack
        self._ids = count(1)
        self._of_session: dict[int, int] = {}
        self._earlier: dict[int, Run] = {}
        self._live: Run | None = None
        self._snapshot: Snapshot | None = None  # the newest of the live run
        self._session_id = 0
        self._number = self._next_number = 0  # of the names that have been given
        source.snapshot_ready.connect(self._on_snapshot_ready)

    # -- what there is -------------------------------------------------------------------------

    @property
    def live(self) -> Run | None:
        """The run that is loaded, as far as it has come; None until its first snapshot."""
        run, snapshot = self._live, self._snapshot
        return run if run is None or snapshot is None else run.as_of(snapshot)

    @property
    def earlier(self) -> tuple[Run, ...]:
        """In the order in which they began."""
        return tuple(self._earlier[key] for key in sorted(self._earlier))

    @property
    def shown(self) -> tuple[Run, ...]:
        return tuple(run for run in self.earlier if run.shown)

    @property
    def trained(self) -> tuple[Run, ...]:
        """The earlier ones, and the live one if it has taken a step: what is worth saving."""
        live = self.live
        return (*self.earlier, live) if live is not None and live.step else self.earlier

    def named(self, id: int) -> Run | None:
        return self._live if self._live and self._live.id == id else self._earlier.get(id)

    def replace(self, runs: Sequence[Run]) -> None:
        """Another document is open; these are its runs, the live one is still to come."""
        self._live = self._snapshot = None
        self._earlier = {}
        for run in runs:
            id = next(self._ids)
            name = as_name(run.name, self._names) or f"Run {len(self._earlier) + 1}"
            self._earlier[id] = replace(run, id=id, name=unique(name, self._names))
        self._number = len(runs)
        self.changed.emit()

    # -- by hand -------------------------------------------------------------------------------

    def rename(self, id: int, text: str) -> None:
        run = self.named(id)
        others = {name for name in self._names if run is None or name != run.name}
        if run is not None and (name := as_name(text, others)):
            self._alter(f"Rename {run.name}", (run,), name=name)

    def set_notes(self, id: int, notes: str) -> None:
        if (run := self.named(id)) is not None:
            self._alter(f"Notes on {run.name}", (run,), notes=notes.strip())

    def set_colour(self, id: int, colour: int) -> None:
        if (run := self.named(id)) is not None:
            self._alter(f"Colour of {run.name}", (run,), colour=colour)

    def set_shown(self, ids: Collection[int], shown: bool) -> None:
        runs = self._some(ids)
        self._alter(f"{'Show' if shown else 'Hide'} {_named(runs)}", runs, shown=shown)

    def delete(self, ids: Collection[int]) -> None:
        """Earlier ones; the live one stays."""
        if runs := self._some(ids):
            self._undo_stack.push(Delete(self, f"Delete {_named(runs)}", runs))

    # -- for the commands ----------------------------------------------------------------------

    def put(self, run: Run) -> None:
        """In the place of the one with its id, or back among the others."""
        if self._live is not None and self._live.id == run.id:
            self._live = run
        else:
            others = {r.name for r in (*self._earlier.values(), self._live) if r and r.id != run.id}
            self._earlier[run.id] = replace(run, name=unique(run.name, others))
        self.changed.emit()

    def take_out(self, ids: Collection[int]) -> tuple[Run, ...]:
        """Those of them that are still there and not live."""
        runs = self._some(ids)
        for run in runs:
            del self._earlier[run.id]
        self.changed.emit()
        return runs

    def _alter(self, text: str, runs: Sequence[Run], **fields: object) -> None:
        if any(getattr(run, key) != value for run in runs for key, value in fields.items()):
            self._undo_stack.push(Alter(self, text, runs, fields))

    def _some(self, ids: Collection[int]) -> tuple[Run, ...]:
        return tuple(self._earlier[id] for id in sorted(ids) if id in self._earlier)

    @property
    def _names(self) -> set[str]:
        return {run.name for run in (*self._earlier.values(), self._live) if run is not None}

    # -- from the session ----------------------------------------------------------------------

    @Slot(object)
    def _on_snapshot_ready(self, snapshot: Snapshot) -> None:
        if snapshot.step < snapshot.newest_step:
            return  # someone looks back: the run stands where it stood
        other = self._live is None or self._source.run_id != self._session_id
        if other:
            self._leave()
            self._live = self._take_up(self._source.run_id, snapshot)
        before, loaded = self._live, self._control.loaded
        if before is not None and before.experiment is not loaded:
            self._live = replace(before, step=snapshot.step).changed_to(loaded, snapshot.step)
        self._snapshot = snapshot
        if other or self._live is not before:
            self.changed.emit()

    def _leave(self) -> None:
        """What was live becomes an earlier run, with a record of its own, if it has one."""
        run, self._live, self._snapshot = self.live, None, None
        if run is not None and run.step:
            self._number = max(self._number, self._next_number)
            self._earlier[run.id] = run.with_copies()
            self._make_room()

    def _take_up(self, session_id: int, snapshot: Snapshot) -> Run:
        """The run that the session had under this number before, or a new one."""
        self._session_id = session_id
        known = self._of_session.get(session_id)
        if known in self._earlier:
            self._next_number = 0
            return self._earlier.pop(known)
        run = self._new(snapshot)
        self._of_session[session_id] = run.id
        return run

    def _new(self, snapshot: Snapshot) -> Run:
        numbers = (n for n in count(self._number + 1) if f"Run {n}" not in self._names)
        self._next_number = n = next(numbers)
        layers = snapshot.layers
        return Run(
            id=next(self._ids), name=f"Run {n}", colour=(n - 1) % COLOURS,
            experiment=self._control.loaded, history=empty_record(len(history_columns(layers))),
            evaluations=empty_record(len(evaluation_columns(layers))), step=0, epoch=0.0,
            began=datetime.now().astimezone().isoformat(timespec="seconds"),
            branched_from=self._branch(),
        )  # fmt: skip

    def _branch(self) -> tuple[str, int] | None:
        if (branch := self._source.branched_from) is None:
            return None
        run = self.named(self._of_session.get(branch[0], 0))
        return (run.name if run else "another run", branch[1])

    def _make_room(self) -> None:
        gone = []
        while len(self._earlier) >= MOST_RUNS or self._bytes > MOST_BYTES:
            runs = self.earlier
            oldest = next((run for run in runs if not run.shown), runs[0])
            gone.append(self._earlier.pop(oldest.id).name)
        if gone:
            self.told.emit(
                f"{', '.join(gone)} made room: a document keeps {MOST_RUNS} runs and"
                f" {MOST_BYTES // 1_000_000} MB of records, and lets hidden ones go first."
            )

    @property
    def _bytes(self) -> int:
        return sum(run.nbytes for run in self._earlier.values())


def _named(runs: Sequence[Run]) -> str:
    return runs[0].name if len(runs) == 1 else f"{len(runs)} runs"
