"""How far the axes of the chain's plots reach, and where their ticks stand."""

from itertools import pairwise

import numpy as np
import pytest

from engine.activations import HIDDEN
from gui.chain.plots.curve import edge_gap, limits, maximum_forms, sampled
from gui.chain.plots.extent import (
    DecadeScale,
    HalfRangeScale,
    decades,
    half_range,
    reach,
)


@pytest.mark.parametrize(
    ("needed", "shown", "expected"),
    [
        (0.0, 0.0, 0.0), (0.0, 1.0, 0.25), (0.6, 0.0, 1.0), (0.6, 1.0, 1.0), (1.01, 1.0, 2.0),
        (1.0, 2.0, 2.0), (0.5, 2.0, 0.5), (400.0, 0.0, 700.0),
    ],
)  # fmt: skip
def test_an_axis_reaches_round_steps_and_keeps_them(needed, shown, expected):
    assert reach(needed, shown) == expected


@pytest.mark.parametrize(
    ("farthest", "shown", "expected"),
    [(0.0, 0.0, 6.0), (5.8, 6.0, 6.0), (6.2, 6.0, 8.0), (5.0, 8.0, 8.0), (3.0, 8.0, 6.0),
     (11.0, 6.0, 12.0), (1e9, 6.0, 12.0)],
)  # fmt: skip
def test_z_is_shown_from_minus_to_plus_six_at_least_and_twelve_at_most(farthest, shown, expected):
    assert half_range(farthest, shown) == expected


def test_a_slider_that_moves_slowly_moves_the_axis_seldom():
    shown, ranges = None, []
    for low in np.linspace(-2, -9, 500):
        shown = decades(low, -0.5, shown)
        assert shown[0] <= low
        assert shown[1] >= -0.5
        ranges.append(shown)
    for low in np.linspace(-9, -2, 500):
        ranges.append(shown := decades(low, -0.5, shown))
    assert sum(one != two for one, two in pairwise(ranges)) <= 8


def test_a_range_without_numbers_is_the_one_before():
    assert decades(np.nan, np.nan, None) == (-4.0, 0.0)
    assert decades(np.nan, np.nan, (-9.0, -2.0)) == (-9.0, -2.0)


def test_ticks_are_whole_powers_and_both_ends_of_z():
    assert DecadeScale().ticks(-1.1, 0.05, 4) == [-1.0, 0.0]
    assert HalfRangeScale().ticks(-6.0, 6.0, 9) == [-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0]
    assert HalfRangeScale().ticks(-8.0, 8.0, 3) == [-8.0, 0.0, 8.0]
    assert HalfRangeScale().text(-4.0) == "−4"


@pytest.mark.parametrize("key", HIDDEN)
def test_both_curves_and_the_maximum_are_in_the_picture(key: str):
    activation = HIDDEN[key]
    low, high = limits(activation)
    assert low <= 0.0
    assert high >= activation.max_prime
    assert high <= 2.0
    z = np.linspace(-6, 6, 4001)
    a, prime = np.empty_like(z), np.empty_like(z)
    activation.fn(z, a)
    activation.exact_prime(z, a, prime)
    assert prime.min() >= low - 1e-9
    assert prime.max() <= high + 1e-9
    for end in (-6.0, 6.0):
        bottom, top = edge_gap(activation, end)
        assert low <= bottom < top <= high
        at = int(np.argmin(abs(z - end)))
        assert not bottom < prime[at] < top
        assert not bottom < a[at] < top


def test_the_derivative_breaks_where_it_jumps():
    pieces = list(sampled(HIDDEN["relu"], 6.0, True, 100))
    assert [values.tolist() for _, values in pieces] == [[0.0] * 50, [1.0] * 50]


@pytest.mark.parametrize(
    ("key", "words"),
    [("sigmoid", "maximum 1/4"), ("tanh", "maximum 1"), ("silu", "maximum 1.0998"),
     ("gelu", "maximum 1.1289"), ("selu", "maximum 1.7581")],
)  # fmt: skip
def test_the_maximum_is_named(key: str, words: str):
    assert maximum_forms(HIDDEN[key])[0] == words
