"""What is drawn of a run, and the same numbers as tables."""

from dataclasses import replace

import numpy as np
import pytest

from engine.architecture import dense
from engine.datasets.parity import Parity
from engine.datasets.planar import Xor
from engine.evaluation import SCORES
from engine.layer_record import layer_record, layer_table
from engine.measures import KEYS
from engine.score_record import score_table, scores_of
from engine.snapshot import COST, Snapshot, evaluation_columns
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start


@pytest.fixture(scope="module")
def shot() -> Snapshot:
    training = TrainingSpec(data=Xor(examples=95), batch=10, epochs=3, evaluate_every=2)
    trainer = start(Experiment(dense(2, 4, 3, 2), training))
    trainer.finish()
    return trainer.snapshot()


@pytest.mark.parametrize("measure", range(len(KEYS)))
def test_a_measure_is_that_of_the_snapshot(shot: Snapshot, measure: int) -> None:
    on_batch, on_probe = layer_record(shot, measure), layer_record(shot, measure, on_probe=True)
    np.testing.assert_array_equal(on_batch.values, shot.measure(measure))
    first = evaluation_columns(3).index(f"probe_{KEYS[measure]}_1")
    np.testing.assert_array_equal(on_probe.values, shot.evaluations[:, first : first + 3])
    assert on_batch.table is shot.history
    assert on_probe.steps.tolist() == [0, 20, 30]
    assert on_batch.epochs[:2].tolist() == [0.0, pytest.approx(10 / 95)]
    taken = KEYS[measure] != "update_ratio"
    assert (on_probe.kept is None) is taken
    if not taken:
        assert not on_probe.kept.any()


def test_rows_of_extremes_tell_of_the_norms_only(shot: Snapshot) -> None:
    history = shot.history.copy()
    history[4, COST] = np.nan
    history[4, 12:] = np.nan
    other = replace(shot, history=history)
    assert layer_record(other, KEYS.index("weight_gradient")).kept is None
    kept = layer_record(other, KEYS.index("saturated")).kept
    assert np.flatnonzero(~kept).tolist() == [4]
    rows = layer_table("saturated", [0], [("a", layer_record(other, KEYS.index("saturated")))]).rows
    assert [row[1] for row in rows] == [k for k in range(30) if k != 4]


def test_a_table_has_the_records_of_every_run_with_all_their_bits(shot: Snapshot) -> None:
    record = layer_record(shot, 0)
    table = layer_table("bias_gradient", [0, 1, 2], [("now", record), ("then", record)])
    assert table.columns == (
        "run", "step", "epoch", "bias_gradient_1", "bias_gradient_2", "bias_gradient_3"
    )  # fmt: skip
    assert len(table.rows) == 2 * len(record.values)
    assert [row[0] for row in table.rows[29:31]] == ["now", "then"]
    np.testing.assert_array_equal([row[3:5] for row in table.rows[:30]], record.values[:, :2])
    assert np.isnan([row[5] for row in table.rows]).all()
    assert table.rows[7][1:3] == (7, float(record.epochs[7]))


def test_scores_are_merged_with_the_mini_batches_by_step(shot: Snapshot) -> None:
    table = score_table([("now", shot)])
    assert table.columns == ("run", "step", "epoch", "cost", *SCORES)
    assert [row[1] for row in table.rows] == list(range(31))
    costs = [row[3] for row in table.rows]
    np.testing.assert_array_equal(costs[:30], shot.history[:, COST])
    assert np.isnan(costs[30])
    for k, key in enumerate(SCORES):
        told = [row[4 + k] for row in table.rows]
        assert [told[step] for step in (0, 20, 30)] == shot.score(key).tolist()
        assert np.isnan(told).sum() == 28
    part = score_table([("now", shot)], between=(1.0, 2.0))
    assert all(1.0 <= row[2] <= 2.0 for row in part.rows)
    assert 5 < len(part.rows) < 15


def test_a_split_without_examples_is_left_out_and_a_cost_that_is_no_number_is_not(
    shot: Snapshot,
) -> None:
    trainer = start(Experiment(dense(3, 2, 2), TrainingSpec(data=Parity(bits=3), epochs=1)))
    trainer.finish()
    assert not scores_of(trainer.snapshot(), "cost_validation").kept.any()
    assert scores_of(trainer.snapshot(), "cost_train").kept is None
    evaluations = shot.evaluations.copy()
    evaluations[1, 2] = np.nan  # the cost of a network that has diverged
    scores = scores_of(replace(shot, evaluations=evaluations), "cost_train")
    assert scores.kept is None
    assert np.isnan(scores.values[:, 0]).tolist() == [False, True, False]
