"""How many steps a frame is granted, from the pace that was chosen."""

from math import inf

ANY_NUMBER = 2**31 - 1
LONGEST_PAUSE = 0.25  # seconds: a window that was hidden does not make up for lost time


class Pace:
    """Turns steps per second into whole steps per frame, without losing the fractions."""

    def __init__(self, steps_per_second: float = inf) -> None:
        self.steps_per_second = steps_per_second
        self._owed = 0.0
        self._last = 0.0

    def start(self, now: float) -> None:
        self._last = now
        self._owed = 1.0  # the first step comes at once

    def steps(self, now: float) -> int:
        """Steps that are due at ``now`` (seconds); 0 if the next is yet to come."""
        if self.steps_per_second == inf:
            return ANY_NUMBER
        self._owed += self.steps_per_second * min(now - self._last, LONGEST_PAUSE)
        self._last = now
        due = int(self._owed)
        self._owed -= due
        return due

    def give_back(self, steps: int) -> None:
        """Steps that were granted and not taken: an evaluation had the time."""
        if self.steps_per_second != inf:
            self._owed += steps
