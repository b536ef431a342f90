"""The window's handle on a training run."""

from dataclasses import replace
from math import inf
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from engine.inspection import Subject
from engine.snapshot import Snapshot
from engine.spec import Experiment, TrainingSpec
from gui.bridge.kept_runs import Line
from gui.bridge.pace import ANY_NUMBER, Pace
from gui.bridge.requests import Requests

SHORTEST = 0.002  # seconds: training never gets less of a frame than this
WEIGHTS_EVERY = 0.25  # seconds between two snapshots that carry the weights


class TrainingSession(Requests):
    """Grants a little training, shows the result, lets it be painted, grants again.

    There is at most one request on its way, so nothing queues up and nothing needs a lock; while
    the window paints, the training thread waits for its next grant.
    """

    snapshot_ready = Signal(object)  # Snapshot; its receivers paint before they return
    running_changed = Signal(bool)
    loading_changed = Signal(bool)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None, frames_per_second: int = 60) -> None:
        super().__init__(parent)
        self.frame = 1.0 / frames_per_second
        self.pace = Pace()
        self._run = 0
        self._running = False
        self._waiting = False
        self._closed = False
        self._loaded = False
        self._owed = 0  # single steps asked for while waiting
        self._goal = ANY_NUMBER  # the step at which to pause
        self._granted, self._single = 0, False  # the request on its way
        self._snapshot: Snapshot | None = None
        self._line = Line()
        self._moment: int | None = None  # the step that is looked back to
        self._looking = False  # the request on its way asks for an earlier moment
        self._earlier: Snapshot | None = None
        self._subject: Subject | None = None
        self._unseen = False  # no request since the last look_at asks for a look
        self._frame_began = self._due = self._weights_at = 0.0
        self._next = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._next.timeout.connect(self._go_on)
        self._worker.advanced.connect(self._on_advanced)
        self._worker.failed.connect(self._on_failed)
        self._start()

    @property
    def is_running(self) -> bool:
        return self._running

    @property
    def snapshot(self) -> Snapshot | None:
        """The one that is shown: the newest of this run, or that of an earlier moment."""
        return self._snapshot if self._earlier is None else self._earlier

    @property
    def newest(self) -> Snapshot | None:
        """The newest one of this run, whatever is looked back to."""
        return self._snapshot

    @property
    def is_resting(self) -> bool:
        """Nothing is on its way: what is shown stays until something is asked for."""
        return not (self._running or self._waiting or self._unseen or self._owed)

    @property
    def is_looking_back(self) -> bool:
        return self._moment is not None

    @property
    def run_id(self) -> int:
        """Of the start or branch that the newest snapshot is of; undo leads back to its number."""
        return self._line.id

    @property
    def branched_from(self) -> tuple[int, int] | None:
        """The id of the run and the step that this run went on from; None for one from step 0."""
        return self._line.branched_from

    def load(
        self,
        experiment: Experiment,
        running: bool = False,
        version: int | None = None,
        anew: bool = False,
    ) -> None:
        """Begin a run, or take up the one that was left at this ``version`` of the document.

        Where there is none, the run that is loaded goes on if only what is frozen or given has
        changed, else a new one begins at its step 0; always so ``anew`` or without a version. The
        data are loaded in the training thread.
        """
        if self._closed:
            return
        self._begin()
        self._load.emit(self._run, experiment, version, anew, self._looked_at)
        self._set_running(running)

    def look_back(self, step: int | None) -> None:
        """Show the run as it was at the nearest moment at or before ``step``; None: as it is now.

        The run stays where it is and pauses. Of many calls, the newest counts.
        """
        if self._closed or self._snapshot is None:
            return
        steps = self._snapshot.keyframe_steps
        if step is None or step >= self._snapshot.step or not len(steps) or step < steps[0]:
            self._come_back()
            self._go_on()
            return
        self.pause()
        self._owed, self._moment, self._unseen = 0, step, True
        self._go_on()

    def branch(self, version: int | None = None) -> None:
        """Go on from the moment that is shown, as a new run that belongs to this ``version``.

        The run that led further is kept for the versions that it belonged to.
        """
        earlier = self._earlier
        if self._closed or self._moment is None or earlier is None:
            return
        self._begin()
        self._branch.emit(self._run, earlier.step, version, self._looked_at)

    def allow(self, budget: int) -> None:
        """So many bytes for the moments that one can look back to, from now on."""
        self._allow.emit(budget)
        self._come_back()  # the moment may be one of those that go
        if self._snapshot is not None and not self._running:
            self._unseen = True  # what it takes is shown
            self._go_on()

    def forget(self) -> None:
        """Let go of all runs: no undo leads back to the document that they belonged to."""
        self._forget.emit()

    def change(self, training: TrainingSpec, version: int | None = None) -> None:
        """Settings that a run takes over at once (``TrainingSpec.needs_restart`` is empty)."""
        self._change.emit(self._run, training, version)
        if self._snapshot is not None:
            self._unseen = True  # also where the answer on its way is from before
            self._go_on()

    def look_at(self, subject: Subject | None) -> None:
        """From now on, the snapshots that carry weights carry an inspection of ``subject``.

        While paused, one comes at once; while training, four a second do.
        """
        self._subject, self._unseen = subject, True
        self._go_on()

    def resume(self) -> None:
        self._run_until(ANY_NUMBER)

    def pause(self) -> None:
        self._set_running(False)

    def step_once(self) -> None:
        self.pause()
        self._come_back()
        self._owed += 1
        self._go_on()

    def epoch_once(self) -> None:
        """Train to the end of the epoch, then pause."""
        if self._snapshot is not None:
            self._run_until(self._snapshot.next_epoch_step)

    @Slot()
    def close(self) -> None:
        """End the thread; waits for one grant at most."""
        self._closed = True
        self._set_running(False)
        self._next.stop()
        super().close()

    def _run_until(self, goal: int) -> None:
        snapshot = self._snapshot
        self._come_back()
        if self._closed or (self._loaded and (snapshot is None or snapshot.done)):
            self._go_on()
            return
        self._goal = goal
        self._set_running(True)
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        if self._waiting or self._closed or self._snapshot is None:
            return
        now = perf_counter()
        if self._moment is not None:
            if self._unseen:
                self._ask_back(self._moment)
        elif self._owed:
            self._owed -= 1
            self._ask(1, single=True)
        elif self._running:
            left = max(0, self._goal - self._snapshot.step)
            steps = min(self.pace.steps(now), left)
            if steps or self._snapshot.evaluating or (self._unseen and self._may_weigh(now)):
                self._ask(steps)
            else:
                self._next.start(max(1, round(1000 * self.frame)))
        elif self._snapshot.evaluating or self._unseen:
            self._ask(0)

    def _ask(self, steps: int, single: bool = False) -> None:
        if self._waiting:
            return
        self._granted, self._single = steps, single
        now = perf_counter()
        # On a grid of frames, so that what one answer is late the next is asked for earlier.
        self._due = min(max(self._due + self.frame, now + SHORTEST), now + self.frame)
        budget = self._due - now
        weights = self._may_weigh(now)
        if weights:
            self._weights_at, self._unseen = now, False
        self._waiting = True
        self._advance.emit(budget, steps, weights, self._looked_at)

    @property
    def _looked_at(self) -> Subject | None:
        """While training pauses there is time for every wish."""
        if self._subject is None or self._running:
            return self._subject
        return replace(self._subject, thorough=True)

    def _ask_back(self, step: int) -> None:
        self._waiting = self._looking = True
        self._unseen = False
        self._look_back.emit(self._run, step, self._looked_at)

    def _come_back(self) -> None:
        """Look at the run as it is now, weights and all."""
        if self._moment is not None:
            self._moment, self._earlier, self._unseen, self._weights_at = None, None, True, 0.0

    def _begin(self) -> None:
        """Another run: what was asked of this one is void."""
        self._set_running(False)
        self._run += 1
        self._worker.newest_run = self._run
        self._owed, self._goal, self._snapshot = 0, ANY_NUMBER, None
        self._moment = self._earlier = None
        self._waiting, self._looking, self._unseen = True, False, False
        self._set_loaded(False)

    def _may_weigh(self, now: float) -> bool:
        return not self._running or now - self._weights_at >= WEIGHTS_EVERY

    def _set_running(self, running: bool) -> None:
        if running == self._running:
            return
        if running:
            self.pace.start(perf_counter())
        else:
            self._unseen = self._snapshot is not None  # the newest may have come without weights
        self._running = running
        self.running_changed.emit(running)

    def _set_loaded(self, loaded: bool) -> None:
        if loaded != self._loaded:
            self._loaded = loaded
            self.loading_changed.emit(not loaded)

    @Slot(int, object, object)
    def _on_advanced(self, run: int, snapshot: Snapshot, line: Line) -> None:
        if run != self._run or self._closed:
            return  # the answer to a request made before the last load
        self._frame_began = perf_counter()
        self._line = line
        if self._looking:
            self._show_earlier(snapshot)
            return
        self._settle(snapshot)
        self._snapshot = snapshot
        self._waiting = False
        self._set_loaded(True)
        if snapshot.done or (snapshot.step >= self._goal and not snapshot.evaluating):
            self._set_running(False)
        self.snapshot_ready.emit(snapshot)
        self._next.start(self._rest())

    def _show_earlier(self, snapshot: Snapshot) -> None:
        self._waiting = self._looking = False
        if self._moment is not None:  # else one has come back meanwhile
            self._earlier = snapshot
            self.snapshot_ready.emit(snapshot)
        self._next.start(0)

    def _settle(self, snapshot: Snapshot) -> None:
        """What was granted and not taken, because an evaluation had the time, is still owed."""
        if self._snapshot is None:
            return
        missing = self._granted - (snapshot.step - self._snapshot.step)
        if self._single and not snapshot.done:
            self._owed += missing
        elif not self._single:
            self.pace.give_back(missing)

    def _rest(self) -> int:
        """Milliseconds until the next grant: none at full speed, else the rest of the frame."""
        if self.pace.steps_per_second == inf or self._owed:
            return 0
        return max(0, round(1000 * (self.frame - (perf_counter() - self._frame_began))))

    @Slot(int, str)
    def _on_failed(self, run: int, message: str) -> None:
        if run != self._run or self._closed:
            return
        self._waiting = self._looking = False
        self._set_loaded(True)
        self._set_running(False)
        self._unseen = False
        self.failed.emit(message)
