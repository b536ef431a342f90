import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS, HIDDEN
from engine.architecture import dense
from engine.costs import COSTS
from engine.derivative_check import central_differences, complex_step, cost_function
from engine.network import Network
from engine.parameters import draw
from tests.engine.strategies import Case, cases, make_case

PAIRS = [(a, c) for a in HIDDEN for c in COSTS]


def backpropagated(case: Case) -> np.ndarray:
    ws = case.network.workspace(case.x.shape[1])
    case.network.forward(ws, case.x)
    case.network.backward(ws, case.y)
    return case.network.gradient.vector.copy()


def distance_from_kinks(case: Case) -> float:
    """How near the pass came to a point where a derivative jumps."""
    ws = case.network.workspace(case.x.shape[1])
    case.network.forward(ws, case.x)
    gaps = [
        np.abs(z - kink).min()
        for layer, z in zip(case.architecture.layers, ws.z, strict=True)
        for kink in ACTIVATIONS[layer.activation].kinks
    ]
    return min(gaps, default=np.inf)


@pytest.mark.parametrize(("activation", "cost"), PAIRS)
def test_backpropagation_agrees_with_the_complex_step(activation: str, cost: str) -> None:
    """Away from its kinks every activation of the table is analytic piece by piece."""

    @settings(max_examples=12, deadline=None, derandomize=True)
    @given(cases(activation, cost))
    def check(case: Case) -> None:
        f = cost_function(case.architecture, cost, case.x, case.y)
        exact = complex_step(f, case.network.parameters.vector)
        scale = max(np.abs(exact).max(), 1e-300)
        assert np.abs(backpropagated(case) - exact).max() <= 1e-12 * scale

    check()


@pytest.mark.parametrize("activation", [k for k, a in HIDDEN.items() if a.kinks])
def test_backpropagation_agrees_with_central_differences(activation: str) -> None:
    for seed in range(20):
        case = make_case([activation, activation], "quadratic", [3, 4, 2], 3, seed)
        if distance_from_kinks(case) < 1e-3:
            continue
        f = cost_function(case.architecture, "quadratic", case.x, case.y, np.float64)
        numeric = central_differences(f, case.network.parameters.vector)
        np.testing.assert_allclose(backpropagated(case), numeric, atol=1e-8)


def test_central_differences_fail_on_a_deep_chain_and_the_complex_step_does_not() -> None:
    case = make_case(["sigmoid"] * 20, "quadratic", [1] * 21, 1, 3)
    b1 = case.network.parameters.vector.size // 2  # the first bias
    exact = backpropagated(case)[b1]
    f = cost_function(case.architecture, "quadratic", case.x, case.y)
    assert complex_step(f, case.network.parameters.vector)[b1] == pytest.approx(exact, rel=1e-13)
    real = cost_function(case.architecture, "quadratic", case.x, case.y, np.float64)
    for h in (1e-2, 1e-4, 1e-6, 1e-8):
        numeric = central_differences(real, case.network.parameters.vector, h)[b1]
        assert abs(numeric - exact) > 0.5 * abs(exact)


@given(st.integers(1, 40), st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_the_gradient_is_the_mean_over_the_examples(batch: int, seed: int) -> None:
    case = make_case(["tanh", "sigmoid"], "cross_entropy", [3, 4, 2], batch, seed)
    whole = backpropagated(case)
    single = np.zeros_like(whole)
    for k in range(batch):
        one = Case(
            case.architecture, case.cost, case.x[:, k : k + 1], case.y[:, k : k + 1], case.network
        )
        single += backpropagated(one) / batch
    np.testing.assert_allclose(whole, single, atol=1e-14)


@pytest.mark.parametrize(("dtype", "depth"), [(np.float32, 90), (np.float64, 600)])
def test_no_denormal_number_comes_out_of_a_vanishing_network(dtype: type, depth: int) -> None:
    architecture = dense(4, *[5] * depth, 3)
    network = Network(architecture, "cross_entropy", dtype)
    draw(network.parameters, architecture, 1)
    ws = network.workspace(6)
    rng = np.random.default_rng(0)
    network.forward(ws, rng.standard_normal((4, 6)).astype(dtype))
    network.backward(ws, np.eye(3, dtype=dtype)[rng.integers(0, 3, 6)].T)
    sizes = np.abs(np.concatenate((ws.all_delta.ravel(), network.gradient.vector)))
    assert (sizes[sizes > 0] >= np.finfo(dtype).tiny).all()
    assert (ws.delta[0] == 0).all()
    assert (ws.delta[-2] != 0).all()


def test_a_shallow_network_is_not_flushed() -> None:
    case = make_case(["sigmoid", "sigmoid"], "quadratic", [3, 4, 2], 1, 0)
    assert case.network._floor == 0
