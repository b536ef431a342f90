"""A line of text across the window that says what happened and what to do."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui.common.sentence import as_sentence

FLEETING_MS = 6_000


class MessageBar(QWidget):
    """Hidden until there is something to say; errors stay until they are closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = QPushButton("×", self)
        close.setObjectName("message_close")
        close.setAccessibleName("Close the message")
        close.setFlat(True)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.addWidget(self._label, 1)
        row.addWidget(close)
        self._fleeting = QTimer(self, singleShot=True, interval=FLEETING_MS)
        self._fleeting.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown now; empty if nothing is."""
        return "" if self.isHidden() else self._label.text()

    def tell(self, sentence: str) -> None:
        """Say something that goes away by itself."""
        self._show(sentence, "note")
        self._fleeting.start()

    def complain(self, sentence: str) -> None:
        """Say something that stays until it is closed or followed by another."""
        self._show(sentence, "fault")
        self._fleeting.stop()

    @Slot()
    def clear(self) -> None:
        self.hide()

    def _show(self, sentence: str, role: str) -> None:
        self._label.setText(as_sentence(sentence))
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)
        self.show()
