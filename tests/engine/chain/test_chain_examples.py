from dataclasses import replace

import numpy as np
import pytest

from engine.chain.draws import Draw
from engine.chain.edits import set_length, tie
from engine.chain.examples import exploding, usual
from engine.chain.spec import LONGEST, start_chain
from engine.chain.trace import trace

CHAIN = replace(start_chain(), activation="tanh", y=0.3, name="mine")


def test_usual_values_are_standard_normal() -> None:
    chain = usual(set_length(CHAIN, LONGEST), 3)
    for values in (chain.w, chain.b):
        assert abs(np.mean(values)) < 4 / np.sqrt(LONGEST)
        assert np.std(values) == pytest.approx(1.0, abs=4 / np.sqrt(2 * LONGEST))
    assert abs(np.corrcoef(chain.w, chain.b)[0, 1]) < 4 / np.sqrt(LONGEST)


def test_usual_keeps_the_rest_and_takes_the_seed() -> None:
    chain = usual(CHAIN, 3)
    assert replace(chain, w=CHAIN.w, b=CHAIN.b, activation="tanh", draw=CHAIN.draw) == CHAIN
    assert chain.activation == "sigmoid"
    assert chain.draw == Draw(seed=3)
    assert usual(CHAIN, 3) == chain != usual(CHAIN, 4)
    assert set_length(chain, 6).w[:4] == chain.w


def test_usual_terms_stay_under_a_quarter_where_the_weight_is_under_1() -> None:
    below = total = 0
    for seed in range(1, 51):
        t = trace(usual(CHAIN, seed))
        w = np.abs(t.chain.w)
        assert np.all(np.abs(t.term) <= w / 4)
        below, total = below + int(np.sum(np.abs(t.term) < 0.25)), total + len(w)
    assert below / total > 0.68  # P(|w| < 1), and more since σ' is seldom 1/4


@pytest.mark.parametrize("neurons", [1, 2, 4, 12, LONGEST])
def test_every_exploding_term_is_25(neurons: int) -> None:
    chain = exploding(set_length(CHAIN, neurons))
    t = trace(chain)
    assert chain.w == (100.0,) * neurons
    assert chain.b == (-80.0,) + (-50.0,) * (neurons - 1)
    assert chain.activation == "sigmoid"
    np.testing.assert_array_equal(t.z, 0.0)
    np.testing.assert_array_equal(t.term, 25.0)
    log10_ratio = t.log10_delta[0] - t.log10_delta[-1]
    assert log10_ratio == pytest.approx((neurons - 1) * np.log10(25.0), rel=1e-12)


@pytest.mark.parametrize("x", [0.0, -0.37, 1e3])
def test_exploding_for_every_input(x: float) -> None:
    t = trace(exploding(replace(CHAIN, x=x)))
    assert str(t.chain.b[0]) != "-0.0"
    np.testing.assert_array_equal(t.term, 25.0)


def test_examples_untie() -> None:
    tied = tie(CHAIN, True)
    for chain in (exploding(tied), usual(tied, 1)):
        assert not chain.tied
        assert len({*chain.b}) > 1
