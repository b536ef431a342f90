"""The way from one range to the next: quick at first, and never longer than the eye follows."""

from dataclasses import dataclass

from gui.common.scale import Range

SECONDS = 0.17
Ranges = tuple[Range, Range]  # of x and y


@dataclass(frozen=True, slots=True)
class Easing:
    """From ``start`` to ``target``, begun at the time ``began`` in seconds."""

    start: Ranges
    target: Ranges
    began: float

    def at(self, now: float) -> Ranges:
        """``target`` from the end on, to the bit."""
        share = (now - self.began) / SECONDS
        if share >= 1.0:
            return self.target
        gone = 1.0 - (1.0 - max(share, 0.0)) ** 3
        x, y = (
            (a[0] + gone * (b[0] - a[0]), a[1] + gone * (b[1] - a[1]))
            for a, b in zip(self.start, self.target, strict=True)
        )
        return x, y
