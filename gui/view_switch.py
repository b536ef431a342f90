"""The views of the window, and the row of buttons that chooses one."""

from collections.abc import Mapping

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from gui.common.steady_button import SteadyButton

NETWORK, CHAIN = "network", "chain"
VIEWS = (NETWORK, CHAIN)  # names of actions, in the order of the window


class ViewSwitch(QFrame):
    """One button per view; it does what the view's action does, and shows which is chosen."""

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setProperty("role", "segments")
        self.setAccessibleName("View")
        group = QActionGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self.buttons: dict[str, QPushButton] = {}
        for name in VIEWS:
            group.addAction(actions[name])
            self.buttons[name] = self._button(actions[name])
            row.addWidget(self.buttons[name])

    def _button(self, action: QAction) -> QPushButton:
        button = SteadyButton(action.text().replace("&", ""))
        button.setProperty("role", "segment")
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setToolTip(action.toolTip())
        button.clicked.connect(action.trigger)
        action.toggled.connect(button.setChecked)
        return button
