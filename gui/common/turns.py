"""Pictures of what comes sixty times a second are drawn by turns: each every second time."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

FAST_MS = 25  # what comes so soon after the last is drawn by turns
REST_MS = 60  # after which no more comes


class Turns(QObject):
    """Says whose turn it is; ``rested`` asks all to draw the newest, once no more comes."""

    rested = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._turn = 0
        self._since = QElapsedTimer()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.rested)

    def next(self) -> int | None:
        """0 and 1 by turns while it comes fast; None where it does not: then all draw."""
        fast = self._since.isValid() and self._since.elapsed() < FAST_MS
        self._since.start()
        if not fast:
            return None
        self._rest.start()
        self._turn = 1 - self._turn
        return self._turn
