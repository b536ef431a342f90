"""Numbers that can be read: at most four changes a second, and never a stale one at the end."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

INTERVAL = 250  # ms


class Throttle(QObject):
    """Passes ``request`` on as ``due``: the first at once, later ones joined, the last always."""

    due = Signal()

    def __init__(self, parent: QObject, interval: int = INTERVAL) -> None:
        super().__init__(parent)
        self._waiting = False
        self._pause = QTimer(self, singleShot=True, interval=interval)
        self._pause.timeout.connect(self._on_pause_ended)

    def request(self) -> None:
        if self._pause.isActive():
            self._waiting = True
        else:
            self._pass_on()

    def at_once(self) -> None:
        """Pass on now, whatever was before: a new run, another theme."""
        self._pass_on()

    @Slot()
    def _on_pause_ended(self) -> None:
        if self._waiting:
            self._pass_on()

    def _pass_on(self) -> None:
        self._waiting = False
        self._pause.start()
        self.due.emit()
