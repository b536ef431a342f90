"""What keys do to the picture of a network."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from engine.architecture import BIAS
from gui.canvas.hands.layer_commands import LayerCommands
from gui.canvas.scene import NetworkScene
from gui.canvas.selection import NONE, Selection

Key, Modifier, Standard = Qt.Key, Qt.KeyboardModifier, QKeySequence.StandardKey
HELP = (
    "Left and Right select a layer, with Shift several; Up and Down one of its neurons."
    " Enter sets the number of neurons or opens the neuron's bias, Ctrl+Up and Ctrl+Down change"
    " the number, Alt+Left and Alt+Right move layers; Insert adds a layer, Delete removes it;"
    " the menu key has the rest."
)
ENDS = {Key.Key_Home: 0, Key.Key_End: -1}
ENTER = (Key.Key_Return, Key.Key_Enter, Key.Key_F2)


class Keys(QObject):
    """Turns keys into selections and commands."""

    parameter_picked = Signal(object)  # layer (from 0), neuron, source

    def __init__(self, scene: NetworkScene, commands: LayerCommands, parent: QObject) -> None:
        super().__init__(parent)
        self._scene, self._commands = scene, commands

    def press(self, event: QKeyEvent) -> bool:
        """Whether the key means something here."""
        modifiers = event.modifiers() & ~Modifier.KeypadModifier
        if self._standard(event):
            return True
        key = Key(event.key())
        if key in (Key.Key_Left, Key.Key_Right):
            return self._sideways(-1 if key == Key.Key_Left else 1, modifiers)
        if key in ENDS:
            return self._go(ENDS[key] % self._commands.edits.columns, modifiers)
        if key == Key.Key_Escape:
            return self._escape()
        if key in (Key.Key_Up, Key.Key_Down):
            return self._updown(event, -1 if key == Key.Key_Up else 1, modifiers)
        return self._command(key)

    def _standard(self, event: QKeyEvent) -> bool:
        commands = self._commands
        for key, command in (
            (Standard.Copy, commands.copy), (Standard.Cut, commands.cut),
            (Standard.Paste, commands.paste), (Standard.SelectAll, commands.select_all),
        ):  # fmt: skip
            if event.matches(key):
                command()
                return True
        return False

    def _command(self, key: Qt.Key) -> bool:
        column, commands = self._scene.selected, self._commands
        if key in (Key.Key_Delete, Key.Key_Backspace):
            commands.remove()
        elif column is None:
            return False
        elif key in (Key.Key_Insert, Key.Key_Plus):
            commands.insert_after_selected()
        elif key in ENTER:
            self._enter(column)
        else:
            return False
        return True

    def _enter(self, column: int) -> None:
        neuron = self._scene.selection.neuron
        if neuron is not None and column > 0:
            self.parameter_picked.emit((column - 1, neuron, BIAS))
        else:
            self._commands.edit_size(column)

    def _escape(self) -> bool:
        selection = self._scene.selection
        if selection == NONE:
            return False
        keeps = selection.neuron is not None
        self._commands.picked.emit(selection.with_neuron(None) if keeps else NONE)
        return True

    def _sideways(self, step: int, modifiers: Qt.KeyboardModifier) -> bool:
        if modifiers == Modifier.AltModifier:
            self._commands.move_by(step)
            return True
        if modifiers & ~Modifier.ShiftModifier:
            return False
        selected, last = self._scene.selected, self._commands.edits.columns - 1
        if selected is None:
            selected = 0 if step > 0 else last + 1
        return self._go(min(max(selected + step, 0), last), modifiers)

    def _go(self, column: int, modifiers: Qt.KeyboardModifier) -> bool:
        if modifiers & Modifier.ShiftModifier:
            extended = self._scene.selection.extended(self._scene.architecture, column)
            self._commands.picked.emit(extended)
        else:
            self._commands.pick(column)
        return True

    def _updown(self, event: QKeyEvent, step: int, modifiers: Qt.KeyboardModifier) -> bool:
        column = self._scene.selected
        if column is None:
            return False
        if modifiers & (Modifier.ControlModifier | Modifier.ShiftModifier):
            tens = 10 if modifiers & Modifier.ShiftModifier else 1
            self._nudge(event, column, -step * tens)
        else:
            neuron = self._scene.neuron_beside(column, self._scene.selection.neuron, step)
            architecture = self._scene.architecture
            self._commands.picked.emit(Selection.of(architecture, column, neuron))
        return True

    def _nudge(self, event: QKeyEvent, column: int, step: int) -> None:
        if not event.isAutoRepeat():
            self._commands.begin_gesture()  # a key held down is one step
        if self._commands.edits.may_resize(column):
            neurons = self._scene.architecture.sizes[column]
            self._commands.resize(column, neurons + step)
