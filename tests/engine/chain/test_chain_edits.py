from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.chain import edits
from engine.chain.draws import Draw
from engine.chain.spec import LONGEST, ChainSpec, drawn, start_chain
from engine.faults import InputError

CHAIN = replace(start_chain(), activation="tanh", y=0.4, name="mine")
TIED = edits.tie(CHAIN, True)


def test_one_value() -> None:
    chain = edits.set_weight(CHAIN, 2, 5.0)
    assert chain.w == (1.2, 5.0, 1.6, 0.9)
    assert replace(chain, w=CHAIN.w) == CHAIN
    assert edits.set_bias(CHAIN, 4, -7.0).b == (0.3, -0.2, 0.5, -7.0)
    both = edits.set_neuron(CHAIN, 1, 2.0, 3.0)
    assert (both.w, both.b) == ((2.0, *CHAIN.w[1:]), (3.0, *CHAIN.b[1:]))


def test_one_value_of_a_tied_chain_is_that_of_all() -> None:
    assert edits.set_weight(TIED, 3, 5.0).w == (5.0,) * 4
    assert edits.set_bias(TIED, 3, 5.0).b == (5.0,) * 4
    assert edits.set_neuron(TIED, 3, 5.0, 6.0).tied


def test_all_values() -> None:
    assert edits.set_all_weights(CHAIN, 0.5).w == (0.5,) * 4
    assert edits.set_all_biases(CHAIN, 0.5).b == (0.5,) * 4
    assert not edits.set_all_weights(CHAIN, 0.5).tied
    assert edits.set_values(CHAIN, (1.0,), (2.0,)).neurons == 1


@pytest.mark.parametrize(
    ("w", "b", "tied"),
    [
        ((2.0,) * 3, (1.0,) * 3, True),
        ((2.0, 1.0), (1.0,) * 2, False),
        ((2.0,) * 2, (1.0, 0.0), False),
    ],
)
def test_values_may_untie_a_chain(w: tuple[float, ...], b: tuple[float, ...], tied: bool) -> None:
    assert edits.set_values(TIED, w, b).tied == tied
    assert not edits.set_values(CHAIN, w, b).tied


def test_tying_takes_the_first_neuron_s_values() -> None:
    assert (TIED.w, TIED.b, TIED.tied) == ((1.2,) * 4, (0.3,) * 4, True)
    untied = edits.tie(TIED, False)
    assert (untied.w, untied.tied) == (TIED.w, False)
    assert replace(TIED, w=CHAIN.w, b=CHAIN.b, tied=False) == CHAIN


def test_length() -> None:
    longer = edits.set_length(CHAIN, 7)
    assert longer.w[:4] == CHAIN.w
    assert longer.w[4:] == drawn(7).w[4:]
    assert longer.b[4:] == drawn(7).b[4:]
    assert edits.set_length(longer, 4) == CHAIN
    assert edits.set_length(CHAIN, 2).w == CHAIN.w[:2]
    assert edits.set_length(CHAIN, 4) == CHAIN
    assert edits.set_length(TIED, 6).w == (1.2,) * 6
    assert edits.set_length(TIED, 6).tied
    assert edits.set_length(edits.set_length(CHAIN, LONGEST), 4) == CHAIN


@pytest.mark.parametrize("chain", [CHAIN, TIED])
@pytest.mark.parametrize("neurons", [0, -1, LONGEST + 1, 10**12])
def test_no_such_length(chain: ChainSpec, neurons: int) -> None:
    with pytest.raises(InputError, match="a chain has 1 to 1,000 neurons"):
        edits.set_length(chain, neurons)


def test_redrawing() -> None:
    draw = Draw(weights="uniform", w_scale=2.0, seed=9)
    chain = edits.redraw(CHAIN, draw)
    assert chain.w == tuple(draw.sample(4)[0].tolist())
    assert chain.b == tuple(draw.sample(4)[1].tolist())
    assert replace(chain, w=CHAIN.w, b=CHAIN.b, draw=CHAIN.draw) == CHAIN
    tied = edits.redraw(TIED, draw)
    assert (tied.w, tied.tied) == (chain.w[:1] * 4, True)


def test_anything_else() -> None:
    assert edits.change(CHAIN, activation="relu", x=2.0) == replace(CHAIN, activation="relu", x=2.0)


@pytest.mark.parametrize(
    "edit",
    [
        lambda c: edits.set_weight(c, 1, 1e7),
        lambda c: edits.set_all_biases(c, float("nan")),
        lambda c: edits.change(c, activation="sine"),
        lambda c: edits.set_values(c, (1.0,), (1.0, 2.0)),
    ],
)
def test_what_is_no_chain_is_refused(edit: Callable[[ChainSpec], ChainSpec]) -> None:
    with pytest.raises(InputError):
        edit(CHAIN)
