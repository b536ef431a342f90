from dataclasses import replace

import numpy as np
import pytest

from engine.batches import MOST_SIZES
from engine.datasets.dataset import DataSet
from engine.edits import change_training, insert_layer
from engine.faults import InputError
from engine.measures import KEYS
from engine.network import Network
from engine.optimizers import OPTIMIZERS, Adam, Momentum
from engine.parameters import draw
from engine.snapshot import EPOCH, STEP, history_columns
from engine.spec import FULL_BATCH, Experiment
from engine.trainer import Trainer, start


def test_it_learns(experiment: Experiment, blobs: DataSet) -> None:
    trainer = start(change_training(experiment, epochs=40), blobs)
    trainer.finish()
    accuracy = trainer.snapshot().score("accuracy_validation")
    assert accuracy[-1] > 0.95
    assert accuracy[0] < 0.8


def test_an_epoch_deals_every_example_once(experiment: Experiment, blobs: DataSet) -> None:
    trainer = start(experiment, blobs)
    seen: list[np.ndarray] = []
    forward = trainer.network.forward

    def watched(ws, x):
        seen.append(x.copy())
        forward(ws, x)

    trainer.evaluate()
    trainer.network.forward = watched
    for _ in range(11):  # 103 examples by 10: the last mini-batch has 3
        trainer.step()
    dealt = np.concatenate(seen, axis=1).T
    assert [x.shape[1] for x in seen] == [10] * 10 + [3]
    order = np.lexsort(dealt.T), np.lexsort(blobs.train.x.T)
    np.testing.assert_array_equal(dealt[order[0]], blobs.train.x[order[1]])
    assert trainer.epoch == 1.0


def by_hand(experiment: Experiment, blobs: DataSet, steps: int) -> np.ndarray:
    """Full-batch descent written out: w <- (1 - eta lambda / n) w - eta dC/dw."""
    training = experiment.training
    network = Network(experiment.architecture, training.cost)
    draw(network.parameters, experiment.architecture, training.seed)
    ws = network.workspace(len(blobs.train))
    for _ in range(steps):
        network.forward(ws, blobs.train.x.T)
        network.backward(ws, blobs.train.targets(3, float).T)
        decay = 1 - training.eta * training.lmbda / len(blobs.train)
        for W in network.parameters.W:
            W *= decay
        network.parameters.vector[...] -= training.eta * network.gradient.vector
    return network.parameters.vector


def test_full_batch_descent_with_the_books_weight_decay(
    experiment: Experiment, blobs: DataSet
) -> None:
    full = change_training(experiment, batch=FULL_BATCH, lmbda=3.0, epochs=7)
    trainer = start(full, blobs)
    trainer.finish()
    assert trainer.step_count == 7
    expected = by_hand(full, blobs, 7)
    np.testing.assert_allclose(trainer.network.parameters.vector, expected, rtol=1e-13)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_the_same_experiment_gives_the_same_bits(
    key: str, experiment: Experiment, blobs: DataSet
) -> None:
    optimizer = OPTIMIZERS[key]()
    batch = FULL_BATCH if optimizer.full_batch_only else 10
    same = change_training(experiment, optimizer=optimizer, batch=batch, eta=0.01)
    whole, pieces = start(same, blobs), start(same, blobs)
    whole.finish()
    while not pieces.done:
        pieces.step()
        pieces.snapshot(weights=True)
    np.testing.assert_array_equal(whole.network.parameters.vector, pieces.network.parameters.vector)
    a, b = whole.snapshot(), pieces.snapshot()
    np.testing.assert_array_equal(a.history, b.history)
    np.testing.assert_array_equal(a.evaluations, b.evaluations)


def test_another_seed_gives_other_weights_and_another_order(
    experiment: Experiment, blobs: DataSet
) -> None:
    one, two = (start(change_training(experiment, seed=s), blobs) for s in (1, 2))
    assert not np.array_equal(one.network.parameters.vector, two.network.parameters.vector)


def test_a_new_layer_changes_neither_the_other_weights_nor_the_batches(
    experiment: Experiment, blobs: DataSet
) -> None:
    shallow, deep = start(experiment, blobs), start(insert_layer(experiment, 1), blobs)
    for l, m in ((0, 0), (1, 2), (2, 3)):
        np.testing.assert_array_equal(shallow.network.parameters.W[l], deep.network.parameters.W[m])
        np.testing.assert_array_equal(shallow.network.parameters.b[l], deep.network.parameters.b[m])
    for _ in range(15):
        x, _ = shallow._batches.deal(10)
        np.testing.assert_array_equal(x, deep._batches.deal(10)[0])


def test_records_name_the_step_whose_gradient_they_hold(
    experiment: Experiment, blobs: DataSet
) -> None:
    trainer = start(experiment, blobs)
    trainer.step()
    trainer.step()
    snapshot = trainer.snapshot()
    assert snapshot.history[:, STEP].tolist() == [0, 1]
    np.testing.assert_allclose(snapshot.history[:, EPOCH], [0, 10 / 103])
    assert snapshot.history.shape[1] == len(history_columns(3))
    norms = [np.linalg.norm(d) for d in snapshot.delta]
    np.testing.assert_allclose(snapshot.measure(0)[-1], norms, rtol=1e-12)
    for array in (snapshot.history, snapshot.evaluations, *snapshot.delta):
        assert not array.flags.writeable


def test_a_snapshot_does_not_change_when_training_goes_on(
    experiment: Experiment, blobs: DataSet
) -> None:
    trainer = start(experiment, blobs)
    trainer.step()
    snapshot = trainer.snapshot(weights=True)
    assert snapshot.weights is not None
    before = [array.copy() for array in (*snapshot.weights.W, *snapshot.delta, snapshot.history)]
    trainer.finish()
    after = (*snapshot.weights.W, *snapshot.delta, snapshot.history)
    for was, array in zip(before, after, strict=True):
        np.testing.assert_array_equal(was, array)


def test_eta_batch_and_momentum_act_at_once(experiment: Experiment, blobs: DataSet) -> None:
    momentum = change_training(experiment, optimizer=Momentum(0.5))
    trainer = start(momentum, blobs)
    trainer.step()
    trainer.change(replace(momentum.training, eta=1e-7, batch=50, optimizer=Momentum(0.0)))
    before = trainer.network.parameters.vector.copy()
    trainer.step()
    assert trainer.epoch == pytest.approx(60 / 103)
    assert np.abs(trainer.network.parameters.vector - before).max() < 1e-6


@pytest.mark.parametrize("field", [{"seed": 9}, {"cost": "quadratic"}, {"optimizer": Adam()}])
def test_what_needs_a_new_start_is_refused(
    field: dict[str, object], experiment: Experiment, blobs: DataSet
) -> None:
    trainer = start(experiment, blobs)
    with pytest.raises(InputError, match=next(iter(field))):
        trainer.change(replace(experiment.training, **field))


def test_decay_is_not_in_the_measured_gradient(experiment: Experiment, blobs: DataSet) -> None:
    for optimizer in (OPTIMIZERS["sgd"](), OPTIMIZERS["momentum"]()):
        rows = []
        for lmbda in (0.0, 50.0):
            fields = {"optimizer": optimizer, "lmbda": lmbda}
            trainer = start(change_training(experiment, **fields), blobs)
            trainer.step()
            norms = trainer.snapshot().measure(KEYS.index("weight_gradient"))
            rows.append((norms[0], trainer.network.parameters.vector.copy()))
        np.testing.assert_array_equal(rows[0][0], rows[1][0])
        assert not np.allclose(rows[0][1], rows[1][1])


def test_evaluations_come_at_the_start_after_epochs_and_at_the_end(
    experiment: Experiment, blobs: DataSet
) -> None:
    trainer = start(change_training(experiment, epochs=7, evaluate_every=3), blobs)
    trainer.finish()
    assert trainer.snapshot().evaluations[:, 1].tolist() == [0, 3, 6, 7]


def test_steps_ahead_are_counted(experiment: Experiment, blobs: DataSet) -> None:
    trainer = start(experiment, blobs)
    trainer.step()
    snapshot = trainer.snapshot()
    assert (snapshot.step, snapshot.next_epoch_step, snapshot.last_step) == (1, 11, 55)
    trainer.change(replace(experiment.training, epochs=1))
    trainer.finish()
    assert trainer.step_count == 11
    assert trainer.snapshot().done


def test_a_network_that_does_not_fit_the_data_is_refused(blobs: DataSet) -> None:
    from engine.architecture import dense

    with pytest.raises(InputError, match=r"4 features and 3 classes.* 5 inputs and 3 outputs"):
        start(Experiment(dense(5, 4, 3)), blobs)


def test_float32_follows_float64(experiment: Experiment, blobs: DataSet) -> None:
    rows = []
    for precision in ("float32", "float64"):
        trainer = start(change_training(experiment, precision=precision), blobs)
        trainer.finish()
        rows.append(trainer.snapshot().measure(0)[20])
    np.testing.assert_allclose(rows[0], rows[1], rtol=1e-4)
    assert isinstance(trainer, Trainer)


def test_who_drags_the_batch_size_fills_no_memory(experiment: Experiment, blobs: DataSet) -> None:
    trainer = start(change_training(experiment, epochs=1_000), blobs)
    held = []
    for _ in range(3):
        for batch in range(20, 45):
            trainer.change(replace(trainer.training, batch=batch))
            trainer.step()
        held.append(trainer.nbytes - trainer.keyframes.nbytes)
    assert held[2] <= held[0]
    assert len(trainer._workspaces) <= MOST_SIZES
    trainer.rest()
    assert trainer._batches.nbytes <= 8 * len(trainer.examples.train)
    assert trainer._batches._buffers == {}
