"""Records that no line can show: zeros, infinities and not-a-number, at the edge of a plot."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

SIZE = 7.0  # pixels, the height of a triangle
HALF = 4.0  # its half width
CROSS = 3.0  # half of a cross


class Kind(Enum):
    """What a mark tells: a triangle downwards, one upwards, a cross."""

    ZERO = "zero"
    INFINITE = "infinite"
    MISSING = "not a number"


@dataclass(frozen=True, slots=True)
class Mark:
    """``x`` in pixels; it stands at the lower edge, an infinity at the upper one."""

    x: float
    kind: Kind
    colour: QColor


def in_words(zeros: int, infinite: int, missing: int) -> str:
    """How many records: ``12 zeros, 3 ∞, 1 NaN``; nothing where all are finite."""
    parts = ((zeros, "zero" if zeros == 1 else "zeros"), (infinite, "∞"), (missing, "NaN"))
    return ", ".join(f"{n:,} {word}" for n, word in parts if n)


def paint_mark(painter: QPainter, mark: Mark, height: float) -> None:
    painter.setPen(QPen(mark.colour, 1.5))
    if mark.kind is Kind.MISSING:
        y = height - 1 - CROSS
        for down in (-CROSS, CROSS):
            painter.drawLine(QLineF(mark.x - CROSS, y - down, mark.x + CROSS, y + down))
        return
    tip, base = (height - 1, height - 1 - SIZE) if mark.kind is Kind.ZERO else (1.0, 1.0 + SIZE)
    painter.setBrush(mark.colour)
    corners = (QPointF(mark.x, tip), QPointF(mark.x - HALF, base), QPointF(mark.x + HALF, base))
    painter.drawPolygon(QPolygonF(corners))
