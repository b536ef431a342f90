"""The waterfall of one example, against gradients by complex step and by hand."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import log10

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.architecture import ArchitectureSpec, SkipSpec, dense
from engine.arrays import Floats
from engine.costs import COSTS
from engine.derivative_check import complex_step, cost_function
from engine.inspection import Subject
from engine.look import Look
from engine.readings.waterfall import WaterfallReading, WaterfallWish, WorstWish
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start
from tests.engine.inspectors import look_at, with_output
from tests.engine.strategies import with_skips

look_at_six = partial(look_at, n=6)


def adds_up(reading: WaterfallReading) -> None:
    fall = reading.length[:-1] - reading.length[1:]
    parts = (reading.weights + reading.prime + reading.rest)[:-1]
    assert parts == pytest.approx(fall, abs=1e-11)
    assert sum(reading.shares) == pytest.approx(reading.shrinking, abs=1e-10)


@given(with_skips(["sigmoid", "tanh", "softplus", "linear"]), st.sampled_from(list(COSTS)),
       st.integers(0, 5000))  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_delta_is_the_derivative_by_the_bias_and_the_factors_add_up(
    spec: ArchitectureSpec, cost: str, seed: int
) -> None:
    spec = with_output(spec, cost)
    look, row = look_at_six(spec, cost, seed), seed % 6
    reading = WaterfallWish(row).answer(look)
    x, y = look.probe.x[row, :, None], look.probe.y[row, :, None]
    exact = complex_step(cost_function(spec, cost, x, y), look.network.parameters.vector)
    biases = exact[len(exact) - sum(spec.sizes[1:]) :]
    scale = np.abs(biases).max()
    assert np.concatenate(reading.delta) == pytest.approx(biases, rel=1e-9, abs=1e-11 * scale)
    for delta, length in zip(reading.delta, reading.length, strict=True):
        assert 10**length == pytest.approx(np.sqrt((delta**2).sum()), rel=1e-12)
    for delta, way, size in zip(reading.delta, reading.direction, reading.greatest, strict=True):
        assert way * 10**size == pytest.approx(delta)
    adds_up(reading)
    assert (reading.example, reading.examples) == (row, 6)
    assert reading.label == look.probe.labels[row]
    assert np.array_equal(reading.input, x[:, 0])


def by_hand(look: Look, row: int) -> tuple[list[float], list[float], list[float]]:
    """Lengths, and the factors of Wᵀ and Σ', of a net of sigmoids without skips: plain loops."""
    P, a = look.network.parameters, [look.probe.x[row].astype(float)]
    for W, b in zip(P.W, P.b, strict=True):
        z = [
            sum(w * v for w, v in zip(line, a[-1], strict=True)) + c
            for line, c in zip(W, b, strict=True)
        ]
        a.append(np.array([1 / (1 + np.exp(-value)) for value in z]))
    y = look.probe.y[row]
    delta = [float((v - t) * v * (1 - v)) for v, t in zip(a[-1], y, strict=True)]

    def norm(v: Sequence[float]) -> float:
        return sum(value * value for value in v) ** 0.5

    lengths, weights, primes = [norm(delta)], [], []
    for l in range(len(P.W) - 1, 0, -1):
        rows = range(len(delta))
        pulled = [sum(P.W[l][i, j] * delta[i] for i in rows) for j in range(len(a[l]))]
        below = [p * v * (1 - v) for p, v in zip(pulled, a[l], strict=True)]
        weights.append(norm(pulled) / norm(delta))
        primes.append(norm(below) / norm(pulled))
        delta = below
        lengths.append(norm(delta))
    return lengths[::-1], weights[::-1], primes[::-1]


def test_every_factor_by_plain_loops() -> None:
    look = look_at_six(dense(4, 5, 3, 4, 2), "quadratic", 3)
    reading = WaterfallWish(2).answer(look)
    lengths, weights, primes = by_hand(look, 2)
    assert 10**reading.length == pytest.approx(lengths)
    assert 10 ** reading.weights[:-1] == pytest.approx(weights)
    assert 10 ** reading.prime[:-1] == pytest.approx(primes)
    assert (reading.rest == 0.0).all()
    assert np.isnan(reading.weights[-1])


@pytest.mark.parametrize("cost", COSTS)
def test_where_it_begins(cost: str) -> None:
    spec = with_output(dense(4, 5, 3), cost)
    look = look_at_six(spec, cost, 1)
    reading = WaterfallWish(0).answer(look)
    ws, y = look.over(0).ws, look.probe.y[0]
    assert reading.cost == pytest.approx(look.network.mean_cost(ws, y[:, None]).real)
    assert reading.predicted == ws.a[-1][:, 0].argmax()
    a = ws.a[-1][:, 0]
    if COSTS[cost].output is None:
        assert 10**reading.slope == pytest.approx(np.linalg.norm(a - y))
        assert reading.slope + reading.prime[-1] == pytest.approx(reading.length[-1])
    else:
        assert np.isnan(reading.slope)
        assert reading.prime[-1] == 0.0
        assert 10 ** reading.length[-1] == pytest.approx(np.linalg.norm(a - y))


def test_the_bound_and_the_mean_of_sigma_prime() -> None:
    look = look_at_six(dense(4, 5, 5, 3), "cross_entropy", 2)
    reading = WaterfallWish(1).answer(look)
    assert 10**reading.greatest_prime == pytest.approx([0.25] * 3)
    a = [array[:, 0] for array in look.over(1).ws.a]
    assert 10**reading.mean_prime == pytest.approx([(v * (1 - v)).mean() for v in a])
    assert (reading.prime <= reading.greatest_prime + 1e-12)[:-1].all()


def test_skips_are_what_the_rest_is() -> None:
    plain = dense(3, 4, 4, 4, 3, activation="tanh")
    spec = replace(plain, skips=(SkipSpec("h1", "h3"),))
    reading = WaterfallWish(0).answer(look_at_six(spec, "quadratic"))
    look = look_at_six(spec, "quadratic")
    ws, W = look.over(0).ws, look.network.parameters.W
    delta = [d[:, 0] for d in ws.delta]
    alone = ws.prime[0][:, 0] * (W[1].T @ delta[1])
    both = ws.prime[0][:, 0] * (W[1].T @ delta[1] + delta[2])
    assert 10 ** reading.rest[0] == pytest.approx(np.linalg.norm(both) / np.linalg.norm(alone))
    assert (reading.rest[1:] == 0.0).all()
    adds_up(reading)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_nothing_underflows(dtype: type) -> None:
    """1,000 sigmoid neurons in a row: their logarithms by hand; the run itself has zeros."""
    spec = dense(1, *[1] * 999, 1)
    look = look_at_six(spec, "cross_entropy", 4, dtype)
    reading = WaterfallWish(0).answer(look)
    W, ws = look.network.parameters.W, look.over(0).ws
    z = [float(layer[0, 0]) for layer in ws.z]
    log_prime = [-abs(v) / np.log(10) - 2 * np.log10(1 + np.exp(-abs(v))) for v in z]
    y = float(look.probe.y[0, 0])
    length = [log10(abs(1 / (1 + np.exp(-z[-1])) - y))]
    for l in range(998, -1, -1):
        length.append(length[-1] + log10(abs(float(W[l + 1][0, 0]))) + log_prime[l])
    assert reading.length == pytest.approx(length[::-1], rel=1e-7)
    assert reading.length[0] < -600
    adds_up(reading)
    assert not reading.zeros
    assert reading.lost[0]
    assert not reading.lost[-1]
    assert all(np.abs(way).max() == 1.0 for way in reading.direction)


def test_a_saturated_output_keeps_its_digits() -> None:
    spec = dense(2, 3, 2)
    look = look_at_six(spec, "cross_entropy", 0, np.float32)
    look.network.parameters.b[-1][...] = np.where(look.probe.y[0] == 1.0, 40.0, -40.0)
    look.begin(None, False)
    reading = WaterfallWish(0).answer(look)
    z = look.over(0).ws.z[-1][:, 0].astype(float)
    exact = np.where(look.probe.y[0] == 1.0, -np.exp(-z), np.exp(z))
    assert reading.delta[-1] == pytest.approx(exact, rel=1e-9, abs=0.0)


def test_a_saturated_softmax_keeps_its_digits() -> None:
    spec = with_output(dense(2, 3, 3), "log_likelihood")
    look = look_at_six(spec, "log_likelihood", 0)
    look.network.parameters.b[-1][...] = 60.0 * look.probe.y[0]
    look.begin(None, False)
    reading = WaterfallWish(0).answer(look)
    z = look.over(0).ws.z[-1][:, 0]
    right = int(look.probe.labels[0])
    others = [j for j in range(3) if j != right]
    exact = np.exp(z[others] - z[right])
    assert reading.delta[-1][others] == pytest.approx(exact, rel=1e-9, abs=0.0)
    assert reading.delta[-1][right] == pytest.approx(-exact.sum(), rel=1e-9, abs=0.0)


def test_dead_neurons_are_zeros_and_not_hidden() -> None:
    spec = dense(3, 4, 4, 4, 2, activation="relu")
    spec = replace(spec, layers=(*spec.layers[:-1], replace(spec.layers[-1], activation="sigmoid")))
    look = look_at_six(spec, "cross_entropy")
    look.network.parameters.b[1][...], look.network.parameters.b[2][...] = -1e4, 1.0
    look.begin(None, False)
    reading = WaterfallWish(0).answer(look)
    assert reading.zeros == (0, 1)
    assert np.isneginf(reading.prime[1])
    assert np.isnan(reading.weights[0])
    assert np.isneginf(reading.mean_prime[1])
    assert reading.shrinking == -np.inf
    assert not any(reading.lost)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_diverged_network_is_no_error(bad: float) -> None:
    look = look_at_six(dense(3, 4, 4, 2), "cross_entropy")
    look.network.parameters.W[1][0, 0] = bad
    with np.errstate(all="ignore"):
        look.begin(None, False)
        reading = WaterfallWish(0).answer(look)
    assert np.isnan(reading.length[0])


def test_one_layer() -> None:
    reading = WaterfallWish(0).answer(look_at_six(dense(3, 2), "quadratic"))
    assert reading.length.shape == (1,)
    assert reading.shrinking == 0.0
    assert reading.shares == (0.0, 0.0, 0.0)


def test_the_worst_example() -> None:
    look = look_at_six(dense(3, 4, 2), "cross_entropy", 5)
    costs = [WaterfallWish(row).answer(look).cost for row in range(6)]
    assert WorstWish().answer(look) == int(np.argmax(costs))
    look.network.parameters.W[0][...] = np.nan
    with np.errstate(all="ignore"):
        look.begin(None, False)
        assert WorstWish().answer(look) is None


def test_a_trainer_answers_and_its_arrays_are_read_only(blobs: object) -> None:
    trainer = start(Experiment(dense(4, 5, 5, 3), TrainingSpec()), blobs)
    wish = WaterfallWish(10_000)
    reading = trainer.inspect(Subject(wishes=frozenset({wish}))).answer(wish)
    assert reading is not None
    assert (reading.example, reading.examples) == (102, 103)
    arrays: list[Floats] = [reading.length, reading.input, *reading.delta, *reading.direction]
    assert not any(array.flags.writeable for array in arrays)
    kept = reading.length.copy()
    for _ in range(20):
        trainer.step()
    assert np.array_equal(reading.length, kept)


def test_the_price_counts_the_weights() -> None:
    small, large = (
        look_at_six(dense(3, 4, 2), "quadratic"),
        look_at_six(dense(3, 400, 400, 2), "quadratic"),
    )
    assert WaterfallWish(0).products(large) - WaterfallWish(0).products(small) > 4 * 160_000
    assert WorstWish().products(small) > 0
