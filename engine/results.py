"""What `run` leaves in its folder: the history, the weights before and after, the experiment.

``history.csv`` has one row per recorded step and per evaluation, merged by step; a cell is empty
where that was not measured then. A step is numbered by the updates before it: row 0 tells of the
initial weights. Its columns are ``columns(layers)``: ``MEASURE_L`` is a measure of layer L on the
mini-batch of that step, ``probe_MEASURE_L`` the same on the probe set; layers count from 1.

``weights-*.npz`` are as ``engine.export.weights`` tells.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from engine import experiment_file
from engine.arrays import Floats
from engine.atomic_file import write_bytes
from engine.evaluation import SCORES
from engine.export.weights import npz
from engine.faults import fault
from engine.recorder import EVALUATION_START, FIRST_MEASURE
from engine.snapshot import EPOCH, STEP, Snapshot, Weights, evaluation_columns, history_columns
from engine.spec import Experiment

HISTORY = "history.csv"
INITIAL, FINAL = "weights-initial.npz", "weights-final.npz"
EXPERIMENT = "experiment.toml"
PICTURES = ("speed-of-learning.png", "speed-of-learning.svg")


def prepare_folder(folder: Path, experiment: Experiment, initial: Weights) -> None:
    """Make the folder, take away what an earlier run left there, write what is known already.

    Only files with the names above are touched. Raises ``InputError``.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in (HISTORY, FINAL, *PICTURES):
            (folder / name).unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise fault(folder, f"results cannot be written there ({reason})") from error
    experiment_file.write(folder / EXPERIMENT, experiment)
    write_bytes(folder / INITIAL, npz(initial))


def write_results(folder: Path, snapshot: Snapshot, final: Weights) -> None:
    """Write what the run has measured, and the weights it has come to."""
    write_bytes(folder / HISTORY, history_csv(snapshot).encode())
    write_bytes(folder / FINAL, npz(final))


def columns(layers: int) -> tuple[str, ...]:
    """The header of ``history.csv``."""
    return _merged(history_columns(layers), evaluation_columns(layers))


def history_csv(snapshot: Snapshot) -> str:
    """Numbers are written with all their digits: the same run gives the same bytes."""
    return "".join(history_pieces(snapshot))


def history_pieces(snapshot: Snapshot) -> Iterator[str]:
    """``history_csv``, first the header, then a row at a time."""
    steps = {int(row[STEP]): row for row in snapshot.history}
    evaluations = {int(row[STEP]): row for row in snapshot.evaluations}
    nothing = [
        np.full(table.shape[1], np.nan) for table in (snapshot.history, snapshot.evaluations)
    ]
    yield ",".join(columns(snapshot.layers)) + "\n"
    for step in sorted(steps.keys() | evaluations.keys()):
        row, evaluation = steps.get(step, nothing[0]), evaluations.get(step, nothing[1])
        _, _, *numbers = _merged(row, evaluation)
        epoch = (row if step in steps else evaluation)[EPOCH]
        yield f"{step},{','.join(map(_cell, (epoch, *numbers)))}\n"


def history_shape(snapshot: Snapshot) -> tuple[int, int]:
    """Rows without the header, and columns, of ``history_csv``."""
    steps = np.union1d(snapshot.history[:, STEP], snapshot.evaluations[:, STEP])
    return len(steps), len(columns(snapshot.layers))


def _merged(step: Sequence[Any] | Floats, evaluation: Sequence[Any] | Floats) -> tuple[Any, ...]:
    """Step, epoch, cost; the scores; the measures of the mini-batch; those of the probe set."""
    start, probe = len(EVALUATION_START), len(EVALUATION_START) + len(SCORES)
    return (
        *step[:FIRST_MEASURE], *evaluation[start:probe], *step[FIRST_MEASURE:], *evaluation[probe:]
    )  # fmt: skip


def _cell(number: float) -> str:
    return "" if np.isnan(number) else repr(float(number))
