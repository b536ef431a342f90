"""Snapshots in which a card finds the answers to its wishes."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from engine.architecture import ArchitectureSpec
from engine.datasets.dataset import DataSet, Split
from engine.inspection import Subject
from engine.look import Wish
from engine.snapshot import Snapshot
from engine.spec import Experiment, TrainingSpec
from engine.trainer import Trainer, start
from gui.plots.card import PlotCard

NETWORKS = ((3, 2), (3, 4, 2), (3, *[4] * 4, 2), (3, *[3] * 100, 2))  # from the least to a deep one


def noise_run(spec: ArchitectureSpec, **training: object) -> Trainer:
    """A run that learns noise, with as many inputs and classes as the network has."""
    rng, classes = np.random.default_rng(0), spec.sizes[-1]

    def split(n: int) -> Split:
        return Split(rng.standard_normal((n, spec.inputs)), rng.integers(0, classes, n))

    names = tuple(str(k) for k in range(classes))
    noise = DataSet("noise", split(40), split(5), split(5), names)
    return start(Experiment(spec, TrainingSpec(**training)), noise)


def look(trainer: Trainer, card: PlotCard, thorough: bool = True) -> Snapshot:
    """What a paused run would show."""
    return trainer.snapshot(True, Subject(wishes=card.wishes(), thorough=thorough))


def with_answers(snapshot: Snapshot, answers: Mapping[Wish[object], object]) -> Snapshot:
    """The same with made-up answers."""
    assert snapshot.inspection is not None
    return replace(snapshot, inspection=replace(snapshot.inspection, answers=answers))


def watch(card: PlotCard, run: Trainer) -> None:
    """The card is told of the run, and finds what it wishes to know."""
    card.set_experiment(Experiment(run.architecture, run.training))
    card.show_snapshot(look(run, card))
    card.texts.at_once()


def answer(card: PlotCard, run: Trainer, reading: object) -> None:
    """As if the engine had answered so to the one wish of the card."""
    (wish,) = card.wishes()
    card.show_snapshot(with_answers(look(run, card), {wish: reading}))
