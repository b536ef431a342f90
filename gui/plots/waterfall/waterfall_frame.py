"""Where the bars of a waterfall stand, in pixels; no painting."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import isfinite

from PySide6.QtCore import QRectF

from gui.common.scale import Range
from gui.plots.parts.level_frame import LevelFrame
from gui.plots.waterfall.waterfall_steps import Step

LEVEL = 1.3  # widths of a bar that the line of a level is long


class WaterfallFrame(LevelFrame):
    """A column is a step: its bars, then the level that they lead to."""

    def __init__(self, rect: QRectF, levels: Range, steps: Sequence[Step] = ()) -> None:
        self.steps = steps
        units = [len(step.bars) + LEVEL for step in steps]
        self.bar_width = rect.width() / max(1.0, sum(units))
        ends = [rect.left() + end * self.bar_width for end in accumulate(units, initial=0.0)]
        super().__init__(rect, levels, list(pairwise(ends)), [step.layer for step in steps])

    def level_start(self, k: int) -> float:
        """Where the bars of step k end."""
        return self.places[k][0] + len(self.steps[k].bars) * self.bar_width

    def middle(self, k: int) -> float:
        return (self.level_start(k) + self.places[k][1]) / 2.0

    def highest(self, left: float, right: float) -> float:
        """The pixel of the highest thing between two pixels across."""
        levels = self._between(left, right)
        return self.down(max(levels)) if levels else self.rect.bottom()

    def lowest(self, left: float, right: float) -> float:
        """The pixel of the lowest thing between two pixels across."""
        levels = self._between(left, right)
        return self.down(min(levels)) if levels else self.rect.top()

    def _between(self, left: float, right: float) -> list[float]:
        return [
            level
            for step, (a, b) in zip(self.steps, self.places, strict=True)
            if a < right and b > left
            for level in (step.level, *(x for bar in step.bars for x in (bar.start, bar.end)))
            if isfinite(level)
        ]
