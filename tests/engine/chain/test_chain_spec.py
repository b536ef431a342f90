from dataclasses import FrozenInstanceError, replace
from math import inf, nan

import pytest

from engine.activations import HIDDEN
from engine.chain.spec import CHAIN_COSTS, GREATEST, LONGEST, ChainSpec, drawn, start_chain
from engine.faults import InputError

CHAIN = start_chain()


def test_the_chapter_s_picture_has_four_neurons() -> None:
    assert CHAIN.neurons == 4
    assert (CHAIN.activation, CHAIN.cost, CHAIN.tied) == ("sigmoid", "quadratic", False)
    assert CHAIN.text == "4 neurons · sigmoid"


@pytest.mark.parametrize("activation", HIDDEN)
@pytest.mark.parametrize("cost", CHAIN_COSTS)
def test_every_activation_with_every_cost(activation: str, cost: str) -> None:
    chain = replace(CHAIN, activation=activation, cost=cost)
    assert chain.output == ("sigmoid" if cost == "cross_entropy" else activation)
    assert ("last sigmoid" in chain.text) == (chain.output != activation)
    assert HIDDEN[activation].label in chain.text


def test_texts() -> None:
    assert replace(CHAIN, w=(1.0,), b=(0.0,)).text == "1 neuron · sigmoid"
    assert replace(CHAIN, w=(1.0,) * 3, b=(0.0,) * 3, tied=True).text == (
        "3 neurons in time · sigmoid"
    )
    assert drawn(1000).text == "1,000 neurons · sigmoid"
    assert replace(CHAIN, activation="relu", cost="cross_entropy").text == (
        "4 neurons · ReLU, the last sigmoid"
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"w": (), "b": ()}, "a chain has 1 to 1,000 neurons, not 0"),
        ({"w": (1.0,) * 1001, "b": (1.0,) * 1001}, "not 1,001"),
        ({"w": (1.0, 2.0), "b": (1.0,)}, "2 weights need as many biases, not 1"),
        ({"w": (1.0, nan), "b": (0.0, 0.0)}, "w_2 must lie between -1,000,000 and 1,000,000"),
        ({"w": (1.0, 1.0), "b": (inf, 0.0)}, "b_1 must lie between"),
        ({"w": (1.0, -1.1e6), "b": (0.0, 0.0)}, "not -1.1e\\+06"),
        ({"activation": "softmax"}, "softmax"),
        ({"activation": "sine"}, "sine"),
        ({"cost": "log_likelihood"}, "log_likelihood"),
        ({"x": 1e4}, "a₀"),
        ({"y": nan}, "y"),
        ({"tied": True}, "a tied chain has one weight and one bias"),
        ({"w": (1.0,) * 4, "b": (0.0, 0.0, 0.0, 0.1), "tied": True}, "one bias"),
    ],
)
def test_what_is_no_chain_is_refused(values: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        replace(CHAIN, **values)


def test_limits_belong_to_it() -> None:
    chain = ChainSpec((GREATEST,) * LONGEST, (-GREATEST,) * LONGEST, x=1e3, y=-1e3)
    assert chain.neurons == LONGEST
    assert replace(CHAIN, w=(1.0,) * 4, b=(0.0,) * 4, tied=True).tied


def test_it_is_a_value() -> None:
    assert start_chain() == CHAIN
    assert hash(start_chain()) == hash(CHAIN)
    with pytest.raises(FrozenInstanceError):
        CHAIN.x = 1.0


def test_drawn_chains() -> None:
    assert drawn(5) == drawn(5)
    assert drawn(5).w == drawn(9).w[:5]
    assert drawn(5).neurons == 5
    with pytest.raises(InputError, match="not 1,000,000,000,000"):
        drawn(10**12)
