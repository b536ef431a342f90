"""A round button that triggers an action of the window and looks as the action says."""

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QAction, QColor, QIcon
from PySide6.QtWidgets import QToolButton

from gui.common.icons import icon


class ActionButton(QToolButton):
    """The icon is ``name``, or ``checked_name`` while the action is checked.

    The action keeps no icon: in a menu it would have the button's colours.
    """

    def __init__(self, action: QAction, name: str, checked_name: str = "") -> None:
        super().__init__()
        self._action = action
        self._names = (name, checked_name or name)
        self._icons = (QIcon(), QIcon())
        self.clicked.connect(action.trigger)
        action.changed.connect(self._on_action_changed)
        self._on_action_changed()

    def set_colours(self, colour: str | QColor, disabled: str | QColor) -> None:
        self._icons = (
            icon(self._names[0], colour, disabled),
            icon(self._names[1], colour, disabled),
        )
        self._on_action_changed()

    def fit(self) -> None:
        """The icon grows with the text."""
        side = round(1.4 * self.fontMetrics().height())
        self.setIconSize(QSize(side, side))

    @Slot()
    def _on_action_changed(self) -> None:
        action = self._action
        self.setEnabled(action.isEnabled())
        self.setToolTip(action.toolTip())
        self.setAccessibleName(action.text().replace("&", ""))
        self.setIcon(self._icons[action.isChecked()])
