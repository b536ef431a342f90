"""What an axis shows: the way from values to the axis, its range and its ticks."""

from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import Protocol

import numpy as np

from engine.arrays import Floats

Range = tuple[float, float]
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Scale(Protocol):
    """One kind of axis. Ranges and ticks are positions on the axis, after ``forward``."""

    def forward(self, values: Floats) -> Floats: ...
    def fit(self, low: float, high: float, shown: Range | None) -> Range: ...
    def ticks(self, low: float, high: float, most: int) -> list[float]: ...
    def text(self, tick: float) -> str: ...


@dataclass(frozen=True, slots=True)
class LogScale:
    """Powers of ten. Zero lies at minus infinity; what is below zero is not a number."""

    least: int = 2  # decades
    slack: int = 2  # decades that may stay empty before the range closes up
    plain: bool = False  # 0.01 instead of a power

    def forward(self, values: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            exponents: Floats = np.log10(values)
        return exponents

    def fit(self, low: float, high: float, shown: Range | None) -> Range:
        if not (isfinite(low) and isfinite(high)):
            return shown or (-4.0, 0.0)
        bottom, top = floor(low - 0.05), ceil(high + 0.02)
        bottom = min(bottom, top - self.least)
        if shown and shown[0] <= bottom <= shown[0] + self.slack:
            bottom = int(shown[0])
        if shown and shown[1] - self.slack <= top <= shown[1]:
            top = int(shown[1])
        return float(bottom), float(top)

    def ticks(self, low: float, high: float, most: int) -> list[float]:
        if high - low < 1.2:
            return _within_a_decade(low, high, most)
        step = max(1, int(nice_step((high - low) / most)))
        while len(_multiples(low, high, step)) < min(2, most) and step > 1:
            step -= 1  # one label alone tells no size
        return [float(n) for n in _multiples(low, high, step)]

    def text(self, tick: float) -> str:
        exponent = floor(tick + 1e-9)
        factor = 10 ** (tick - exponent)
        if self.plain and abs(exponent) < 4:
            return f"{10**tick:.3g}"
        power = power_of_ten(exponent)
        return power if abs(factor - 1) < 1e-6 else f"{factor:.3g}·{power}"


@dataclass(frozen=True, slots=True)
class LinearScale:
    """Equal steps from 0 on; ``top`` fixes the upper end, ``factor`` is the unit.

    What is ``counted`` is written out: 200,000, 2 million.
    """

    top: float | None = None
    factor: float = 1.0
    unit: str = ""
    counted: bool = False

    def forward(self, values: Floats) -> Floats:
        scaled: Floats = values * self.factor
        return scaled

    def fit(self, low: float, high: float, shown: Range | None) -> Range:
        if self.top is not None:
            return 0.0, self.top
        if not isfinite(high):
            return shown or (0.0, 1.0)
        top = nice_above(high * 1.05) if high > 0 else 1.0
        if shown and top <= shown[1] <= 4 * top:
            top = shown[1]
        return (0.0 if low >= 0 else -nice_above(-low)), top

    def ticks(self, low: float, high: float, most: int) -> list[float]:
        step = nice_step((high - low) / most)
        return [round(n * step, 12) for n in range(ceil(low / step - 1e-9), _last(high, step) + 1)]

    def text(self, tick: float) -> str:
        if self.counted and abs(tick) >= 1e6:
            return f"{tick / 1e6:,g} million"
        return f"{tick:,.10g}" if self.counted else f"{tick:g}{self.unit}"


def power_of_ten(exponent: int) -> str:
    """10ⁿ with a raised exponent."""
    return "10" + str(exponent).translate(_SUPERSCRIPT)


def nice_step(least: float) -> float:
    """The least of 1, 2, 5 times a power of ten that is not under ``least``."""
    power = 10.0 ** floor(log10(least))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= least * (1 - 1e-9))


def nice_above(value: float) -> float:
    """A round end for an axis that must reach ``value``."""
    power = 10.0 ** floor(log10(value))
    return next(m * power for m in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if m * power >= value)


def _last(high: float, step: float) -> int:
    return floor(high / step + 1e-9)


def _multiples(low: float, high: float, step: float) -> list[int]:
    step = int(step)
    return list(range(ceil(low / step - 1e-9) * step, _last(high, step) * step + 1, step))


def _within_a_decade(low: float, high: float, most: int) -> list[float]:
    """Round values, not round exponents: for a view that was zoomed in."""
    values = LinearScale().ticks(10.0**low, 10.0**high, most)
    return [log10(value) for value in values if value > 0]
