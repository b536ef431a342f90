"""Going on from the same moment as another trainer."""

from dataclasses import replace

import numpy as np
import pytest

from engine.architecture import BIAS, GivenParameter, SkipSpec
from engine.datasets.dataset import DataSet
from engine.edits import change_training, insert_layer
from engine.faults import InputError
from engine.inspection import Subject
from engine.optimizers import OPTIMIZERS
from engine.spec import FULL_BATCH, Experiment
from engine.trainer import Trainer, start


def with_architecture(experiment: Experiment, **fields: object) -> Experiment:
    return replace(experiment, architecture=replace(experiment.architecture, **fields))


def assert_same(one: Trainer, two: Trainer) -> None:
    a, b = one.snapshot(True, Subject(parameter=(0, 0, 0))), two.snapshot(True, Subject())
    assert (a.step, a.epoch, a.done, a.evaluating) == (b.step, b.epoch, b.done, b.evaluating)
    np.testing.assert_array_equal(a.history, b.history)
    np.testing.assert_array_equal(a.evaluations, b.evaluations)
    np.testing.assert_array_equal(one.network.parameters.vector, two.network.parameters.vector)
    for mine, other in zip(a.delta, b.delta, strict=True):
        np.testing.assert_array_equal(mine, other)


@pytest.mark.parametrize("steps", [0, 1, 11, 17])
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_it_continues_bit_for_bit(
    key: str, steps: int, experiment: Experiment, blobs: DataSet
) -> None:
    optimizer = OPTIMIZERS[key]()
    batch = FULL_BATCH if optimizer.full_batch_only else 10
    same = change_training(experiment, optimizer=optimizer, batch=batch, eta=0.01, epochs=20)
    same = with_architecture(same, skips=(SkipSpec("h1", "output"),))
    trainer = start(same, blobs)
    for _ in range(steps):
        trainer.step()
    fork = trainer.fork(same)
    assert_same(trainer, fork)
    trainer.finish()  # first: were anything shared, the fork would feel it
    fork.finish()
    assert_same(trainer, fork)


def test_they_do_not_touch_each_other(experiment: Experiment, blobs: DataSet) -> None:
    trainer, plain = start(experiment, blobs), start(experiment, blobs)
    for _ in range(14):
        trainer.step()
        plain.step()
    before = trainer.snapshot(weights=True)
    fork = trainer.fork(with_architecture(experiment, given=(GivenParameter("h1", 0, 0, 3.0),)))
    fork.finish()
    np.testing.assert_array_equal(before.history, trainer.snapshot().history)
    after = fork.snapshot(weights=True)
    history = after.history.copy()
    trainer.finish()
    plain.finish()
    assert_same(trainer, plain)
    np.testing.assert_array_equal(after.history, history)
    np.testing.assert_array_equal(fork.snapshot().history, history)


def test_it_goes_on_from_the_middle_of_an_evaluation(
    experiment: Experiment, blobs: DataSet
) -> None:
    trainer = start(experiment, blobs)
    trainer.step()
    while trainer._due is None:
        trainer.step()
    units = iter([True, False])
    trainer.run(lambda _: next(units))
    fork = trainer.fork(experiment)
    assert fork.snapshot().evaluating
    trainer.finish()
    fork.finish()
    assert_same(trainer, fork)


def test_only_what_is_newly_given_is_set(experiment: Experiment, blobs: DataSet) -> None:
    old = GivenParameter("h1", 0, 0, 1.0)
    trainer = start(with_architecture(experiment, given=(old,)), blobs)
    for _ in range(5):
        trainer.step()
    was = trainer.weights()
    assert was.W[0][0, 0] != 1.0
    frozen, new = replace(old, frozen=True), GivenParameter("h2", 1, BIAS, 9.0)
    fork = trainer.fork(with_architecture(experiment, given=(frozen, new)))
    now = fork.weights()
    assert now.W[0][0, 0] == was.W[0][0, 0]
    assert now.b[1][1] == 9.0
    changed = fork.network.parameters.vector != trainer.network.parameters.vector
    assert np.count_nonzero(changed) == 1
    fork.finish()
    assert fork.weights().W[0][0, 0] == was.W[0][0, 0]
    released = fork.fork(with_architecture(change_training(experiment, epochs=9), given=()))
    assert released.weights().b[1][1] == fork.weights().b[1][1]
    released.step()
    assert released.weights().W[0][0, 0] != was.W[0][0, 0]


def test_a_layer_is_frozen_in_the_middle_of_a_run(experiment: Experiment, blobs: DataSet) -> None:
    adam = change_training(experiment, optimizer=OPTIMIZERS["adam"](), lmbda=1.0)
    trainer = start(adam, blobs)
    for _ in range(5):
        trainer.step()
    spec = adam.architecture
    layers = (replace(spec.layers[0], frozen=True), *spec.layers[1:])
    fork = trainer.fork(with_architecture(adam, layers=layers))
    fork.finish()
    np.testing.assert_array_equal(fork.weights().W[0], trainer.weights().W[0])
    assert (fork.weights().W[1] != trainer.weights().W[1]).all()


def test_it_takes_the_settings_over(experiment: Experiment, blobs: DataSet) -> None:
    trainer = start(experiment, blobs)
    trainer.step()
    fork = trainer.fork(change_training(experiment, batch=50))
    fork.step()
    assert fork.epoch == pytest.approx(60 / 103)


def test_what_needs_a_new_start_is_refused(experiment: Experiment, blobs: DataSet) -> None:
    trainer = start(experiment, blobs)
    with pytest.raises(InputError, match="the network cannot change"):
        trainer.fork(insert_layer(experiment, 0))
    with pytest.raises(InputError, match="seed cannot change"):
        trainer.fork(change_training(experiment, seed=9))


def test_memory_is_counted_and_given_back(experiment: Experiment, blobs: DataSet) -> None:
    trainer = start(experiment, blobs)
    for _ in range(3):
        trainer.step()
    trainer.inspect(Subject())
    resting = start(experiment, blobs)
    for _ in range(3):
        resting.step()
    full = resting.nbytes
    resting.rest()
    numbers = resting.network.parameters.vector.nbytes
    assert 4 * numbers < resting.nbytes < full
    resting.finish()
    trainer.finish()
    assert_same(trainer, resting)
