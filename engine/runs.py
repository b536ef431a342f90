"""The runs of a document: what each was trained with, and what it has left behind."""

from dataclasses import dataclass

from engine.arrays import Floats
from engine.spec import Experiment


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One start: its full settings, its record, and how it is called.

    ``id`` survives undo; ``colour`` is an index into the theme's colours of runs. ``history`` and
    ``evaluations`` are as in a snapshot. ``branched_from`` is the name of a run and a step of it.
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
