"""A close look at a network, against independent formulas."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.architecture import INPUT, ArchitectureSpec, SkipSpec, dense
from engine.costs import COSTS
from engine.derivative_check import complex_step, cost_function
from engine.inspection import BINS, Histogram, Subject
from engine.inspector import Inspector
from engine.look import LEAST_EXAMPLES
from engine.network import Network
from tests.engine.inspectors import examples, inspector, split_nothing, with_output
from tests.engine.strategies import with_skips

SKIPPING = replace(
    dense(3, 4, 3, 4, 3, activation="tanh"),
    skips=(SkipSpec("h1", "h3"), SkipSpec("h1", "output"), SkipSpec(INPUT, "h2")),
)


@given(with_skips(), st.sampled_from(list(COSTS)), st.integers(0, 5000))
@settings(max_examples=40, deadline=None)
def test_one_example_is_exact(spec: ArchitectureSpec, cost: str, seed: int) -> None:
    spec = with_output(spec, cost)
    look, data = inspector(spec, cost, 7, seed)
    seen = look.look(Subject(example=seed % 7))
    x, y = data.x[seed % 7, :, None], data.y[seed % 7, :, None]
    vector = look._network.parameters.vector
    exact = complex_step(cost_function(spec, cost, x, y), vector)
    mine = np.concatenate([*(g.ravel() for g in seen.dC_dW), *seen.delta])
    n_W = sum(g.size for g in seen.dC_dW)
    scale = max(np.abs(exact).max(), 1e-300)
    expected = np.concatenate((exact[:n_W], exact[len(exact) - (len(mine) - n_W) :]))
    assert np.abs(mine - expected).max() <= 1e-11 * scale
    for z, a, prime, layer in zip(seen.z, seen.a, seen.prime, spec.layers, strict=True):
        sigma, out = ACTIVATIONS[layer.activation], np.empty((len(z), 1))
        sigma.fn(z[:, None], out)
        np.testing.assert_allclose(a, out[:, 0], rtol=1e-12)
        slope = np.empty_like(out)
        sigma.prime(z[:, None], out, slope)
        np.testing.assert_allclose(prime, slope[:, 0], rtol=1e-9, atol=1e-14)
    for l, layer in enumerate(spec.layers):  # BP2: what arrives, times σ'(z)
        if ACTIVATIONS[layer.activation].elementwise:
            product = seen.pulled[l] * seen.prime[l]
            np.testing.assert_allclose(product, seen.delta[l], rtol=1e-7, atol=1e-12 * scale)
    for sent, delta in zip(seen.sent, seen.delta, strict=True):
        np.testing.assert_allclose(sent, np.abs(delta), rtol=1e-12)
    assert (seen.count, seen.label) == (1, data.labels[seed % 7])
    np.testing.assert_array_equal(seen.input, x[:, 0])


def value(cost: str, a: np.ndarray, y: np.ndarray) -> complex:
    if cost == "quadratic":
        return complex(0.5 * ((a - y) ** 2).sum())
    if cost == "log_likelihood":
        return complex(-(y * np.log(a)).sum())
    return complex(-(y * np.log(a) + (1 - y) * np.log(1 - a)).sum())


def output(network: Network, x: np.ndarray, l: int, a_l: np.ndarray) -> np.ndarray:
    """What the network says to one example if layer l is made to send ``a_l``."""
    spec, P, a = network.architecture, network.parameters, [x.astype(complex)]
    for k, layer in enumerate(spec.layers):
        z = P.W[k] @ a[k] + P.b[k]
        for (source, target), M in zip(spec.skip_columns, P.projections, strict=True):
            if target == k + 1:
                z = z + (a[source] if M is None else M @ a[source])
        out = np.empty_like(z)[:, None]
        ACTIVATIONS[layer.activation].fn(z[:, None], out)
        a.append(a_l if k == l else out[:, 0])
    return a[-1]


@pytest.mark.parametrize("cost", COSTS)
def test_what_is_pulled_is_the_derivative_by_the_activation(cost: str) -> None:
    """∂C/∂a of every layer by a complex step of the rest of the network."""
    look, data = inspector(with_output(SKIPPING, cost), cost, 5, 3)
    seen, network = look.look(Subject()), look._network
    means = [np.zeros_like(pulled) for pulled in seen.pulled]
    for row, (x, y) in enumerate(zip(data.x, data.y, strict=True)):
        one = look.look(Subject(example=row))
        for l, a in enumerate(one.a):

            def rest(v: np.ndarray, l: int = l, x: np.ndarray = x, y: np.ndarray = y) -> complex:
                return value(cost, output(network, x, l, v), y)

            exact = complex_step(rest, a)
            np.testing.assert_allclose(one.pulled[l], exact, rtol=1e-10, atol=1e-14)
            means[l] += exact / 5
    for pulled, mean in zip(seen.pulled, means, strict=True):
        np.testing.assert_allclose(pulled, mean, rtol=1e-10, atol=1e-14)


def test_over_the_probe_set_it_is_the_mean_of_its_examples() -> None:
    look, data = inspector(SKIPPING, "quadratic", 20, 1)
    seen = look.look(Subject())
    ones = [look.look(Subject(example=k)) for k in range(20)]
    assert (seen.count, seen.label) == (20, None)
    np.testing.assert_allclose(seen.input, data.x.mean(axis=0))
    for name in ("z", "a", "prime", "delta", "pulled", "dC_dW"):
        for l, array in enumerate(getattr(seen, name)):
            mean = np.mean([getattr(one, name)[l] for one in ones], axis=0)
            np.testing.assert_allclose(array, mean, rtol=1e-11, atol=1e-15)
    for l, sent in enumerate(seen.sent):
        squares = np.mean([one.delta[l] ** 2 for one in ones], axis=0)
        np.testing.assert_allclose(sent, np.sqrt(squares), rtol=1e-12)


@pytest.mark.parametrize("example", [None, 4])
def test_distributions_are_those_of_the_layer(example: int | None) -> None:
    look, _ = inspector(SKIPPING, "quadratic", 20, 1)
    seen = look.look(Subject(example=example, layer=1))
    ws = look._look.over(example).ws
    assert seen.distributions is not None
    for name, values in (
        ("z", ws.z[1]), ("a", ws.a[1]), ("prime", ws.prime[1]), ("delta", seen.count * ws.delta[1])
    ):  # fmt: skip
        shown: Histogram = getattr(seen.distributions, name)
        counts, edges = np.histogram(values, BINS)
        np.testing.assert_allclose(shown.edges, edges, rtol=1e-12)
        np.testing.assert_array_equal(np.cumsum(shown.counts)[-1], values.size)
        assert np.abs(np.cumsum(shown.counts) - np.cumsum(counts)).max() <= 1
        assert shown.mean == pytest.approx(values.mean())
        assert shown.spread == pytest.approx(values.std())
    np.testing.assert_allclose(seen.distributions.delta.mean, seen.delta[1].mean())


def test_large_networks_are_looked_at_with_fewer_examples() -> None:
    for spec, count in ((dense(784, 30, 30, 10), 1000), (dense(784, 1000, 1000, 10), 18),
                        (dense(100, 3000, 3000, 10), LEAST_EXAMPLES)):  # fmt: skip
        network = Network(spec, "quadratic", np.float32)
        data = examples(spec.inputs, 10, 1000, 0)
        assert Inspector(network, split_nothing(data), 1000).count == count
