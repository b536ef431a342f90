"""What the mouse does to the picture of a network."""

from PySide6.QtCore import QObject, QPointF, Qt, Signal

from engine.architecture import BIAS
from gui.canvas.hands.drags import BandDrag, Drag, MoveDrag, ResizeDrag, SkipDrag
from gui.canvas.hands.layer_commands import LayerCommands
from gui.canvas.scene import NOTHING, NetworkScene
from gui.canvas.selection import NONE, Selection
from gui.canvas.targets import Target

Modifier = Qt.KeyboardModifier
CURSORS = {
    "insert": Qt.CursorShape.PointingHandCursor,
    "remove": Qt.CursorShape.PointingHandCursor,
    "resize": Qt.CursorShape.SizeVerCursor,
    "port": Qt.CursorShape.CrossCursor,
    "nothing": Qt.CursorShape.ArrowCursor,
}


class Gestures(QObject):
    """Turns mouse events into selections, drags and commands; knows the scene, not the widget."""

    parameter_picked = Signal(object)  # layer (from 0), neuron, source
    menu_wanted = Signal(int, QPointF)  # column, in the scene

    def __init__(self, scene: NetworkScene, commands: LayerCommands, parent: QObject) -> None:
        super().__init__(parent)
        self._scene, self._commands = scene, commands
        self._drag: Drag | None = None
        self._clicked: Target | None = None  # pressed without modifiers
        self._seen = scene.architecture  # what the drag that goes on is about

    @property
    def is_dragging(self) -> bool:
        return self._drag is not None

    def press(self, at: QPointF, modifiers: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        self.cancel()  # one whose release went elsewhere
        target = self._scene.target_at(at)
        self._clicked = target if modifiers == Modifier.NoModifier else None
        self._seen = self._scene.architecture
        match target.kind:
            case "insert":
                self._commands.insert(target.index)
            case "remove":
                self._commands.remove_columns((target.index,))
            case "port":
                self._drag = SkipDrag(self._scene, self._commands, target.index)
            case "skip":
                skip = self._scene.architecture.skips[target.index]
                self._commands.picked.emit(Selection(skip=skip))
            case "edge":
                self.parameter_picked.emit((target.index, target.neuron, target.source))
            case "nothing":
                add = bool(modifiers & (Modifier.ControlModifier | Modifier.ShiftModifier))
                if not add:
                    self._commands.picked.emit(NONE)
                self._drag = BandDrag(self._scene, self._commands, at, add)
            case _:
                self._press_column(target, at, modifiers)

    def _press_column(self, target: Target, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        architecture, selection = self._scene.architecture, self._scene.selection
        column = target.index
        if modifiers & Modifier.ControlModifier:
            self._commands.picked.emit(selection.toggled(architecture, column))
            return
        if modifiers & Modifier.ShiftModifier:
            self._commands.picked.emit(selection.extended(architecture, column))
            return
        if column not in selection.columns(architecture):
            self._commands.pick(column)
        if target.kind == "resize":
            self._drag = ResizeDrag(self._scene, self._commands, column, at)
        else:
            self._drag = MoveDrag(self._scene, self._commands, column, at)

    def move(self, at: QPointF) -> Qt.CursorShape:
        """Follow the mouse; the cursor to show."""
        self._drop_lost()
        if self._drag is not None:
            cursor = self._drag.move(at)
            self._seen = self._scene.architecture
            return cursor
        target = self._scene.target_at(at)
        self._scene.point_at(target)
        return CURSORS.get(target.kind, Qt.CursorShape.PointingHandCursor)

    def _drop_lost(self) -> None:
        """Give up a drag whose network another hand has changed: by undo, or in a text field."""
        if self._drag is not None and self._scene.architecture != self._seen:
            self.cancel()

    def release(self, at: QPointF) -> None:
        self._drop_lost()
        drag, self._drag = self._drag, None
        if drag is not None:
            drag.finish(at)
        target, self._clicked = self._clicked, None
        if target is not None and target == self._scene.target_at(at):
            self._click(target, isinstance(drag, MoveDrag) and drag.has_moved)

    def _click(self, target: Target, moved: bool) -> None:
        """A press and release on the same thing."""
        columns = self._commands.columns
        if moved or target.kind not in ("neuron", "header", "column"):
            return
        if len(columns) > 1:  # the press left them selected, for it might have become a drag
            self._commands.pick(target.index)
        if target.kind == "neuron":
            neuron = self._scene.selection.with_neuron(target.neuron)
            self._commands.picked.emit(neuron)
            if target.index > 0:
                self.parameter_picked.emit((target.index - 1, target.neuron, BIAS))

    def leave(self) -> None:
        self._scene.point_at(NOTHING)

    def cancel(self) -> bool:
        """Give up the drag that goes on; whether there was one."""
        drag, self._drag, self._clicked = self._drag, None, None
        if drag is not None:
            drag.cancel()
        return drag is not None

    def double_click(self, at: QPointF) -> None:
        target = self._scene.target_at(at)
        if target.kind in ("insert", "remove", "nothing"):
            gap = self._scene.layout.gap_at(at.x())
            if target.kind == "nothing" and gap is not None:
                self._commands.insert(gap)
            else:
                self.press(at)
        elif target.kind in ("header", "resize", "column"):
            self._commands.edit_size(target.index)

    def context_menu(self, at: QPointF) -> None:
        column = self._scene.target_at(at).column
        if column is None or self.is_dragging:
            return
        if column not in self._commands.columns:
            self._commands.pick(column)
        self.menu_wanted.emit(column, at)

    def context_menu_of_selected(self) -> None:
        column, layout = self._scene.selected, self._scene.layout
        if column is not None:
            at = QPointF(layout.columns[column].x, layout.bands.frame[0])
            self.menu_wanted.emit(column, at)
