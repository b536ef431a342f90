"""The line under the chain: the chapter's examples and problems, one click each."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gui.chain.table import Entry

MARGIN, SPACING = 12, 6


class StudyBar(QWidget):
    """One button per entry, with shorter words where there is little room."""

    chosen = Signal(str)  # the key of an entry

    def __init__(self, entries: Iterable[Entry]) -> None:
        super().__init__()
        self.setObjectName("transport")  # it looks like the other view's
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Examples and problems of the chapter")
        self._entries = tuple(entries)
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 8, MARGIN, 8)
        row.setSpacing(SPACING)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # it fits what there is
        for entry in self._entries:
            self.buttons[entry.key] = self._button(entry)
            row.addWidget(self.buttons[entry.key])
        row.addStretch(1)

    def set_chosen(self, key: str) -> None:
        """Show which study is shown."""
        for name, button in self.buttons.items():
            button.setChecked(name == key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self.buttons:
            self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _button(self, entry: Entry) -> QPushButton:
        button = QPushButton(entry.label)
        button.setObjectName(entry.key)
        button.setProperty("role", "study")
        button.setCheckable(bool(entry.study))
        button.setToolTip(f"{entry.label} · {entry.tip} · {entry.keys}")
        button.clicked.connect(self._on_clicked)
        return button

    def _fit(self) -> None:
        """The longest words that fit: whole, short, without a number, or only the number."""
        for tight, words in ((False, "label"), (False, "short"), (True, "word"), (True, "number")):
            self._set_texts([str(getattr(entry, words)) for entry in self._entries], tight)
            if self.sizeHint().width() <= self.width():
                return

    def _set_texts(self, texts: list[str], tight: bool) -> None:
        for entry, text in zip(self._entries, texts, strict=True):
            button = self.buttons[entry.key]
            if button.property("tight") != tight:
                button.setProperty("tight", tight)
                button.style().unpolish(button)
                button.style().polish(button)
            button.setText(text)

    @Slot()
    def _on_clicked(self) -> None:
        if isinstance(button := self.sender(), QPushButton):
            button.setChecked(button.isCheckable())  # the shown study stays chosen
            self.chosen.emit(button.objectName())
