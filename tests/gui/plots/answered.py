"""Snapshots in which a card finds the answers to its wishes."""

from collections.abc import Mapping
from dataclasses import replace

from engine.inspection import Subject
from engine.look import Wish
from engine.snapshot import Snapshot
from engine.trainer import Trainer
from gui.plots.card import PlotCard


def look(trainer: Trainer, card: PlotCard, thorough: bool = True) -> Snapshot:
    """What a paused run would show."""
    return trainer.snapshot(True, Subject(wishes=card.wishes(), thorough=thorough))


def with_answers(snapshot: Snapshot, answers: Mapping[Wish[object], object]) -> Snapshot:
    """The same with made-up answers."""
    assert snapshot.inspection is not None
    return replace(snapshot, inspection=replace(snapshot.inspection, answers=answers))
