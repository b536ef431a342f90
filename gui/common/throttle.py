"""Work that need not be done at every frame: the first at once, then at a rate, the last always."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

READABLE_MS = 250  # numbers change four times a second at most
LATE_MS = 50  # so long it waits for a request to pass on: that comes within a frame, which is paid


class Throttle(QObject):
    """Passes ``request`` on as ``due``, at most once per ``interval`` ms."""

    due = Signal()

    def __init__(self, parent: QObject, interval: int = READABLE_MS) -> None:
        super().__init__(parent)
        self._waiting = False
        self._interval, self._since = interval, QElapsedTimer()
        self._pause = QTimer(self, singleShot=True, interval=interval + LATE_MS)
        self._pause.timeout.connect(self._on_pause_ended)

    def request(self) -> None:
        if self._pause.isActive() and self._since.elapsed() < self._interval:
            self._waiting = True
        else:
            self.at_once()

    def at_once(self) -> None:
        """Pass on now, whatever was before: a new run, another theme."""
        self._waiting = False
        self._since.restart()
        self._pause.start()
        self.due.emit()

    def reset(self) -> None:
        """What comes next is new: it is passed on at once."""
        self._pause.stop()
        self._waiting = False

    @Slot()
    def _on_pause_ended(self) -> None:
        if self._waiting:
            self.at_once()
