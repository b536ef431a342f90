"""Skip connections: the passes against a loop written from the definition, and derivatives."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS, HIDDEN
from engine.architecture import INPUT, ArchitectureSpec, LayerSpec, SkipSpec, dense
from engine.costs import COSTS
from engine.derivative_check import complex_step, cost_function
from engine.faults import InputError
from engine.network import Network, Workspace
from engine.parameters import Parameters, draw
from tests.engine.strategies import with_skips

SEEDS = st.integers(0, 10_000)


def resnet(activation: str, cost: str) -> ArchitectureSpec:
    """Identities and projections, from the input, into the output, several in and several out."""
    output = COSTS[cost].output or activation
    layers = (
        LayerSpec(3, activation, id="a"), LayerSpec(4, activation, id="b"),
        LayerSpec(3, activation, id="c"), LayerSpec(3, activation, id="d"),
        LayerSpec(3, output, id="out"),
    )  # fmt: skip
    ends = (
        (INPUT, "b"), (INPUT, "c"), ("a", "c"), ("a", "d"), ("b", "d"), (INPUT, "d"),
        ("a", "out"), ("b", "out"), ("c", "out"), (INPUT, "out"),
    )  # fmt: skip
    return ArchitectureSpec(3, layers, tuple(SkipSpec(s, t) for s, t in ends))


def numbers(architecture: ArchitectureSpec, batch: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    classes = architecture.sizes[-1]
    y = np.eye(classes)[rng.integers(0, classes, batch)].T.copy()
    return rng.standard_normal((architecture.inputs, batch)), y


def passed(
    architecture: ArchitectureSpec, cost: str, batch: int, seed: int
) -> tuple[Network, Workspace, np.ndarray, np.ndarray]:
    network = Network(architecture, cost)
    draw(network.parameters, architecture, seed)
    x, y = numbers(architecture, batch, seed)
    ws = network.workspace(batch)
    network.forward(ws, x)
    network.backward(ws, y)
    return network, ws, x, y


def naive_forward(architecture: ArchitectureSpec, P: Parameters, x: np.ndarray) -> list[np.ndarray]:
    """a of the input and every layer, one example and one neuron at a time."""
    sigma = [ACTIVATIONS[layer.activation] for layer in architecture.layers]
    position = {layer.id: n for n, layer in enumerate(architecture.layers, 1)} | {INPUT: 0}
    values = [x]
    for n, layer in enumerate(architecture.layers, 1):
        z = np.zeros((layer.neurons, x.shape[1]))
        for k in range(x.shape[1]):
            for j in range(layer.neurons):
                z[j, k] = P.b[n - 1][j]
                for i in range(len(values[n - 1])):
                    z[j, k] += P.W[n - 1][j, i] * values[n - 1][i, k]
                for skip, projection in zip(architecture.skips, P.projections, strict=True):
                    if skip.target == layer.id:
                        a = values[position[skip.source]]
                        z[j, k] += a[j, k] if projection is None else projection[j] @ a[:, k]
        out = np.zeros_like(z)
        sigma[n - 1].fn(z, out)
        values.append(out)
    return values


@given(with_skips(), st.integers(1, 4), SEEDS)
@settings(max_examples=60, deadline=None)
def test_forward_is_the_definition(spec: ArchitectureSpec, batch: int, seed: int) -> None:
    network, ws, x, _ = passed(spec, "quadratic", batch, seed)
    expected = naive_forward(spec, network.parameters, x)
    for a, right in zip(ws.a, expected[1:], strict=True):
        np.testing.assert_allclose(a, right, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("activation", HIDDEN)
def test_the_gradient_agrees_with_the_complex_step(activation: str, cost: str) -> None:
    spec = resnet(activation, cost)
    network, _, x, y = passed(spec, cost, 4, 5)
    exact = complex_step(cost_function(spec, cost, x, y), network.parameters.vector)
    error = np.abs(network.gradient.vector - exact).max()
    assert error <= 1e-12 * np.abs(exact).max()
    projections = [P for P in network.gradient.projections if P is not None]
    assert len(projections) == 3
    assert all(np.abs(P).max() > 0 for P in projections) or activation == "relu"


@given(with_skips(), SEEDS, st.sampled_from(["quadratic", "log_likelihood", "cross_entropy"]))
@settings(max_examples=60, deadline=None)
def test_the_gradient_of_random_networks(spec: ArchitectureSpec, seed: int, cost: str) -> None:
    output = COSTS[cost].output or "tanh"
    spec = replace(spec, layers=(*spec.layers[:-1], replace(spec.layers[-1], activation=output)))
    network, _, x, y = passed(spec, cost, 3, seed)
    exact = complex_step(cost_function(spec, cost, x, y), network.parameters.vector)
    assume(np.isfinite(exact).all())
    error = np.abs(network.gradient.vector - exact).max()
    assert error <= 1e-11 * max(np.abs(exact).max(), 1e-300)


@given(with_skips(most_skips=0), SEEDS)
@settings(max_examples=20, deadline=None)
def test_a_projection_of_zeros_changes_nothing(spec: ArchitectureSpec, seed: int) -> None:
    """Bit for bit what the loop without skip connections gives."""
    wider = replace(spec.layers[-1], neurons=spec.sizes[0] + 1)
    spec = replace(spec, layers=(*spec.layers[:-1], wider))
    plain, plain_ws, x, y = passed(spec, "quadratic", 3, seed)
    skipping = replace(spec, skips=(SkipSpec(INPUT, spec.layers[-1].id),))
    network = Network(skipping, "quadratic")
    draw(network.parameters, skipping, seed)
    assert network.parameters.projections[0] is not None
    network.parameters.projections[0][...] = 0.0
    ws = network.workspace(3)
    network.forward(ws, x)
    network.backward(ws, y)
    np.testing.assert_array_equal(ws.all_a, plain_ws.all_a)
    for mine, other in zip(network.gradient.W, plain.gradient.W, strict=True):
        np.testing.assert_array_equal(mine, other)


def test_the_vector_holds_everything_once() -> None:
    spec = resnet("tanh", "quadratic")
    parameters = Parameters(spec, float)
    blocks = [*parameters.W, *(P for P in parameters.projections if P is not None), *parameters.b]
    for number, block in enumerate(blocks, 1):
        assert np.shares_memory(block, parameters.vector)
        block += number
    assert (parameters.vector > 0).all()
    assert parameters.vector.size == spec.parameters == sum(block.size for block in blocks)
    assert set(parameters.weights) == set(range(1, 9))
    assert set(parameters.biases) == set(range(9, 14))
    shapes = [None if P is None else P.shape for P in parameters.projections]
    assert shapes == list(spec.projections)


def test_a_skip_connection_draws_from_a_stream_of_its_own() -> None:
    """Neither the layers' weights nor another projection depend on it, nor on the order."""
    plain = dense(5, 4, 4, 3)
    one = replace(plain, skips=(SkipSpec(INPUT, "output"),))
    two = replace(plain, skips=(SkipSpec(INPUT, "h2"), SkipSpec(INPUT, "output")))
    drawn = []
    for spec in (plain, one, two):
        drawn.append(Parameters(spec, float))
        draw(drawn[-1], spec, 7)
    for W, same, same_again in zip(*(p.W for p in drawn), strict=True):
        np.testing.assert_array_equal(W, same)
        np.testing.assert_array_equal(W, same_again)
    np.testing.assert_array_equal(drawn[1].projections[0], drawn[2].projections[1])
    to_h2, to_output = drawn[2].projections
    one_stream = [drawn[2].W[1][0, :3], drawn[2].W[2][0, :3], to_h2[0, :3], to_output[0, :3]]
    ratios = [a / b for k, a in enumerate(one_stream) for b in one_stream[:k]]
    assert all(np.ptp(ratio) > 1e-6 for ratio in ratios)  # no two are the same but for a factor


def test_a_projection_is_drawn_as_its_target_layer_is() -> None:
    layers = (LayerSpec(4), LayerSpec(4), LayerSpec(3, initializer="constant", gain=0.25))
    spec = ArchitectureSpec(5, layers, (SkipSpec(INPUT, "output"),))
    parameters = Parameters(spec, np.float32)
    draw(parameters, spec, 1)
    np.testing.assert_array_equal(parameters.projections[0], np.full((3, 5), 0.25))


@pytest.mark.parametrize(("dtype", "depth"), [(np.float32, 90), (np.float64, 600)])
def test_skip_connections_carry_the_error_through_a_deep_network(dtype: type, depth: int) -> None:
    plain = dense(4, *[4] * depth, 4)
    ids = [INPUT, *(layer.id for layer in plain.layers)]
    spec = replace(
        plain, skips=tuple(SkipSpec(s, t) for s, t in zip(ids[:-2:2], ids[2::2], strict=True))
    )
    network = Network(spec, "cross_entropy", dtype)
    draw(network.parameters, spec, 1)
    x, y = numbers(spec, 6, 0)
    ws = network.workspace(6)
    network.forward(ws, x.astype(dtype))
    network.backward(ws, y.astype(dtype))
    sizes = np.abs(ws.all_delta[ws.all_delta != 0])
    assert (sizes >= np.finfo(dtype).tiny).all()
    assert np.isfinite(ws.all_delta).all()


def test_a_backward_skip_connection_is_refused() -> None:
    with pytest.raises(InputError, match="forward"):
        replace(dense(4, 4, 4, 4), skips=(SkipSpec("h2", "h1"),))
