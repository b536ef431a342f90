"""The menu that says how much memory the earlier moments of a run may take."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

MEGABYTES = (64, 128, 256, 512, 1024)
USUAL = 256
MEGABYTE = 2**20


class MemoryMenu(QMenu):
    """One of a few sizes; more of it means more moments to go back to."""

    chosen = Signal(int)  # megabytes

    def __init__(self, megabytes: int, parent: QWidget | None = None) -> None:
        super().__init__("&Memory of the time line", parent)
        self.setToolTipsVisible(True)
        self._group = QActionGroup(self)
        for size in MEGABYTES:
            action = self.addAction(f"{size:,} MB")
            action.setCheckable(True)
            action.setData(size)
            action.setChecked(size == megabytes)
            action.setToolTip("When it is full, every second moment goes, and so on")
            self._group.addAction(action)
        self.triggered.connect(self._on_triggered)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(action.data())
