"""What a right click on a slider offers: another range, the default, the value as text."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from engine.hyper import Hyper
from engine.numerals import short
from gui.common.numbers import parsed
from gui.common.value_field import signed
from gui.common.value_range import RANGES, SliderRange


class ValueMenu(QMenu):
    """Tells what was chosen, and is gone then."""

    range_chosen = Signal(float)  # its upper end
    entered = Signal(float)  # another value: the default, or what was pasted

    def __init__(
        self, parent: QWidget, h: Hyper, shown: SliderRange, value: float, default: float
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._value, self._default = value, default
        group = QActionGroup(self)
        group.triggered.connect(self._on_range_triggered)
        for end in RANGES:
            if h.low <= -end and end <= h.high:
                action = group.addAction(f"Range ±{short(end)}")
                action.setData(end)
                action.setCheckable(True)
                action.setChecked((shown.low, shown.high) == (-end, end))
        self.addActions(group.actions())
        self.addSeparator()
        self.addAction(f"Reset to {signed(short(default, 6))}").triggered.connect(self._on_reset)
        self.addAction("Copy value").triggered.connect(self._on_copy)
        paste = self.addAction("Paste value")
        paste.triggered.connect(self._on_paste)
        paste.setEnabled(_pasted() is not None)

    @Slot(QAction)
    def _on_range_triggered(self, action: QAction) -> None:
        self.range_chosen.emit(action.data())

    @Slot()
    def _on_reset(self) -> None:
        self.entered.emit(self._default)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(short(self._value).replace(",", ""))

    @Slot()
    def _on_paste(self) -> None:
        if (number := _pasted()) is not None:
            self.entered.emit(number)


def _pasted() -> float | None:
    return parsed(QGuiApplication.clipboard().text())
