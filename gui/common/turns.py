"""Pictures of what comes sixty times a second are drawn by turns: each every second time."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

FIRST, SECOND, BOTH = (0,), (1,), (0, 1)
FAST_MS = 25  # what comes so soon after the last is drawn by turns
REST_MS = 60  # after which no more comes


class Turns(QObject):
    """Says whose turn it is; ``rested`` asks all to draw the newest, once no more comes."""

    rested = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._turn = SECOND
        self._since = QElapsedTimer()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.rested)

    def next(self) -> tuple[int, ...] | None:
        """``FIRST`` and ``SECOND`` by turns while it comes fast, ``BOTH`` where it is slower.

        None after a rest: then nobody may leave it out, however little has changed.
        """
        waited = self._since.elapsed() if self._since.isValid() else REST_MS
        self._since.start()
        if waited >= REST_MS:
            return None
        self._rest.start()
        if waited >= FAST_MS:
            return BOTH
        self._turn = FIRST if self._turn is SECOND else SECOND
        return self._turn
