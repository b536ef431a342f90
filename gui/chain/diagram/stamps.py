"""Parts of the drawing that stay as they are while numbers move: painted once, then put down."""

from collections.abc import Callable, Hashable
from math import ceil, floor

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

Paint = Callable[[QPainter], None]
EDGE = 2  # pixels of softened edges
MOST = 400  # then they are made anew: every hover and highlight makes a few


class Stamps:
    """For one plan on one screen; a picture for a file has none, its lines stay lines."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[QPixmap, QPoint]] = {}

    def put(self, painter: QPainter, key: Hashable, place: QRectF, paint: Paint) -> None:
        """What ``paint`` paints within ``place``; the same for the same ``key``."""
        ratio = painter.device().devicePixelRatioF()
        kept = self._kept.get((key, ratio))
        if kept is None:
            if len(self._kept) > MOST:
                self._kept.clear()
            kept = self._kept[key, ratio] = _painted(place, paint, ratio)
        pixmap, corner = kept
        painter.drawPixmap(corner, pixmap)


def _painted(place: QRectF, paint: Paint, ratio: float) -> tuple[QPixmap, QPoint]:
    corner = QPoint(floor(place.left()) - EDGE, floor(place.top()) - EDGE)
    width = ceil(place.right()) + EDGE - corner.x()
    height = ceil(place.bottom()) + EDGE - corner.y()
    pixmap = QPixmap(ceil(width * ratio), ceil(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-corner)
    paint(painter)
    painter.end()
    return pixmap, corner
