"""The export of several runs: what is read back is what the engine has recorded."""

import csv
from dataclasses import replace
from io import StringIO

import numpy as np
import pytest

from engine import runs_table as module
from engine.architecture import dense
from engine.arrays import Floats
from engine.faults import InputError
from engine.runs import Run
from engine.runs_table import runs_table
from engine.snapshot import evaluation_columns, history_columns
from engine.spec import Experiment
from tests.engine.trained_runs import SMALL, trained, with_eta

DEEP = Experiment(dense(2, 3, 3, 3, 3, 2), SMALL.training)


def read(runs: list[Run]) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(runs_table(runs).csv())))


def numbers(rows: list[dict[str, str]], columns: tuple[str, ...]) -> Floats:
    return np.array([[float(row[c]) for c in columns] for row in rows])


def test_every_number_comes_back_bit_for_bit():
    runs = [trained(), trained(DEEP, 7, id=2, name="deep"), with_eta(0.5, id=3, name="η, high")]
    rows = read(runs)
    for run in runs:
        own = [row for row in rows if row["run"] == run.name]
        steps = [row for row in own if row["measured on"] == "mini-batch"]
        columns = history_columns(run.layers)
        assert np.array_equal(numbers(steps, columns), run.history, equal_nan=True)
        scored = [row for row in own if row["measured on"] == "evaluation"]
        columns = tuple(c.removeprefix("probe_") for c in evaluation_columns(run.layers))
        assert np.array_equal(numbers(scored, columns), run.evaluations, equal_nan=True)
        assert len(own) == len(run.history) + len(run.evaluations)
    assert {row["η"] for row in rows if row["run"] == "η, high"} == {"0.5"}
    assert {row["network"] for row in rows if row["run"] == "deep"} == {"2-3-3-3-3-2"}


def test_what_a_run_does_not_have_is_empty():
    rows = read([trained(), trained(DEEP, 7, id=2, name="deep")])
    small = [row for row in rows if row["run"] == "Run 1"]
    assert {row["bias_gradient_4"] for row in small} == {""}
    assert {row["accuracy_train"] for row in small if row["measured on"] == "mini-batch"} == {""}
    assert "seed" not in rows[0]  # nothing differs there


def test_what_is_no_number_stays():
    record = trained().history.copy()
    record[-1, 2:5] = np.inf, np.nan, 0.0
    last = read([replace(trained(), history=record)])[len(record) - 1]
    assert [last[k] for k in ("cost", "bias_gradient_1", "bias_gradient_2")] == [
        "inf",
        "nan",
        "0.0",
    ]


def test_none_and_too_many(monkeypatch: pytest.MonkeyPatch):
    assert len(runs_table([]).rows) == 0
    monkeypatch.setattr(module, "MOST_NUMBERS", 100)
    with pytest.raises(InputError, match="hide some of them first"):
        runs_table([trained()])
