"""Every number of one chain, against the chapter, exact arithmetic and the general network."""

from dataclasses import replace
from decimal import Decimal, localcontext
from math import exp

import numpy as np
import pytest

from engine.activations import HIDDEN
from engine.chain.edits import redraw, set_length, tie
from engine.chain.examples import exploding, usual
from engine.chain.spec import CHAIN_COSTS, ChainSpec, drawn, start_chain
from engine.chain.trace import ChainTrace, factors, trace
from engine.chain.witness import ENOUGH, witness
from engine.parameters import Parameters
from tests.engine.strategies import make_case

ANALYTIC = [key for key, entry in HIDDEN.items() if entry.analytic]


def by_hand(chain: ChainSpec) -> list[float]:
    """∂C/∂b_j of sigmoid neurons with the quadratic cost, with 60 digits."""
    with localcontext() as context:
        context.prec = 60
        a, primes = Decimal(chain.x), []
        for w, b in zip(chain.w, chain.b, strict=True):
            a = 1 / (1 + (-(Decimal(w) * a + Decimal(b))).exp())
            primes.append(a * (1 - a))
        delta = (a - Decimal(chain.y)) * primes[-1]
        gradients = [delta]
        for j in range(chain.neurons - 2, -1, -1):
            delta *= Decimal(chain.w[j + 1]) * primes[j]
            gradients.append(delta)
        return [float(d) for d in reversed(gradients)]


def log_by_hand(chain: ChainSpec) -> float:
    """log₁₀|∂C/∂b_1|, also where no float holds it."""
    with localcontext() as context:
        context.prec = 60
        a, product = Decimal(chain.x), Decimal(1)
        for j, (w, b) in enumerate(zip(chain.w, chain.b, strict=True)):
            a = 1 / (1 + (-(Decimal(w) * a + Decimal(b))).exp())
            product *= a * (1 - a) * (Decimal(w) if j else 1)
        return float(abs(product * (a - Decimal(chain.y))).log10())


@pytest.mark.parametrize("neurons", [1, 2, 4, 12, 40, 100])
@pytest.mark.parametrize("seed", range(5))
def test_the_gradients_are_those_of_exact_arithmetic(neurons: int, seed: int) -> None:
    chain = usual(drawn(neurons), seed)
    np.testing.assert_allclose(trace(chain).delta, by_hand(chain), rtol=1e-13 * neurons)


def test_the_logarithm_is_right_where_no_float_is() -> None:
    chain = usual(drawn(1000), 1)
    t = trace(chain)
    assert t.delta[0] == 0.0
    assert t.log10_delta[0] == pytest.approx(log_by_hand(chain), rel=1e-13, abs=0.0)
    assert t.log10_delta[0] < -900


@pytest.mark.parametrize("activation", HIDDEN)
@pytest.mark.parametrize("cost", CHAIN_COSTS)
def test_it_is_a_network_with_one_neuron_in_every_layer(activation: str, cost: str) -> None:
    chain = replace(start_chain(), activation=activation, cost=cost, y=0.3)
    case = make_case([activation] * chain.neurons, cost, [1] * 5, 1, 0)
    network, y = case.network, np.array([[chain.y]])
    for l, (w, b) in enumerate(zip(chain.w, chain.b, strict=True)):
        network.parameters.W[l][...], network.parameters.b[l][...] = w, b
    ws, gradient = network.workspace(1), Parameters(case.architecture, network.dtype)
    network.forward(ws, np.array([[chain.x]]))
    network.backward(ws, y, gradient)
    t = trace(chain)
    np.testing.assert_allclose(t.z, np.ravel(ws.z), rtol=1e-13)
    np.testing.assert_allclose(t.a[1:], np.ravel(ws.a), rtol=1e-13)
    np.testing.assert_allclose(t.prime, np.ravel(ws.prime), rtol=1e-12)
    np.testing.assert_allclose(t.delta, np.ravel(gradient.b), rtol=1e-12)
    np.testing.assert_allclose(t.dC_dw, np.ravel(gradient.W), rtol=1e-12)
    assert t.cost == pytest.approx(network.mean_cost(ws, y).real)


@pytest.mark.parametrize("activation", HIDDEN)
@pytest.mark.parametrize("cost", CHAIN_COSTS)
def test_the_factors_multiply_to_the_gradient(activation: str, cost: str) -> None:
    t = trace(replace(start_chain(), activation=activation, cost=cost, y=0.3))
    row = factors(t)
    kinds = ["prime", "weight"] * 3 + ["prime", "slope"]
    assert [(f.kind, f.j) for f in row] == list(zip(kinds, [1, 2, 2, 3, 3, 4, 4, 4], strict=True))
    assert np.prod([f.value for f in row]) == pytest.approx(t.delta[0], rel=1e-12, abs=0.0)
    for k, factor in enumerate(row):
        running = np.prod([f.value for f in row[k:]])
        assert factor.running == pytest.approx(running, rel=1e-12, abs=0.0)
        assert 10**factor.log10_running == pytest.approx(abs(running), rel=1e-12, abs=0.0)


def test_terms_are_those_of_the_chapter() -> None:
    t = trace(start_chain())
    np.testing.assert_allclose(t.term, np.array(t.chain.w) * t.prime)
    assert np.abs(t.term).max() < 1.6 / 4
    t = trace(exploding(start_chain()))
    np.testing.assert_allclose(t.z, 0.0, atol=1e-13)
    np.testing.assert_allclose(t.term, 25.0)
    assert t.ratio == pytest.approx(25.0**3)
    assert t.step == pytest.approx(25.0)


def test_a_single_neuron_has_a_gradient_but_no_step() -> None:
    t = trace(ChainSpec((1.0,), (0.0,), x=0.0, y=0.0))
    assert t.delta.tolist() == [0.5 * 0.25]
    assert t.dC_dw.tolist() == [0.0]
    assert t.ratio == 1.0
    assert np.isnan(t.step)
    assert [f.kind for f in factors(t)] == ["prime", "slope"]


def test_a_dead_neuron_stops_the_gradient_and_keeps_the_later_ones() -> None:
    t = trace(ChainSpec((1.0, -1.0, 1.0), (1.0, 0.0, 2.0), activation="relu", x=1.0))
    assert t.z.tolist() == [2.0, -2.0, 2.0]
    assert t.delta.tolist() == [0.0, 0.0, 2.0]
    assert t.log10_delta.tolist() == [-np.inf, -np.inf, pytest.approx(np.log10(2.0))]
    assert t.log10_ratio.tolist() == [-np.inf, -np.inf, 0.0]
    assert t.step == t.ratio == 0.0


def test_steps_are_known_where_the_target_is_hit() -> None:
    t = trace(replace(exploding(start_chain()), y=0.5))
    assert t.slope == 0.0
    assert not t.delta.any()
    assert t.step == pytest.approx(25.0)
    assert t.ratio == pytest.approx(25.0**3)


def test_what_explodes_beyond_all_floats_is_infinite_but_has_a_size() -> None:
    t = trace(exploding(drawn(300)))
    assert np.isinf(t.delta[0])
    assert t.log10_delta[0] == pytest.approx(299 * np.log10(25.0) + np.log10(0.5 * 0.25))
    assert t.ratio == np.inf
    assert t.step == pytest.approx(25.0)


def test_a_product_that_is_no_float_on_its_way_may_be_one_at_its_end() -> None:
    up, down = (1e6,) * 60, (1e-6,) * 60
    for first, then, between in ((up, down, 0.0), (down, up, np.inf), (down, (-1e6,) * 60, np.inf)):
        t = trace(ChainSpec((1.0, *first, *then), (0.0,) * 121, "linear", x=0.0, y=1.0))
        assert abs(t.delta[60]) == between
        assert t.delta[0] == pytest.approx(-1.0, rel=1e-11, abs=0.0)
    t = trace(ChainSpec((1.0, *down, *(-1e6,) * 59, 1e6), (0.0,) * 121, "linear", x=0.0, y=1.0))
    assert t.delta[0] == pytest.approx(1.0, rel=1e-11, abs=0.0)


def test_nothing_is_a_number_where_the_activations_overflow() -> None:
    t = trace(ChainSpec((1e6,) * 80, (0.0,) * 80, activation="linear"))
    assert np.isinf(t.a[-1])
    assert np.isinf(t.cost)
    assert t.step == pytest.approx(1e6)
    t = trace(ChainSpec((*(1e6,) * 60, 0.0, 1.0), (0.0,) * 62, activation="linear"))
    assert np.isnan(t.a[-1])


@pytest.mark.parametrize("activation", HIDDEN)
def test_a_tied_chain_is_a_recurrent_neuron(activation: str) -> None:
    """Its gradients are sums over the steps: the complex step moves all copies at once."""
    chain = tie(replace(drawn(7), activation=activation), True)
    t = trace(chain)
    assert t.shared is not None

    def cost(dw: complex, db: complex) -> float:
        a = np.array([chain.x + 0j])
        for _ in range(chain.neurons):
            z, out = (chain.w[0] + dw) * a + chain.b[0] + db, np.empty(1, complex)
            HIDDEN[activation].fn(z, out)
            a = out
        return float((0.5 * (a[0] - chain.y) ** 2).imag / 1e-30)

    assert t.shared.dC_dw == pytest.approx(cost(1e-30j, 0.0), rel=1e-12, abs=0.0)
    assert t.shared.dC_db == pytest.approx(cost(0.0, 1e-30j), rel=1e-12, abs=0.0)
    assert trace(tie(chain, False)).shared is None


def test_a_saturated_neuron_has_a_derivative() -> None:
    """a is 1 to the last digit, but σ' is not 0."""
    t = trace(ChainSpec((1.0, 1.0), (40.0, 0.0), x=0.0))
    assert t.a[1] == 1.0
    assert t.prime[0] == pytest.approx(np.exp(-40.0), rel=1e-14, abs=0.0)
    assert t.delta[0] == pytest.approx(by_hand(t.chain)[0], rel=1e-13, abs=0.0)


def test_cross_entropy_has_a_slope_where_the_output_is_saturated() -> None:
    t = trace(ChainSpec((1.0,), (800.0,), cost="cross_entropy", x=0.0, y=1.0))
    assert t.slope == -1.0
    t = trace(ChainSpec((1.0,), (-800.0,), cost="cross_entropy", x=0.0, y=0.0))
    assert t.slope == 1.0


def test_extreme_values_raise_nothing() -> None:
    values = (0.0, -0.0, 1e-300, 1.0, -1e6, 1e6)
    for activation in HIDDEN:
        for cost in CHAIN_COSTS:
            for w in values:
                for b in values:
                    chain = ChainSpec((w,) * 60, (b,) * 60, activation, cost, x=1e3, y=-1e3)
                    t = trace(chain)
                    assert isinstance(t, ChainTrace)
                    assert len(factors(t)) == 120
                    assert isinstance(t.step, float)
                    assert isinstance(t.ratio, float)


def test_a_longer_chain_begins_as_the_shorter_one() -> None:
    long, short = trace(drawn(12)), trace(set_length(drawn(12), 5))
    np.testing.assert_array_equal(long.z[:5], short.z)
    again = trace(redraw(drawn(12), drawn(12).draw))
    np.testing.assert_array_equal(again.delta, long.delta)


@pytest.mark.parametrize("cost", ["quadratic", "cross_entropy"])
@pytest.mark.parametrize("z", [-17.0, -38.0, -64.0, -300.0])
def test_a_sigmoid_that_is_nearly_0_keeps_its_digits(cost: str, z: float) -> None:
    t = trace(ChainSpec((1.0,), (z,), cost=cost, x=0.0, y=0.0))
    a = exp(z) / (1.0 + exp(z))
    expected = a if cost == "cross_entropy" else a * a * (1.0 - a)
    assert t.a[-1] == pytest.approx(a, rel=1e-14, abs=0.0)
    assert t.delta[-1] == pytest.approx(expected, rel=1e-14, abs=0.0)
    assert t.slope * t.prime[-1] == pytest.approx(expected, rel=1e-14, abs=0.0)
    assert witness(t).digits >= ENOUGH
