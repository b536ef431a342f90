"""The wavy line under a piece of text that is wrong."""

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget


def paint_squiggle(widget: QWidget, room: QRect, start: float, end: float, colour: str) -> None:
    """Between the abscissae ``start`` and ``end``, under a line of text in the middle of ``room``.

    Nothing is painted beside ``room``.
    """
    metrics = widget.fontMetrics()
    step = max(2.0, metrics.height() / 8)
    bottom = room.center().y() + 1 + metrics.height() / 2
    count = max(2, round((end - start) / step))
    points = [
        QPointF(start + k * (end - start) / count, bottom - step * (k % 2))
        for k in range(count + 1)
    ]
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(room.adjusted(-1, -2, 1, 2))
    painter.setPen(QPen(QColor(colour), metrics.height() / 11))
    painter.drawPolyline(points)
    painter.end()


def units(text: str, characters: int) -> int:
    """Qt's count of the first ``characters``: UTF-16, in which 🙂 is two."""
    return len(text[:characters].encode("utf-16-le", "surrogatepass")) // 2


def characters(text: str, units: int) -> int:
    """How many characters of ``text`` Qt's first ``units`` are."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore"))
