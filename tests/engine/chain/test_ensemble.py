from dataclasses import replace
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from engine.activations import HIDDEN
from engine.arrays import Floats
from engine.chain.draws import DISTRIBUTIONS, Draw
from engine.chain.ensemble import MOST, Ensemble, ensemble
from engine.chain.gradients import first_gradients
from engine.chain.prediction import predicted_mean
from engine.chain.spec import CHAIN_COSTS, ChainSpec, start_chain
from engine.chain.trace import trace
from engine.faults import InputError

BASE = replace(start_chain(), y=0.3)


def chain_with(activation: str = "sigmoid", cost: str = "quadratic", **draw: Any) -> ChainSpec:
    return replace(BASE, activation=activation, cost=cost, draw=Draw(**draw))


def made_of(values: Floats) -> Ensemble:
    return Ensemble(BASE, values, values - values[:1])


@pytest.mark.parametrize("cost", CHAIN_COSTS)
@pytest.mark.parametrize("key", HIDDEN)
def test_prefixes_are_chains_of_their_own(key: str, cost: str) -> None:
    chain = chain_with(key, cost, w_scale=2.0, seed=5)
    found = ensemble(chain, 6, 7)
    w, b = chain.draw.sample(6, 500)
    for m in range(7):
        for n in range(1, 7):
            t = trace(replace(chain, w=tuple(w[:n, m].tolist()), b=tuple(b[:n, m].tolist())))
            with np.errstate(all="ignore"):
                # as a float, not summed: the values are small enough to be one
                assert found.log10[n - 1, m] == pytest.approx(np.log10(np.abs(t.delta[0])))
                expected = np.log10(np.abs(np.prod(t.prime[:-1]) * np.prod(w[1:n, m])))
            assert found.log10_ratio[n - 1, m] == pytest.approx(expected, abs=1e-12)


def test_longer_and_more_chains_keep_the_first() -> None:
    small, large = ensemble(BASE, 5, 600), ensemble(BASE, 9, 1300)
    np.testing.assert_array_equal(small.log10, large.log10[:5, :600])
    assert not np.array_equal(large.log10[:, :500], large.log10[:, 500:1000])
    other = ensemble(replace(BASE, draw=Draw(seed=2)), 5, 600)
    assert not np.isin(other.log10, small.log10).any()


def test_tied_chains_have_one_weight_and_one_bias() -> None:
    chain = replace(BASE, w=(1.0,) * 4, b=(0.0,) * 4, tied=True)
    found = ensemble(chain, 8, 3)
    w, b = chain.draw.sample(1, 500)
    for m in range(3):
        t = trace(replace(chain, w=(w[0, m],) * 8, b=(b[0, m],) * 8))
        assert found.log10[7, m] == pytest.approx(t.log10_delta[0])


def test_nothing_underflows() -> None:
    found = ensemble(BASE, 1000, 500)
    assert np.isfinite(found.log10).all()
    assert found.mean[-1] < -900.0
    assert found.shares(1000).vanish == 1.0


def test_equal_values_have_the_gradient_of_the_formula() -> None:
    chain = chain_with("linear", weights="constant", w_scale=3.0, biases="constant", b_scale=0.0)
    found = ensemble(chain, 500, 4)
    n = np.arange(500)
    with np.errstate(over="ignore"):
        last = np.log10(0.8 * 3.0 ** (n + 1.0) - 0.3)
    expected = n * np.log10(3.0) + last
    np.testing.assert_allclose(found.log10, np.tile(expected[:, None], 4), rtol=1e-12)
    np.testing.assert_allclose(found.predicted, expected, rtol=1e-10)
    np.testing.assert_allclose(found.mean, expected, rtol=1e-10)
    assert [found.shares(k).stay for k in (1, 3, 4)] == [1.0, 1.0, 0.0]  # 3³ > 10
    assert found.shares(4).explode == 1.0


def test_shares_count_every_chain_once() -> None:
    nan, inf = np.nan, np.inf
    row = np.array([-3.0, -1.01, -0.99, 0.0, 0.99, 1.01, inf, -inf, -inf, nan])
    found = made_of(np.stack((np.zeros(10), row))).shares(2)
    assert (found.vanish, found.stay, found.explode) == (0.2, 0.3, 0.2)
    assert (found.zero, found.not_a_number) == (0.2, 0.1)
    first = made_of(np.stack((np.zeros(10), row))).shares(1)
    assert first.stay == 1.0


def test_gradients_of_dead_units_are_zero_not_lost() -> None:
    found = ensemble(chain_with("relu"), 12, 2000)
    zero = [found.shares(n).zero for n in range(1, 13)]
    assert zero[0] == pytest.approx(0.5, abs=0.06)
    assert np.all(np.diff(zero) >= 0.0)
    assert found.quantiles[11].tolist() == [-np.inf] * 3
    assert found.histogram(3)[1].sum() == round((1 - zero[2]) * 2000)


def test_beyond_every_float_is_counted() -> None:
    found = ensemble(chain_with("linear", w_scale=1e3), 300, 500)
    assert found.shares(300).explode == 1.0
    assert np.isposinf(found.log10[-1]).all()
    assert np.isnan(found.mean[-1])
    assert found.histogram(300)[1].sum() == 0.0
    assert not np.isnan(found.quantiles).any()


def test_means_and_quantiles_of_what_is_a_number() -> None:
    rng = np.random.default_rng(0)
    values = rng.standard_normal((2, 1000))
    values[1, :100] = np.nan
    values[1, 100:160] = -np.inf
    found = made_of(values)
    assert found.mean == pytest.approx([values[0].mean(), values[1, 160:].mean()])
    ranks = np.quantile(values[0], [0.05, 0.5, 0.95], method="inverted_cdf")
    np.testing.assert_array_equal(found.quantiles[0], ranks)
    ranks = np.sort(values[1, 100:])[[44, 449, 854]]
    np.testing.assert_array_equal(found.quantiles[1], ranks)
    assert found.quantiles[1, 0] == -np.inf
    assert made_of(np.arange(7.0)[None]).quantiles.tolist() == [[0.0, 3.0, 6.0]]


def test_no_number_at_all_is_shown_as_such() -> None:
    found = made_of(np.full((1, 5), np.nan))
    assert np.isnan(found.mean).all()
    assert np.isnan(found.quantiles).all()
    assert found.shares(1).not_a_number == 1.0
    edges, counts = found.histogram(1, 4)
    assert (len(edges), counts.tolist()) == (5, [0.0] * 4)


def test_histogram_holds_every_finite_value() -> None:
    found = ensemble(BASE, 3, 5000)
    edges, counts = found.histogram(3, 40)
    assert (len(edges), len(counts), counts.sum()) == (41, 40, 5000)
    inside = (found.log10[2] >= edges[10]) & (found.log10[2] < edges[20])
    assert counts[10:20].sum() == inside.sum()


def test_arrays_are_read_only() -> None:
    found = ensemble(BASE, 3, 10)
    arrays = (found.log10, found.log10_ratio, found.mean, found.quantiles, found.predicted)
    for array in (*arrays, found.all_shares):
        assert not array.flags.writeable
    assert (found.neurons, found.chains) == (3, 10)


@pytest.mark.parametrize(("neurons", "chains"), [(0, 5), (1001, 5), (5, 0), (5, MOST // 5 + 1)])
def test_impossible_numbers_are_refused(neurons: int, chains: int) -> None:
    with pytest.raises(InputError, match="neurons"):
        ensemble(BASE, neurons, chains)


def within_sampling(chain: ChainSpec, neurons: int, chains: int = 10_000) -> None:
    """The sampled means lie within 4.5 of their standard errors around the prediction."""
    found = ensemble(chain, neurons, chains)
    for values, mean, predicted in zip(found.log10, found.mean, found.predicted, strict=True):
        finite = values[np.isfinite(values)]
        if len(finite) < 100:
            break
        assert abs(mean - predicted) < 4.5 * finite.std() / np.sqrt(len(finite)) + 1e-9
    else:
        assert len(found.predicted) == neurons


@pytest.mark.parametrize("tied", [False, True])
@pytest.mark.parametrize("cost", CHAIN_COSTS)
@pytest.mark.parametrize("key", HIDDEN)
def test_prediction_against_the_sampled_mean(key: str, cost: str, tied: bool) -> None:
    chain = replace(chain_with(key, cost), w=(1.0,) * 4, b=(0.0,) * 4, tied=tied)
    within_sampling(chain, 40)


@pytest.mark.parametrize("key", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("biases", DISTRIBUTIONS)
@pytest.mark.parametrize("weights", DISTRIBUTIONS)
def test_prediction_for_every_distribution(weights: str, biases: str, key: str) -> None:
    draw = Draw(weights, 2.5, biases, 0.5, 7)
    within_sampling(replace(chain_with(key), draw=draw), 20)


def test_prediction_for_one_neuron_by_an_integral() -> None:
    """log10|∂C/∂b_1| = log10|a − y| + log10 σ'(z), z normal with variance x² + 1."""
    z, dz = np.linspace(-14.0, 14.0, 400_001, retstep=True)
    density = np.exp(-(z**2) / (2 * 1.64)) / np.sqrt(2 * np.pi * 1.64) * dz
    a = 1.0 / (1.0 + np.exp(-z))
    expected = (density * (np.log10(np.abs(a - 2.0)) + np.log10(a * (1.0 - a)))).sum()
    found = predicted_mean(replace(BASE, y=2.0), 1)
    assert found[0] == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize(
    ("key", "expected"),
    [("sigmoid", (-5.1280, -10.1385, -40.2046)), ("tanh", (-3.6572, -7.2140, -28.5581))],
)
def test_prediction_against_four_million_chains(key: str, expected: tuple[float, ...]) -> None:
    """Sampled once, from other seeds; the standard errors are 0.0005 to 0.002."""
    found = predicted_mean(replace(start_chain(), activation=key), 40)
    np.testing.assert_allclose(found[[4, 9, 39]], expected, atol=0.02 if key == "tanh" else 0.006)


def test_prediction_for_linear_chains_without_bias_is_a_sum() -> None:
    """z_n is x times n weights, y = 0: 2n − 1 times E log10|w| and log10 x."""
    chain = replace(chain_with("linear", w_scale=2.0, b_scale=0.0), y=0.0)
    one = np.log10(2.0) - (np.euler_gamma + np.log(2.0)) / (2 * np.log(10.0))
    n = np.arange(1, 61)
    expected = np.log10(0.8) + (2 * n - 1) * one
    np.testing.assert_allclose(predicted_mean(chain, 60), expected, atol=0.05)


def test_no_weight_has_no_gradient() -> None:
    found = ensemble(chain_with(w_scale=0.0), 4, 100)
    assert np.isfinite(found.mean[0])
    assert found.mean[0] == pytest.approx(found.predicted[0], abs=0.1)
    assert found.shares(2).zero == 1.0
    assert np.isnan(found.predicted[1:]).all()


@pytest.mark.parametrize("key", DISTRIBUTIONS)
def test_quantiles_are_those_of_the_samples(key: str) -> None:
    entry = DISTRIBUTIONS[key]
    p = (np.arange(2000) + 0.5) / 2000
    samples = entry.sample(np.random.default_rng(0), (200_000,))
    found = entry.quantile(p)
    assert np.all(np.diff(found) >= 0.0)
    for q in (0.01, 0.2, 0.4, 0.77, 0.99):
        at = np.quantile(samples, q)
        assert found[int(q * 2000)] == pytest.approx(at, abs=0.03)
    assert np.log10(np.abs(found)).mean() == pytest.approx(entry.mean_log10, abs=1e-3)
    if key == "normal":
        assert found[-1] == NormalDist().inv_cdf(p[-1])


def test_first_gradients_take_any_number_of_chains() -> None:
    log10, ratio = first_gradients(BASE, np.ones((1, 3)), np.zeros((1, 3)))
    assert log10.shape == ratio.shape == (1, 3)
    assert not ratio.any()
