"""Earlier runs behind the live one: thin and pale, laid out only when the range changes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.arrays import Floats
from gui.common.scale import Range
from gui.plots.curves.curves import Frame
from gui.plots.parts.columns import PixelColumns

NOTHING = (np.nan, np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class PastCurves:
    """Some curves of a run that is over: x (rows,), y (rows, curves) on the scale."""

    x: Floats
    y: Floats
    colours: tuple[QColor, ...]


class PastRuns(QGraphicsItem):
    """Kept as one picture of the screen: a live frame only copies what it uncovers."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view)
        self.setZValue(-5)
        self._runs: Sequence[PastCurves] = ()
        self._points: list[tuple[Floats, Floats]] = []  # of every run
        self._laid: object = None  # what they were reduced for
        self._placed: object = None
        self._rect = QRectF()
        self._paths: list[tuple[QPen, QPainterPath]] = []
        self.extent: Range = NOTHING
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    @property
    def empty(self) -> bool:
        return not self._runs

    @property
    def size(self) -> int:
        """How many points there are to paint."""
        return sum(y.size for _, y in self._points)

    def set_runs(self, runs: Sequence[PastCurves]) -> None:
        self._runs, self._laid, self._placed = runs, None, None

    def reduce(self, start: float, end: float, width: float) -> None:
        """To columns of this width between two positions on the x axis."""
        if (start, end, width) == self._laid:
            return
        self._laid = start, end, width
        self._points = [_reduced(run, start, end, width) for run in self._runs]
        finite = [y[np.isfinite(y)] for _, y in self._points]
        known = [(float(y.min()), float(y.max())) for y in finite if y.size]
        self.extent = NOTHING
        if known:
            self.extent = min(low for low, _ in known), max(high for _, high in known)

    def place(self, frame: Frame) -> None:
        if (frame, self._laid) == self._placed:
            return
        self._placed = frame, self._laid
        if frame.rect != self._rect:
            self.prepareGeometryChange()
            self._rect = frame.rect
        self._paths = [
            (QPen(colour, 1.0), pg.functions.arrayToQPath(across, column, connect="finite"))
            for run, (x, y) in zip(self._runs, self._points, strict=True)
            if len(x) > 1
            for across, down in [(frame.across(x), frame.down(y))]
            for colour, column in zip(run.colours, down.T, strict=True)
        ]
        self.update()

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pen, path in self._paths:
            painter.setPen(pen)
            painter.drawPath(path)


def _reduced(run: PastCurves, start: float, end: float, width: float) -> tuple[Floats, Floats]:
    columns = PixelColumns(run.y.shape[1], start, width, max(1, round((end - start) / width)))
    first = max(0, int(np.searchsorted(run.x, start, "right")) - 1)
    until = int(np.searchsorted(run.x, end, "right"))
    columns.add(run.x[first:until], run.y[first:until])
    points = columns.points()
    return points.x, points.y
