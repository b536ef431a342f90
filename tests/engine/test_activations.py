import math
from decimal import Decimal, localcontext

import numpy as np
import pytest

from engine.activations import ACTIVATIONS, HIDDEN, Activation
from tests.engine.test_normal import exact as exact_normal

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


def decimals(key: str, z: float) -> tuple[float, float]:
    """σ and σ' from 300 digits."""
    with localcontext() as context:
        context.prec = 300
        x, one = Decimal(z), Decimal(1)
        s = one / (one + (-x).exp())
        less = one / (one + x.exp())  # 1 - s
        e, size = x.exp(), one + abs(x)
        scale, alpha, least = map(Decimal, (1.0507009873554805, 1.6732632423543772, 0.01))
        found = {
            "linear": (x, one),
            "sigmoid": (s, s * less),
            "tanh": ((e - 1 / e) / (e + 1 / e), 4 / (e + 1 / e) ** 2),
            "relu": (max(x, Decimal(0)), Decimal(int(z > 0))),
            "leaky_relu": (x, one) if z > 0 else (x * least, least),
            "elu": (x, one) if z > 0 else (e - 1, e),
            "selu": (scale * x, scale) if z > 0 else (scale * alpha * (e - 1), scale * alpha * e),
            "softplus": ((one + e).ln(), s),
            "softsign": (x / size, 1 / size**2),
            "silu": (x * s, s * (1 + x * less)),
        }[key]
        return float(found[0]), float(found[1])


TAILS = np.array([-500.0, -90.25, -40.0, -20.0, -7.5, -2.0, -0.3, 0.3, 2.0, 7.5, 20.0, 40.0, 90.25])


@pytest.mark.parametrize("sigma", HIDDEN.values(), ids=lambda s: s.key)
def test_the_exact_derivative_keeps_its_digits_in_the_tails(sigma: Activation) -> None:
    z = TAILS[TAILS > -37.0] if sigma.key == "gelu" else TAILS
    out = np.empty_like(z)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        sigma.exact_prime(z, value(sigma, z), out)
    if sigma.key == "gelu":
        expected = [below + v * peak for v in z for below, peak in [exact_normal(v)]]
    else:
        expected = [decimals(sigma.key, v)[1] for v in z]
    np.testing.assert_allclose(out, expected, rtol=5e-15)


@pytest.mark.parametrize("key", ["silu", "softplus", "softsign", "tanh", "elu", "selu"])
def test_values_keep_their_digits_in_the_tails(key: str) -> None:
    expected = [decimals(key, z)[0] for z in TAILS]
    np.testing.assert_allclose(value(ACTIVATIONS[key], TAILS), expected, rtol=1e-15)
    np.testing.assert_allclose(value(ACTIVATIONS[key], TAILS + 1e-30j).real, expected, rtol=1e-15)


def test_gelu_keeps_its_digits_in_the_tail() -> None:
    z = TAILS[TAILS > -37.0]
    expected = [v * exact_normal(v)[0] for v in z]
    np.testing.assert_allclose(value(ACTIVATIONS["gelu"], z), expected, rtol=2e-15)


@pytest.mark.parametrize("sigma", HIDDEN.values(), ids=lambda s: s.key)
def test_the_complex_step_keeps_its_digits_in_the_tails(sigma: Activation) -> None:
    z = TAILS[TAILS > -30.0] if sigma.key == "gelu" else TAILS
    out = np.empty_like(z)
    sigma.exact_prime(z, value(sigma, z), out)
    step = value(sigma, z + 1e-30j).imag / 1e-30
    np.testing.assert_allclose(step, out, rtol=1e-14)


def test_the_complex_step_of_softsign_does_not_cancel() -> None:
    z = np.array([-1e7, -1e3, -1.0, 1.0, 1.5, 1e3, 1e7])
    step = value(ACTIVATIONS["softsign"], z + 1e-30j).imag / 1e-30
    np.testing.assert_allclose(step, 1.0 / (1.0 + np.abs(z)) ** 2, rtol=1e-15)


def test_what_is_analytic_has_no_kinks_in_any_derivative() -> None:
    """Beside 0, the third derivative jumps where pieces meet; by exact one-sided differences."""
    pieces = {key for key, sigma in HIDDEN.items() if not sigma.analytic}
    assert pieces == {"relu", "leaky_relu", "elu", "selu", "softsign"}
    for key, sigma in HIDDEN.items():
        h = 1e-3
        jump = 0.0
        for order in (1, 2):  # of σ', to either side of 0
            sides = []
            for sign in (-1.0, 1.0):
                near = slope(sigma, sign * h * np.arange(1.0, 5.0))
                sides.append(sign**order * np.diff(near, order)[0] / h**order)
            jump = max(jump, abs(sides[1] - sides[0]))
        jump = max(jump, abs(np.diff(slope(sigma, np.array([-1e-9, 1e-9])))[0]))
        assert (jump > 0.1) == (key in pieces), key


def test_softmax_sums_to_one_and_does_not_overflow() -> None:
    z = np.array([[1000.0, 0.0], [999.0, 0.0]])
    a = value(ACTIVATIONS["softmax"], z)
    np.testing.assert_allclose(a.sum(axis=0), 1.0)
    np.testing.assert_allclose(a[:, 0], [1 / (1 + math.exp(-1)), 1 / (1 + math.e)])


def test_keys_are_unique_and_everything_is_named() -> None:
    assert all(a.key == key and a.label and a.formula for key, a in ACTIVATIONS.items())
