"""Counting over shared bins, against NumPy's histogram and counting by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.shared_bins import BINS, linear_edges, log_edges, round_up, sample


def test_everything_is_counted_once() -> None:
    values = np.array([[1.0, -10.0, 0.0, np.nan], [np.inf, -np.inf, 1e-3, 0.0]])
    of_log = sample(values, 100, log=True)
    assert np.sort(of_log.places) == pytest.approx([-3.0, 0.0, 1.0])
    assert (of_log.counted, of_log.zeros, of_log.negative, of_log.not_finite) == (8, 2, 1, 3)
    linear = sample(values, 100, log=False)
    assert sorted(linear.places.tolist()) == [-10.0, 0.0, 0.0, 1e-3, 1.0]
    assert (linear.zeros, linear.not_finite) == (0, 3)


def test_counts_are_those_of_numpy() -> None:
    rng = np.random.default_rng(0)
    layers = [rng.standard_normal((7, 90)) * size for size in (0.1, 1.0, 3.0)]
    samples = [sample(values, 1000, log=False) for values in layers]
    edges = linear_edges(samples)
    for values, of_layer in zip(layers, samples, strict=True):
        clipped = np.clip(values, edges[0], edges[-1])
        assert of_layer.counts(edges).tolist() == np.histogram(clipped, edges)[0].tolist()
        assert of_layer.mean == pytest.approx(values.mean())
        assert of_layer.spread == pytest.approx(values.std())


def test_log_bins_are_whole_decades_that_hold_all_layers() -> None:
    samples = [sample(np.array([values]), 100, log=True) for values in ([2e-5, 3e-4], [0.5, 0.0])]
    edges = log_edges(samples)
    assert (edges[0], edges[-1]) == (-5.0, 0.0)
    assert samples[0].counts(edges).sum() == 2
    assert samples[1].counts(edges).sum() == 1
    assert np.flatnonzero(samples[0].counts(edges)).tolist() == [
        int((np.log10(value) + 5) / 5 * (len(edges) - 1)) for value in (2e-5, 3e-4)
    ]


def test_a_long_tail_does_not_stretch_the_axis_and_is_not_lost() -> None:
    values = np.concatenate((np.linspace(-1, 1, 9999), [500.0]))[None]
    of_layer = sample(values, 20_000, log=False)
    edges = linear_edges([of_layer])
    assert edges[-1] == -edges[0] == 1.0
    assert of_layer.counts(edges).sum() == 10_000


def test_limits_are_the_ends_where_nothing_lies_beyond() -> None:
    inside = sample(np.array([[0.2, 0.7]]), 10, log=False)
    assert linear_edges([inside], (0.0, 1.0))[[0, -1]].tolist() == [0.0, 1.0]
    beyond = sample(np.array([[-0.27, 3.2]]), 10, log=False)
    assert linear_edges([beyond], (0.0,))[[0, -1]].tolist() == pytest.approx([-0.3, 3.5])


@pytest.mark.parametrize("values", [[], [0.0], [0.0, 0.0], [np.nan, np.inf], [1e-300], [1e300]])
@pytest.mark.parametrize("log", [False, True])
def test_odd_values(values: list[float], log: bool) -> None:
    of_layer = sample(np.array([values]), 10, log)
    edges = log_edges([of_layer]) if log else linear_edges([of_layer])
    assert np.isfinite(edges).all()
    assert (np.diff(edges) > 0).all()
    assert of_layer.counts(edges).sum() == len(of_layer.places)
    nothing = len(of_layer.places) == 0
    assert np.isnan(of_layer.mean) == np.isnan(of_layer.spread) == nothing


def test_a_choice_of_very_many_meets_every_column() -> None:
    values = np.tile(np.arange(784.0), (60, 1))
    chosen = sample(values, 60, log=False)
    assert chosen.counted <= 60
    assert len(set(chosen.places.tolist())) > 50  # not the same pixel again and again
    every = sample(values, 2000, log=False)
    assert abs(every.mean - 391.5) < 20


@given(st.floats(1e-200, 1e200))
@settings(max_examples=200, deadline=None)
def test_rounding_up(value: float) -> None:
    up = round_up(value)
    assert value * (1 - 1e-8) <= up <= 1.51 * value
    digits = f"{up:.6e}".split("e")[0]
    assert float(digits) * 2 == pytest.approx(round(float(digits) * 2))
    assert round_up(-value) == round_up(0.0) == 0.0
    assert BINS % 2 == 0  # so that a symmetric axis has an edge at 0
