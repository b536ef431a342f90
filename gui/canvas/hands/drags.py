"""What the hand does while a button is held: one class for each kind of drag over the picture."""

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication

from gui.canvas.hands.layer_commands import LayerCommands
from gui.canvas.scene import NetworkScene
from gui.canvas.selection import NONE, Selection

Cursor = Qt.CursorShape
DOUBLES = 150.0  # pixels of a drag that double the neurons, besides
EACH = 10.0  # pixels for one more


def dragged(neurons: int, pixels: float) -> int:
    """How many neurons ``neurons`` become when their layer's handle is dragged so far down."""
    return max(1, round(neurons * 2 ** (pixels / DOUBLES) + pixels / EACH))


class Drag(Protocol):
    """From the press of the button on; exactly one of ``finish`` and ``cancel`` ends it."""

    def move(self, at: QPointF) -> Cursor: ...
    def finish(self, at: QPointF) -> None: ...
    def cancel(self) -> None: ...


class ResizeDrag:
    """The lower edge of a layer: its neurons follow, and those of the others selected."""

    def __init__(
        self, scene: NetworkScene, commands: LayerCommands, column: int, at: QPointF
    ) -> None:
        self._scene, self._commands, self._column, self._y = scene, commands, column, at.y()
        self._before = self._made = commands.edits.experiment
        commands.begin_gesture()
        scene.set_resizing(True)

    def move(self, at: QPointF) -> Cursor:
        neurons = self._before.architecture.sizes[self._column]
        wanted = dragged(neurons, at.y() - self._y)
        if wanted != self._scene.architecture.sizes[self._column]:
            self._commands.resize(self._column, wanted)
            self._made = self._commands.edits.experiment
        return Cursor.SizeVerCursor

    def finish(self, at: QPointF) -> None:
        self._scene.set_resizing(False)

    def cancel(self) -> None:
        if self._before != self._made == self._commands.edits.experiment:
            self._commands.edits.restore(self._before)
        self._scene.set_resizing(False)


class MoveDrag:
    """Selected layers to another place: the gap opens where they will stand."""

    def __init__(
        self, scene: NetworkScene, commands: LayerCommands, column: int, at: QPointF
    ) -> None:
        self._scene, self._commands, self._column, self._start = scene, commands, column, at
        self._columns = commands.columns
        self.has_moved = False
        self._gap: int | None = None

    def move(self, at: QPointF) -> Cursor:
        reach = QApplication.startDragDistance()
        if not self.has_moved and abs(at.x() - self._start.x()) < reach:
            return Cursor.OpenHandCursor
        columns = self._columns
        if not self.has_moved and not self._may_move(columns):
            return Cursor.ForbiddenCursor
        self.has_moved = True
        gap = self._scene.layout.nearest_gap(at.x())
        stays = len(columns) == max(columns) - min(columns) + 1 and (
            min(columns) - 1 <= gap <= max(columns)
        )
        if (gap_to_open := None if stays else gap) != self._gap:
            self._gap = gap_to_open
            self._scene.show_gap(self._gap)
        self._scene.show_note(self._commands.edits.names(columns), at)
        return Cursor.ClosedHandCursor

    def finish(self, at: QPointF) -> None:
        self._scene.show_gap(None)
        self._scene.show_note("", at)
        if self._gap is not None and self._commands.columns == self._columns:
            self._commands.move(self._gap)

    def cancel(self) -> None:
        self._gap = None
        self.finish(self._start)

    def _may_move(self, columns: tuple[int, ...]) -> bool:
        return bool(columns) and all(map(self._commands.edits.is_hidden, columns))


class SkipDrag:
    """From the port of a column to a later one; where it cannot lead is said while it is tried."""

    def __init__(self, scene: NetworkScene, commands: LayerCommands, source: int) -> None:
        self._scene, self._commands, self._source = scene, commands, source
        self._target: int | None = None

    def move(self, at: QPointF) -> Cursor:
        target = self._scene.layout.column_at(at.x())
        reason = ""
        if target is not None and target != self._source:
            reason = self._commands.edits.skip_refusal(self._source, target)
        allowed = target is not None and target != self._source and not reason
        self._target = target if allowed else None
        self._scene.show_dragged_skip(self._source, at, self._target, reason)
        return Cursor.ForbiddenCursor if reason else Cursor.CrossCursor

    def finish(self, at: QPointF) -> None:
        self._scene.hide_dragged_skip()
        if self._target is not None:
            self._commands.add_skip(self._source, self._target)

    def cancel(self) -> None:
        self._target = None
        self._scene.hide_dragged_skip()


class BandDrag:
    """A band over empty ground selects the columns that it touches."""

    def __init__(
        self, scene: NetworkScene, commands: LayerCommands, at: QPointF, add: bool
    ) -> None:
        self._scene, self._commands, self._start = scene, commands, at
        self._before = scene.selection if add else NONE

    def move(self, at: QPointF) -> Cursor:
        band = QRectF(self._start, at).normalized()
        self._scene.show_band(band)
        architecture = self._scene.architecture
        columns = set(self._before.columns(architecture)) | set(self._touched(band))
        selection = Selection.all_of(architecture, sorted(columns))
        if selection.ids != self._scene.selection.ids:
            self._commands.picked.emit(selection)
        return Cursor.CrossCursor

    def finish(self, at: QPointF) -> None:
        self._scene.show_band(None)

    def cancel(self) -> None:
        self._scene.show_band(None)
        self._commands.picked.emit(self._before.within(self._scene.architecture))

    def _touched(self, band: QRectF) -> list[int]:
        layout = self._scene.layout
        top, bottom = layout.bands.number - 12, layout.bands.frame[1]
        if band.bottom() < top or band.top() > bottom:
            return []
        half = layout.radius
        return [
            k for k, column in enumerate(layout.columns)
            if k > 0 and band.left() <= column.x + half and band.right() >= column.x - half
        ]  # fmt: skip
