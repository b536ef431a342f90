"""The records of several runs as one long table, for a spreadsheet or a data frame."""

from collections.abc import Sequence

from engine.arrays import Floats
from engine.evaluation import SCORES
from engine.faults import InputError
from engine.measures import MEASURES
from engine.recorder import COST, EPOCH, EVALUATION_START, FIRST_MEASURE, STEP
from engine.runs import Run, differences
from engine.tables import Cell, Table

MINI_BATCH, EVALUATION = "mini-batch", "evaluation"
MOST_NUMBERS = 5_000_000  # in one table: about 100 MB of text


def runs_table(runs: Sequence[Run]) -> Table:
    """One row per recorded step and one per evaluation, with what differs between the settings.

    The measures of a layer are those of the mini-batch or, in the row of an evaluation, of the
    probe set. A cell is empty where a run has no such layer, or a row no such number. Raises
    ``InputError`` where that would be too much for one table.
    """
    numbers = sum(run.history.size + run.evaluations.size for run in runs)
    if numbers > MOST_NUMBERS:
        raise InputError(
            f"these runs hold {numbers:,} numbers, and one table {MOST_NUMBERS:,} at most:"
            " hide some of them first"
        )
    found = differences(runs)
    layers = max((run.layers for run in runs), default=0)
    measures = (f"{m.key}_{l}" for m in MEASURES for l in range(1, layers + 1))
    head = ("run", *(d.label for d in found), "measured on", "step", "epoch", "cost")
    rows: list[Sequence[Cell]] = []
    for k, run in enumerate(runs):
        names = (run.name, *(difference.words[k] for difference in found))
        rows += _steps(run, names, layers)
        rows += _evaluations(run, names, layers)
    return Table((*head, *SCORES, *measures), rows)


def _steps(run: Run, names: tuple[str, ...], layers: int) -> list[Sequence[Cell]]:
    start = (*names, MINI_BATCH)
    none = ("",) * len(SCORES)
    measures = _padded(run.history[:, FIRST_MEASURE:], run.layers, layers)
    return [
        (*start, int(row[STEP]), row[EPOCH], row[COST], *none, *cells)
        for row, cells in zip(run.history[:, :FIRST_MEASURE].tolist(), measures, strict=True)
    ]


def _evaluations(run: Run, names: tuple[str, ...], layers: int) -> list[Sequence[Cell]]:
    start = (*names, EVALUATION)
    first = len(EVALUATION_START) + len(SCORES)
    measures = _padded(run.evaluations[:, first:], run.layers, layers)
    return [
        (*start, int(row[0]), row[1], "", *row[2:], *cells)
        for row, cells in zip(run.evaluations[:, :first].tolist(), measures, strict=True)
    ]


def _padded(measured: Floats, layers: int, most: int) -> list[list[Cell]]:
    """The measures, layer by layer, with empty cells for the layers that only others have."""
    blocks = [measured[:, k * layers : (k + 1) * layers].tolist() for k in range(len(MEASURES))]
    none: list[Cell] = [""] * (most - layers)
    return [
        [cell for block in row for cell in (*block, *none)] for row in zip(*blocks, strict=True)
    ]
