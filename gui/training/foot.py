"""The line at the foot of the settings: why something was refused, or what a change will do."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QLabel

from gui.common.sentence import as_sentence

FLEETING_MS = 8_000


class Foot(QLabel):
    """Hidden while there is nothing to say. A message goes before the hint, for some seconds."""

    def __init__(self) -> None:
        super().__init__(wordWrap=True)
        self.setObjectName("foot")
        self._hint = ""
        self._message = ""
        self._role = "dim"
        self._fleeting = QTimer(self, singleShot=True, interval=FLEETING_MS)
        self._fleeting.timeout.connect(self.clear_message)
        self._show()

    def set_hint(self, text: str) -> None:
        """What stands here while there is no message."""
        if text != self._hint:
            self._hint = text
            self._show()

    @Slot(str)
    def complain(self, sentence: str) -> None:
        self._say(sentence, "fault")

    @Slot(str)
    def note(self, sentence: str) -> None:
        self._say(sentence, "dim")

    @Slot()
    def clear_message(self) -> None:
        self._say("", "dim")
        self._fleeting.stop()

    def _say(self, sentence: str, role: str) -> None:
        self._message, self._role = as_sentence(sentence), role
        self._fleeting.start()
        self._show()

    def _show(self) -> None:
        self.setText(self._message or self._hint)
        role = self._role if self._message else "dim"
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setVisible(bool(self.text()))
