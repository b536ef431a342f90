"""The list of an architecture's words that opens while one is typed."""

import re

from PySide6.QtCore import QRect, QStringListModel, Qt, Slot
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from engine.architecture_text import WORDS
from gui.common.squiggle import characters

BEGUN = re.compile(r"[0-9\[]\s*(?:[a-z_]+\s+)*([a-z_]+)$", re.IGNORECASE)
LOOKED_AT = 60  # characters before the cursor


class WordCompleter(QCompleter):
    """Offers activations and ``frozen`` after a number of neurons; Enter or Tab takes the first."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self._words = QListView()  # a window of its own: the completer takes it
        self.setPopup(self._words)
        self.setModel(QStringListModel(list(WORDS), self))
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setWidget(field)
        self.activated.connect(self._on_activated)

    @property
    def is_open(self) -> bool:
        return self._words.isVisible()

    def close(self) -> None:
        if self.is_open:
            self._words.hide()

    def offer(self, text: str, cursor: int, at: QRect) -> None:
        """Open below ``at`` if a word that is begun stands before the cursor."""
        before = text[: characters(text, cursor)]
        match = BEGUN.search(before[-LOOKED_AT:])
        if match is None or match[1].lower() in WORDS:
            self.close()
            return
        self.setCompletionPrefix(match[1])
        if self.completionCount() == 0:
            self.close()
            return
        popup = self._words
        popup.setFont(self._field.font())
        popup.setCurrentIndex(self.completionModel().index(0, 0))
        width = popup.sizeHintForColumn(0) + 2 * popup.frameWidth() + popup.fontMetrics().height()
        self.complete(QRect(at.left(), at.top(), width, at.height()))

    @Slot(str)
    def _on_activated(self, word: str) -> None:
        begun = len(self.completionPrefix())
        self._field.setSelection(self._field.cursorPosition() - begun, begun)
        self._field.insert(word)
