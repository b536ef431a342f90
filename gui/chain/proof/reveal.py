"""The nudge on its way from b_1 to C: which changes have been reached."""

from PySide6.QtCore import QAbstractAnimation, QObject, QVariantAnimation, Signal, Slot

from gui.common.motion import less_motion

EACH = 250  # ms for a step
LONGEST = 3_000  # ms for all


class Reveal(QObject):
    """``at`` runs from 0 (nothing) to the number of columns (all); between, one is on its way."""

    moved = Signal()
    toggled = Signal(bool)  # whether it goes on by itself

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.columns = 0
        self.at = 0.0
        self._animation = QVariantAnimation(self)
        self._animation.valueChanged.connect(self._on_value_changed)
        self._animation.finished.connect(self._on_finished)

    @property
    def is_playing(self) -> bool:
        return self._animation.state() == QAbstractAnimation.State.Running

    @property
    def is_complete(self) -> bool:
        return self.at >= self.columns

    @property
    def column(self) -> int:
        """The newest that is reached."""
        return min(max(0, int(self.at) - 1), max(0, self.columns - 1))

    def set_columns(self, columns: int) -> None:
        """Another chain: what was complete stays complete, what was on its way is shown whole."""
        if columns != self.columns:
            self._stop()
            self.columns, self.at = columns, float(columns)
            self.moved.emit()

    def play(self) -> None:
        """From the beginning, or on from where it was stopped; whole at once without motion."""
        if less_motion():
            self.finish()
            return
        start = 1.0 if self.is_complete else max(1.0, self.at)
        whole = min(EACH * (self.columns - 1), LONGEST)
        share = (self.columns - start) / max(1, self.columns - 1)
        self._animation.stop()
        self._animation.setStartValue(start)
        self._animation.setEndValue(float(self.columns))
        self._animation.setDuration(round(whole * share))
        self._animation.start()
        self.toggled.emit(True)

    def toggle(self) -> None:
        if self.is_playing:
            self._stop()
            self.toggled.emit(False)
        else:
            self.play()

    def step(self, by: int) -> None:
        """One column on or back, and stay there."""
        self._stop()
        self.at = float(min(max(1, int(self.at) + by), self.columns))
        self.moved.emit()
        self.toggled.emit(False)

    def finish(self) -> None:
        """Everything at once."""
        self._stop()
        self.at = float(self.columns)
        self.moved.emit()
        self.toggled.emit(False)

    def _stop(self) -> None:
        if self.is_playing:
            self._animation.pause()
            self._animation.stop()

    @Slot(object)
    def _on_value_changed(self, at: float) -> None:
        if self.is_playing:
            self.at = at
            self.moved.emit()

    @Slot()
    def _on_finished(self) -> None:
        self.at = float(self.columns)
        self.moved.emit()
        self.toggled.emit(False)
