"""Which example of the probe set an instrument is about."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from engine.hyper import Hyper
from gui.common.number_field import NumberField

MOST = 10_000  # the greatest probe set


class ExampleChoice(QWidget):
    """A number, counted from 1, with a step down and up."""

    chosen = Signal(int)  # by the user, counted from 0

    def __init__(self) -> None:
        super().__init__()
        about = "which of the first training examples, the probe set of the settings"
        self.field = NumberField(Hyper("example", "example", 1, 1, MOST, False, about))
        self.field.setProperty("role", "count")
        self.field.padding = 3
        self.field.number_changed.connect(self._on_number_changed)
        self.back = _step("‹", "previous example")
        self.on = _step("›", "next example")
        self.back.clicked.connect(self._on_back_clicked)
        self.on.clicked.connect(self._on_on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for widget in (self.back, self.field, self.on):
            row.addWidget(widget)

    @property
    def example(self) -> int:
        """Counted from 0."""
        return int(self.field.number) - 1

    def set_example(self, example: int) -> None:
        """Show it without telling."""
        self.field.set_number(example + 1)

    @Slot(str, object)
    def _on_number_changed(self, _name: str, _number: object) -> None:
        self.chosen.emit(self.example)

    @Slot()
    def _on_back_clicked(self) -> None:
        self.field.setValue(self.field.value() - 1)

    @Slot()
    def _on_on_clicked(self) -> None:
        self.field.setValue(self.field.value() + 1)


def _step(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", "step")
    button.setAccessibleName(name)
    button.setToolTip(name[0].upper() + name[1:])
    button.setAutoRepeat(True)
    return button
