"""Columns that move apart, and come: what an edit does is seen."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal, Slot

from gui.common.motion import less_motion

DURATION = 170  # ms
GAP = 0.42  # of the pitch that columns move apart on either side of an open gap
WIDEST_GAP = 46.0  # pixels


class Motion(QObject):
    """How far every column is from its place, in pixels; back at 0 when nothing moves.

    ``duration`` 0 moves at once, as it is where the user has asked the system for less motion.
    """

    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.duration = DURATION
        self.offsets: list[float] = []
        self._from: list[float] = []
        self._to: list[float] = []
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._on_value_changed)

    @property
    def is_at_rest(self) -> bool:
        return not any(self.offsets)

    def settle(self, columns: int) -> None:
        """Everything in its place, at once."""
        self._animation.stop()
        self.offsets = [0.0] * columns
        self.moved.emit()

    def open_gap(self, gap: int | None, columns: int, pitch: float) -> None:
        """Make room after column ``gap``; None closes it."""
        room = min(GAP * pitch, WIDEST_GAP)
        to = [0.0 if gap is None else -room if k <= gap else room for k in range(columns)]
        self._go(self.offsets if len(self.offsets) == columns else [0.0] * columns, to)

    def arrive(self, before: Mapping[str, float], now: Sequence[tuple[str, float]]) -> None:
        """Columns go from where they stood to where they stand; new ones come from beside."""
        start, known = [], 0.0
        for key, x in now:
            known = before[key] - x if key in before else known
            start.append(known)
        self._go(start, [0.0] * len(now))

    def _go(self, start: list[float], to: list[float]) -> None:
        self._animation.stop()
        self._from, self._to = start, to
        if self.duration <= 0 or start == to or less_motion():
            self._show(1.0)
            return
        self._show(0.0)
        self._animation.setDuration(self.duration)
        self._animation.start()

    @Slot(object)
    def _on_value_changed(self, share: float) -> None:
        self._show(share)

    def _show(self, share: float) -> None:
        pairs = zip(self._from, self._to, strict=True)
        self.offsets = [a + (b - a) * share for a, b in pairs]
        self.moved.emit()
