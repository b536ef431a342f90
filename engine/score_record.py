"""Cost and accuracy of a run: the records that are drawn, and the same as a table."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.evaluation import SCORES
from engine.layer_record import Recorded
from engine.recorder import COST, EPOCH, EVALUATION_START, STEP
from engine.tables import Cell, Table

SCORED = ("run", "step", "epoch", "cost", *SCORES)


@dataclass(frozen=True, slots=True, eq=False)
class ScoreRecord:
    """``values`` (rows, 1) of one score; rows are not ``kept`` where a split has no examples."""

    epochs: Floats
    values: Floats
    kept: NDArray[np.bool_] | None = None


def scores_of(of: Recorded, key: str) -> ScoreRecord:
    """``key`` is one of ``SCORES``.

    An accuracy is a number whatever the network does: where it is none, there are no examples.
    """
    table, start = of.evaluations, len(EVALUATION_START)
    place = start + SCORES.index(key)
    counted = ~np.isnan(table[:, start + SCORES.index(f"accuracy_{key.partition('_')[2]}")])
    kept = None if counted.all() else counted
    return ScoreRecord(table[:, EPOCH], table[:, place : place + 1], kept)


def score_table(
    runs: Iterable[tuple[str, Recorded]], between: tuple[float, float] | None = None
) -> Table:
    """The named runs below one another, mini-batches and evaluations merged by step.

    What was not measured then is not-a-number; ``between`` two epochs, if they are given.
    """
    low, high = between or (-np.inf, np.inf)
    rows: list[tuple[Cell, ...]] = []
    for name, run in runs:
        steps = {int(row[STEP]): row for row in run.history if not np.isnan(row[COST])}
        scores = {int(row[STEP]): row for row in run.evaluations}
        for step in sorted(steps.keys() | scores.keys()):
            row = steps.get(step, scores.get(step))
            if row is not None and low <= (epoch := float(row[EPOCH])) <= high:
                cost = float(steps[step][COST]) if step in steps else np.nan
                rows.append((name, step, epoch, cost, *_scores(scores.get(step))))
    return Table(SCORED, rows)


def _scores(row: Floats | None) -> tuple[float, ...]:
    start = len(EVALUATION_START)
    if row is None:
        return (np.nan,) * len(SCORES)
    return tuple(row[start : start + len(SCORES)].tolist())
