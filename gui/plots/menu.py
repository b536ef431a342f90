"""Which instruments are shown: a menu with one entry for each of the table."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gui.plots.panel import PlotsPanel
from gui.plots.table import PLOTS


class PlotsMenu(QMenu):
    """An entry is checked while its plot is open."""

    def __init__(self, panel: PlotsPanel, parent: QWidget) -> None:
        super().__init__("&Plots", parent)
        self.setObjectName("plots_menu")
        self.setToolTipsVisible(True)
        self._panel = panel
        for plot in PLOTS:
            action = self.addAction(plot.title)
            action.setObjectName(plot.key)
            action.setToolTip(plot.definition[0].upper() + plot.definition[1:])
            action.setCheckable(True)
        self.triggered.connect(self._on_triggered)
        self.aboutToShow.connect(self._on_about_to_show)
        panel.shown_changed.connect(self._on_about_to_show)
        self._on_about_to_show()

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self._panel.set_shown(action.objectName(), action.isChecked())

    @Slot()
    def _on_about_to_show(self) -> None:
        for action in self.actions():
            action.setChecked(self._panel.is_shown(action.objectName()))
