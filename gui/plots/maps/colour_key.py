"""What the colours of a map stand for: a bar with powers of ten."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from engine.arrays import Ints
from gui.common.colour_ramps import image_of
from gui.common.scale import LogScale, Range
from gui.theme import Theme

WIDTH, BEFORE, AFTER = 10.0, 10.0, 4.0  # pixels, before the user's scale


def key_room(metrics: QFontMetricsF, share: float, ramps: int, head: str) -> float:
    """Pixels that a key takes right of a map."""
    text = max(metrics.horizontalAdvance("10⁻¹⁰⁰"), 0.0)
    bars = (WIDTH * ramps) * share
    return (BEFORE + AFTER) * share + max(bars + text, metrics.horizontalAdvance(head)) + 2


def paint_key(
    painter: QPainter, theme: Theme, metrics: QFontMetricsF, map_rect: QRectF, share: float,
    ramps: Sequence[Ints], shown: Range, heads: Sequence[str] = (),
) -> None:  # fmt: skip
    """One bar for every ramp of colours, the greatest on top; ``heads`` stand over them."""
    rect, line = QRectF(map_rect), metrics.height()
    if heads:
        rect.setTop(rect.top() + line)
    left = rect.right() + BEFORE * share
    for k, ramp in enumerate(ramps):
        bar = QRectF(left + k * WIDTH * share, rect.top(), WIDTH * share, rect.height())
        painter.drawImage(bar, image_of(ramp[::-1, None]))
        if heads:
            head = QPointF(
                bar.center().x() - metrics.horizontalAdvance(heads[k]) / 2, bar.top() - 3
            )
            painter.setPen(QColor(theme.ink))
            painter.drawText(head, heads[k])
    painter.setPen(QColor(theme.dim))
    right = left + len(ramps) * WIDTH * share + AFTER * share
    for tick in LogScale().ticks(*shown, max(2, int(rect.height() / (1.6 * line)))):
        y = rect.bottom() - (tick - shown[0]) / (shown[1] - shown[0]) * rect.height()
        baseline = y + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(right, baseline), LogScale().text(tick))
