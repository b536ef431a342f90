"""How much of a run the x axis shows: a window that grows, so that its beginning can be read."""

from dataclasses import dataclass

from gui.common.scale import nice_step

FIRST = 0.05  # epochs
NEARLY_ALL = 1.6  # a window that comes so close to the whole run is the whole run


@dataclass(slots=True)
class RunWindow:
    """From 0 to ``end`` epochs of a run that is planned to last for ``epochs``."""

    epochs: float = 1.0
    end: float = FIRST

    def restart(self, epochs: float) -> None:
        self.epochs, self.end = epochs, min(FIRST, epochs)

    def reach(self, newest: float) -> bool:
        """Make room for a record of epoch ``newest``; True if ``end`` is another now."""
        before = self.end
        if newest > self.epochs:
            if newest > self.end or self.end <= self.epochs:
                self.end = nice_step(1.1 * newest)
        elif newest > self.end or self.end > self.epochs:
            window = nice_step(1.1 * newest) if newest > 0 else FIRST
            self.end = self.epochs if NEARLY_ALL * window >= self.epochs else window
        return self.end != before
