"""The runs that were left by an edit, for undo and redo to take up again."""

from dataclasses import dataclass, field

from engine.examples import ExampleSet
from engine.spec import Experiment
from engine.trainer import Trainer

MOST_BYTES = 300_000_000


@dataclass(slots=True)
class Run:
    """A trainer, and the versions of the document that it belongs to.

    Settings that a run takes over make a new version of the same run. ``trainer`` is None for a run
    that was left at its step 0: it is made again.
    """

    trainer: Trainer | None
    versions: set[int] = field(default_factory=set)


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
            run = Run(None, run.versions)
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

    def make_room(self, loaded: ExampleSet) -> None:
        """Drop the oldest; the examples that are loaded anyway are not counted."""
        while len(self._trained) > 1 and self._bytes(loaded) > self._most:
            self._runs.remove(self._trained[0])

    @property
    def _trained(self) -> list[Run]:
        return [run for run in self._runs if run.trainer is not None]

    def _bytes(self, loaded: ExampleSet) -> int:
        trainers = [run.trainer for run in self._runs if run.trainer is not None]
        examples = {id(t.examples): t.examples.nbytes for t in trainers}
        examples.pop(id(loaded), None)
        return sum(t.nbytes for t in trainers) + sum(examples.values())


def _fits(trainer: Trainer | None, experiment: Experiment) -> bool:
    if trainer is None:
        return True
    restart = trainer.training.needs_restart(experiment.training)
    return not restart and trainer.architecture == experiment.architecture
