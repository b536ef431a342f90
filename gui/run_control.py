"""From the document to the run: which edit goes on, which starts anew, which brings a run back."""

from itertools import count

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.bridge.session import TrainingSession
from gui.document import ExperimentDocument

SETTLE_MS = 150  # an edit that goes on (a drag) starts the run anew once, when it rests


class RunControl(QObject):
    """Keeps the session's run that of the document.

    The session keeps the runs that are left: where undo or redo return to a state of the document,
    its run goes on from where it stood.
    """

    begun = Signal(object)  # Experiment: its run is loaded
    changed = Signal(object)  # Experiment: the run goes on as this one
    told = Signal(str)

    def __init__(
        self, document: ExperimentDocument, session: TrainingSession, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document, self._session = document, session
        self.loaded = document.experiment
        self._lines: dict[int, int] = {}  # versions of the document: what lies between branches
        self._line = 0  # of what is loaded
        self._new_lines = count(1)
        self._branches = False  # the change of the document that comes is a branch
        self._keep_running = False
        self._left: int | None = None  # the step of the run that an edit has put aside
        self._settled = QTimer(self, singleShot=True)
        self._settled.timeout.connect(self._on_settled)
        document.changed.connect(self._on_experiment_changed)
        session.snapshot_ready.connect(self._on_snapshot_ready)

    def begin(self, running: bool, anew: bool = False) -> None:
        """Load the document's run; ``anew``, at its step 0 even if it has been trained before."""
        self._settled.stop()
        self.loaded = self._document.experiment
        version = self._document.version
        self._line = self._lines.setdefault(version, self._line)
        self.begun.emit(self.loaded)
        self._session.load(self.loaded, running, version, anew)

    def branch(self) -> None:
        """Go on from the moment that is looked back to; undo returns to the run as it was."""
        moment = self._session.snapshot
        if moment is None or moment is self._session.newest or self._settled.isActive():
            return
        self._branches = True
        self._document.mark(f"Branch at step {moment.step:,}")
        self._branches = False

    def open(self) -> None:
        """Load the run of a document that has just been opened."""
        self._left = None
        self._lines.clear()
        self._session.forget()
        self.begin(running=False, anew=True)

    def close(self) -> None:
        self._settled.stop()
        self._session.close()

    @Slot(object)
    def _on_experiment_changed(self, experiment: Experiment) -> None:
        if self._branches:
            self._branch(experiment)
            return
        before, version = self.loaded, self._document.version
        line = self._lines.setdefault(version, self._line)
        if restart := before.needs_restart(experiment):
            self._begin_soon(keep_running=restart == ("seed",))
        elif before.architecture != experiment.architecture:  # given or frozen parameters
            self._left = None
            self.begin(running=self._session.is_running)
        elif line != self._line:  # undo or redo of a branch: the same experiment, another run
            self._settled.stop()
            self._left = self._newest_step
            self.begin(running=False)
        else:
            self._settled.stop()  # an edit taken back before it has settled
            self._left = None
            self.loaded = experiment
            self.changed.emit(experiment)
            self._session.change(experiment.training, version)

    def _branch(self, experiment: Experiment) -> None:
        version = self._document.version
        self._line = self._lines[version] = next(self._new_lines)
        self.loaded, self._left = experiment, None
        self.begun.emit(experiment)
        self._session.branch(version)

    @property
    def _newest_step(self) -> int | None:
        newest = self._session.newest
        return newest.step if newest is not None else None

    def _begin_soon(self, keep_running: bool) -> None:
        self._keep_running = keep_running and self._session.is_running
        if not self._keep_running:
            self._session.pause()
            self._left = self._newest_step
        self._settled.start(0 if keep_running else SETTLE_MS)

    @Slot()
    def _on_settled(self) -> None:
        self.begin(running=self._keep_running)

    @Slot(object)
    def _on_snapshot_ready(self, snapshot: Snapshot) -> None:
        """The first one after an edit tells what became of the run."""
        if self._left is None or self._settled.isActive():
            return
        left, self._left = self._left, None
        if snapshot.step:
            self.told.emit(f"Back at step {snapshot.step:,}, with the weights trained until then.")
        elif left:
            self.told.emit(
                f"The network or its training changed: the run starts anew. Undo (Ctrl+Z) brings"
                f" back the {left:,} steps trained before."
            )
