from math import fsum, log10, prod

import pytest

from engine.chain.elided import elided, elided_size
from engine.chain.spec import drawn, start_chain
from engine.chain.trace import factors, trace


@pytest.mark.parametrize(("neurons", "first", "last"), [(13, 5, 9), (40, 5, 36), (8, 3, 3)])
def test_the_product_closes_the_gap(neurons: int, first: int, last: int) -> None:
    """The factors that are drawn, with this one for the rest, still give ∂C/∂b_1."""
    t = trace(drawn(neurons))
    factor = elided(t, first, last)
    drawn_factors = [f.value for f in factors(t) if f.kind == "slope" or not first <= f.j <= last]
    assert prod(drawn_factors) * factor.value == pytest.approx(t.delta[0], rel=1e-12)
    assert elided_size(t, first, last) == pytest.approx(log10(abs(factor.value)), abs=1e-12)


def test_what_no_float_holds_has_a_size() -> None:
    t = trace(drawn(1000))
    assert elided(t, 5, 996).value == 0.0
    size = fsum(
        log10(abs(w)) + log10(p)
        for w, p in zip(t.chain.w[4:996], t.prime[4:996].tolist(), strict=True)
    )
    assert elided_size(t, 5, 996) == pytest.approx(size, rel=1e-12)


def test_the_product_so_far_is_the_gradient_at_what_the_last_drawn_neuron_gives() -> None:
    t = trace(start_chain())
    factor = elided(t, 2, 3)
    assert factor.running * t.prime[0] == pytest.approx(t.delta[0], rel=1e-14)
    assert factor.log10_running == pytest.approx(log10(abs(factor.running)), abs=1e-12)
