"""Parameters that are given, and such as training leaves as they are."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.architecture import BIAS, INPUT, ArchitectureSpec, GivenParameter, SkipSpec, dense
from engine.datasets.dataset import DataSet
from engine.edits import change_training
from engine.measures import KEYS
from engine.optimizers import OPTIMIZERS
from engine.parameters import Parameters, draw, frozen
from engine.spec import FULL_BATCH, Experiment
from engine.trainer import start
from tests.engine.strategies import with_skips


@pytest.fixture
def skipping(experiment: Experiment) -> Experiment:
    """4-5-5-3 with a projection into the second layer and one into the output."""
    skips = (SkipSpec(INPUT, "h2"), SkipSpec("h1", "output"))
    return replace(experiment, architecture=replace(experiment.architecture, skips=skips))


def with_optimizer(experiment: Experiment, key: str, lmbda: float) -> Experiment:
    optimizer = OPTIMIZERS[key]()
    batch = FULL_BATCH if optimizer.full_batch_only else 10
    return change_training(experiment, optimizer=optimizer, batch=batch, lmbda=lmbda, eta=0.05)


def freeze(experiment: Experiment, *layers: int, **more: object) -> Experiment:
    spec = experiment.architecture
    frozen = tuple(replace(x, frozen=l in layers) for l, x in enumerate(spec.layers))
    return replace(experiment, architecture=replace(spec, layers=frozen, **more))


@pytest.mark.parametrize("lmbda", [0.0, 3.0])
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_no_optimizer_and_no_decay_moves_a_frozen_layer(
    key: str, lmbda: float, skipping: Experiment, blobs: DataSet
) -> None:
    trainer = start(freeze(with_optimizer(skipping, key, lmbda), 1), blobs)
    before = trainer.weights()
    for _ in range(20):
        trainer.step()
    after = trainer.weights()
    np.testing.assert_array_equal(after.W[1], before.W[1])
    np.testing.assert_array_equal(after.b[1], before.b[1])
    np.testing.assert_array_equal(after.projections[0], before.projections[0])
    for l in (0, 2):
        assert (after.W[l] != before.W[l]).all()
        assert (after.b[l] != before.b[l]).all()
    assert (after.projections[1] != before.projections[1]).all()


def test_its_errors_and_gradients_are_measured_all_the_same(
    experiment: Experiment, blobs: DataSet
) -> None:
    rows = []
    for layers in ((), (1,)):
        trainer = start(freeze(experiment, *layers), blobs)
        trainer.step()
        snapshot = trainer.snapshot()
        rows.append(snapshot.history[0, 3:])
        np.testing.assert_allclose(
            np.linalg.norm(snapshot.delta[1]), snapshot.measure(0)[0, 1], rtol=1e-12
        )
        assert (snapshot.measure(0)[0] > 0).all()
    ratio = 3 * KEYS.index("update_ratio")
    others = np.delete(np.arange(3 * len(KEYS)), ratio + 1)
    np.testing.assert_array_equal(rows[0][others], rows[1][others])
    assert rows[0][ratio + 1] > 0
    assert rows[1][ratio + 1] == 0.0


@pytest.mark.parametrize("key", ["sgd", "adam", "adamw", "momentum"])
def test_single_parameters_are_given_and_stay_where_they_are_frozen(
    key: str, experiment: Experiment, blobs: DataSet
) -> None:
    parameters = (
        GivenParameter("h1", 2, 3, 0.125, frozen=True), GivenParameter("h2", 4, BIAS, -7.5, True),
        GivenParameter("output", 0, 0, 2.0),
    )  # fmt: skip
    given = freeze(with_optimizer(experiment, key, 3.0), given=parameters)
    trainer, plain = start(given, blobs), start(with_optimizer(experiment, key, 3.0), blobs)
    W, b = trainer.weights().W, trainer.weights().b
    assert (W[0][2, 3], b[1][4], W[2][0, 0]) == (0.125, -7.5, 2.0)
    differs = trainer.network.parameters.vector != plain.network.parameters.vector
    assert np.count_nonzero(differs) == 3
    for _ in range(15):
        trainer.step()
    now = trainer.weights()
    assert (now.W[0][2, 3], now.b[1][4]) == (0.125, -7.5)
    assert now.W[2][0, 0] != 2.0
    assert np.count_nonzero(now.W[0] != W[0]) == W[0].size - 1


@given(with_skips(), st.sets(st.integers(0, 5)))
@settings(max_examples=40, deadline=None)
def test_the_mask_marks_what_leads_into_a_frozen_layer(
    spec: ArchitectureSpec, chosen: set[int]
) -> None:
    layers = tuple(replace(layer, frozen=l in chosen) for l, layer in enumerate(spec.layers))
    spec = replace(spec, layers=layers)
    mask = frozen(spec)
    if not any(layer.frozen for layer in layers):
        assert mask is None
        return
    assert mask is not None
    for layer, W, b in zip(layers, mask.W, mask.b, strict=True):
        assert (W.all(), W.any(), b.all(), b.any()) == (layer.frozen,) * 4
    for skip, P in zip(spec.skips, mask.projections, strict=True):
        still = next(layer.frozen for layer in layers if layer.id == skip.target)
        assert P is None or (P.all() == P.any() == still)


def test_a_parameter_is_found_by_its_place() -> None:
    spec = dense(4, 5, 3)
    parameters = Parameters(spec, float)
    draw(parameters, spec, 3)
    assert parameters.one(1, 2, 4)[0] == parameters.W[1][2, 4]
    assert parameters.one(0, 4, BIAS)[0] == parameters.b[0][4]
    assert parameters.has(1, 2, 4)
    for place in (
        (2, 0, 0),
        (-1, 0, 0),
        (0, 5, 0),
        (0, 0, 4),
        (1, 3, BIAS),
        (0, -1, 0),
        (0, 0, -2),
    ):
        assert not parameters.has(*place)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_nothing_is_saved_up_for_the_release(
    key: str, experiment: Experiment, blobs: DataSet
) -> None:
    """Else Rprop's step would have grown to its limit meanwhile."""
    long = change_training(with_optimizer(experiment, key, 0.0), epochs=1_000)
    held = freeze(long, 1)
    trainer = start(held, blobs)
    for _ in range(60):
        trainer.step()
    before, released = trainer.weights().W[1], trainer.fork(freeze(held))
    released.step()
    assert 0 < np.abs(released.weights().W[1] - before).max() < 0.5
