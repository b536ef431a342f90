"""The font of a caption, a text or a title, at the scale that the window has set."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from gui.theme import TEXT


def typeface(widget: QWidget, pixels: int, bold: bool = False) -> QFont:
    """``widget``'s font in a size of the theme; it grows with the window's font."""
    font = QFont(widget.font())
    scale = font.pixelSize() / TEXT if font.pixelSize() > 0 else 1.0
    font.setPixelSize(max(1, round(pixels * scale)))
    font.setBold(bold)
    return font
