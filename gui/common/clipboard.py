"""What is copied in several forms at once: the program that pastes it chooses."""

from PySide6.QtCore import QMimeData, QStringListModel


def empty_mime() -> QMimeData:
    """Made by Qt: one that Python has made crashes at exit, when the clipboard outlives Python."""
    model = QStringListModel([""])
    mime = model.mimeData([model.index(0)])
    mime.clear()
    return mime
