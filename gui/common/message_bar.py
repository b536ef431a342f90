"""A line of text across the window that says what happened and what to do."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui.common.sentence import as_sentence

FLEETING_MS = 6_000


class MessageBar(QWidget):
    """Hidden until there is something to say; errors and questions stay until they are closed."""

    answered = Signal(str)  # the text of the button

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
        self._answers = QHBoxLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.addWidget(self._label, 1)
        row.addLayout(self._answers)
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

    def ask(self, sentence: str, answers: Sequence[str]) -> None:
        """Say something with a button per answer; closing the bar answers nothing."""
        self._show(sentence, "question", answers)
        self._fleeting.stop()

    @Slot()
    def clear(self) -> None:
        self.hide()

    @Slot()
    def _on_answer_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.hide()
            self.answered.emit(button.text())

    def _show(self, sentence: str, role: str, answers: Sequence[str] = ()) -> None:
        self._set_answers(answers)
        self._label.setText(as_sentence(sentence))
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)
        self.show()

    def _set_answers(self, answers: Sequence[str]) -> None:
        while item := self._answers.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for answer in answers:
            button = QPushButton(answer, self)
            button.clicked.connect(self._on_answer_clicked)
            self._answers.addWidget(button)
            button.show()
