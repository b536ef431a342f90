import numpy as np
import pytest

from engine.layer_record import LayerRecord
from engine.profile import (
    Fit,
    exceptional,
    factors,
    fit,
    geometric_mean,
    predicted_levels,
    recent,
    sizes_now,
)


def record(values: np.ndarray, kept: np.ndarray | None = None) -> LayerRecord:
    return LayerRecord(values, values, kept)


def test_now_is_the_newest_150th_of_the_records_and_at_least_one():
    values = np.arange(1.0, 1501.0)[:, None]
    assert recent(record(values)).ravel().tolist() == list(range(1491, 1501))
    assert recent(record(values[:149])).ravel().tolist() == [149.0]
    assert recent(record(values[:0])).shape == (0, 1)


def test_rows_that_do_not_tell_are_passed_over():
    values = np.arange(1.0, 601.0)[:, None]
    kept = np.arange(600) % 2 == 0
    assert recent(record(values, kept)).ravel().tolist() == [597.0, 599.0]


def test_the_geometric_mean_is_that_of_the_positive_numbers_where_there_are_any():
    first, second = [1.0, 0.0, 0.0, 4.0, 2.0, 0.0], [100.0, 9.0, 0.0, np.nan, np.inf, np.nan]
    means = [10.0, 9.0, 0.0, 4.0, np.inf, np.nan]
    assert geometric_mean(np.array([first, second])) == pytest.approx(means, nan_ok=True)


def test_sizes_of_denormal_and_huge_numbers():
    values = np.array([[1e-320, 1e300], [1e-320, 1e300]])
    assert sizes_now(record(values)) == pytest.approx([1e-320, 1e300], rel=1e-3)
    unknown = sizes_now(record(np.empty((0, 3))))
    assert np.isnan(unknown).all()
    assert len(unknown) == 3
    with pytest.raises(ValueError, match="read-only"):
        sizes_now(record(values))[0] = 1.0


def test_factors_from_layer_to_layer():
    sizes = np.array([0.01, 0.05, 0.0, 0.2, 0.0, 0.0, np.inf])
    found = factors(sizes)
    assert found[:2] == pytest.approx([5.0, 0.0])
    assert found[2] == np.inf
    assert np.isnan(found[4])
    assert len(factors(np.array([1.0]))) == 0


def test_a_geometric_row_is_fitted_without_an_error():
    found = fit(1e-7 * 4.1 ** np.arange(10))
    assert found.factor == pytest.approx(4.1)
    assert found.uncertainty == pytest.approx(1.0)
    assert found.r2 == pytest.approx(1.0)
    assert found.at(np.array([0.0, 9.0])) == pytest.approx(np.log10([1e-7, 1e-7 * 4.1**9]))


def test_the_fit_is_that_of_least_squares():
    rng = np.random.default_rng(3)
    sizes = np.exp(rng.normal(size=12))
    layers, levels = np.arange(12.0), np.log10(sizes)
    design = np.column_stack((np.ones(12), layers))
    (start, slope), left, *_ = np.linalg.lstsq(design, levels, rcond=None)
    error = np.sqrt(left[0] / 10 * np.linalg.inv(design.T @ design)[1, 1])
    found = fit(sizes)
    assert [found.start, found.slope, found.error] == pytest.approx([start, slope, error])
    assert found.r2 == pytest.approx(np.corrcoef(layers, levels)[0, 1] ** 2)
    assert found.count == 12


def test_layers_without_a_size_take_no_part():
    sizes = 1e-3 * 10.0 ** np.arange(6)
    sizes[[1, 3, 4]] = 0.0, np.inf, np.nan
    found = fit(sizes)
    assert found.count == 3
    assert found.factor == pytest.approx(10.0)


@pytest.mark.parametrize("sizes", [[], [1.0], [0.0, 1.0], [np.nan, np.inf, 2.0], [0.0, 0.0]])
def test_a_line_needs_two_layers(sizes):
    assert fit(np.array(sizes)) is None


def test_two_layers_have_no_error_and_equal_ones_no_share():
    two = fit(np.array([1e-3, 5e-3]))
    assert np.isnan(two.error)
    assert two.factor == pytest.approx(5.0)
    equal = fit(np.array([0.2, 0.2, 0.2]))
    assert np.isnan(equal.r2)
    assert equal.factor == pytest.approx(1.0)


def test_a_factor_beyond_every_float_is_infinite():
    assert fit(np.array([1e-320, 1e300])).factor == np.inf


@pytest.mark.parametrize(
    ("slope", "sentence"),
    [
        (np.log10(4.1), "each layer back is 4.1× smaller"),
        (-np.log10(4.1), "each layer back is 4.1× larger"),
        (np.log10(1.04), "no trend from layer to layer"),
        (-np.log10(1.04), "no trend from layer to layer"),
        (3.0, "each layer back is 1,000× smaller"),
        (400.0, "each layer back is ∞× smaller"),
    ],
)
def test_the_trend_in_words(slope, sentence):
    assert Fit(0.0, slope, 0.1, 0.9, 5).sentence() == sentence


def test_predicted_sizes_end_at_the_last_hidden_layer():
    shrinking = np.array([0.1, 0.5, 0.2])  # the last leads to the output
    levels = predicted_levels(0.04, shrinking)
    assert 10**levels == pytest.approx([0.002, 0.02, 0.04])
    assert 10 ** predicted_levels(0.04, np.array([7.0])) == pytest.approx([0.04])
    assert np.isnan(predicted_levels(1.0, np.full(3, np.nan))[:2]).all()


def test_what_has_no_place_on_the_axis_is_counted():
    odd = exceptional(np.array([[0.0, 1.0, np.nan], [np.inf, 0.0, -np.inf]]))
    assert (odd.count, odd.zeros, odd.infinite, odd.missing) == (6, 2, 2, 1)
