"""Which part of the picture of a network is in sight: zooming and panning."""

from math import ceil

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Signal, Slot
from PySide6.QtWidgets import QGraphicsView

from gui.canvas.layout import WHOLE, Layout, Viewpoint
from gui.canvas.scene import NetworkScene

STEP = 1.25  # of the zoom, for a notch of the wheel or a key
ALMOST = 1.02  # a zoom as near to the whole as this is the whole
PITCH_OF_SELECTED = 160.0  # pixels between a layer that is looked at and its neighbours
BESIDE = 24.0  # pixels kept free beside a column that is brought into sight


class Navigation(QObject):
    """Moves what the view shows; across it scrolls, down all columns pass in step."""

    moved = Signal()

    def __init__(self, scene: NetworkScene, view: QGraphicsView) -> None:
        super().__init__(view)
        self._scene, self._view = scene, view
        self._across = view.horizontalScrollBar()
        self._across.valueChanged.connect(self._on_scrolled)
        self._grabbed: tuple[QPointF, int, float, float] | None = None
        scene.live.placed.connect(self._on_placed)

    @property
    def zoom(self) -> float:
        """1 shows the whole network."""
        return self._scene.viewpoint.zoom

    @property
    def in_sight(self) -> QRectF:
        """What is seen, in shares of the whole picture."""
        layout, size = self._scene.layout, QSizeF(self._view.viewport().size())
        width = min(1.0, size.width() / layout.width)
        rows = layout.room[1] - layout.room[0]
        height = rows / (rows + layout.overflow)
        left = self._across.value() / layout.width
        return QRectF(left, layout.viewpoint.down * (1 - height), width, height)

    @property
    def all_in_sight(self) -> bool:
        seen = self.in_sight
        return seen.width() >= 1 and seen.height() >= 1

    # -- zoom ------------------------------------------------------------------------------

    def zoom_in(self) -> None:
        self.zoom_by(STEP, self._towards())

    def zoom_out(self) -> None:
        self.zoom_by(1 / STEP, self._towards())

    def zoom_to_fit(self) -> None:
        self._scene.look_from(WHOLE)

    def zoom_to_selection(self) -> None:
        """Show every neuron of the selected layer; without one, the whole network."""
        if (column := self._scene.selected) is None:
            self.zoom_to_fit()
            return
        nearest = self._scene.arranged(Viewpoint(float("inf"), 0.0))
        at = nearest.columns[column]
        rows = at.neurons * at.row / (nearest.room[1] - nearest.room[0])
        layout = self._scene.layout
        spread = PITCH_OF_SELECTED * layout.scale / (layout.pitch / self.zoom)
        self._scene.look_from(Viewpoint(max(rows * ALMOST, spread, ALMOST), 0.0))
        self._centre(self._scene.layout.columns[column].x)

    def zoom_by(self, factor: float, at: QPointF) -> None:
        """Zoom; what is at this point of the viewport stays there."""
        zoom = self.zoom * factor
        if factor < 1 and zoom < ALMOST:
            self.zoom_to_fit()
            return
        before, x = self._scene.layout, at.x() + self._across.value()
        place = (x - before.columns[0].x) / before.pitch
        after = self._scene.arranged(Viewpoint(zoom, before.viewpoint.down))
        down = _down_that_keeps(before, after, place, at.y())
        self._scene.look_from(Viewpoint(after.viewpoint.zoom, down))
        self._across.setValue(round(after.columns[0].x + place * after.pitch - at.x()))

    def _towards(self) -> QPointF:
        """What keys zoom at: the selected layer if it is in sight, else the middle."""
        size, layout = self._view.viewport().size(), self._scene.layout
        x = size.width() / 2
        if self._scene.selected is not None:
            selected = layout.columns[self._scene.selected].x - self._across.value()
            x = selected if 0 <= selected <= size.width() else x
        return QPointF(x, sum(layout.room) / 2)

    # -- pan -------------------------------------------------------------------------------

    def pan_by(self, across: float, down: float) -> None:
        """Move the view over the picture by pixels, as a trackpad or a scroll bar does."""
        self._across.setValue(self._across.value() + round(across))
        if down and (overflow := self._scene.layout.overflow) > 0:
            self._go_down(self._scene.viewpoint.down + down / overflow)

    def pan_page(self, pages: float) -> None:
        """Down by most of what is seen."""
        top, bottom = self._scene.layout.room
        self.pan_by(0, 0.8 * pages * (bottom - top))

    def grab(self, at: QPointF) -> None:
        """Take hold of the picture at this point of the viewport."""
        layout = self._scene.layout
        place = round((at.x() + self._across.value() - layout.columns[0].x) / layout.pitch)
        column = layout.columns[min(max(place, 0), len(layout.columns) - 1)]
        overflow = layout.overflow_of(column) or layout.overflow
        self._grabbed = at, self._across.value(), self._scene.viewpoint.down, overflow

    def drag_to(self, at: QPointF) -> None:
        """What was grabbed follows the hand."""
        if self._grabbed is None:
            return
        start, across, down, overflow = self._grabbed
        self._across.setValue(round(across - (at.x() - start.x())))
        if overflow > 0:
            self._go_down(down - (at.y() - start.y()) / overflow)

    def centre_on(self, x: float, y: float) -> None:
        """Bring this place, in shares of the whole picture, to the middle."""
        seen = self.in_sight
        self._centre(x * self._scene.layout.width)
        if seen.height() < 1:
            self._go_down((y - seen.height() / 2) / (1 - seen.height()))

    def reveal(self, column: int, neuron: int | None = None) -> None:
        """Bring a column, and a neuron of it, into sight."""
        layout = self._scene.layout
        at, width = layout.columns[column], self._view.viewport().width()
        least, most = at.x + BESIDE - width, at.x - BESIDE
        if not least <= self._across.value() <= most:
            self._across.setValue(ceil(min(max(self._across.value(), least), most)))
        if neuron is not None and neuron not in at.shown:
            down = layout.down_that_shows(column, neuron, sum(layout.room) / 2)
            if down is not None:
                self._go_down(down)

    def _centre(self, x: float) -> None:
        self._across.setValue(round(x - self._view.viewport().width() / 2))

    def _go_down(self, down: float) -> None:
        self._scene.look_from(Viewpoint(self.zoom, min(max(down, 0.0), 1.0)))

    @Slot()
    def _on_placed(self) -> None:
        self._keep_legend()
        self.moved.emit()

    @Slot()
    def _on_scrolled(self) -> None:
        self._keep_legend()
        self.moved.emit()

    def _keep_legend(self) -> None:
        self._scene.live.legend.setX(self._across.value())


def _down_that_keeps(before: Layout, after: Layout, place: float, y: float) -> float:
    """How far down ``after`` is seen so that what was at ``y`` stays: of the column at ``place``,
    or of the highest one where that has no other place."""
    nearest = min(max(round(place), 0), len(before.columns) - 1)
    highest = max(range(len(after.columns)), key=lambda k: after.columns[k].rows)
    for column in (nearest, highest):
        down = after.down_that_shows(column, before.columns[column].index_at(y), y)
        if down is not None:
            return down
    return before.viewpoint.down
