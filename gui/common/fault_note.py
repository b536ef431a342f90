"""The sentence under a field that says what is wrong in it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

GAP = 4


class FaultNote(QLabel):
    """Lies over what stands below the field, in its window; mouse and focus pass it by."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "note")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_below(self, field: QWidget, sentence: str) -> None:
        self.setText(sentence)
        if self.parentWidget() is not field.window():
            self.setParent(field.window())
        self.place(field)
        self.show()
        self.raise_()

    def place(self, field: QWidget) -> None:
        """Flush with ``field`` on the left where the window has the room."""
        window = field.window()
        self.ensurePolished()
        room = window.width() - 2 * GAP
        self.setWordWrap(False)
        wide = self.sizeHint().width()
        self.setWordWrap(True)
        width = min(wide, room)
        self.resize(width, self.heightForWidth(width))
        corner = field.mapTo(window, QPoint(0, field.height() + GAP))
        self.move(max(GAP, min(corner.x(), window.width() - GAP - width)), corner.y())
