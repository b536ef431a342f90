"""The spectrum of the way to the output, against Jacobians by complex step."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.architecture import ArchitectureSpec, dense
from engine.arrays import Floats
from engine.inspection import Subject
from engine.look import MOST_PRODUCTS
from engine.network import Network
from engine.readings.spectrum import POOL, SpectrumWish
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start
from tests.engine.inspectors import look_at
from tests.engine.strategies import with_skips


def z_of_output(network: Network, x: Floats, l: int, shift: Floats) -> Floats:
    """z^L where z of layer l is shifted: a forward pass of its own, in complex numbers."""
    spec, P, a = network.architecture, network.parameters, [x.astype(complex)]
    for k, layer in enumerate(spec.layers):
        z = P.W[k] @ a[k] + P.b[k]
        for (source, target), M in zip(spec.skip_columns, P.projections, strict=True):
            if target == k + 1:
                z = z + (a[source] if M is None else M @ a[source])
        if k == l:
            z = z + shift
        out = np.empty_like(z)[:, None]
        ACTIVATIONS[layer.activation].fn(z[:, None], out)
        a.append(out[:, 0])
    return z


def jacobian(network: Network, x: Floats, l: int) -> Floats:
    n = network.architecture.sizes[l + 1]
    steps = 1e-30j * np.eye(n)
    return np.stack([z_of_output(network, x, l, s).imag / 1e-30 for s in steps], axis=1)


@given(with_skips(["sigmoid", "tanh", "softplus", "linear"]), st.integers(0, 5000))
@settings(max_examples=40, deadline=None)
def test_all_singular_values_of_one_example(spec: ArchitectureSpec, seed: int) -> None:
    look, row = look_at(spec, seed=seed), seed % 20
    reading = SpectrumWish(row).answer(look)
    assert (reading.count, reading.label) == (1, look.probe.labels[row])
    assert len(reading.layers) == len(spec.layers) - 1
    for l, layer in enumerate(reading.layers):
        J = jacobian(look.network, look.probe.x[row], l)
        gram = J @ J.T if len(J) <= J.shape[1] else J.T @ J
        exact = np.sqrt(np.maximum(np.linalg.eigvalsh(gram)[::-1], 0.0))
        # a Gram matrix has half the digits
        assert 10 ** layer.values[0] == pytest.approx(exact, rel=1e-6, abs=3e-7 * exact[0])
        assert np.array_equal(layer.mean, layer.values[0]) or layer.mean == pytest.approx(
            layer.values[0]
        )


def test_averaged_over_the_first_examples() -> None:
    look = look_at(dense(4, 5, 3, 4, activation="tanh"))
    reading = SpectrumWish().answer(look)
    assert (reading.count, reading.label, reading.complete) == (POOL, None, True)
    assert reading.input_square == pytest.approx(np.square(look.probe.x[:POOL]).mean())
    for l, layer in enumerate(reading.layers):
        J = [jacobian(look.network, look.probe.x[row], l) for row in range(POOL)]
        each = np.array([np.linalg.svd(one, compute_uv=False) for one in J])
        assert 10 ** layer.values[:, :3] == pytest.approx(each[:, :3])
        assert 10 ** layer.mean[:3] == pytest.approx(np.sqrt((each**2).mean(axis=0))[:3])


def test_delta_goes_where_the_jacobian_sends_it() -> None:
    look = look_at(dense(4, 5, 5, 5, 3))
    ws = look.over(2).ws
    for l, layer in enumerate(SpectrumWish(2).answer(look).layers):
        ratio = np.linalg.norm(ws.delta[l]) / np.linalg.norm(ws.delta[-1])
        assert 10 ** layer.values[0, -1] <= ratio * (1 + 1e-9)
        assert ratio <= 10 ** layer.values[0, 0] * (1 + 1e-9)


def test_the_condition_number() -> None:
    spec = dense(2, 2, 2, activation="linear", bias="zero")
    look = look_at(spec)
    look.network.parameters.W[1][...] = np.diag([10.0, 0.01])
    assert SpectrumWish(0).answer(look).layers[0].log10_condition == pytest.approx(3.0)
    look.network.parameters.W[1][...] = np.diag([10.0, 0.0])
    layer = SpectrumWish(0).answer(look).layers[0]
    assert layer.log10_condition == np.inf
    assert layer.values[0, 0] == pytest.approx(1.0)
    assert np.isneginf(layer.values[0, 1])
    look.network.parameters.W[1][...] = 0.0
    layer = SpectrumWish(0).answer(look).layers[0]
    assert np.isneginf(layer.mean).all()
    assert np.isnan(layer.log10_condition)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_far_beyond_the_floats(dtype: type) -> None:
    """400 diagonal layers: every singular value is a product of known numbers."""
    spec = dense(3, *[3] * 401, activation="linear", bias="zero")
    look = look_at(spec, dtype=dtype)
    for W in look.network.parameters.W[1:]:
        W[...] = np.diag([0.125, 0.0625, 0.125])
    layers = SpectrumWish(0).answer(look).layers
    assert layers[0].values[0, :2] == pytest.approx([-400 * np.log10(8)] * 2)
    assert layers[0].values[0, 0] < -360
    assert np.isneginf(layers[0].values[0, 2])  # 2^-400 of the largest: not to be told from 0
    assert layers[0].resolved[0] == pytest.approx(layers[0].values[0, 0] - 15.2, abs=0.2)
    near = layers[-3].values[0]
    assert near == pytest.approx([-3 * np.log10(8)] * 2 + [-3 * np.log10(16)])


def test_a_bottleneck_leaves_zeros() -> None:
    layer = SpectrumWish().answer(look_at(dense(4, 6, 2, 5, activation="tanh"))).layers[0]
    assert layer.mean.shape == (5,)
    assert np.isfinite(layer.mean[:2]).all()
    assert np.isneginf(layer.mean[2:]).all()
    assert layer.log10_condition == np.inf


def test_no_hidden_layer_no_spectrum() -> None:
    assert SpectrumWish().answer(look_at(dense(4, 3))).layers == ()


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_diverged_network_is_not_a_number(bad: float) -> None:
    look = look_at(dense(3, 4, 4, 2))
    look.network.parameters.W[2][0, 0] = bad
    with np.errstate(all="ignore"):
        look.begin(None, False)
        layers = SpectrumWish().answer(look).layers
    assert np.isnan(layers[0].mean).all()
    assert np.isnan(layers[0].log10_condition)


def test_too_wide_for_all_the_largest_is_told() -> None:
    spec = dense(3, 210, 205, activation="linear", bias="zero")
    look = look_at(spec)
    reading = SpectrumWish(0).answer(look)
    assert not reading.complete
    assert reading.layers[0].values.shape == (1, 1)
    exact = np.linalg.norm(look.network.parameters.W[1], 2)
    assert 10 ** reading.layers[0].mean[0] == pytest.approx(exact)


def test_what_would_take_too_long_is_left_out() -> None:
    look = look_at(dense(3, *[600] * 8, 500), n=2)
    reading = SpectrumWish(0).answer(look)
    assert reading.layers == ()


def test_the_pool_is_as_large_as_affordable() -> None:
    deep = look_at(dense(3, *[100] * 20, 90))
    reading = SpectrumWish().answer(deep)
    assert 1 <= reading.count < POOL
    assert len(reading.layers) == 20
    small = look_at(dense(3, 4, 2))
    assert 0 < SpectrumWish(0).products(small) < SpectrumWish().products(small) < MOST_PRODUCTS


def test_a_trainer_answers_with_copies(blobs: object) -> None:
    experiment = Experiment(dense(4, 5, 5, 3), TrainingSpec())
    trainer = start(experiment, blobs)
    wish = SpectrumWish()
    reading = trainer.inspect(Subject(wishes=frozenset({wish}))).answer(wish)
    assert reading is not None
    kept = [layer.values.copy() for layer in reading.layers]
    for _ in range(20):
        trainer.step()
    assert all(np.array_equal(a.values, b) for a, b in zip(reading.layers, kept, strict=True))
    assert not reading.layers[0].values.flags.writeable
    assert replace(wish, example=3) != wish
