"""Where the cascade stands: columns, rows, and the scale of its bars.

What there is no room for goes, the least needed first.
"""

from dataclasses import dataclass

from PySide6.QtGui import QFontMetricsF

from gui.common.scale import Range

GAP = 3.0  # pixels between the texts and the bars
LEAST_BARS = 2.4  # lines
DROPPED = ("value", "predicted", "factor", "actual", "off")  # in this order
NUMBER, VALUE = "−0.00123", "−0.80"  # a column with room for these shows them


@dataclass(frozen=True, slots=True)
class CascadeFrame:
    """``baselines`` are those of the texts by name, ``top`` and ``bottom`` those of the bars.

    ``range`` is in powers of ten.
    """

    axis: float  # pixels left of the first column
    pitch: float
    range: Range
    baselines: dict[str, float]
    top: float
    bottom: float

    @classmethod
    def of(
        cls, axis: float, pitch: float, height: float, shown: Range,
        small: QFontMetricsF, large: QFontMetricsF,
    ) -> "CascadeFrame":  # fmt: skip
        lines = _lines(pitch, height, small, large)
        below = lines.pop("off", 0.0)
        baselines, y = {}, 0.0
        for name, line in lines.items():
            baselines[name] = y + (large if name == "symbol" else small).ascent()
            y += line
        if below:
            baselines["off"] = height - small.descent()
        bottom = height - below - GAP * bool(below) - 1.0
        return cls(axis, pitch, shown, baselines, y + GAP, bottom)

    def middle(self, k: int) -> float:
        """Of column k."""
        return self.axis + (k + 0.5) * self.pitch

    def row(self, size: float) -> float:
        """Of a power of ten; what is beyond the range lies on its edge."""
        low, high = self.range
        share = min(1.0, max(0.0, (size - low) / (high - low)))
        return self.bottom - share * (self.bottom - self.top)


def _lines(
    pitch: float, height: float, small: QFontMetricsF, large: QFontMetricsF
) -> dict[str, float]:
    """The heights of the rows of text that are shown, from the top."""
    line = small.height()
    lines = {"factor": line, "symbol": large.height(), "value": line}
    lines |= {"actual": line, "predicted": line, "off": line}
    if pitch < small.horizontalAdvance(NUMBER) + 4:
        del lines["actual"], lines["predicted"]
    if pitch < small.horizontalAdvance(VALUE) + 3:
        del lines["value"]
    for name in DROPPED:
        if height - sum(lines.values()) - 2 * GAP >= LEAST_BARS * line:
            break
        lines.pop(name, None)
    return lines
