"""How a run came to where it stands: the moments that one can return to, and its epochs."""

from dataclasses import dataclass
from itertools import count
from math import isfinite

import numpy as np

from engine.arrays import Floats, Ints
from engine.snapshot import EPOCH, STEP, Snapshot

SPACES = (1, 2, 5)  # epochs between two marks, times a power of ten


@dataclass(frozen=True, eq=False)
class Course:
    """The last place is that of the newest moment; ``records`` are the history."""

    steps: Ints
    newest: int
    epoch: float
    records: Floats

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Course":
        """What the newest snapshot of a run tells."""
        steps, newest = snapshot.keyframe_steps, snapshot.newest_step
        return cls(steps, newest, snapshot.epoch, snapshot.history)

    @property
    def last(self) -> int:
        """The place of the newest moment: as many are before it."""
        return int(np.searchsorted(self.steps, self.newest))

    def step(self, place: int) -> int:
        return int(self.steps[place]) if 0 <= place < self.last else self.newest

    def place(self, step: int) -> int:
        """Of the nearest moment."""
        after = min(int(np.searchsorted(self.steps, step)), self.last)
        before = max(0, after - 1)
        return before if step - self.step(before) < self.step(after) - step else after

    def marks(self, most: float) -> Floats:
        """The steps at the ends of epochs, or of every second, fifth, tenth ..., at most so many.

        Between two records, epochs pass evenly.
        """
        if not isfinite(self.epoch) or most < 1:
            return np.empty(0)
        ended = int(self.epoch + 1e-9)
        powers = (10**k for k in count())
        space = next(s * p for p in powers for s in SPACES if ended // (s * p) <= most)
        known = self.records[np.isfinite(self.records[:, [STEP, EPOCH]]).all(axis=1)]
        steps = np.append(known[:, STEP], self.newest)
        epochs = np.append(known[:, EPOCH], self.epoch)
        marks: Floats = np.interp(np.arange(space, ended + 1, space), epochs, steps)
        return marks


NOWHERE = Course(np.empty(0, np.int64), 0, 0.0, np.empty((0, 2)))
