from dataclasses import replace

import pytest

from engine.chain.spec import ChainSpec, start_chain
from engine.chain.speed import speed_sentence
from engine.chain.trace import trace


def linear(w: float, neurons: int = 4, **values: object) -> ChainSpec:
    """Every step of such a chain multiplies the gradient by w."""
    return ChainSpec((w,) * neurons, (0.0,) * neurons, "linear", **values)


@pytest.mark.parametrize(
    ("chain", "words"),
    [
        (linear(0.5), "the first layer learns 8.00× slower than the last"),
        (linear(10.0), "the first layer learns 1,000× faster than the last"),
        (linear(1.0), "the first layer learns about as fast as the last"),
        (linear(0.1, 801, y=1.0), "the first layer learns 10⁸⁰⁰× slower than the last"),
        (linear(10.0, 301), "the first layer learns 10³⁰⁰× faster than the last"),
        (linear(0.5, 1), ""),
        (linear(0.0, y=1.0), "the first layer does not learn: its gradient is 0"),
        (linear(1.0, x=0.5, y=0.5), "no layer learns: the gradient of the last is 0"),
        (linear(1e6, 600), "the gradient grows without bound"),
    ],
)
def test_what_is_said(chain: ChainSpec, words: str) -> None:
    assert speed_sentence(trace(chain)) == words


def test_not_a_number_is_said() -> None:
    chain = linear(1e6, 600)
    chain = replace(chain, w=(*chain.w[:-1], 0.0))  # 0 · ∞
    assert speed_sentence(trace(chain)) == "the gradient of the first layer is not a number"


def test_the_four_neurons_of_the_start() -> None:
    t = trace(start_chain())
    assert 1 / t.ratio == pytest.approx(120, rel=0.01)  # by hand: 0.139 / 0.001152
    assert speed_sentence(t).endswith("learns 120× slower than the last")
