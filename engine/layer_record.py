"""One measure of every layer over a run: the records that are drawn, and the same as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.evaluation import SCORES
from engine.measures import EVERY_STEP, KEYS
from engine.recorder import COST, EPOCH, EVALUATION_START, FIRST_MEASURE, STEP
from engine.tables import Part, Row, Rows, Table
from engine.verdict import hidden_layers

OF_A_STEP = "update_ratio"  # on the probe set no step is taken


class Recorded(Protocol):
    """What a snapshot and a run have in common."""

    @property
    def history(self) -> Floats: ...
    @property
    def evaluations(self) -> Floats: ...
    @property
    def layers(self) -> int: ...


@dataclass(frozen=True, slots=True, eq=False)
class LayerRecord:
    """``values`` (rows, layers) are a view of ``table``; rows that are not ``kept`` do not tell."""

    table: Floats
    values: Floats
    kept: NDArray[np.bool_] | None = None

    @property
    def steps(self) -> Floats:
        return self.table[:, STEP]

    @property
    def epochs(self) -> Floats:
        return self.table[:, EPOCH]


def layer_record(of: Recorded, measure: int, on_probe: bool = False) -> LayerRecord:
    """``measure`` is an index into ``MEASURES``; of the mini-batches, or of the probe set."""
    table = of.evaluations if on_probe else of.history
    start = len(EVALUATION_START) + len(SCORES) if on_probe else FIRST_MEASURE
    start += measure * of.layers
    kept = None
    if on_probe and KEYS[measure] == OF_A_STEP:
        kept = np.zeros(len(table), bool)
    elif not on_probe and measure >= EVERY_STEP:  # extremes are of the norms only
        kept = ~np.isnan(table[:, COST])
    return LayerRecord(table, table[:, start : start + of.layers], kept)


def layer_table(
    key: str, layers: Sequence[int], records: Iterable[tuple[str, LayerRecord]]
) -> Table:
    """The named runs' records below one another, for ``layers`` counted from 0.

    A layer that is not a hidden one of a run is not-a-number there.
    """
    rows = Rows(*(_rows(record, layers, name) for name, record in records))
    return Table(("run", *_columns(key, layers)), rows)


def single_table(key: str, layers: Sequence[int], record: LayerRecord | None) -> Table:
    """The same of one run, that need not be named; of none without rows."""
    return Table(_columns(key, layers), [] if record is None else Rows(_rows(record, layers)))


def _columns(key: str, layers: Sequence[int]) -> tuple[str, ...]:
    return ("step", "epoch", *(f"{key}_{l + 1}" for l in layers))


def _rows(record: LayerRecord, layers: Sequence[int], *named: str) -> Part:
    has = hidden_layers(record.values.shape[1]).stop
    kept = np.arange(len(record.table)) if record.kept is None else np.flatnonzero(record.kept)

    def row(at: int) -> Row:
        k = int(kept[at])
        values = record.values[k].tolist()
        cells = [values[l] if l < has else float("nan") for l in layers]
        return *named, int(record.steps[k]), float(record.epochs[k]), *cells

    return len(kept), row
