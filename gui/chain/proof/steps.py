"""The cascade that a nudge of b_1 sets off: its quantities in order, and what is said of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite, isnan

from engine.chain.cascade import Change
from engine.chain.trace import ChainTrace
from engine.numerals import scientific
from gui.common.subscript import subscripted

EXACT = 5e-5  # a relative deviation that rounds to 0 %


@dataclass(frozen=True, slots=True)
class Step:
    """A change, and the factor that its prediction has over that of the change before it.

    ``factor`` is σ′(z_j) (``prime``), w_j (``weight``) or ∂C/∂a_N (``slope``), as in
    ``engine.chain.trace.Factor``; the first change has none.
    """

    change: Change
    factor: str
    j: int
    value: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Neurons in the middle of a long chain that are not drawn."""

    neurons: int


Column = Step | Gap


def steps(t: ChainTrace, changes: Sequence[Change]) -> tuple[Step, ...]:
    """Without Δz_1, which is Δb_1 itself."""
    return tuple(_step(t, c) for c in changes if (c.kind, c.j) != ("z", 1))


def _step(t: ChainTrace, c: Change) -> Step:
    if c.kind == "b":
        return Step(c, "", c.j, 1.0)
    if c.kind == "a":
        return Step(c, "prime", c.j, float(t.prime[c.j - 1]))
    if c.kind == "z":
        return Step(c, "weight", c.j, t.chain.w[c.j - 1])
    return Step(c, "slope", t.chain.neurons, t.slope)


def elided(all_steps: Sequence[Step], most: int) -> tuple[Column, ...]:
    """At most so many columns: the first neurons, the last, and a gap for those between."""
    n = len(all_steps) // 2  # neurons: b_1, a_1, (z, a) of each other, C
    pairs = max(2, (most - 3) // 2)  # b_1 and C and the gap are columns too
    if len(all_steps) <= max(most, 7) or pairs >= n:
        return tuple(all_steps)
    first = (pairs + 1) // 2
    last = pairs - first
    head, tail = all_steps[: 2 * first], all_steps[len(all_steps) - 2 * last - 1 :]
    return *head, Gap(n - pairs), *tail


def name(change: Change) -> str:
    """Such as Δa₁."""
    return "ΔC" if change.kind == "C" else "Δ" + subscripted(change.kind, change.j)


def factor_name(step: Step) -> str:
    """Such as σ′(z₁)."""
    if step.factor == "prime":
        return f"σ′({subscripted('z', step.j)})"
    return subscripted("w" if step.factor == "weight" else "∂C/∂a", step.j)


def percent(off: float, short: bool = False) -> str:
    """A relative deviation such as 3.1 %; ``short``, such as 3."""
    if isnan(off):
        return "–"
    if off < EXACT:
        return "0 %"
    if off >= 1e2:
        return "∞" if off == inf else "> 10⁴ %"
    share = 100 * off
    if short:
        return f"{share:.0f}"
    return f"{share:.1f} %" if share < 9.95 else f"{share:,.0f} %"


def sentence(step: Step, brief: bool = False) -> str:
    """ΔC = −0.0012, predicted −0.0011: 3 % off; ``brief``, without what was predicted."""
    c = step.change
    said = f"{name(c)} = {scientific(c.actual, digits=4)}"
    if not step.factor:
        return f"{said}: the nudge"
    if brief:
        return f"{said}: {_how_far(c)}"
    return f"{said}, predicted {scientific(c.predicted, digits=4)}: {_how_far(c)}"


def derivation(step: Step, before: Step | None) -> str:
    """Where the prediction comes from: Δa₁ ≈ σ′(z₁) Δb₁ = 0.21 × 0.1 (equation 116)."""
    if not step.factor:
        return "What the slider says; the chain stays as it is"
    if before is None:
        return ""
    left, right = scientific(step.value), scientific(before.change.predicted)
    product = f"{factor_name(step)} {name(before.change)}"
    return f"{name(step.change)} ≈ {product} = {left} × {right} ({_EQUATIONS[step.factor]})"


_EQUATIONS = {
    "prime": "equation 116",
    "weight": "equations 117 and 118",
    "slope": "equation 120: the product of all factors",
}


def _how_far(c: Change) -> str:
    if not (isfinite(c.actual) and isfinite(c.predicted)):
        return "no float can hold it"
    if c.error == inf:
        return "nothing changes in 16 digits"
    if c.error < EXACT:
        return "exact" if c.error == 0 else "agrees to 0.01 %"
    other = ", with the other sign" if c.actual * c.predicted < 0 else ""
    return f"{percent(c.error)} off{other}"
