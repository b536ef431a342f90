import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine import experiment_file, results
from engine.architecture import INPUT, SkipSpec, dense
from engine.datasets.parity import Parity
from engine.datasets.planar import Xor
from engine.evaluation import SCORES
from engine.faults import InputError
from engine.layer_record import layer_record
from engine.measures import KEYS
from engine.spec import Experiment, TrainingSpec
from engine.trainer import Trainer, start

EXPERIMENT = Experiment(
    dense(2, 4, 3, 2), TrainingSpec(data=Xor(examples=95), batch=10, epochs=3, evaluate_every=2)
)


@pytest.fixture
def trainer() -> Trainer:
    trainer = start(EXPERIMENT)
    trainer.finish()
    return trainer


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def test_a_column_for_every_layer_and_measure(trainer: Trainer) -> None:
    header = results.history_csv(trainer.snapshot()).splitlines()[0].split(",")
    assert header[:7] == ["step", "epoch", "cost", *SCORES]
    assert header[7:] == [
        f"{start}{key}_{l}" for start in ("", "probe_") for key in KEYS for l in (1, 2, 3)
    ]


def test_steps_and_evaluations_are_merged_by_step(trainer: Trainer) -> None:
    snapshot = trainer.snapshot()
    rows = rows_of(results.history_csv(snapshot))
    assert [int(row["step"]) for row in rows] == list(range(31))
    evaluated = [row for row in rows if row["accuracy_validation"]]
    assert [int(row["step"]) for row in evaluated] == [0, 20, 30]
    assert [float(row["epoch"]) for row in evaluated] == [0.0, 2.0, 3.0]
    assert rows[30]["cost"] == rows[30]["bias_gradient_1"] == ""
    assert [float(row["cost"]) for row in rows[:30]] == snapshot.history[:, 2].tolist()
    for measure, key in enumerate(KEYS):
        for l in (1, 2, 3):
            column = [float(row[f"{key}_{l}"]) for row in rows[:30]]
            assert column == snapshot.measure(measure)[:, l - 1].tolist()
            probed = [float(row[f"probe_{key}_{l}"] or "nan") for row in evaluated]
            on_probe = layer_record(snapshot, measure, on_probe=True).values
            np.testing.assert_array_equal(probed, on_probe[:, l - 1])
    for key in SCORES:
        assert [float(row[key]) for row in evaluated] == snapshot.score(key).tolist()


def test_its_shape_is_known_before_it_is_written(trainer: Trainer) -> None:
    for snapshot in (trainer.snapshot(), start(EXPERIMENT).snapshot()):
        header, *rows = csv.reader(results.history_csv(snapshot).splitlines())
        assert results.history_shape(snapshot) == (len(rows), len(header))


def test_what_was_not_measured_is_empty() -> None:
    trainer = start(Experiment(dense(3, 2, 2), TrainingSpec(data=Parity(bits=3), epochs=1)))
    trainer.finish()
    rows = rows_of(results.history_csv(trainer.snapshot()))
    assert {row["accuracy_validation"] for row in rows} == {""}
    assert "nan" not in results.history_csv(trainer.snapshot())


def test_weights_are_n_out_by_n_in_and_those_of_the_run(tmp_path: Path) -> None:
    trainer = start(EXPERIMENT)
    initial = trainer.weights()
    results.prepare_folder(tmp_path / "new" / "folder", EXPERIMENT, initial)
    trainer.finish()
    results.write_results(tmp_path / "new" / "folder", trainer.snapshot(), trainer.weights())
    for name, weights in ((results.INITIAL, initial), (results.FINAL, trainer.weights())):
        with np.load(tmp_path / "new" / "folder" / name) as arrays:
            assert list(arrays) == ["W1", "b1", "W2", "b2", "W3", "b3"]
            assert [arrays[f"W{l}"].shape for l in (1, 2, 3)] == [(4, 2), (3, 4), (2, 3)]
            for l, (W, b) in enumerate(zip(weights.W, weights.b, strict=True), 1):
                np.testing.assert_array_equal(arrays[f"W{l}"], W)
                np.testing.assert_array_equal(arrays[f"b{l}"], b)
    assert not np.array_equal(initial.W[0], trainer.weights().W[0])


def test_projections_are_numbered_by_their_skip_connection(tmp_path: Path) -> None:
    skips = (SkipSpec("h1", "output"), SkipSpec(INPUT, "output"), SkipSpec(INPUT, "h2"))
    spec = replace(dense(2, 4, 3, 2), skips=skips)
    trainer = start(replace(EXPERIMENT, architecture=spec))
    weights = trainer.weights()
    results.prepare_folder(tmp_path, EXPERIMENT, weights)
    with np.load(tmp_path / results.INITIAL) as arrays:
        assert list(arrays)[6:] == ["P1", "P3"]
        for name, P in (("P1", weights.projections[0]), ("P3", weights.projections[2])):
            np.testing.assert_array_equal(arrays[name], P)
    assert weights.projections[1] is None


def test_the_same_run_leaves_the_same_bytes(tmp_path: Path) -> None:
    kept = []
    for name in "ab":
        trainer = start(EXPERIMENT)
        results.prepare_folder(tmp_path / name, EXPERIMENT, trainer.weights())
        trainer.finish()
        results.write_results(tmp_path / name, trainer.snapshot(), trainer.weights())
        kept.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert kept[0] == kept[1]
    assert len(kept[0]) == 4


def test_an_earlier_run_is_taken_away_and_nothing_else(tmp_path: Path, trainer: Trainer) -> None:
    for name in (results.HISTORY, results.FINAL, *results.PICTURES, "mine.txt"):
        (tmp_path / name).write_text("old")
    results.prepare_folder(tmp_path, EXPERIMENT, trainer.weights())
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {results.EXPERIMENT, results.INITIAL, "mine.txt"}
    assert (tmp_path / "mine.txt").read_text() == "old"


def test_the_experiment_is_kept_complete(tmp_path: Path, trainer: Trainer) -> None:
    named = replace(EXPERIMENT, name="Xor")
    results.prepare_folder(tmp_path, named, trainer.weights())
    assert experiment_file.read(tmp_path / results.EXPERIMENT) == named


def test_a_folder_that_cannot_be_is_told(tmp_path: Path, trainer: Trainer) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / "a\0b"):
        with pytest.raises(InputError, match="results cannot be written there"):
            results.prepare_folder(folder, EXPERIMENT, trainer.weights())
