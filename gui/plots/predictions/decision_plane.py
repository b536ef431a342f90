"""The plane of two-dimensional data: who wins where, by how far, and the points to be parted."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen

from engine.arrays import Floats
from engine.readings.surface import PlanarDecision
from gui.common.class_surface import class_colour, lead_colour, surface_image
from gui.common.heat_map import zero_line
from gui.common.plane import GAP
from gui.plots.parts.pointed_plane import Place, PointedPlane
from gui.theme import Theme

POINT, LEAST, USUAL = 3.4, 1.6, 220.0  # pixels of a point's width in a plane of the usual side
OUTLINE, RING = 0.45, 0.75  # of a point's width: more around it, and around one that is wrong
KEY, KEY_WIDTH = 190.0, 44.0  # pixels: the room of the key, and its bars
HUGE = 1e100
FINER = 4  # times the cells, of the picture
LEAD = "lead over the next: 0 to 1"
ALONE = "The decision surface is drawn for two-dimensional data: spirals, XOR…"


class DecisionPlane(PointedPlane):
    """A square; ``pointed`` is a cell of the surface, (column, row) from below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Decision surface")
        self.shown: PlanarDecision | None = None
        self.message = ""  # instead of the plane
        self.x_axis.title = "x₁"
        self.image: QImage | None = None
        self._boundary: Floats = np.empty((0, 4))  # in cells

    def show_decision(self, shown: PlanarDecision | None, message: str = "") -> None:
        before, self.shown, self.message = self.shown, shown, message
        if shown is None:
            self.image = None
            self.renew()
            return
        x0, x1, y0, y1 = shown.surface.extent
        if before is not None and before.surface.scores.shape != shown.surface.scores.shape:
            self.point(None)  # its cells are others
        if before is None or before.surface.extent != shown.surface.extent:
            self.x_axis.range, self.y_axis.range = (x0, x1), (y0, y1)
            self.renew()
        self.image = within_middles(surface_image(shown.surface, self._theme))
        self._boundary = boundary(shown.surface.scores)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        if self.shown is not None:
            self.show_decision(self.shown)

    # -- places --------------------------------------------------------------------------------

    @property
    def side(self) -> int:
        return 0 if self.shown is None else self.shown.surface.scores.shape[1]

    def where(self, place: Place) -> tuple[float, float]:
        """x₁ and x₂ of a cell."""
        (x0, x1), (y0, y1), last = self.x_axis.range, self.y_axis.range, self.side - 1
        return x0 + place[0] / last * (x1 - x0), y0 + place[1] / last * (y1 - y0)

    def place_at(self, at: QPointF) -> Place | None:
        if self.shown is None or not self.rect_of_plane.contains(at):
            return None
        rect, last = self.rect_of_plane, self.side - 1
        across = round((at.x() - rect.left()) / rect.width() * last)
        return float(across), round((rect.bottom() - at.y()) / rect.height() * last)

    def moved(self, place: Place | None, across: int, up: int) -> Place | None:
        if self.shown is None:
            return None
        last = self.side - 1
        if place is None:
            return float(last // 2), last // 2
        return (
            float(min(max(place[0] + across, 0), last)),
            min(max(place[1] + up, 0), last),
        )

    def _placed(self) -> QRectF:
        room = super()._placed()
        room.setLeft(max(room.left(), self.metrics.horizontalAdvance("x₂") + GAP + 1))
        side = max(min(room.width(), room.height()), 1.0)
        if room.width() - side < KEY * self.share:
            room.setLeft(room.left() + (room.width() - side) / 2)
        return QRectF(room.left(), room.top() + (room.height() - side), side, side)

    # -- painting ------------------------------------------------------------------------------

    def _paint_rows(self, painter: QPainter) -> None:
        if self.shown is not None:
            super()._paint_rows(painter)
            rect = self.rect_of_plane
            left = rect.left() - GAP - self.metrics.horizontalAdvance("x₂")
            painter.drawText(QPointF(left, rect.top() + self.metrics.ascent() / 2), "x₂")

    def _paint_columns(self, painter: QPainter) -> None:
        if self.shown is not None:
            super()._paint_columns(painter)

    def _y_ticks(self, pixels: float) -> list[float]:
        """The uppermost has the place of the axis' name."""
        low, high = self.y_axis.range
        room = high - 1.2 * self.metrics.height() / max(pixels, 1.0) * (high - low)
        return [tick for tick in super()._y_ticks(pixels) if tick <= room]

    def paint_content(self, painter: QPainter) -> None:
        shown, theme = self.shown, self._theme
        if shown is None or self.image is None:
            painter.setPen(QColor(theme.dim))
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(8, 0, -8, 0), middle, self.message)
            return
        rect = self.rect_of_plane
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(rect, self.image)
        painter.setPen(QPen(QColor(theme.ink), 1.2))
        painter.drawLines(self._lines())
        self._paint_points(painter, shown)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawRect(rect)
        self._paint_pointed(painter)
        if self.width() - rect.right() > 0.8 * KEY * self.share:
            self._paint_key(painter, shown)

    def _lines(self) -> list[QLineF]:
        """Where the winner changes, in pixels."""
        rect, last = self.rect_of_plane, self.side - 1
        pixels = self._boundary * (rect.width() / last)
        pixels[:, ::2] += rect.left()
        pixels[:, 1::2] = rect.bottom() - pixels[:, 1::2]
        return [QLineF(*ends) for ends in pixels.tolist()]

    def _paint_points(self, painter: QPainter, shown: PlanarDecision) -> None:
        surface, theme = shown.surface, self._theme
        across, down = self._pixels(surface.points)
        wide = max(LEAST, POINT * (self.rect_of_plane.width() / USUAL) ** 0.5)
        labels, classes = surface.labels.astype(int), self._classes(shown)
        wrong = np.zeros(len(labels), bool)
        wrong[shown.wrong] = True
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width, chosen in (
            (QColor(theme.panel), (1 + OUTLINE) * wide, ~wrong & (wide > POINT)),
            (QColor(theme.ink), (1 + RING) * wide, wrong),
            *((class_colour(theme, k, classes), wide, labels == k) for k in range(classes)),
        ):
            if not chosen.any():
                continue
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPoints(pg.functions.arrayToQPolygonF(across[chosen], down[chosen]))

    def _pixels(self, points: Floats) -> tuple[Floats, Floats]:
        (x0, x1), (y0, y1), rect = self.x_axis.range, self.y_axis.range, self.rect_of_plane
        across = rect.left() + (points[:, 0].astype(float) - x0) * (rect.width() / (x1 - x0))
        down = rect.bottom() - (points[:, 1].astype(float) - y0) * (rect.height() / (y1 - y0))
        return across, down

    def _paint_pointed(self, painter: QPainter) -> None:
        if self.pointed is None:
            return
        x, y = self.where(self.pointed)
        at, rect = QPointF(self.across(x), self.down(y)), self.rect_of_plane
        painter.setPen(QPen(QColor(self._theme.ink), 1))
        painter.drawLine(QLineF(rect.left(), at.y(), rect.right(), at.y()))
        painter.drawLine(QLineF(at.x(), rect.top(), at.x(), rect.bottom()))

    # -- the key -------------------------------------------------------------------------------

    def _paint_key(self, painter: QPainter, shown: PlanarDecision) -> None:
        """What the colours stand for, a class a line."""
        rect, line = self.rect_of_plane, 1.5 * self.metrics.height()
        left, classes = rect.right() + 18 * self.share, self._classes(shown)
        words = key_words(shown, classes)
        most = max(1, int(rect.height() // line) - 1)
        for k, texts in enumerate(words[:most]):
            top = rect.top() + k * line
            bar = QRectF(left, top, KEY_WIDTH * self.share, 0.7 * line)
            self._paint_key_line(painter, bar, k, classes, texts)
        painter.setPen(QColor(self._theme.dim))
        below = rect.top() + min(len(words), most) * line + self.metrics.ascent()
        more = f"and {len(words) - most} more"
        painter.drawText(QPointF(left, below), more if len(words) > most else LEAD)

    def _paint_key_line(
        self, painter: QPainter, bar: QRectF, k: int, classes: int, texts: tuple[str, ...]
    ) -> None:
        shades = QLinearGradient(bar.topLeft(), bar.topRight())
        for at in (0.0, 1.0):
            shades.setColorAt(at, lead_colour(self._theme, k, classes, at))
        painter.fillRect(bar, shades)
        painter.setPen(QColor(self._theme.ink))
        left = bar.right() + 8 * self.share
        room = QRectF(left, bar.top(), self.width() - left, bar.height())
        width_of = self.metrics.horizontalAdvance
        fitting = next((text for text in texts if width_of(text) < room.width()), "")
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        painter.drawText(room, middle, fitting)

    def _classes(self, shown: PlanarDecision) -> int:
        return max(len(shown.surface.scores), 2)


def within_middles(image: QImage) -> QImage:
    """Smooth, from the middle of the first cell to that of the last, where the axes end.

    Cut here, for an SVG knows no part of an image.
    """
    smooth = image.scaled(
        FINER * image.width(), FINER * image.height(),
        mode=Qt.TransformationMode.SmoothTransformation,
    )  # fmt: skip
    half = FINER // 2
    return smooth.copy(half, half, smooth.width() - FINER, smooth.height() - FINER)


def boundary(scores: Floats) -> Floats:
    """Where another class of scores (classes, side, side) wins: line pieces in units of cells."""
    scores = np.clip(np.nan_to_num(scores.astype(float)), -HUGE, HUGE)
    if len(scores) == 1:
        scores = np.concatenate((1 - scores, scores))
    pieces: list[Floats] = [np.empty((0, 4))]
    for k in range(len(scores) - (len(scores) == 2)):
        others = np.delete(scores, k, axis=0).max(axis=0)
        pieces.append(zero_line(scores[k] - others))
    return np.concatenate(pieces)


def key_words(shown: PlanarDecision, classes: int) -> list[tuple[str, ...]]:
    """Of every class its name and points, the longest form first."""
    labels, wrong = shown.surface.labels.astype(int), shown.surface.labels[shown.wrong].astype(int)
    words: list[tuple[str, ...]] = []
    for k in range(classes):
        name = shown.class_names[k] if k < len(shown.class_names) else str(k)
        points, lost = int((labels == k).sum()), int((wrong == k).sum())
        missed = f", {lost:,} wrong" if lost else ""
        words.append((f"class {name}: {points:,} points{missed}", f"class {name}", name))
    return words
