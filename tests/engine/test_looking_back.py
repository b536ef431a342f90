"""An earlier moment is what was there then, and goes on as the run did: bit for bit."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.architecture import SkipSpec, dense
from engine.datasets.dataset import DataSet, Split
from engine.edits import change_training
from engine.inspection import Subject
from engine.optimizers import OPTIMIZERS
from engine.snapshot import Snapshot
from engine.spec import FULL_BATCH, Experiment, TrainingSpec
from engine.trainer import Trainer, start
from tests.engine.test_fork import with_architecture

CASES = [
    (key, batch)
    for key, optimizer in OPTIMIZERS.items()
    for batch in (FULL_BATCH, 10)
    if batch == FULL_BATCH or not optimizer.full_batch_only
]
SUBJECT = Subject(example=2, layer=0, parameter=(0, 1, 2))


def look(trainer: Trainer) -> Snapshot:
    return trainer.snapshot(weights=True, subject=SUBJECT)


def assert_same(a: Snapshot, b: Snapshot) -> None:
    for field in ("step", "epoch", "last_step", "next_epoch_step", "evaluating", "done"):
        assert getattr(a, field) == getattr(b, field), field
    np.testing.assert_array_equal(a.history, b.history)
    np.testing.assert_array_equal(a.evaluations, b.evaluations)
    assert a.inspection.reading == b.inspection.reading
    pairs = zip(
        (*a.weights.W, *a.weights.b, *a.delta, *a.inspection.delta, *a.inspection.dC_dW),
        (*b.weights.W, *b.weights.b, *b.delta, *b.inspection.delta, *b.inspection.dC_dW),
        strict=True,
    )
    for one, other in pairs:
        np.testing.assert_array_equal(one, other)


def straight(
    experiment: Experiment, data: DataSet, steps: int, before: Callable[[Trainer], None]
) -> tuple[Trainer, dict[int, Snapshot]]:
    """A run, and what was seen before each of its steps, with nothing due."""
    trainer, seen = start(experiment, data), {}
    while trainer.step_count < steps and not trainer.done:
        trainer.evaluate()
        before(trainer)
        seen[trainer.step_count] = look(trainer)
        trainer.step()
    return trainer, seen


def go_on(trainer: Trainer, steps: int, before: Callable[[Trainer], None]) -> Snapshot:
    while trainer.step_count < steps and not trainer.done:
        trainer.evaluate()
        before(trainer)
        trainer.step()
    return look(trainer)


def nothing(trainer: Trainer) -> None:
    """Changes no setting."""


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize(("key", "batch"), CASES)
def test_every_moment_comes_back_and_goes_on(
    key: str, batch: int, precision: str, experiment: Experiment, blobs: DataSet
) -> None:
    optimizer = OPTIMIZERS[key]()
    run = change_training(
        experiment, optimizer=optimizer, batch=batch, eta=0.01, lmbda=0.3, epochs=90,
        precision=precision,
    )  # fmt: skip
    trainer, seen = straight(run, blobs, 35, nothing)
    end = look(trainer)
    for step in (0, 1, 7, 11, 12, 22, 34):  # 11 and 22: at an epoch's end, evaluated
        twin = trainer.at(step)
        assert_same(look(twin), seen[step])
        assert_same(go_on(twin, 35, nothing), end)
        assert twin.keyframes.steps.tolist() == trainer.keyframes.steps.tolist()
    assert_same(look(trainer), end)  # whatever the twins did


@pytest.mark.parametrize("step", [0, 9, 19, 20, 21, 30, 44])
def test_settings_that_change_on_the_way_belong_to_it(
    step: int, experiment: Experiment, blobs: DataSet
) -> None:
    experiment = change_training(experiment, epochs=90)
    changes = {
        20: change_training(experiment, eta=0.03, lmbda=1.0).training,
        30: change_training(experiment, eta=0.03, batch=23, evaluate_every=2).training,
        40: change_training(experiment, batch=FULL_BATCH).training,
    }

    def change(trainer: Trainer) -> None:
        if trainer.step_count in changes:
            trainer.change(changes[trainer.step_count])

    trainer, seen = straight(experiment, blobs, 45, change)
    twin = trainer.at(step)
    assert_same(look(twin), seen[step])
    assert_same(go_on(twin, 45, change), look(trainer))


def test_skip_connections_and_frozen_layers_come_back_too(
    experiment: Experiment, blobs: DataSet
) -> None:
    spec = experiment.architecture
    frozen = tuple(replace(layer, frozen=k == 1) for k, layer in enumerate(spec.layers))
    run = with_architecture(experiment, layers=frozen, skips=(SkipSpec("h1", "output"),))
    run = change_training(run, optimizer=OPTIMIZERS["adam"]())
    trainer, seen = straight(run, blobs, 20, nothing)
    twin = trainer.at(13)
    assert_same(look(twin), seen[13])
    assert_same(go_on(twin, 20, nothing), look(trainer))


LONG = Experiment(
    dense(2, 2, 2),
    TrainingSpec(batch=5, epochs=10_000, evaluate_every=2, lmbda=0.1, precision="float64"),
)


@pytest.fixture(scope="module")
def long_run() -> Iterator[Trainer]:
    """Its record is so small that it was thinned five times; its keyframes were thinned too."""
    rng = np.random.default_rng(3)
    split = Split(rng.standard_normal((20, 2)), rng.integers(0, 2, 20))
    data = DataSet("noise", split, split.first(5), split.first(0), ("a", "b"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.history.MOST_ROWS", 64)
        trainer = start(LONG, data)
        trainer.run(lambda _: trainer.step_count < 1_200)
        yield trainer


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 1_199), st.integers(1, 100))
def test_the_record_of_a_long_run_is_that_of_then(long_run: Trainer, step: int, more: int) -> None:
    assert long_run.recorder.history.stride >= 16
    twin, again = long_run.at(step), Trainer(LONG, long_run.examples)
    again.run(lambda _: again.step_count < twin.step_count)
    again.evaluate()
    assert_same(look(twin), look(again))
    goal = twin.step_count + more
    for trainer in (twin, again):
        trainer.run(lambda _, t=trainer: t.step_count < goal)
    assert_same(look(twin), look(again))


def test_one_twin_goes_from_moment_to_moment(experiment: Experiment, blobs: DataSet) -> None:
    trainer, seen = straight(experiment, blobs, 40, nothing)
    twin = trainer.at(39)
    for step in (5, 30, 0, 22, 1):
        twin.step()
        twin.return_to(trainer.keyframes.at(step))
        assert_same(look(twin), seen[step])
    assert_same(go_on(twin, 40, nothing), look(trainer))


def test_the_start_shows_the_gradient_of_the_probe_set(
    experiment: Experiment, blobs: DataSet
) -> None:
    trainer, _ = straight(experiment, blobs, 5, nothing)
    at_start = trainer.at(0)
    inspected = at_start.inspect(Subject())
    for mine, its in zip(at_start.snapshot().delta, inspected.delta, strict=True):
        assert (mine != 0).all()
        np.testing.assert_allclose(mine, its, rtol=1e-9)


def test_a_run_that_diverged_goes_on_from_before(experiment: Experiment, blobs: DataSet) -> None:
    wild = change_training(experiment, eta=1e4, lmbda=1e6, precision="float32")
    trainer = start(wild, blobs)
    trainer.finish()
    assert trainer.divergence is not None
    twin = trainer.at(trainer.step_count - 1)
    assert twin.divergence is None
    assert not twin.done
    twin.finish()
    assert twin.divergence == trainer.divergence
    calm = trainer.branch(0)
    calm.change(change_training(wild, eta=1e-3, lmbda=0.0).training)
    calm.finish()
    assert calm.divergence is None


def test_what_one_can_return_to_is_told(experiment: Experiment, blobs: DataSet) -> None:
    trainer, _ = straight(experiment, blobs, 6, nothing)
    snapshot = look(trainer)
    assert snapshot.newest_step == snapshot.step == 6
    assert snapshot.keyframe_steps.tolist() == [0, 1, 2, 3, 4, 5]
    assert snapshot.moments.nbytes == trainer.keyframes.nbytes
    assert look(trainer).keyframe_steps is snapshot.keyframe_steps
