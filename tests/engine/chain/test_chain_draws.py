"""The distributions of weights and biases, against their moments in closed form."""

from math import log10, sqrt

import numpy as np
import pytest

from engine.chain.draws import DISTRIBUTIONS, Distribution, Draw
from engine.faults import InputError

COUNT = 200_000
EACH = pytest.mark.parametrize("entry", DISTRIBUTIONS.values(), ids=DISTRIBUTIONS)


@EACH
def test_samples_have_standard_deviation_1(entry: Distribution) -> None:
    values = entry.sample(np.random.default_rng(0), (COUNT,))
    mean = 1.0 if entry.key == "constant" else 0.0
    assert values.mean() == pytest.approx(mean, abs=4 / sqrt(COUNT))
    assert np.sqrt(np.mean(values**2)) == pytest.approx(1.0, abs=0.01)
    assert np.log10(np.abs(values)).mean() == pytest.approx(entry.mean_log10, abs=0.005)


@EACH
def test_quantiles_are_those_of_the_samples(entry: Distribution) -> None:
    values = np.sort(entry.sample(np.random.default_rng(1), (COUNT,)))
    p = np.array([0.03, 0.2, 0.4, 0.7, 0.99])
    np.testing.assert_allclose(entry.quantile(p), values[(p * COUNT).astype(int)], atol=0.03)


def test_known_means_of_the_logarithm() -> None:
    assert DISTRIBUTIONS["normal"].mean_log10 == pytest.approx(-0.2758, abs=1e-4)
    assert DISTRIBUTIONS["uniform"].mean_log10 == pytest.approx(log10(sqrt(3.0)) - log10(np.e))


def test_the_same_draw_gives_the_same_values() -> None:
    for shape in ((5,), (3, 7), ()):
        for one, other in zip(
            Draw(seed=4).sample(*shape), Draw(seed=4).sample(*shape), strict=True
        ):
            np.testing.assert_array_equal(one, other)
            assert one.shape == shape


def test_seeds_blocks_weights_and_biases_are_independent() -> None:
    n = 20_000
    streams = [*Draw(seed=4).sample(n), *Draw(seed=5).sample(n), *Draw(seed=4).sample(n, block=1)]
    correlation = np.corrcoef(streams) - np.eye(6)
    assert np.abs(correlation).max() < 5 / sqrt(n)


def test_scales() -> None:
    w, b = Draw(w_scale=3.0, b_scale=0.5, weights="sign", biases="constant").sample(100)
    assert set(w) == {-3.0, 3.0}
    assert set(b) == {0.5}
    zero, _ = Draw(w_scale=0.0).sample(10)
    assert not zero.any()


def test_a_longer_draw_begins_as_a_shorter_one() -> None:
    for key in DISTRIBUTIONS:
        draw = Draw(weights=key, biases=key)
        for long, short in zip(draw.sample(40), draw.sample(7), strict=True):
            np.testing.assert_array_equal(long[:7], short)


def test_the_mean_size_of_a_weight() -> None:
    w, _ = Draw(w_scale=2.5).sample(COUNT)
    assert Draw(w_scale=2.5).mean_log10_w == pytest.approx(np.log10(np.abs(w)).mean(), abs=0.005)
    assert Draw(w_scale=0.0).mean_log10_w == -np.inf


def test_another_seed_keeps_the_rest() -> None:
    draw = Draw("uniform", 2.0, "sign", 3.0, 1)
    assert draw.with_seed(7) == Draw("uniform", 2.0, "sign", 3.0, 7)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"weights": "cauchy"}, "cauchy"),
        ({"biases": ""}, "distribution"),
        ({"w_scale": -1.0}, "s of w"),
        ({"b_scale": 2e3}, "s of b"),
        ({"seed": -1}, "seed"),
        ({"w_scale": float("nan")}, "s of w"),
    ],
)
def test_what_cannot_be_drawn_is_refused(values: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        Draw(**values)


def test_after_the_greatest_seed_comes_the_first() -> None:
    greatest = Draw(seed=2**31 - 1)
    assert greatest.again() == Draw(seed=0)
    assert Draw(seed=4).again() == Draw(seed=5)
