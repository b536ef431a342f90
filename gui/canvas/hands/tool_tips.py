"""Shows what the tips say where the mouse rests on the picture."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QGraphicsView, QToolTip

from gui.canvas.scene import NetworkScene
from gui.canvas.words.tips import tip


class ToolTips(QObject):
    """Watches a view's viewport.

    Not an override of ``viewportEvent``: an exception in a handler below one would end the process,
    where it should be told.
    """

    def __init__(self, scene: NetworkScene, view: QGraphicsView) -> None:
        super().__init__(view)
        self._scene, self._view = scene, view
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QHelpEvent) or event.type() != QEvent.Type.ToolTip:
            return False
        target = self._scene.target_at(self._view.mapToScene(event.pos()))
        text = tip(target, self._scene.architecture)
        QToolTip.showText(event.globalPos(), text, self._view.viewport())
        return True
