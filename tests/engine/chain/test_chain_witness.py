"""The product against ways that know nothing of it, and both against exact arithmetic."""

from dataclasses import replace
from math import inf, log10, nan

import numpy as np
import pytest

from engine.activations import HIDDEN
from engine.chain import complex_step
from engine.chain.complex_step import ComplexStep
from engine.chain.differences import STEPS
from engine.chain.draws import Draw
from engine.chain.examples import exploding, usual
from engine.chain.scaled import Scaled
from engine.chain.spec import CHAIN_COSTS, ChainSpec, drawn, start_chain
from engine.chain.trace import trace
from engine.chain.witness import ENOUGH, Witness, agreement, witness
from tests.engine.chain.test_chain_trace import by_hand, log_by_hand

ANALYTIC = [key for key, entry in HIDDEN.items() if entry.analytic]
PIECEWISE = [key for key in HIDDEN if key not in ANALYTIC]


def of(chain: ChainSpec) -> Witness:
    return witness(trace(chain))


def magnification(chain: ChainSpec) -> float:
    """By how much the gradient magnifies a relative error of its weights, biases and target."""
    eps, rng, base = 1e-7, np.random.default_rng(0), trace(chain).delta[0]
    worst = 0.0
    for _ in range(4 if base else 0):
        signs = rng.choice([-1.0, 1.0], (2, chain.neurons)) * eps + 1.0
        w, b = np.array(chain.w) * signs[0], np.array(chain.b) * signs[1]
        y = chain.y * (1.0 + eps)
        moved = replace(chain, w=tuple(w.tolist()), b=tuple(b.tolist()), y=y)
        worst = max(worst, float(abs(trace(moved).delta[0] / base - 1.0)) / eps)
    return worst


def random_chains(activation: str, cost: str) -> list[ChainSpec]:
    rng = np.random.default_rng(0)
    chains = []
    for seed in range(60):
        draw = Draw(w_scale=float(rng.choice([0.5, 1.0, 2.0])), seed=seed)
        chain = drawn(int(rng.integers(1, 41)), draw)
        x, y = float(rng.standard_normal()), float(rng.uniform())
        chains.append(replace(chain, activation=activation, cost=cost, x=x, y=y))
    return chains


@pytest.mark.parametrize("activation", ANALYTIC)
@pytest.mark.parametrize("cost", CHAIN_COSTS)
def test_product_and_complex_step_agree_to_twelve_digits(activation: str, cost: str) -> None:
    """All chains but those that magnify rounding a thousand times: at most eight of the sixty."""
    sound = 0
    for chain in random_chains(activation, cost):
        found, product, magnified = of(chain), trace(chain).delta[0], magnification(chain)
        assert found.method == "complex step"
        assert found.left == found.right or np.isnan(found.value)
        if np.isnan(found.value):
            assert min(np.abs(trace(chain).prime)) < 1e-220
            continue
        rounding = 2.0**-52 * (magnified + chain.neurons)
        assert found.value == pytest.approx(product, rel=2.0 * rounding, abs=0.0)
        if magnified < 1000.0:
            sound += 1
            assert found.value == pytest.approx(product, rel=1e-12, abs=0.0)
            assert found.digits >= ENOUGH
    assert sound >= 52


@pytest.mark.parametrize("activation", PIECEWISE)
@pytest.mark.parametrize("cost", CHAIN_COSTS)
def test_the_one_sided_rule_agrees_where_no_neuron_is_on_a_kink(activation: str, cost: str) -> None:
    for chain in random_chains(activation, cost):
        found, rounding = of(chain), 2.0**-52 * (magnification(chain) + chain.neurons)
        alone = chain.neurons == 1 and cost == "cross_entropy"
        assert found.method == ("complex step" if alone else "one-sided rule")
        assert found.left == pytest.approx(found.right, rel=1e-15, abs=0.0)
        assert found.value == pytest.approx(trace(chain).delta[0], rel=2.0 * rounding, abs=0.0)
        assert found.kinks == ()


@pytest.mark.parametrize("seed", range(1, 21))
def test_on_twenty_sigmoid_neurons_finite_differences_are_wrong_at_every_step(seed: int) -> None:
    chain = usual(drawn(20), seed)
    exact, found = by_hand(chain)[0], of(chain)
    assert found.value == pytest.approx(exact, rel=2e-14, abs=0.0)
    assert found.digits >= 14
    assert [d.h for d in found.differences] == list(STEPS)
    for d in found.differences:
        assert d.error == pytest.approx(abs(d.value / exact - 1.0), rel=1e-6, abs=0.0)
        assert d.error > 0.9
        assert d.digits < 1.0


def test_the_twenty_neurons_of_the_lecture() -> None:
    found = of(drawn(20))
    assert found.value == pytest.approx(by_hand(drawn(20))[0], rel=3e-15, abs=0.0)
    assert all(d.value == d.forward == d.digits == 0.0 and d.error == 1.0
               for d in found.differences)  # fmt: skip
    agrees = "The complex step agrees with the product to {} digits."
    assert found.sentence in {agrees.format(digits) for digits in (15, 16)}
    assert found.differences_sentence == (
        "Finite differences: 0 digits at every step, 100 % wrong: C does not change in its 16 "
        "digits."
    )


def test_on_few_neurons_finite_differences_have_a_best_step() -> None:
    found = of(start_chain())
    exact = by_hand(start_chain())[0]
    digits = {d.h: d.digits for d in found.differences}
    assert 1e-6 < found.best.h < 1e-2
    assert 8 < found.best.digits < 12
    assert digits[1e-1] < 6 > digits[1e-9]
    assert digits[1e-14] < 2
    for d in found.differences:  # forward ones need smaller steps
        assert 0 <= d.forward_digits <= 16
        assert d.error == pytest.approx(abs(d.value / exact - 1.0), rel=1e-4, abs=1e-14)
    best_forward = max(found.differences, key=lambda d: d.forward_digits)
    assert best_forward.h < found.best.h
    assert best_forward.forward_digits < found.best.digits
    assert found.differences_sentence.startswith("Finite differences: at best ")


def test_central_differences_are_those_of_the_textbook() -> None:
    chain = start_chain()
    for d in of(chain).differences[:6]:
        above, below = (
            trace(replace(chain, b=(chain.b[0] + step, *chain.b[1:]))).cost for step in (d.h, -d.h)
        )
        assert d.value == pytest.approx((above - below) / (2 * d.h), abs=1e-16 / d.h)
        assert d.forward == pytest.approx((above - trace(chain).cost) / d.h, abs=1e-16 / d.h)


@pytest.mark.parametrize("neurons", [100, 300, 1000])
def test_deep_chains_have_a_witness_where_no_float_holds_the_gradient(neurons: int) -> None:
    chain = usual(drawn(neurons), 1)
    found = of(chain)
    assert found.log10_value == pytest.approx(log_by_hand(chain), rel=1e-14, abs=0.0)
    assert found.digits >= ENOUGH
    assert found.value == pytest.approx(trace(chain).delta[0], rel=1e-10, abs=0.0)
    assert found.restarts > 0
    assert f"{found.restarts} times" in found.sentence or found.restarts == 1
    assert all(d.digits == 0 for d in found.differences)


def test_a_step_that_is_brought_back_loses_no_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = usual(drawn(40), 1)
    plain = ComplexStep(trace(chain))
    monkeypatch.setattr(complex_step, "_FALL", 3)
    monkeypatch.setattr(complex_step, "_RISE", 3)
    restarted = ComplexStep(trace(chain))
    assert plain.restarts == 0
    assert restarted.restarts > 20
    assert restarted.derivative.digits(plain.derivative) > 15.5


def test_an_exploding_gradient_beyond_all_floats_has_a_witness() -> None:
    found = of(exploding(drawn(300)))
    assert found.value == inf
    assert found.log10_value == pytest.approx(299 * log10(25.0) + log10(0.125), rel=1e-14, abs=0.0)
    assert found.digits >= ENOUGH
    assert of(exploding(start_chain())).value == pytest.approx(25.0**3 * 0.125)


@pytest.mark.parametrize(
    ("activation", "left", "right", "words"),
    [
        ("relu", 0.0, -1.0, "σ′ = 0. From the left ∂C/∂b_1 is 0, from the right −1.00; "
         "the product is the left one."),
        ("leaky_relu", -0.01, -1.0, "σ′ = 0.01. From the left ∂C/∂b_1 is −0.0100, from the right "
         "−1.00; the product is the left one."),
        ("selu", -1.6732632423543772 * 1.0507009873554805, -1.0507009873554805,
         "σ′ = 1.76. From the left ∂C/∂b_1 is −1.76, from the right −1.05; the product is the "
         "left one."),
    ],
)  # fmt: skip
def test_a_neuron_on_a_kink_has_two_derivatives(
    activation: str, left: float, right: float, words: str
) -> None:
    found = of(ChainSpec((1.0,), (0.0,), activation, x=0.0, y=1.0))
    assert found.method == "one-sided rule"
    assert (found.left, found.right) == (pytest.approx(left), pytest.approx(right))
    assert found.kinks == (1,)
    assert found.value == found.left
    assert found.digits == 16
    label = HIDDEN[activation].label
    assert (
        found.sentence == f"Neuron 1 sits on the kink of {label}, where the product takes {words}"
    )


def test_the_side_of_a_kink_is_that_into_which_the_neuron_moves() -> None:
    """z_2 falls as b_1 rises, since w_2 is negative; by difference quotients of ReLU itself."""
    chain = ChainSpec((1.0, -1.0, 1.0), (1.0, 1.0, 0.5), "relu", x=0.0, y=0.0)

    def cost(b: float) -> float:
        return trace(replace(chain, b=(b, 1.0, 0.5))).cost

    found = of(chain)
    assert trace(chain).z[1] == 0.0
    assert found.kinks == (2,)
    assert found.right == pytest.approx((cost(1.0 + 1e-9) - cost(1.0)) / 1e-9, abs=1e-6) == 0.0
    assert found.left == pytest.approx((cost(1.0) - cost(1.0 - 1e-9)) / 1e-9, abs=1e-6)
    assert found.left == pytest.approx(-0.5)
    assert "the product is the right one" in found.sentence


def test_the_product_may_be_neither_side() -> None:
    found = of(ChainSpec((1.0, -1.0, 1.0), (0.0, 0.0, 0.1), "leaky_relu", x=0.0))
    assert found.left == found.right == pytest.approx(-0.001)
    assert found.digits == 0.0
    assert found.sentence == (
        "Neurons 1 and 2 sit on the kink of leaky ReLU, where the product takes σ′ = 0.01. From "
        "either side ∂C/∂b_1 is −0.00100, and the product is −10⁻⁵."
    )
    many = of(ChainSpec((1.0,) * 9, (0.0,) * 9, "relu", x=0.0, y=1.0))
    assert many.sentence.startswith("9 neurons sit on the kink of ReLU")
    assert (many.left, many.right) == (0.0, -1.0)


def test_a_kink_that_b_1_does_not_move_does_not_matter() -> None:
    found = of(ChainSpec((1.0, 0.0, 1.0), (1.0, 0.0, 0.5), "relu", x=0.0))
    assert found.kinks == ()
    assert found.sentence == "Both are 0: the one-sided rule and the product."


def test_a_dead_chain_has_the_gradient_0_by_both() -> None:
    found = of(ChainSpec((1.0, 1.0), (-1.0, 0.5), "relu", x=0.5))
    assert (found.value, found.digits, found.log10_value) == (0.0, 16.0, -inf)
    assert str(found.value) == "0.0"
    assert found.differences_sentence == "Finite differences: 0 as well."
    assert all(d.digits == 16 for d in found.differences)


def test_the_step_is_lost_in_a_neuron_whose_derivative_is_hardly_a_float() -> None:
    chain = ChainSpec((1e3, 1.0, 1.0), (0.2, 0.0, 0.0), x=-0.69)
    t = trace(chain)
    assert t.delta[0] == pytest.approx(by_hand(chain)[0], rel=1e-12, abs=0.0)
    found = witness(t)
    assert (found.digits, np.isnan(found.value)) == (0.0, True)
    assert found.sentence.startswith("No witness: where a σ′ is nearly 0")


def test_rounding_that_is_magnified_is_said_so() -> None:
    least = -1.278464542761073  # SiLU's: σ' is 0 there to 15 digits
    found = of(ChainSpec((1.0, 3.0), (least + 1e-9, 0.1), "silu", x=0.0))
    assert 4 < found.digits < ENOUGH
    assert found.sentence.endswith("this chain magnifies rounding.")


def test_without_numbers_there_is_no_witness() -> None:
    found = of(ChainSpec((1e6,) * 100, (0.0,) * 100, "linear"))
    assert found.digits == 0.0
    assert found.sentence.startswith("No witness: a value is infinite or not a number.")
    assert found.differences_sentence == "Finite differences: nothing to compare with."


def test_the_last_neuron_decides_alone_where_there_is_no_other() -> None:
    chain = ChainSpec((1.0,), (0.0,), "relu", "cross_entropy")
    assert of(chain).method == "complex step"
    assert of(replace(chain, w=(1.0, 1.0), b=(0.0, 0.0))).method == "one-sided rule"


def test_of_a_tied_chain_the_first_bias_alone_is_moved() -> None:
    chain = ChainSpec((0.7,) * 5, (0.1,) * 5, tied=True)
    assert of(chain).value == of(replace(chain, tied=False)).value


def test_extreme_values_raise_nothing() -> None:
    for activation in HIDDEN:
        for cost in CHAIN_COSTS:
            for w in (0.0, 1e-300, 1.0, -1e6, 1e6):
                for b in (0.0, 1e-300, -1e6):
                    chain = ChainSpec((w,) * 30, (b,) * 30, activation, cost, x=1e3, y=-1e3)
                    found = of(chain)
                    assert 0 <= found.digits <= 16
                    assert found.sentence.endswith(".")
                    assert found.differences_sentence.endswith(".")


@pytest.mark.parametrize(
    ("a", "b", "digits"),
    [
        (1.0, 1.0, 16.0), (0.0, 0.0, 16.0), (0.0, 1.0, 0.0), (1.0, -1.0, 0.0), (1.0, 2.0, 0.301),
        (1.0, 1.001, 3.0), (1e308, -1e308, 0.0), (5e-324, 1e-323, 0.301), (nan, nan, 0.0),
        (inf, inf, 0.0), (inf, 1.0, 0.0), (1.0, 1.0 + 2.0**-52, 15.65),
    ],
)  # fmt: skip
def test_agreement(a: float, b: float, digits: float) -> None:
    assert agreement(a, b) == pytest.approx(digits, abs=5e-3)
    assert agreement(b, a) == agreement(a, b)


def test_scaled_numbers() -> None:
    tiny = Scaled(1.0).times(1e-300).times(-1e-300)
    assert tiny.value == 0.0
    assert tiny.log10 == pytest.approx(-600.0, rel=1e-14, abs=0.0)
    assert tiny.times(1e300).times(1e300).value == pytest.approx(-1.0, rel=1e-14, abs=0.0)
    assert Scaled(-1.0, 5000).value == -inf
    assert Scaled(0.0).log10 == -inf
    assert Scaled(inf).log10 == inf
    assert np.isnan(Scaled(nan).log10)
    assert Scaled(1.0, 3).digits(Scaled(8.0)) == 16.0
    assert Scaled(0.5, 1).digits(Scaled(np.nextafter(1.0, 0.0))) == pytest.approx(15.95, abs=0.01)
    assert tiny.digits(Scaled(0.0)) == Scaled(0.0).digits(tiny) == 0.0
    assert Scaled(0.0, 7).digits(Scaled(0.0, -9)) == 16.0
    assert tiny.digits(tiny.times(1.0 + 1e-6)) == pytest.approx(6.0, abs=1e-3)
    assert Scaled(3.0).error(Scaled(2.0)) == 0.5
    assert Scaled(0.0).error(tiny) == 1.0
    assert Scaled(1.0).error(Scaled(0.0)) == inf
    assert Scaled(0.0).error(Scaled(0.0)) == 0.0
    assert np.isnan(Scaled(nan).error(tiny))
