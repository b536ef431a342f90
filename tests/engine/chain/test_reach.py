"""The width of an escape, for activations whose widths are known in closed form."""

from math import inf

import numpy as np
import pytest

from engine.activations import HIDDEN
from engine.arrays import Floats
from engine.chain.reach import reach, set_width

W = np.array([1.5, 4.1, 5.0, 6.894, 10.0, 40.0, 100.0, 1e4])
CLOSED = {
    "tanh": lambda w: 2 * np.arccosh(np.sqrt(w)) / w,  # 1 − tanh² = 1/w
    "softsign": lambda w: 2 * (np.sqrt(w) - 1) / w,  # (1 + |z|)⁻² = 1/w
    "sigmoid": lambda w: 2 * np.arccosh(np.sqrt(np.fmax(w, 4)) / 2) * 2 / w,  # sech²(z/2) = 4/w
}


@pytest.mark.parametrize("key", CLOSED)
def test_width_is_the_closed_form(key: str) -> None:
    expected: Floats = CLOSED[key](W)
    assert set_width(key, W) == pytest.approx(expected, rel=2e-3)


def test_widest_of_the_sigmoid_is_the_chapters() -> None:
    w = np.linspace(4.0, 12.0, 20_001)
    widths = set_width("sigmoid", w)
    assert widths.max() == pytest.approx(0.4477, abs=4e-4)
    assert w[widths.argmax()] == pytest.approx(6.894, abs=0.2)  # it is flat there


@pytest.mark.parametrize("key", ["sigmoid", "tanh", "softsign"])
def test_an_activation_that_flattens_at_both_ends_has_an_end_for_every_weight(key: str) -> None:
    assert reach(key).unbounded == inf
    assert np.isfinite(set_width(key, W)).all()


@pytest.mark.parametrize("key", ["linear", "relu", "leaky_relu", "elu", "softplus", "silu", "gelu"])
def test_one_that_becomes_the_identity_has_no_end_from_1_on(key: str) -> None:
    assert reach(key).unbounded == pytest.approx(1.0)
    assert (set_width(key, np.array([1.0001, -3.0])) == inf).all()


def test_between_its_two_ends_a_silu_has_a_finite_width() -> None:
    z = np.linspace(-50.0, 50.0, 400_001)
    s = 1 / (1 + np.exp(-z))
    above = s + z * s * (1 - s) >= 1 / 0.95
    expected = above.sum() * (z[1] - z[0]) / 0.95
    assert set_width("silu", np.array([0.95]))[0] == pytest.approx(expected, rel=3e-3)


@pytest.mark.parametrize("key", HIDDEN)
def test_no_width_for_weights_that_are_too_small(key: str) -> None:
    least = reach(key).least
    assert set_width(key, np.array([0.0, 0.99 * least, -0.99 * least])).tolist() == [0.0] * 3
    assert least == pytest.approx(1.0 / HIDDEN[key].max_prime)
