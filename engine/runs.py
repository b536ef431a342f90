"""The runs of a document: what each was trained with, and what it has left behind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from math import isnan

import numpy as np

from engine.arrays import Floats, read_only
from engine.evaluation import SCORES
from engine.profile import verdict_now
from engine.recorder import EVALUATION_START
from engine.settings_in_words import Setting, settings_in_words
from engine.snapshot import Snapshot
from engine.spec import Experiment
from engine.verdict import Verdict

MOST_NAME = 60  # characters
MOST_CHANGES = 100  # that are remembered of one run


@dataclass(frozen=True, slots=True)
class Change:
    """A setting that was changed in the middle of a run."""

    step: int
    label: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.label} {self.before} → {self.after} at step {self.step:,}"


@dataclass(frozen=True, eq=False)
class Run:
    """One start: its full settings, its record, and how it is called.

    ``id`` survives undo; ``colour`` is an index into the theme's colours of runs. ``history`` and
    ``evaluations`` are as in a snapshot. ``branched_from`` is the name of a run and a step of it.
    The settings are those of its end; ``changes`` tells what they were before.
    """

    id: int
    name: str
    colour: int
    experiment: Experiment
    history: Floats
    evaluations: Floats
    step: int
    epoch: float
    began: str = ""
    notes: str = ""
    shown: bool = True
    branched_from: tuple[str, int] | None = None
    changes: tuple[Change, ...] = ()
    diverged: bool = False

    @property
    def layers(self) -> int:
        return len(self.experiment.architecture.layers)

    def score(self, key: str) -> float:
        """One of ``SCORES`` at the last evaluation; not-a-number where there is none."""
        place = len(EVALUATION_START) + SCORES.index(key)
        return float(self.evaluations[-1, place]) if len(self.evaluations) else float("nan")

    @property
    def cost(self) -> float:
        """On the training examples, at the last evaluation."""
        return self.score("cost_train")

    @property
    def accuracy(self) -> float:
        """On the validation examples, of the training ones where there are no others."""
        return self.score("accuracy_validation" if self.is_validated else "accuracy_train")

    @property
    def is_validated(self) -> bool:
        """Whether the last evaluation had validation examples."""
        return not isnan(self.score("accuracy_validation"))

    @property
    def verdict(self) -> Verdict | None:
        """About ‖δ‖ at the end of the record; None where there are no two layers to compare."""
        return verdict_now(self) if self.layers > 2 else None

    @property
    def nbytes(self) -> int:
        return self.history.nbytes + self.evaluations.nbytes

    @cached_property
    def settings(self) -> dict[str, Setting]:
        """All of them by their labels; one that was changed on the way tells its course."""
        settings = settings_in_words(self.experiment)
        for label in {change.label for change in self.changes} & settings.keys():
            words = _course([change for change in self.changes if change.label == label])
            settings[label] = replace(settings[label], words=words, value=words)
        return settings

    def as_of(self, snapshot: Snapshot) -> "Run":
        """As far as it had come when ``snapshot`` of it was taken."""
        return replace(
            self, history=snapshot.history, evaluations=snapshot.evaluations, step=snapshot.step,
            epoch=snapshot.epoch, diverged=snapshot.divergence is not None,
        )  # fmt: skip

    def with_copies(self) -> "Run":
        """With a record of its own, so that the larger array that it is a part of can go."""
        history, evaluations = read_only(self.history.copy()), read_only(self.evaluations.copy())
        return replace(self, history=history, evaluations=evaluations)

    def changed_to(self, experiment: Experiment, step: int) -> "Run":
        """With other settings from this step on; those that are taken back leave no trace."""
        before, after = settings_in_words(self.experiment), settings_in_words(experiment)
        changes = self.changes
        for label in after if self.step else ():
            if label in before and before[label].value != after[label].value:
                change = Change(step, label, before[label].words, after[label].words)
                changes = _joined(changes, change)
        return replace(self, experiment=experiment, changes=changes)


@dataclass(frozen=True, slots=True)
class Difference:
    """A setting in which runs differ, with what it is in each of them; None where it has none."""

    label: str
    help: str
    settings: tuple[Setting | None, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """As they are read; where two values read alike, the later ones bear a number."""
        named: dict[object, str] = {}
        for setting in self.settings:
            if setting is not None and setting.value not in named:
                named[setting.value] = unique(setting.words, named.values())
        return tuple("–" if s is None else named[s.value] for s in self.settings)


def differences(runs: Sequence[Run]) -> tuple[Difference, ...]:
    """The settings that are not the same in all of the runs, in the order of the interface."""
    labels: dict[str, Setting] = {}
    for run in runs:
        labels |= run.settings
    found = []
    for label, setting in labels.items():
        each = tuple(run.settings.get(label) for run in runs)
        if len({None if s is None else s.value for s in each}) > 1:
            found.append(Difference(label, setting.help, each))
    return tuple(found)


def unique(name: str, taken: Iterable[str]) -> str:
    """``name``, or with the first number behind it that makes it another than all ``taken``."""
    taken = set(taken)
    if name not in taken:
        return name
    return next(f"{name} ({n})" for n in count(2) if f"{name} ({n})" not in taken)


def as_name(text: str, taken: Iterable[str] = ()) -> str:
    """A name of one printable line, told apart from those ``taken``; empty if nothing is left."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())[:MOST_NAME]
    return unique(line, taken) if line else ""


def empty_record(columns: int) -> Floats:
    return read_only(np.empty((0, columns)))


def _joined(changes: tuple[Change, ...], change: Change) -> tuple[Change, ...]:
    last = changes[-1] if changes else None
    full = len(changes) >= MOST_CHANGES
    if last is None or last.label != change.label or (last.step != change.step and not full):
        return changes if full else (*changes, change)
    joined = replace(change, before=last.before)
    return changes[:-1] if joined.before == joined.after else (*changes[:-1], joined)


def _course(changes: Sequence[Change]) -> str:
    values = [changes[0].before, *(change.after for change in changes)]
    return " → ".join(values if len(values) <= 3 else (values[0], "…", values[-1]))
