"""What mouse and keys do to the picture of a network."""

from itertools import count

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from gui.canvas.layer_edits import LayerEdits
from gui.canvas.scene import NOTHING, NetworkScene
from gui.canvas.targets import Target, target_at

Key, Modifier = Qt.Key, Qt.KeyboardModifier
DOUBLES = 150.0  # pixels of a drag that double the neurons, besides
EACH = 10.0  # pixels for one more

CURSORS = {
    "insert": Qt.CursorShape.PointingHandCursor,
    "remove": Qt.CursorShape.PointingHandCursor,
    "resize": Qt.CursorShape.SizeVerCursor,
    "nothing": Qt.CursorShape.ArrowCursor,
}


def dragged(neurons: int, pixels: float) -> int:
    """How many neurons ``neurons`` become when their layer's handle is dragged so far down."""
    return max(1, round(neurons * 2 ** (pixels / DOUBLES) + pixels / EACH))


class Gestures(QObject):
    """Turns events into edits and selections; knows the scene, not the widget."""

    column_picked = Signal(object)  # int or None
    edit_wanted = Signal(int)  # column
    menu_wanted = Signal(int, QPointF)  # column, in the scene

    def __init__(self, scene: NetworkScene, edits: LayerEdits, parent: QObject) -> None:
        super().__init__(parent)
        self._scene, self._edits = scene, edits
        self._drag: tuple[int, int, float] | None = None  # column, neurons, y
        self._serial = count()
        self._gesture = 0

    @property
    def is_dragging(self) -> bool:
        return self._drag is not None

    def target(self, at: QPointF) -> Target:
        return target_at(self._scene.layout, at.x(), at.y(), self._scene.active())

    # -- mouse -----------------------------------------------------------------------------

    def press(self, at: QPointF) -> None:
        target = self.target(at)
        if target.kind == "insert":
            self.insert(target.index)
        elif target.kind == "remove":
            self.remove(target.index)
        else:
            self.column_picked.emit(target.column)
            if target.kind == "resize":
                self._begin_drag(target.index, at.y())

    def move(self, at: QPointF) -> Qt.CursorShape:
        """Follow the mouse; the cursor to show."""
        if self._drag is not None:
            column, neurons, y = self._drag
            wanted = dragged(neurons, at.y() - y)
            if wanted != self._scene.architecture.sizes[column]:
                self._edits.resize(column, wanted, self._gesture)
            return Qt.CursorShape.SizeVerCursor
        target = self.target(at)
        self._scene.point_at(target)
        return CURSORS.get(target.kind, Qt.CursorShape.PointingHandCursor)

    def release(self) -> None:
        self._drag = None
        self._scene.set_resizing(False)

    def leave(self) -> None:
        self._scene.point_at(NOTHING)

    def double_click(self, at: QPointF) -> None:
        target = self.target(at)
        if target.kind in ("insert", "remove"):
            self.press(at)
        elif target.column is not None:
            self.edit(target.column)

    def context_menu(self, at: QPointF) -> None:
        column = self.target(at).column
        if column is not None:
            self.column_picked.emit(column)
            self.menu_wanted.emit(column, at)

    def context_menu_of_selected(self) -> None:
        column, layout = self._scene.selected, self._scene.layout
        if column is not None:
            at = QPointF(layout.columns[column].x, layout.bands.frame[0])
            self.menu_wanted.emit(column, at)

    def _begin_drag(self, column: int, y: float) -> None:
        self._gesture = next(self._serial)
        self._drag = (column, self._scene.architecture.sizes[column], y)
        self._scene.set_resizing(True)

    def _give_up_drag(self) -> None:
        if self._drag is not None:
            column, neurons, _ = self._drag
            self._edits.resize(column, neurons, self._gesture)
            self.release()

    # -- keys ------------------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """Whether the key means something here."""
        key, column = event.key(), self._scene.selected
        if key == Key.Key_Escape:
            return self._escape()
        if (
            key in (Key.Key_Left, Key.Key_Right)
            and not event.modifiers() & ~Modifier.KeypadModifier
        ):
            return self._walk(-1 if key == Key.Key_Left else 1)
        if key in (Key.Key_Home, Key.Key_End):
            self.column_picked.emit(0 if key == Key.Key_Home else self._edits.columns - 1)
            return True
        if column is None:
            return False
        if key in (Key.Key_Up, Key.Key_Down):
            return self._nudge(event, column)
        return self._command(key, column)

    def _command(self, key: int, column: int) -> bool:
        if key in (Key.Key_Delete, Key.Key_Backspace):
            self.remove(column)
        elif key in (Key.Key_Insert, Key.Key_Plus):
            self.insert(min(column, self._edits.columns - 2))
        elif key in (Key.Key_Return, Key.Key_Enter, Key.Key_F2):
            self.edit(column)
        else:
            return False
        return True

    def _escape(self) -> bool:
        if self._drag is not None:
            self._give_up_drag()
            return True
        if self._scene.selected is None:
            return False
        self.column_picked.emit(None)
        return True

    def _walk(self, step: int) -> bool:
        selected, last = self._scene.selected, self._edits.columns - 1
        if selected is None:
            selected = 0 if step > 0 else last + 1
        self.column_picked.emit(min(max(selected + step, 0), last))
        return True

    def _nudge(self, event: QKeyEvent, column: int) -> bool:
        modifiers = event.modifiers()
        if not modifiers & (Modifier.ControlModifier | Modifier.ShiftModifier):
            return False
        step = 10 if modifiers & Modifier.ShiftModifier else 1
        if event.key() == Key.Key_Down:
            step = -step
        if not event.isAutoRepeat():
            self._gesture = next(self._serial)  # a key held down is one step
        if self._edits.may_resize(column):
            neurons = self._scene.architecture.sizes[column]
            self._edits.resize(column, neurons + step, self._gesture)
        return True

    # -- edits -----------------------------------------------------------------------------

    def insert(self, gap: int) -> None:
        """A new layer after column ``gap``; it becomes the selected one."""
        if self._edits.insert(gap):
            self.column_picked.emit(gap + 1)

    def duplicate(self, column: int) -> None:
        if self._edits.duplicate(column):
            self.column_picked.emit(column + 1)

    def remove(self, column: int) -> None:
        """The selection moves to the hidden layer that takes its place."""
        if self._edits.remove(column):
            hidden = self._edits.columns - 2
            self.column_picked.emit(min(column, hidden) if hidden else None)

    def edit(self, column: int) -> None:
        """Type the number of neurons."""
        if self._edits.may_resize(column):
            self._gesture = next(self._serial)
            self.edit_wanted.emit(column)

    def set_neurons(self, column: int, neurons: int) -> None:
        """What has been typed since ``edit``."""
        self._edits.resize(column, neurons, self._gesture)

    def carry_out(self, verb: str, column: int) -> None:
        """A command of the layer's menu."""
        match verb:
            case "edit":
                self.edit(column)
            case "insert_before":
                self.insert(column - 1)
            case "insert_after":
                self.insert(column)
            case "duplicate":
                self.duplicate(column)
            case "remove":
                self.remove(column)
