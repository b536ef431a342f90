"""A nudge that travels, against second traces and the chapter's equations 114 to 121."""

from dataclasses import replace

import numpy as np
import pytest

from engine.activations import HIDDEN
from engine.chain.cascade import Change, cascade
from engine.chain.edits import set_bias
from engine.chain.examples import exploding
from engine.chain.spec import CHAIN_COSTS, ChainSpec, drawn, start_chain
from engine.chain.trace import trace


def near(value: float) -> float:
    return pytest.approx(value, rel=1e-14, abs=0.0)


def test_the_changes_come_in_the_order_of_the_chapter() -> None:
    changes = cascade(trace(start_chain()), 0.1)
    places = [(c.kind, c.j) for c in changes]
    between = [(kind, j) for j in range(1, 5) for kind in "za"]
    assert places == [("b", 1), *between, ("C", 4)]


@pytest.mark.parametrize("activation", HIDDEN)
@pytest.mark.parametrize("cost", CHAIN_COSTS)
@pytest.mark.parametrize("nudge", [0.1, -1.5])
def test_actual_changes_are_those_between_two_traces(
    activation: str, cost: str, nudge: float
) -> None:
    chain = replace(start_chain(), activation=activation, cost=cost, y=0.3)
    before, after = trace(chain), trace(set_bias(chain, 1, chain.b[0] + nudge))
    quantities = {"z": after.z - before.z, "a": (after.a - before.a)[1:]}
    for change in cascade(before, nudge)[1:-1]:
        assert change.actual == quantities[change.kind][change.j - 1]
    assert cascade(before, nudge)[-1].actual == after.cost - before.cost


def test_predictions_follow_equations_114_to_121() -> None:
    t, nudge = trace(replace(start_chain(), y=0.3)), 0.01
    predicted = {(c.kind, c.j): c.predicted for c in cascade(t, nudge)}
    assert predicted["b", 1] == predicted["z", 1] == nudge
    assert predicted["a", 1] == near(t.prime[0] * nudge)  # (116)
    for j in (2, 3, 4):
        assert predicted["z", j] == near(t.chain.w[j - 1] * predicted["a", j - 1])  # (117)
        assert predicted["a", j] == near(t.prime[j - 1] * predicted["z", j])
    assert predicted["C", 4] == near(t.delta[0] * nudge)  # (120)


@pytest.mark.parametrize("activation", [k for k, entry in HIDDEN.items() if entry.analytic])
@pytest.mark.parametrize("cost", CHAIN_COSTS)
def test_the_prediction_is_the_tangent(activation: str, cost: str) -> None:
    """Half the nudge, a quarter of the distance: it is right to first order."""
    t = trace(replace(start_chain(), activation=activation, cost=cost, y=0.3))
    far, near = ([abs(c.actual - c.predicted) for c in cascade(t, h)][3:] for h in (2e-3, 1e-3))
    if activation == "linear":  # all but the cost, and the last neuron if it is a sigmoid
        bent = 2 if cost == "cross_entropy" else 1
        assert max(far[:-bent]) < 1e-15
        far, near = far[-bent:], near[-bent:]
    np.testing.assert_allclose(np.array(far) / np.array(near), 4.0, rtol=0.1)


def test_errors() -> None:
    assert Change("a", 1, 0.1, 0.11).error == pytest.approx(0.1)
    assert Change("a", 1, -0.1, 0.1).error == pytest.approx(2.0)
    assert Change("a", 1, 0.0, 0.0).error == 0.0
    assert Change("a", 1, 0.0, 1e-20).error == np.inf
    assert np.isnan(Change("a", 1, np.nan, 1.0).error)


def test_a_nudge_that_no_float_sees_changes_nothing() -> None:
    changes = cascade(trace(drawn(20)), 0.1)
    actual = {(c.kind, c.j): c.actual for c in changes}
    assert actual["a", 1] != 0.0
    assert actual["C", 20] == 0.0 != changes[-1].predicted
    changes = cascade(trace(ChainSpec((1.0,), (1.0,))), 1e-17)
    assert {c.actual for c in changes} == {0.0}
    assert changes[0].predicted == 1e-17


def test_an_exploding_chain_leaves_its_tangent_at_once() -> None:
    changes = cascade(trace(exploding(start_chain())), 0.01)
    assert changes[2].error < 1e-4
    assert changes[-1].predicted == pytest.approx(0.01 * 25**3 * 0.125)
    assert changes[-1].error > 10


def test_one_neuron_and_a_dead_one() -> None:
    changes = cascade(trace(ChainSpec((2.0,), (0.0,), x=0.0)), 0.5)
    assert [c.kind for c in changes] == ["b", "z", "a", "C"]
    assert changes[2].predicted == 0.125
    dead = cascade(trace(ChainSpec((1.0, 1.0), (-1.0, 0.5), "relu")), 0.1)
    assert [c.actual for c in dead[2:]] == [0.0] * 4 == [c.predicted for c in dead[2:]]
    over = cascade(trace(ChainSpec((1.0, 1.0), (-1.0, 0.5), "relu")), 2.0)
    assert over[2].actual == pytest.approx(1.5)
    assert over[2].error == 1.0


def test_only_the_first_step_of_a_tied_chain_is_nudged() -> None:
    chain = ChainSpec((0.7,) * 3, (0.1,) * 3, tied=True)
    assert cascade(trace(chain), 0.1) == cascade(trace(replace(chain, tied=False)), 0.1)


def test_extreme_values_raise_nothing() -> None:
    for activation in HIDDEN:
        for w in (0.0, 1e-300, -1e6, 1e6):
            for nudge in (0.0, 1e-300, -1e300, 1e300):
                chain = ChainSpec((w,) * 60, (0.0,) * 60, activation, x=1e3, y=-1e3)
                for change in cascade(trace(chain), nudge):
                    assert isinstance(change.error, float)
    assert len(cascade(trace(drawn(1000)), 0.1)) == 2002
