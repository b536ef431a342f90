import math

import numpy as np
import pytest

from engine.activations import ACTIVATIONS, HIDDEN, Activation
from engine.erf import erf

EPS = 1e-6


def value(sigma: Activation, z: np.ndarray) -> np.ndarray:
    out = np.empty_like(z)
    sigma.fn(z, out)
    return out


def slope(sigma: Activation, z: np.ndarray) -> np.ndarray:
    out = np.empty_like(z)
    sigma.prime(z, value(sigma, z), out)
    return out


def grid(sigma: Activation, reach: float = 6.0) -> np.ndarray:
    z = np.linspace(-reach, reach, 240)  # not 0: second derivatives may jump there
    for kink in sigma.kinks:
        z = z[np.abs(z - kink) > 10 * EPS]
    return z


@pytest.mark.parametrize("sigma", HIDDEN.values(), ids=lambda s: s.key)
def test_prime_matches_central_differences(sigma: Activation) -> None:
    z = grid(sigma)
    numeric = (value(sigma, z + EPS) - value(sigma, z - EPS)) / (2 * EPS)
    np.testing.assert_allclose(slope(sigma, z), numeric, atol=1e-8)


@pytest.mark.parametrize("sigma", HIDDEN.values(), ids=lambda s: s.key)
def test_prime_matches_the_complex_step(sigma: Activation) -> None:
    z = grid(sigma, 20.0)
    np.testing.assert_allclose(slope(sigma, z), value(sigma, z + 1e-30j).imag / 1e-30, atol=1e-14)


@pytest.mark.parametrize("sigma", ACTIVATIONS.values(), ids=lambda s: s.key)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_finite_and_of_the_same_type_far_from_zero(sigma: Activation, dtype: type) -> None:
    z = np.array([[-1e4], [-90.0], [0.0], [90.0], [1e4]], dtype)
    with np.errstate(divide="raise", invalid="raise"):
        assert np.isfinite(value(sigma, z)).all()
        assert np.isfinite(slope(sigma, z)).all()
    assert value(sigma, z).dtype == dtype


@pytest.mark.parametrize("sigma", HIDDEN.values(), ids=lambda s: s.key)
def test_max_prime_is_the_greatest_slope(sigma: Activation) -> None:
    z = np.concatenate((np.linspace(-30, 30, 400_001), [-1e-12, 1e-12, 1e3]))
    assert np.abs(slope(sigma, z)).max() == pytest.approx(sigma.max_prime, rel=1e-8)


def test_known_values() -> None:
    z = np.array([-2.0, -0.5, 0.5, 2.0])
    expected = {
        "sigmoid": 1 / (1 + np.exp(-z)),
        "tanh": np.tanh(z),
        "relu": [0, 0, 0.5, 2],
        "leaky_relu": [-0.02, -0.005, 0.5, 2],
        "elu": [math.expm1(-2), math.expm1(-0.5), 0.5, 2],
        "softplus": np.log(1 + np.exp(z)),
        "softsign": [-2 / 3, -1 / 3, 1 / 3, 2 / 3],
        "silu": z / (1 + np.exp(-z)),
        "gelu": [0.5 * x * (1 + math.erf(x / math.sqrt(2))) for x in z],
    }
    for key, values in expected.items():
        np.testing.assert_allclose(value(ACTIVATIONS[key], z), values, rtol=1e-14)
    selu = value(ACTIVATIONS["selu"], z)
    np.testing.assert_allclose(selu[2:], 1.0507009873554805 * z[2:])
    assert selu[0] == pytest.approx(1.0507009873554805 * 1.6732632423543772 * math.expm1(-2))


def test_softmax_sums_to_one_and_does_not_overflow() -> None:
    z = np.array([[1000.0, 0.0], [999.0, 0.0]])
    a = value(ACTIVATIONS["softmax"], z)
    np.testing.assert_allclose(a.sum(axis=0), 1.0)
    np.testing.assert_allclose(a[:, 0], [1 / (1 + math.exp(-1)), 1 / (1 + math.e)])


def test_erf_is_as_good_as_the_standard_library() -> None:
    x = np.linspace(-7, 7, 5001)
    np.testing.assert_allclose(erf(x), [math.erf(v) for v in x], rtol=5e-16, atol=1e-300)


def test_keys_are_unique_and_everything_is_named() -> None:
    assert all(a.key == key and a.label and a.formula for key, a in ACTIVATIONS.items())
