"""A kind of layer that is dragged over the picture, and dropped into it."""

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QGraphicsView

from engine.activations import ACTIVATIONS
from gui.canvas.hands.layer_commands import LayerCommands
from gui.canvas.palette import MIME
from gui.canvas.scene import NetworkScene


class Drops(QObject):
    """Watches a view's viewport; what does not come from the palette passes to the window."""

    def __init__(self, scene: NetworkScene, commands: LayerCommands, view: QGraphicsView) -> None:
        super().__init__(view)
        self._scene, self._commands, self._view = scene, commands, view
        self._gap: int | None = None
        view.setAcceptDrops(True)
        view.viewport().setAcceptDrops(True)
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragLeaveEvent):
            self._open(None)
            return True
        if not isinstance(event, QDropEvent):  # the base of entering and moving, too
            return False
        if not event.mimeData().hasFormat(MIME):
            event.ignore()
            return True
        at = self._view.mapToScene(event.position().toPoint())
        kind = bytes(event.mimeData().data(MIME).data()).decode(errors="replace")
        if isinstance(event, QDragEnterEvent | QDragMoveEvent):
            self._open(self._scene.layout.nearest_gap(at.x()), kind)
        else:
            self._drop(kind, at)
        event.acceptProposedAction()
        return True

    def _drop(self, kind: str, at: QPointF) -> None:
        gap = self._scene.layout.nearest_gap(at.x())
        self._gap = None
        self._scene.show_gap(None)
        self._scene.motion.settle(len(self._scene.columns))
        self._commands.insert(gap, kind)
        self._view.setFocus()

    def _open(self, gap: int | None, kind: str = "") -> None:
        if gap != self._gap:
            self._gap = gap
            text = ACTIVATIONS[kind].label if kind in ACTIVATIONS else kind
            self._scene.show_gap(gap, text)
