"""Where everything of the rows of layers stands: names, histograms, and columns of numbers."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from engine.readings.distributions import DistributionsReading
from gui.plots.parts.layer_axis import layer_name, short_name

AIR = 10.0  # pixels between columns, before the user's scale
GUTTER = 13.0  # pixels beside the axis, for what has no place on it
GAUGE = 44.0
TALL = 12.0  # pixels; lower rows are strips of shades
NARROW = 340.0  # pixels; there layers are told by their numbers
LEAST_PLOT, LEAST_SHARE = 90.0, 0.4  # pixels, and of the width
SATURATED, DEAD, UPDATE, GAUGED = "saturated", "dead", "ΔW/W", "gauge"
DROPPED = (GAUGED, DEAD, UPDATE, SATURATED)  # where there is no room, in this order


@dataclass(frozen=True, slots=True)
class RowsLayout:
    """``columns`` are the left and the right end of each that has room, in pixels."""

    plot: QRectF
    row: float  # pixels from one layer to the next
    names: tuple[str, ...]
    names_end: float
    headings: bool
    columns: dict[str, tuple[float, float]]
    gutters: tuple[float, float]  # the widths, left and right

    @property
    def strips(self) -> bool:
        return self.row < TALL

    def top(self, l: int) -> float:
        return self.plot.bottom() - (l + 1) * self.row

    def layer_at(self, y: float) -> int | None:
        l = int((self.plot.bottom() - y) // self.row)
        return l if 0 <= l < len(self.names) else None

    def every(self, line: float) -> int:
        """Each how manyth layer has room for a line of text."""
        return max(1, -int(-line // self.row))


def lay_out(
    width: float, height: float, metrics: QFontMetricsF, shown: DistributionsReading, share: float
) -> RowsLayout:
    layers, line, air = len(shown.counts), metrics.height(), AIR * share
    called = short_name if width < NARROW * share else layer_name
    names = tuple(called(l, layers) for l in range(layers))
    names_end = max(map(metrics.horizontalAdvance, names)) + 1
    gutters = [GUTTER * share * bool(lost.any()) for lost in (shown.zeros, shown.not_finite)]
    bottom = height - line - 5
    headings = bottom > 4 * line
    top = line + 3 if headings else 2.0
    row = max(bottom - top, 1.0) / layers
    widths = _column_widths(metrics, shown, share)
    if row < TALL:
        del widths[UPDATE]  # no room for numbers
    rest = width - names_end - sum(gutters) - 2 * air
    for column in DROPPED:
        if rest - sum(widths.values()) < max(LEAST_PLOT * share, LEAST_SHARE * width):
            widths.pop(column, None)
    plot = QRectF(names_end + air + gutters[0], top, 1.0, row * layers)
    plot.setWidth(max(rest - sum(widths.values()), 1.0))
    ends, left = {}, plot.right() + gutters[1]
    for column, wide in widths.items():
        ends[column] = (left + air, left + wide)
        left += wide
    return RowsLayout(plot, row, names, names_end, headings, ends, (gutters[0], gutters[1]))


def _column_widths(
    metrics: QFontMetricsF, shown: DistributionsReading, share: float
) -> dict[str, float]:
    """With the air before them, from left to right; nobody dead, no column for it."""
    most = f"{int(shown.neurons.max()):,}"
    widest = {SATURATED: "100 %", DEAD: f"{most} of {most}", UPDATE: "10−10.0"}
    if not shown.dead.any():
        del widest[DEAD]
    widths = {
        column: max(map(metrics.horizontalAdvance, (column, text))) + AIR * share + 1
        for column, text in widest.items()
    }
    widths[GAUGED] = (GAUGE + AIR) * share
    return widths
