"""Scaled arrays, and the way of δ back beyond the range of floats."""

from fractions import Fraction
from math import log10

import numpy as np
import pytest

from engine.architecture import dense
from engine.network import Network
from engine.way_back import Scaled, WayBack, scaled, total


@pytest.mark.parametrize("size", [1e-320, 1e-200, 1.0, 1e200])
def test_scaling_is_exact(size):
    array = np.array([[size, -size / 2], [0.0, size / 4]])
    found = scaled(array, 7)
    assert 0.5 <= np.abs(found.part).max() < 1.0
    assert np.array_equal(np.ldexp(found.part, found.exponent - 7), array)


def test_length_beyond_the_floats():
    vector = scaled(np.array([3.0, 4.0]), -5000)
    assert vector.log10_length == pytest.approx(log10(5) - 5000 * log10(2))
    assert np.array_equal(vector.values(), [0.0, 0.0])
    assert np.isneginf(scaled(np.zeros(3), -77).log10_length)
    assert np.isnan(scaled(np.array([np.nan, 1.0])).log10_length)
    assert scaled(np.array([np.inf, 1.0])).log10_length == np.inf


def test_sums_of_unequal_sizes():
    a, b = scaled(np.array([1.0, 0.0]), -3000), scaled(np.array([0.0, 3.0]), -3001)
    found = total([a, b, scaled(np.zeros(2))])
    assert np.array_equal(np.ldexp(found.part, found.exponent + 3001), [2.0, 3.0])
    far = total([scaled(np.ones(1), 5000), scaled(np.ones(1), -5000)])
    assert far.log10_length == pytest.approx(5000 * log10(2))
    assert not total([scaled(np.zeros(2)), scaled(np.zeros(2))]).part.any()
    gone = total([scaled(np.ones(1)), scaled(-np.ones(1))])
    assert np.isneginf(gone.log10_length)


def test_a_product_that_leaves_the_floats_both_ways():
    """600 linear neurons in a row, first halving, then doubling: known as a fraction."""
    spec = dense(1, *[1] * 601, activation="linear", bias="zero")
    network = Network(spec, "quadratic")
    weights = [Fraction(1, 1024)] * 300 + [Fraction(4096)] * 300
    for W, w in zip(network.parameters.W[1:], weights, strict=True):
        W[...] = float(w)
    way = WayBack(network, [np.zeros((1, 1))] * 601)
    deltas = way.back(Scaled(np.ones((1, 1))))
    exact = [Fraction(1)]
    for w in reversed(weights):
        exact.append(exact[-1] * w)
    lengths = [delta.log10_length for delta in reversed(deltas)]
    wanted = [log10(e.numerator) - log10(e.denominator) for e in exact]
    assert lengths == pytest.approx(wanted)
    assert max(wanted) > 1000
