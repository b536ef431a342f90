"""What is said of a chain's gradient, at the thresholds and where no number is left."""

from dataclasses import replace

import numpy as np
import pytest

from engine.activations import HIDDEN
from engine.chain.draws import Draw
from engine.chain.examples import exploding
from engine.chain.spec import CHAIN_COSTS, ChainSpec, drawn, start_chain
from engine.chain.trace import trace
from engine.chain.verdict import THRESHOLDS, ChainVerdict, fraction, judge_chain


def of(chain: ChainSpec) -> ChainVerdict:
    return judge_chain(trace(chain))


def linear(*w: float) -> ChainSpec:
    return ChainSpec(w, (0.0,) * len(w), "linear", y=1.0)


def test_the_issue_s_example() -> None:
    verdict = of(linear(*(0.2,) * 5))
    assert verdict.kind == "vanishing"
    assert verdict.words == "vanishing: each step × 0.2"
    assert verdict.sentence == "Each step multiplies by about 0.2: after 4 layers 1/625."


def test_the_chapter_s_examples() -> None:
    verdict = of(exploding(start_chain()))
    assert verdict.words == "exploding: each step × 25"
    assert verdict.sentence == "Each step multiplies by about 25: after 3 layers 15,625."
    verdict = of(drawn(40, Draw(seed=3)))
    assert verdict.kind == "vanishing"
    t = trace(drawn(40, Draw(seed=3)))
    exponent = int(np.floor(t.log10_ratio[0]))
    assert str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")) in verdict.sentence


@pytest.mark.parametrize(
    ("w", "kind"),
    [(0.899, "vanishing"), (0.901, "balanced"), (1.0, "balanced"), (1.099, "balanced"),
     (1.101, "exploding"), (-0.899, "vanishing"), (-1.0, "balanced"), (-1.101, "exploding")],
)  # fmt: skip
def test_thresholds_are_as_stated(w: float, kind: str) -> None:
    assert of(linear(w, w, w)).kind == kind
    assert "Below 0.9" in THRESHOLDS
    assert "above 1.1" in THRESHOLDS


def test_balanced() -> None:
    verdict = of(linear(7.0, 1.0, 1.0))
    assert verdict == ChainVerdict(
        "balanced", "balanced within 10 %", "Each step multiplies by about 1: after 2 layers 1."
    )
    assert of(linear(1.0, 4.0, 0.25)).kind == "balanced", "the mean step counts"


def test_the_first_weight_does_not_count() -> None:
    assert of(linear(1e6, 0.5)).sentence == (
        "Each step multiplies by about 0.5: after 1 layer 1/2."
    )


def test_one_neuron_has_no_step() -> None:
    assert of(linear(3.0)) == ChainVerdict(
        "unknown", "one neuron: no step", "One neuron: there is no step."
    )


@pytest.mark.parametrize(
    ("chain", "sentence"),
    [
        (linear(1.0, 0.0, 1.0), "w_2 is 0: no gradient passes it."),
        (linear(0.0, 1.0, 0.0), "w_3 is 0: no gradient passes it."),
        (ChainSpec((1.0, -1.5, 1.0), (1.0, 0.0, 2.0), "relu", x=1.0),
         "σ′(z_2) is 0, since z_2 is -3: no gradient passes neuron 2."),
        (ChainSpec((1e3, 1.0), (0.0, 0.0), x=1.0),
         "σ′(z_1) is 0, since sigmoid is saturated: no gradient passes neuron 1."),
    ],
)  # fmt: skip
def test_a_term_that_is_0_is_named(chain: ChainSpec, sentence: str) -> None:
    verdict = of(chain)
    assert verdict == ChainVerdict("vanishing", "vanishing: a term is 0", sentence)


def test_a_last_gradient_of_0_does_not_hide_the_steps() -> None:
    verdict = of(replace(exploding(start_chain()), y=0.5))
    assert verdict.words == "exploding: each step × 25"
    assert verdict.sentence.endswith(
        "But the last gradient is 0, since the last neuron gives the target: so are all others."
    )
    verdict = of(ChainSpec((1.0, 1.0), (1.0, -9.0), "relu", y=1.0))
    assert verdict.kind == "balanced"
    assert verdict.sentence.endswith("since σ′(z) is 0 there: so are all others.")


def test_beyond_all_floats() -> None:
    verdict = of(linear(*(1e6,) * 100))
    assert verdict.kind == "exploding"
    assert verdict.words == "exploding: each step × 10⁶"
    assert "after 99 layers 10⁵⁹⁴." in verdict.sentence
    assert "exceed every float" in verdict.sentence
    verdict = of(linear(*(1e-6,) * 1000))
    assert verdict.sentence == "Each step multiplies by about 10⁻⁶: after 999 layers 10⁻⁵⁹⁹⁴."


def test_what_is_not_a_number_gives_no_verdict() -> None:
    verdict = of(ChainSpec((*(1e6,) * 60, 0.5, 1.0), (0.0,) * 60 + (-1e6, 0.0), "silu", x=-1e3))
    assert verdict.kind in ("unknown", "vanishing")
    chain = ChainSpec((1e6,) * 60 + (0.0, 1.0), (0.0,) * 62, "silu", x=1e3)
    assert of(chain).sentence == "No verdict: a value on the way is not a number."


@pytest.mark.parametrize(
    ("exponent", "text"),
    [
        (0.0, "1"), (-0.001, "1"), (np.log10(2.0), "2"), (-np.log10(625.0), "1/625"),
        (np.log10(15625.0), "15,625"), (-np.log10(15625.0), "1/15,625"), (-np.log10(1.5), "1/1.5"),
        (-np.log10(75.4), "1/75"), (np.log10(999.9), "1,000"), (-40.0, "10⁻⁴⁰"),
        (-712.4948, "3.2·10⁻⁷¹³"), (40.0, "10⁴⁰"),
        (-4.9999999, "1/100,000"), (-5.0, "10⁻⁵"),
    ],
)  # fmt: skip
def test_fractions(exponent: float, text: str) -> None:
    assert fraction(exponent) == text


def test_everything_has_a_verdict_in_one_line() -> None:
    for activation in HIDDEN:
        for cost in CHAIN_COSTS:
            for w in (0.0, 1e-300, 0.3, 1.0, -3.0, 1e6):
                for neurons in (1, 2, 60):
                    chain = ChainSpec((w,) * neurons, (0.1,) * neurons, activation, cost, x=1e3)
                    verdict = of(chain)
                    assert verdict.kind in ("vanishing", "balanced", "exploding", "unknown")
                    assert verdict.sentence.endswith(".")
                    assert len(verdict.words) < 32
                    assert "e+" not in verdict.sentence + verdict.words
                    assert "nan" not in verdict.sentence
                    assert " inf" not in verdict.sentence
