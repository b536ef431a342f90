"""What a screen reader is told of the picture: every layer, neuron and skip connection by name."""

import shiboken6
from PySide6.QtCore import QObject, QPointF, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget

from gui.canvas.view import NetworkView
from gui.canvas.words.labels import column_name, skip_name

Role, Text = QAccessible.Role, QAccessible.Text


# Where there is no such thing Qt documents None, which PySide6 leaves out of its types: Qt's None.


class Part(QAccessibleInterface):
    """A column, one of its neurons, or a skip connection of a view.

    Parts are made when they are asked for and kept: Qt knows them by their address. One whose
    layer has gone says so by ``isValid``.
    """

    def __init__(self, view: NetworkView, number: int, neuron: int | None = None) -> None:
        super().__init__()
        self._view, self._number, self._neuron = view, number, neuron
        self._neurons: dict[int, Part] = {}
        QAccessible.registerAccessibleInterface(self)

    def isValid(self) -> bool:
        if not shiboken6.isValid(self._view):
            return False
        columns, skips = _counts(self._view)
        if self._number >= columns:
            return self._number < columns + skips
        neurons = self._view.network.architecture.sizes[self._number]
        return self._neuron is None or self._neuron < neurons

    def object(self) -> QObject | None:  # type: ignore[override]  # Qt's None
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]  # Qt's None
        return self._view.window().windowHandle() if self.isValid() else None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]  # Qt's None
        tree = QAccessible.queryAccessibleInterface(self._view)
        return tree if self._neuron is None or tree is None else tree.child(self._number)

    def childCount(self) -> int:
        if self._neuron is not None or not self._is_column:
            return 0
        return self._view.network.architecture.sizes[self._number]

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # Qt's None
        if not 0 <= index < self.childCount():
            return None
        if index not in self._neurons:
            self._neurons[index] = Part(self._view, self._number, index)
        return self._neurons[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((k for k, part in self._neurons.items() if part is child), -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # Qt's None
        return None

    def text(self, kind: QAccessible.Text) -> str:
        if kind != Text.Name or not self.isValid():
            return ""
        architecture = self._view.network.architecture
        if not self._is_column:
            return skip_name(architecture, self._number - len(architecture.sizes))
        name = column_name(architecture, self._number)
        if self._neuron is not None:
            return f"neuron {self._neuron + 1} of {name}"
        return f"{name}: {architecture.sizes[self._number]} neurons"

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        """Names are not the reader's to change."""

    def rect(self) -> QRect:
        """On the screen; empty where the picture does not draw it."""
        if not self.isValid():
            return QRect()
        network, layout = self._view.network, self._view.network.layout
        if not self._is_column:
            scene = network.skips[self._number - len(network.columns)].boundingRect()
            return self._on_screen(scene)
        at, bottom = layout.columns[self._number], layout.bands.frame[1]
        half = layout.frame_half
        if self._neuron is None:
            return self._on_screen(QRectF(at.x - half, 0, 2 * half, bottom))
        if self._neuron not in at.shown:
            return QRect()
        y = float(at.y[at.shown.tolist().index(self._neuron)])
        radius = layout.radius
        return self._on_screen(QRectF(at.x - radius, y - radius, 2 * radius, 2 * radius))

    def _on_screen(self, scene: QRectF) -> QRect:
        shown = self._view.mapFromScene(scene).boundingRect()
        return shown.translated(self._view.viewport().mapToGlobal(QPointF()).toPoint())

    def role(self) -> QAccessible.Role:
        return Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        if self.isValid():
            network = self._view.network
            chosen = self._number in network.selection.columns(network.architecture)
            current = self._number == network.selected and self._neuron == network.selection.neuron
            state.selectable = state.focusable = 1
            state.selected = int(chosen and self._neuron is None)
            state.focused = int(current and self._view.hasFocus())
        return state

    def foregroundColor(self) -> QColor:
        return QColor(self._view.network.look.theme.ink)

    def backgroundColor(self) -> QColor:
        return QColor(self._view.network.look.theme.background)

    def interface_cast(self, _kind: QAccessible.InterfaceType) -> None:  # type: ignore[override]  # Qt's None
        return None

    @property
    def _is_column(self) -> bool:
        return self._number < len(self._view.network.architecture.sizes)


class NetworkAccessible(QAccessibleWidget):
    """The view as a list of its columns, input first, then of its skip connections."""

    def __init__(self, view: NetworkView) -> None:
        super().__init__(view, Role.List, view.accessibleName())
        self._view = view
        self._parts: list[Part] = []

    def childCount(self) -> int:
        return sum(_counts(self._view))

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # Qt's None
        if not 0 <= index < self.childCount():
            return None
        while len(self._parts) <= index:
            self._parts.append(Part(self._view, len(self._parts)))
        return self._parts[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((k for k, part in enumerate(self._parts) if part is child), -1)


_made: list[QAccessibleInterface] = []  # Qt does not keep what Python makes


def _interface(_key: str, of: QObject) -> QAccessibleInterface | None:
    if not isinstance(of, NetworkView):
        return None
    interface = NetworkAccessible(of)
    _made.append(interface)
    return interface


def install() -> None:
    """Once in a program; costs nothing until something reads the screen."""
    QAccessible.installFactory(_interface)


def _counts(view: NetworkView) -> tuple[int, int]:
    architecture = view.network.architecture
    return len(architecture.sizes), len(architecture.skips)
