"""One of a few, as a row of flat buttons."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from gui.common.steady_button import SteadyButton
from gui.common.table_combo import Choice


class Segments(QFrame):
    """One button per entry of ``table``; the first is chosen."""

    key_chosen = Signal(str)  # by the user

    def __init__(self, name: str, table: Mapping[str, Choice]) -> None:
        super().__init__()
        self.setProperty("role", "segments")
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self.buttons = {key: self._button(key, entry) for key, entry in table.items()}
        for button in self.buttons.values():
            row.addWidget(button)
        self.set_key(next(iter(table)))

    @property
    def key(self) -> str:
        return next(key for key, button in self.buttons.items() if button.isChecked())

    def set_key(self, key: str) -> None:
        """Show ``key`` without telling; ``KeyError`` if there is none such."""
        self.buttons[key].setChecked(True)

    def _button(self, key: str, entry: Choice) -> QPushButton:
        button = SteadyButton(entry.label)
        button.setObjectName(key)
        button.setProperty("role", "segment")
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setToolTip(entry.help)
        button.clicked.connect(self._on_clicked)
        return button

    @Slot()
    def _on_clicked(self) -> None:
        self.key_chosen.emit(self.key)
