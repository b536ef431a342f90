"""How many steps a second a run may take: from slow motion to full speed."""

from math import inf

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider

PACES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, inf)  # steps per second, from left to right
TIP = "Pace: slow motion on the left, full speed on the right"


class PaceSlider(QSlider):
    """One position per pace; full speed at the right end is the start."""

    pace_changed = Signal(float)  # steps per second, inf is full speed

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("pace")
        self.setAccessibleName("Pace")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(TIP)
        self.setRange(0, len(PACES) - 1)
        self.setPageStep(3)  # a factor of ten
        self.setValue(len(PACES) - 1)
        self.valueChanged.connect(self._on_value_changed)

    @property
    def pace(self) -> float:
        return PACES[self.value()]

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    @Slot(int)
    def _on_value_changed(self, _position: int) -> None:
        self.setAccessibleDescription(pace_text(self.pace))
        self.pace_changed.emit(self.pace)


def pace_text(pace: float) -> str:
    if pace == inf:
        return "full speed"
    return f"{pace:,g} step/s" if pace == 1 else f"{pace:,g} steps/s"
