"""The runs that were left by an edit, for undo and redo to take up again."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.examples import ExampleSet
from engine.spec import Experiment
from engine.trainer import Trainer

MOST_BYTES = 300_000_000
NOTHING: Mapping[int, int] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """One start or branch, and the line and step that it branched from.

    Undo leads back to the line that it had; settings, and what is given or frozen on the way, keep
    it.
    """

    id: int = 0
    branched_from: tuple[int, int] | None = None


@dataclass(slots=True)
class Run:
    """A trainer, and the versions of the document that it belongs to.

    Settings that a run takes over make a new version of the same run. ``trainer`` is None for a run
    that was left at its step 0: it is made again.
    """

    trainer: Trainer | None
    versions: set[int] = field(default_factory=set)
    line: Line = Line()


class KeptRuns:
    """As many as have room in ``most`` bytes, the newest in any case; it is last."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._runs: list[Run] = []

    def keep(self, run: Run) -> None:
        """Keep it instead of what was kept for the same versions."""
        for version in run.versions:
            self.forget(version)
        if run.trainer is not None and run.trainer.step_count == 0:
            run = Run(None, run.versions, run.line)
        if run.trainer is not None:
            run.trainer.rest()
        if run.versions:
            self._runs.append(run)

    def take(self, version: int, experiment: Experiment) -> Run | None:
        """Hand out the run of this version; None unless there is one that fits the experiment."""
        for run in self._runs:
            if version in run.versions and _fits(run.trainer, experiment):
                self._runs.remove(run)
                return run
        return None

    def forget(self, version: int) -> None:
        for run in self._runs:
            run.versions.discard(version)
        self._runs = [run for run in self._runs if run.versions]

    def make_room(self, loaded: ExampleSet, held: Mapping[int, int] = NOTHING) -> None:
        """Thin the time lines, of the oldest first, and then drop the oldest.

        What is there anyway is not counted: the examples ``loaded``, and the arrays of keyframes
        ``held`` by the run that goes on (``Keyframes.sizes``).
        """
        while self._bytes(loaded, held) > self._most:
            long = [run.trainer for run in self._runs if run.trainer and _has_length(run.trainer)]
            if long:
                long[0].keyframes.thin()
            elif len(self._trained) > 1:
                self._runs.remove(self._trained[0])
            else:
                return

    @property
    def _trained(self) -> list[Run]:
        return [run for run in self._runs if run.trainer is not None]

    def _bytes(self, loaded: ExampleSet, held: Mapping[int, int]) -> int:
        trainers = [run.trainer for run in self._runs if run.trainer is not None]
        examples = {id(t.examples): t.examples.nbytes for t in trainers}
        examples.pop(id(loaded), None)
        sizes: dict[int, int] = {}
        for trainer in trainers:
            sizes |= trainer.keyframes.sizes
        frames = sum(size for array, size in sizes.items() if array not in held)
        rest = sum(t.nbytes - t.keyframes.nbytes for t in trainers)
        return rest + frames + sum(examples.values())


def _has_length(trainer: Trainer) -> bool:
    """Whether its time line would be shorter if it were thinned."""
    return len(trainer.keyframes) > 2


def _fits(trainer: Trainer | None, experiment: Experiment) -> bool:
    if trainer is None:
        return True
    restart = trainer.training.needs_restart(experiment.training)
    return not restart and trainer.architecture == experiment.architecture
