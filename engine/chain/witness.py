"""Witnesses that the product of the terms is ∂C/∂b_1: ways that know nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, inf, isfinite, isnan, nan

from engine.activations import ACTIVATIONS
from engine.chain.complex_step import ComplexStep
from engine.chain.differences import Difference, differences
from engine.chain.scaled import Scaled, agreement
from engine.chain.trace import ChainTrace
from engine.numerals import scientific, short

__all__ = ["Difference", "Witness", "agreement", "witness"]

ENOUGH = 12  # digits: fewer need a word
_LEAST, _GREATEST = 1e-290, 1e300  # between them, a product of floats has lost no digit


@dataclass(frozen=True, slots=True)
class Witness:
    """``value`` is ∂C/∂b_1, ``digits`` (0 to 16) are those in which the product agrees with it.

    ``log10_value`` is log₁₀|value|, also where that is no float; both are nan where the witness has
    nothing to say. ``left`` and ``right`` are the derivatives as b_1 falls and rises: they may
    differ where neurons sit on ``kinks`` (their numbers from 1); ``value`` is then the one that is
    nearer to the product.
    """

    method: str  # "complex step", or "one-sided rule" where σ is not analytic
    value: float
    log10_value: float
    digits: float
    left: float
    right: float
    differences: tuple[Difference, ...]
    sentence: str
    kinks: tuple[int, ...] = ()
    restarts: int = 0  # of the complex step, where it had become too small or too great

    @property
    def best(self) -> Difference:
        """The finite difference that is nearest."""
        return max(self.differences, key=lambda d: d.digits)

    @property
    def differences_sentence(self) -> str:
        """Such as 'Finite differences: 0 digits at every step.'"""
        best = self.best
        values = {d.value for d in self.differences}
        if self.log10_value == -inf and values == {0.0}:
            return "Finite differences: 0 as well."
        if isnan(least := min(d.error for d in self.differences)):
            return "Finite differences: nothing to compare with."
        if best.digits >= 1.0:
            digits = _digits(floor(best.digits))
            return f"Finite differences: at best {digits}, at h = {short(best.h)}."
        if values == {0.0}:
            return (
                "Finite differences: 0 digits at every step, 100 % wrong: "
                "C does not change in its 16 digits."
            )
        return f"Finite differences: 0 digits at every step, at least {_percent(least)} wrong."


def witness(t: ChainTrace) -> Witness:
    """Of ∂C/∂b_1; of a tied chain that of its first step alone, as the product is."""
    right = ComplexStep(t)
    analytic = _analytic(t)
    left = right if analytic else ComplexStep(t, -1.0)
    product = _product(t)
    nearer = max(right, left, key=lambda step: step.derivative.digits(product))
    exact, method = nearer.derivative, "complex step" if analytic else "one-sided rule"
    if nearer.faint and exact.digits(product) < ENOUGH:
        exact = Scaled(nan)  # its digits were lost on the way
    said = _sentence(t, method, product, left, right) + _restarted(nearer.restarts)
    return Witness(
        method, exact.value, exact.log10, exact.digits(product), left.derivative.value,
        right.derivative.value, differences(t, exact), said, right.kinks, nearer.restarts,
    )  # fmt: skip


def _analytic(t: ChainTrace) -> bool:
    hidden = ACTIVATIONS[t.chain.activation].analytic or t.chain.neurons == 1
    return hidden and ACTIVATIONS[t.chain.output].analytic


def _product(t: ChainTrace) -> Scaled:
    """The product as the trace has it; factor by factor where it is below or beyond all floats."""
    product = float(t.delta[0])
    if _LEAST < abs(product) < _GREATEST:
        return Scaled(product)
    scaled = Scaled(float(t.delta[-1]))
    for prime, w in zip(t.prime[-2::-1].tolist(), t.chain.w[:0:-1], strict=True):
        scaled = scaled.times(w).times(prime)
    return scaled


def _sentence(
    t: ChainTrace, method: str, product: Scaled, left: ComplexStep, right: ComplexStep
) -> str:
    exact = right.derivative
    if not (isfinite(product.factor) and isfinite(exact.factor)):
        return "No witness: a value is infinite or not a number."
    if right.kinks:
        return _on_kinks(t, product, left.derivative, exact, right.kinks)
    if not exact.factor and not product.factor:
        return f"Both are 0: the {method} and the product."
    digits = floor(exact.digits(product))
    agrees = f"The {method} agrees with the product to {_digits(digits)}"
    if digits >= ENOUGH:
        return f"{agrees}."
    if right.faint:
        return "No witness: where a σ′ is nearly 0, the complex step falls below every float."
    return f"{agrees}: this chain magnifies rounding."


def _on_kinks(
    t: ChainTrace, product: Scaled, left: Scaled, right: Scaled, kinks: tuple[int, ...]
) -> str:
    sit = f"Neuron {kinks[0]} sits" if len(kinks) == 1 else f"{_listed(kinks)} sit"
    taken = f"the product takes σ′ = {short(float(t.prime[kinks[0] - 1]), 3)}"
    where = f"{sit} on the kink of {ACTIVATIONS[t.chain.activation].label}, where {taken}"
    a, b, p = (scientific(side.value, side.log10) for side in (left, right, product))
    fits = [side.digits(product) >= ENOUGH for side in (left, right)]
    if left == right:
        return f"{where}. From either side ∂C/∂b_1 is {a}, and the product is {p}."
    which = "neither" if not any(fits) else "the left one" if fits[0] else "the right one"
    return f"{where}. From the left ∂C/∂b_1 is {a}, from the right {b}; the product is {which}."


def _listed(kinks: Sequence[int]) -> str:
    if len(kinks) > 4:
        return f"{len(kinks)} neurons"
    return f"Neurons {', '.join(map(str, kinks[:-1]))} and {kinks[-1]}"


def _restarted(restarts: int) -> str:
    if not restarts:
        return ""
    times = "once" if restarts == 1 else f"{restarts} times"
    return f" Its step was brought back to 10⁻³⁰ {times} on the way, by powers of two."


def _digits(digits: int) -> str:
    return "1 digit" if digits == 1 else f"{digits} digits"


def _percent(error: float) -> str:
    return "∞" if error == inf else f"{100 * error:.3g} %"
