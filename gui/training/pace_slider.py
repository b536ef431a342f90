"""How many steps a second a run may take: from slow motion to full speed."""

from math import inf, log10

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider

PER_DECADE = 20  # positions
DECADES = 4  # from 1 step a second to 10,000
FULL = PER_DECADE * DECADES + 1
TIP = "Pace: slow motion on the left, full speed on the right"


class PaceSlider(QSlider):
    """Felt by its ratio; the right end is full speed, and the start."""

    pace_changed = Signal(float)  # steps per second, inf is full speed

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("pace")
        self.setAccessibleName("Pace")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(TIP)
        self.setRange(0, FULL)
        self.setPageStep(PER_DECADE)
        self.setValue(FULL)
        self.valueChanged.connect(self._on_value_changed)

    @property
    def pace(self) -> float:
        """What is shown: two digits."""
        return pace_at(self.value())

    def set_pace(self, steps_per_second: float) -> None:
        """Move to the nearest position."""
        self.setValue(position_of(steps_per_second))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    @Slot(int)
    def _on_value_changed(self, _position: int) -> None:
        self.setAccessibleDescription(pace_text(self.pace))
        self.pace_changed.emit(self.pace)


def pace_at(position: int) -> float:
    return inf if position >= FULL else float(f"{10 ** (position / PER_DECADE):.2g}")


def position_of(pace: float) -> int:
    if pace > 10**DECADES:
        return FULL
    return max(0, round(PER_DECADE * log10(max(pace, 1e-9))))


def pace_text(pace: float) -> str:
    if pace == inf:
        return "full speed"
    return f"{pace:,g} step/s" if pace == 1 else f"{pace:,g} steps/s"
