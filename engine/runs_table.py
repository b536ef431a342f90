"""The records of several runs as one long table, for a spreadsheet or a data frame."""

from collections.abc import Sequence

from engine.evaluation import SCORES
from engine.faults import InputError
from engine.measures import MEASURES
from engine.recorder import COST, EPOCH, EVALUATION_START, FIRST_MEASURE, STEP
from engine.runs import Run, differences
from engine.tables import Cell, Part, Row, Rows, Table

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
    parts: list[Part] = []
    for k, run in enumerate(runs):
        names = (run.name, *(difference.words[k] for difference in found))
        parts += (_steps(run, names, layers), _evaluations(run, names, layers))
    return Table((*head, *SCORES, *measures), Rows(*parts))


def _steps(run: Run, names: tuple[str, ...], layers: int) -> Part:
    start, none = (*names, MINI_BATCH), ("",) * len(SCORES)

    def row(k: int) -> Row:
        cells = run.history[k].tolist()
        measures = _padded(cells[FIRST_MEASURE:], run.layers, layers)
        return *start, int(cells[STEP]), cells[EPOCH], cells[COST], *none, *measures

    return len(run.history), row


def _evaluations(run: Run, names: tuple[str, ...], layers: int) -> Part:
    start, first = (*names, EVALUATION), len(EVALUATION_START) + len(SCORES)

    def row(k: int) -> Row:
        cells = run.evaluations[k].tolist()
        measures = _padded(cells[first:], run.layers, layers)
        return *start, int(cells[0]), cells[1], "", *cells[2:first], *measures

    return len(run.evaluations), row


def _padded(measured: list[float], layers: int, most: int) -> list[Cell]:
    """The measures, layer by layer, with empty cells for the layers that only others have."""
    none: list[Cell] = [""] * (most - layers)
    blocks = (measured[k * layers : (k + 1) * layers] for k in range(len(MEASURES)))
    return [cell for block in blocks for cell in (*block, *none)]
