"""The skip connections of the picture: an arc over the columns, its projection written on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.architecture import ArchitectureSpec
from gui.canvas.layout import Layout
from gui.canvas.look import Look

LEVEL, MOST_LEVELS = 13.0, 4  # pixels between nested arcs; deeper nests share the topmost
FOOT = 9.0  # pixels from the lowest arc to the frame
CORNER = 7.0
ARROW = 4.5
NEAR = 5.0  # pixels around an arc that count as on it
IDENTITY = "+"
LOWEST_ARC = 0.5  # z: above the edges, below the columns


@dataclass(frozen=True, slots=True)
class Arc:
    """From column ``source`` to column ``target``; ``text`` is what stands between."""

    source: int
    target: int
    level: int
    texts: tuple[str, ...]  # from long to short


def arcs_of(architecture: ArchitectureSpec) -> tuple[Arc, ...]:
    """One for every skip connection; those that lie within another are below it."""
    columns = architecture.skip_columns
    levels: dict[int, int] = {}
    for k in sorted(range(len(columns)), key=lambda k: columns[k][1] - columns[k][0]):
        source, target = columns[k]
        below = [
            level for other, level in levels.items()
            if columns[other][0] < target and source < columns[other][1]
        ]  # fmt: skip
        levels[k] = next(n for n in range(len(columns)) if n not in below)
    return tuple(
        Arc(s, t, min(levels[k], MOST_LEVELS - 1), _texts(shape))
        for k, ((s, t), shape) in enumerate(zip(columns, architecture.projections, strict=True))
    )


def height_of(architecture: ArchitectureSpec, scale: float) -> float:
    """What all arcs need above the columns."""
    arcs = arcs_of(architecture)
    if not arcs:
        return 0.0
    return (FOOT + LEVEL * max(arc.level for arc in arcs) + 12.0) * scale


def _texts(shape: tuple[int, int] | None) -> tuple[str, ...]:
    if shape is None:
        return (IDENTITY,)
    return f"P {shape[0]}×{shape[1]}", "P"


def arc_path(start: QPointF, end: QPointF, top: float) -> QPainterPath:
    """Up from ``start``, along ``top``, down to ``end``, with round corners."""
    path = QPainterPath(start)
    corner = min(CORNER, abs(end.x() - start.x()) / 2, max(start.y() - top, 0.0))
    side = corner if end.x() >= start.x() else -corner
    path.lineTo(start.x(), top + corner)
    path.quadTo(start.x(), top, start.x() + side, top)
    path.lineTo(end.x() - side, top)
    path.quadTo(end.x(), top, end.x(), top + corner)
    path.lineTo(end)
    return path


def arrow_head(tip: QPointF, size: float) -> QPolygonF:
    left = QPointF(tip.x() - 0.7 * size, tip.y() - size)
    return QPolygonF([tip, left, QPointF(tip.x() + 0.7 * size, tip.y() - size)])


class SkipItem(QGraphicsItem):
    """One skip connection; its accessible name is ``name``."""

    def __init__(self) -> None:
        super().__init__()
        self._arc: Arc | None = None
        self._bounds = QRectF()
        self._path = QPainterPath()
        self._selected = self._hot = False

    def place(self, arc: Arc, layout: Layout, look: Look) -> None:
        self.prepareGeometryChange()
        self._arc, self._look, scale = arc, look, layout.scale
        self.setZValue(LOWEST_ARC - 0.05 * arc.level)  # what is written is above higher arcs
        frame, shift = layout.bands.frame[0], min(6.0 * scale, 0.2 * layout.pitch)
        left, right = layout.columns[arc.source].x + shift, layout.columns[arc.target].x - shift
        self._top = frame - (FOOT + arc.level * LEVEL) * scale
        self._tip = QPointF(right, frame + 2 * scale)
        self._path = arc_path(QPointF(left, frame + 2 * scale), self._tip, self._top)
        self._middle = QPointF((left + right) / 2, self._top)
        room = right - left - 4 * CORNER
        widths = [look.measure(text, "caption") + 8 * scale for text in arc.texts]
        fits = (k for k, width in enumerate(widths) if width <= room)
        self._text = arc.texts[next(fits, -1)]
        self._half = QPointF(look.measure(self._text, "caption") / 2 + 4 * scale, 7.0 * scale)
        self._bounds = self._path.boundingRect().adjusted(-8, -10 * scale, 8, 8)
        self.update()

    def set_state(self, selected: bool, hot: bool) -> None:
        if (selected, hot) != (self._selected, self._hot):
            self._selected, self._hot = selected, hot
            self.update()

    def is_near(self, at: QPointF) -> bool:
        """Whether a point of the scene is on the arc, or on what is written on it."""
        if not self._bounds.contains(at):
            return False
        box = QRectF(self._middle - self._half, self._middle + self._half)
        around = QRectF(at.x() - NEAR, at.y() - NEAR, 2 * NEAR, 2 * NEAR)
        return box.contains(at) or _stroke_meets(self._path, around)

    @property
    def text(self) -> str:
        """What is written on the arc."""
        return self._text

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if self._arc is None:
            return
        theme = self._look.theme
        colour = QColor(theme.accent) if self._selected else theme.blend(theme.dim, 0.75)
        if self._hot and not self._selected:
            colour = QColor(theme.ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 2.0 if self._selected else 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(arrow_head(self._tip, ARROW * self._look.scale))
        self._paint_text(painter, colour)

    def _paint_text(self, painter: QPainter, colour: QColor) -> None:
        theme, box = self._look.theme, QRectF(self._middle - self._half, self._middle + self._half)
        painter.setPen(QPen(colour, 1.0))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(self._look.face("caption"))
        painter.setPen(QColor(theme.accent if self._selected else theme.ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._text)


def skip_at(items: Sequence[SkipItem], at: QPointF) -> int | None:
    """The skip connection at a point of the scene: the one drawn last of those near."""
    near = (k for k in reversed(range(len(items))) if items[k].is_near(at))
    return next(near, None)


def _stroke_meets(path: QPainterPath, rect: QRectF) -> bool:
    """The outline only: a path's own ``intersects`` would count the area under the arc."""
    points = [point for polygon in path.toSubpathPolygons() for point in polygon.toList()]
    return any(_segment_meets(a, b, rect) for a, b in pairwise(points))


def _segment_meets(a: QPointF, b: QPointF, rect: QRectF) -> bool:
    steps = max(1, int(max(abs(b.x() - a.x()), abs(b.y() - a.y())) / NEAR))
    return any(rect.contains(a + (b - a) * (k / steps)) for k in range(steps + 1))


class DraggedSkip(QGraphicsItem):
    """The arc that follows the mouse from a port."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(8)
        self._path = QPainterPath()
        self._tip = QPointF()
        self._look: Look | None = None
        self._allowed = True
        self.hide()

    def show_from(self, start: QPointF, end: QPointF, allowed: bool, look: Look) -> None:
        self.prepareGeometryChange()
        self._look, self._tip, self._allowed = look, end, allowed
        self._path = arc_path(start, end, min(start.y(), end.y()) - 3 * FOOT)
        self.show()
        self.update()

    def boundingRect(self) -> QRectF:
        return self._path.boundingRect().adjusted(-8, -8, 8, 8)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if self._look is None:
            return
        theme = self._look.theme
        colour = QColor(theme.accent if self._allowed else theme.exploding)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colour, 2.0)
        if not self._allowed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(arrow_head(self._tip, ARROW))
