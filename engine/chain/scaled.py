"""Numbers beyond the range of floats: a float and a power of two."""

from dataclasses import dataclass
from math import copysign, frexp, inf, isfinite, ldexp, log10, nan

MOST_DIGITS = 16.0


@dataclass(frozen=True, slots=True)
class Scaled:
    """``factor`` times two to the power of ``exponent``."""

    factor: float
    exponent: int = 0

    @property
    def value(self) -> float:
        """The nearest float: 0 or infinite where there is none."""
        try:
            return ldexp(self.factor, self.exponent)
        except OverflowError:
            return copysign(inf, self.factor)

    @property
    def log10(self) -> float:
        """log₁₀ of the absolute value; −∞ of 0."""
        if not self.factor:
            return -inf
        if not isfinite(self.factor):
            return abs(self.factor)
        factor, exponent = frexp(abs(self.factor))
        return log10(factor) + (exponent + self.exponent) * log10(2.0)

    def times(self, number: float) -> "Scaled":
        other, shift = frexp(number)
        factor, more = frexp(self.factor * other)
        return Scaled(factor, self.exponent + shift + more)

    def digits(self, other: "Scaled") -> float:
        """In how many digits the two agree, 0 to 16."""
        a, b = self.times(1.0), other.times(1.0)  # with factors from 1/2 to 1, or 0
        if a.factor and b.factor and abs(a.exponent - b.exponent) > 1:
            return 0.0
        return agreement(a.factor, ldexp(b.factor, b.exponent - a.exponent if a.factor else 0))

    def error(self, exact: "Scaled") -> float:
        """The relative error; infinite where only ``exact`` is 0, nan where one is not finite."""
        if not (isfinite(self.factor) and isfinite(exact.factor)):
            return nan
        if not exact.factor:
            return inf if self.factor else 0.0
        return abs(Scaled(self.factor / exact.factor, self.exponent - exact.exponent).value - 1.0)


def agreement(a: float, b: float) -> float:
    """Digits in which two numbers agree, 0 to 16: −log₁₀ of their relative difference.

    16 where they are equal, 0 where one is not finite: that says nothing.
    """
    if not (isfinite(a) and isfinite(b)):
        return 0.0
    greatest = max(abs(a), abs(b))
    off = abs(a / greatest - b / greatest) if greatest else 0.0
    return min(max(0.0, -log10(off)), MOST_DIGITS) if off else MOST_DIGITS
