"""A wall around a part of the window whose numbers change while training runs."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class Enclosure(QWidget):
    """Gives its part all of its room, and passes on only that it needs to be higher or lower.

    A label that gets another text asks for another size, and Qt lays out anew all that stands
    around it: without walls, the whole window several times a second.
    """

    def __init__(self, part: QWidget) -> None:
        super().__init__()
        self._height = -1  # that was passed on
        self.take(part)

    def take(self, part: QWidget) -> None:
        """Let it in, or in again."""
        self._part = part
        part.setParent(self)
        part.setGeometry(self.rect())
        part.show()

    def sizeHint(self) -> QSize:
        return self._part.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._part.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._part.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            height = self.sizeHint().height()
            if height != self._height:
                self._height = height
                self.updateGeometry()
            return True
        return super().event(event)
