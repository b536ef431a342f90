from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.arrays import Floats
from engine.chain.identity import LEAST_W1, IdentityNeuron, best, hint, hint_bound
from engine.faults import InputError

X = np.linspace(0.0, 1.0, 20_001)
parameters = st.floats(-30.0, 30.0)


def plain_error(w1: float, b: float, w2: float) -> Floats:
    return w2 / (1.0 + np.exp(-(w1 * X + b))) - X


@given(w1=parameters, b=parameters, w2=parameters)
def test_greatest_error_and_offset(w1: float, b: float, w2: float) -> None:
    neuron, e = IdentityNeuron(w1, b, w2), plain_error(w1, b, w2)
    near = {"rel": 1e-4, "abs": 1e-4}  # the error between two of the X
    assert neuron.greatest_error(False) == pytest.approx(np.abs(e).max(), **near)
    assert neuron.greatest_error(True) == pytest.approx(np.ptp(e) / 2.0, **near)
    assert neuron.offset == pytest.approx((e.max() + e.min()) / 2.0, **near)
    np.testing.assert_allclose(neuron.error(X, False), e, atol=1e-12)
    np.testing.assert_allclose(neuron.error(X, True), e - neuron.offset, atol=1e-12)
    assert np.abs(neuron.error(X, True)).max() <= neuron.greatest_error(True) + 1e-12


@pytest.mark.parametrize("w1", [0.05, 0.1, 1.0, 3.0, -2.0])
def test_hint_gives_x_and_the_constant_of_the_book(w1: float) -> None:
    neuron = hint(w1)
    assert (neuron.w1, neuron.b, neuron.w2) == (w1, -w1 / 2, 4 / w1)
    assert neuron.offset == pytest.approx(2.0 / w1 - 0.5, abs=1e-12)


def test_errors_of_the_hint() -> None:
    # The issue's 0.0104 is w_1²/96; the error itself is a little smaller.
    assert round(hint_bound(1.0), 4) == 0.0104
    assert round(hint(1.0).greatest_error(True), 4) == 0.0102
    assert round(hint(0.1).greatest_error(True), 4) == 0.0001
    for w1 in np.geomspace(0.02, 30.0, 40):
        assert hint(w1).greatest_error(True) <= hint_bound(w1)
    assert hint(0.02).greatest_error(True) == pytest.approx(hint_bound(0.02), rel=1e-4)
    with pytest.raises(InputError, match="w_1"):
        hint(0.0)


def test_best_without_offset_is_that_of_the_issue() -> None:
    neuron = best(False)
    assert round(neuron.w1, 3) == 5.648
    assert round(neuron.b, 3) == -2.824
    assert neuron.w2 == pytest.approx(1.0, abs=1e-12)
    assert round(neuron.greatest_error(False), 3) == 0.056


def test_nothing_is_better_than_the_best() -> None:
    least = np.abs(plain_error(best(False).w1, best(False).b, best(False).w2)).max()
    near = [1.0 + d for d in (-0.03, -0.001, 0.0, 0.001, 0.03)]
    for f in product(near, repeat=3):
        w = (best(False).w1 * f[0], best(False).b * f[1], best(False).w2 * f[2])
        assert np.abs(plain_error(*w)).max() >= least - 1e-9
    rng = np.random.default_rng(0)
    for w1, b, w2 in rng.uniform((-20, -10, -10), (20, 10, 10), (3000, 3)):
        assert np.abs(plain_error(w1, b, w2)[::100]).max() >= least


def test_best_with_offset_stands_at_the_least_w1() -> None:
    neuron = best(True)
    assert neuron.w1 == LEAST_W1
    assert neuron.greatest_error(True) == pytest.approx(hint_bound(LEAST_W1) / 4, rel=1e-3)
    for factor in (1 - 1e-6, 1 + 1e-6):
        other = IdentityNeuron(neuron.w1, neuron.b, neuron.w2 * factor)
        assert other.greatest_error(True) > neuron.greatest_error(True)


@pytest.mark.parametrize(("w1", "w2"), [(0.0, 1.0), (2.0, 0.0), (1e300, 1e-300), (1e6, 1e6)])
def test_neurons_at_the_limits_have_an_error(w1: float, w2: float) -> None:
    assert np.isfinite(IdentityNeuron(w1, 0.0, w2).greatest_error(True))
    assert np.isfinite(IdentityNeuron(w1, 0.0, w2).offset)
