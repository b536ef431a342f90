"""What is done to the selected layers, whether by key, menu, palette or mouse."""

from itertools import count
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from engine.architecture import ArchitectureSpec
from gui.canvas.hands.layer_edits import LayerEdits
from gui.canvas.scene import NetworkScene
from gui.canvas.selection import NONE, Selection


class LayerCommands(QObject):
    """Knows the scene's selection and the document's edits; says what is to be selected next."""

    picked = Signal(object)  # Selection
    size_wanted = Signal(int)  # the column whose size is to be typed

    def __init__(self, scene: NetworkScene, edits: LayerEdits, parent: QObject) -> None:
        super().__init__(parent)
        self._scene, self.edits = scene, edits
        self._serial = count()
        self._gesture = 0

    @property
    def architecture(self) -> ArchitectureSpec:
        return self.edits.experiment.architecture

    @property
    def selection(self) -> Selection:
        return self._scene.selection

    @property
    def columns(self) -> tuple[int, ...]:
        """The selected ones."""
        return self.selection.columns(self.architecture)

    def pick(self, *columns: int) -> None:
        self.picked.emit(Selection.all_of(self.architecture, columns))

    # -- layers come and go ----------------------------------------------------------------

    def insert(self, gap: int, kind: str | None = None) -> None:
        """New layers after column ``gap``; they become the selected ones."""
        self._pick_new(gap, self.edits.insert(gap, kind))

    def insert_after_selected(self, kind: str | None = None) -> None:
        """After the last selected layer; with none selected before the output."""
        self.insert(self._gap_after_selected(), kind)

    def remove(self) -> None:
        """The selected skip connection or layers; the next layer is selected then."""
        if (skip := self.selection.skip) is not None:
            if self.edits.remove_skip(self.architecture.skips.index(skip)):
                self.picked.emit(NONE)
        elif self.columns:
            self.remove_columns(self.columns)

    def remove_columns(self, columns: tuple[int, ...]) -> None:
        if self.edits.remove(columns):
            hidden = self.edits.columns - 2
            following = max(columns) - len(columns) + 1
            self.pick(*([min(max(following, 1), hidden)] if hidden else []))

    def duplicate(self) -> None:
        if self.columns and self.edits.duplicate(self.columns):
            self._pick_new(max(self.columns), len(self.columns))

    def move(self, gap: int) -> None:
        """The selected layers to the gap after column ``gap``; they stay selected."""
        self.edits.move(self.columns, gap)

    def move_by(self, step: int) -> None:
        """One place to the left or right."""
        columns = self.columns
        if not columns:
            return
        gap = min(columns) - 2 if step < 0 else max(columns) + 1
        if 0 <= gap < self.edits.columns - 1 or self.edits.columns - 1 in columns:
            self.move(max(gap, 0))

    # -- clipboard -------------------------------------------------------------------------

    def copy(self) -> bool:
        if not self.columns:
            return self.edits.refuse("select the layers to copy first")
        text = self.edits.copied(self.columns)
        if text:
            QGuiApplication.clipboard().setText(text)
        return bool(text)

    def cut(self) -> None:
        if self.copy():
            self.remove()

    def paste(self) -> None:
        gap = self._gap_after_selected()
        self._pick_new(gap, self.edits.paste(QGuiApplication.clipboard().text(), gap))

    # -- what layers are -------------------------------------------------------------------

    def begin_gesture(self) -> None:
        """What follows is another step to undo."""
        self._gesture = next(self._serial)

    def resize(self, column: int, neurons: int) -> None:
        """The layer, and with it all others that are selected if it is one of them."""
        selected = self.selection.hidden(self.architecture)
        together = [k + 1 for k in selected] if column - 1 in selected else [column]
        self.edits.resize(together, neurons, self._gesture)

    def edit_size(self, column: int) -> None:
        """Type the number of neurons."""
        if self.edits.may_resize(column):
            self.begin_gesture()
            self.size_wanted.emit(column)

    def choose(self, text: str, **fields: Any) -> None:
        """Set a field of all selected layers."""
        columns = tuple(k for k in self.columns if k > 0)
        if columns:
            self.edits.choose(columns, text, **fields)

    def select_all(self) -> None:
        """All hidden layers."""
        self.pick(*range(1, self.edits.columns - 1))

    def add_skip(self, source: int, target: int) -> None:
        if self.edits.add_skip(source, target):
            self.picked.emit(Selection(skip=self.architecture.skips[-1]))

    def _gap_after_selected(self) -> int:
        last = self.edits.columns - 2
        return min(max(self.columns), last) if self.columns else last

    def _pick_new(self, gap: int, layers: int) -> None:
        if layers:
            self.pick(*range(gap + 1, gap + 1 + layers))
