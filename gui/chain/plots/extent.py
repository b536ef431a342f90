"""Ranges of axes that follow the numbers in round steps, and not at every move."""

from math import ceil, floor, inf, isfinite

from gui.common.scale import LinearScale, LogScale, Range, nice_step

REACHES = (0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0, 30.0, 50.0, 100.0, 200.0, 320.0, 700.0)
HALVES = (6.0, 8.0, 10.0, 12.0)  # of z, to either side of 0; what lies beyond is listed
USED = 0.4  # a range stays until less than this share of it is needed


class DecadeScale(LogScale):
    """Whole powers of ten only, also where few are shown."""

    def ticks(self, low: float, high: float, most: int) -> list[float]:
        step = int(max(1, nice_step((high - low) / most)))
        return [float(n) for n in range(ceil(low / step) * step, floor(high) + 1, step)]


class SignedScale(LinearScale):
    """With the sign of a negative number as it is printed."""

    def text(self, tick: float) -> str:
        return f"{tick:g}".replace("-", "−")


class HalfRangeScale(SignedScale):
    """From minus to plus a whole number; both ends and 0 have a tick."""

    def ticks(self, low: float, high: float, most: int) -> list[float]:
        half = round(high)
        steps = (s for s in range(1, half + 1) if half % s == 0 and 2 * half // s + 1 <= most)
        step = next(steps, half)
        return [float(z) for z in range(-half, half + 1, step)]


def reach(needed: float, shown: float) -> float:
    """How far an axis goes to one side of its line; ``shown`` is 0 where nothing is shown yet."""
    if needed <= shown and needed >= USED * shown:
        return shown
    return _least(REACHES, needed)


def half_range(farthest: float, shown: float) -> float:
    """The range of z is from minus this to this."""
    wanted = _least(HALVES, farthest * 1.02)
    return shown if wanted <= shown and farthest > USED * shown else wanted


def decades(low: float, high: float, shown: Range | None, least: int = 2) -> Range:
    """Whole powers of ten around numbers that have these exponents."""
    if not (isfinite(low) and isfinite(high)):
        return shown or (-4.0, 0.0)
    if shown and shown[0] <= low and high <= shown[1]:
        span = shown[1] - shown[0]
        if span <= least or high - low >= USED * span:
            return shown
    step = max(1.0, nice_step(max(high - low, 1.0) / 6))
    bottom, top = floor(low / step - 0.3) * step, ceil(high / step) * step
    return min(bottom, top - least), top


def _least(steps: tuple[float, ...], needed: float) -> float:
    return next((step for step in steps if step >= needed), steps[-1] if needed < inf else steps[0])
