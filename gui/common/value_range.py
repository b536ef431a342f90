"""The values that a slider can take: round numbers between two ends."""

from dataclasses import dataclass
from math import ceil, floor

from gui.common.scale import nice_above, nice_step

RANGES = (4.0, 10.0, 100.0, 1000.0)  # ± these are offered
STEPS, PLACES = 100, 1000  # about as many steps of the arrow keys, and places of a drag


@dataclass(frozen=True, slots=True)
class SliderRange:
    """Places are whole numbers; a place is worth ``grid``, and the two last reach the ends."""

    low: float
    high: float
    whole: bool = False  # whole numbers only

    @property
    def step(self) -> float:
        """Of an arrow key."""
        return self._round(STEPS)

    @property
    def grid(self) -> float:
        return self._round(PLACES)

    @property
    def places(self) -> tuple[int, int]:
        return floor(self.low / self.grid + 1e-9), ceil(self.high / self.grid - 1e-9)

    def place(self, value: float) -> int:
        """The nearest; that of an end for what lies beyond."""
        first, last = self.places
        return min(max(round(value / self.grid), first), last)

    def value(self, place: int) -> float:
        return self._within(_decimal(place * self.grid))

    def stepped(self, value: float, steps: int) -> float:
        """The next multiple of a step, up or down; from there on full steps."""
        ticks = value / self.step
        near = floor(ticks + 1e-6) if steps > 0 else ceil(ticks - 1e-6)
        return self._within(_decimal((near + steps) * self.step))

    def holding(self, value: float) -> "SliderRange":
        """This range, or the next wider one that is offered, or a round one."""
        if self.low <= value <= self.high:
            return self
        if self.low == -self.high:
            end = next((r for r in RANGES if r >= abs(value)), None) or nice_above(abs(value))
            return SliderRange(-end, end, self.whole)
        low = self.low if value > self.low else -_end(-value)
        return SliderRange(low, self.high if value < self.high else _end(value), self.whole)

    def wider(self) -> "SliderRange":
        """The next range that is offered, or ten times as wide."""
        if self.low != -self.high:
            return self.holding(self.high + (self.high - self.low))
        end = next((r for r in RANGES if r > self.high), 10 * self.high)
        return SliderRange(-end, end, self.whole)

    def _round(self, parts: int) -> float:
        step = nice_step((self.high - self.low) / parts)
        return max(1.0, step) if self.whole else step

    def _within(self, value: float) -> float:
        return min(max(value, self.low), self.high)


def _end(value: float) -> float:
    return nice_above(value) if value > 0 else 0.0


def _decimal(value: float) -> float:
    """Without the last digits that a product of decimal numbers gets wrong."""
    return float(f"{value:.12g}")
