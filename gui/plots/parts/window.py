"""How much of a run the x axis shows: a window that grows, so that its beginning can be read."""

from dataclasses import dataclass

from gui.common.scale import nice_step

FIRST = 0.05  # epochs
NEARLY_ALL = 1.6  # a window that comes so close to the whole run is the whole run


@dataclass(slots=True)
class RunWindow:
    """From 0 to ``end`` of a run that is planned to last for ``length``: epochs, or steps.

    Looking back does not shrink it: it shows as much as the run has been.
    """

    length: float = 1.0
    end: float = FIRST
    first: float = FIRST
    furthest: float = 0.0

    def restart(self, length: float, first: float = FIRST) -> None:
        self.length, self.first, self.end, self.furthest = length, first, min(first, length), 0.0

    def reach(self, newest: float) -> bool:
        """Make room for a record at ``newest``; True if ``end`` is another now."""
        before = self.end
        self.furthest = newest = max(newest, self.furthest)
        if newest > self.length:
            if newest > self.end or self.end <= self.length:
                self.end = nice_step(1.1 * newest)
        elif newest > self.end or self.end > self.length:
            window = nice_step(1.1 * newest) if newest > 0 else self.first
            self.end = self.length if NEARLY_ALL * window >= self.length else window
        return self.end != before
