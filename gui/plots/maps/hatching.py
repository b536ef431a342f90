"""Slanting lines over a rectangle: nothing is there; lines in every kind of picture."""

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

SPACING = 6  # pixels


def hatch(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """From the lower left to the upper right, none beyond the rectangle."""
    wide, high = rect.width() - 1, rect.height() - 1
    lines = []
    for d in range(SPACING, int(wide + high), SPACING):
        left, right = max(0.0, d - high), min(float(d), wide)
        ends = QPointF(left, d - left), QPointF(right, d - right)
        lines.append(QLineF(*(rect.topLeft() + end for end in ends)))
    painter.setPen(QPen(colour, 1))
    painter.drawLines(lines)
