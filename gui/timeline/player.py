"""Plays moments at a pace; asks for the next when the last has been painted, never before."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

LONGEST_PAUSE = 0.25  # seconds: what was held up is not made up for


class Player(QObject):
    """``due`` tells how many moments to go; who shows them calls ``painted``."""

    due = Signal(int)  # moments, negative when it plays backward
    direction_changed = Signal(int)  # 1, -1, or 0: it has stopped

    def __init__(self, parent: QObject, now: Callable[[], float] = perf_counter) -> None:
        super().__init__(parent)
        self._now = now
        self.direction = 0
        self.pace = 1.0  # moments per second
        self._owed = self._last = 0.0
        self._waiting = False
        self._next = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._next.timeout.connect(self._on_timeout)

    def start(self, direction: int) -> None:
        """The first moment comes at once."""
        self._owed, self._last, self._waiting = 1.0, self._now(), False
        self._turn(direction)
        self._on_timeout()

    def stop(self) -> None:
        self._next.stop()
        self._turn(0)

    def painted(self) -> None:
        """What was due is shown: the next may come, in its time."""
        if self.direction and self._waiting:
            self._waiting = False
            self._wait()

    def _turn(self, direction: int) -> None:
        if direction != self.direction:
            self.direction = direction
            self.direction_changed.emit(direction)

    def _wait(self) -> None:
        missing = (1.0 - self._owed) / self.pace - (self._now() - self._last)
        self._next.start(max(0, round(1000 * missing)))

    @Slot()
    def _on_timeout(self) -> None:
        now = self._now()
        self._owed += self.pace * min(now - self._last, LONGEST_PAUSE)
        self._last = now
        if self._owed < 1.0 - 1e-6:
            self._wait()
            return
        moments = max(1, int(self._owed))
        self._owed -= moments
        self._waiting = True
        self.due.emit(self.direction * moments)
