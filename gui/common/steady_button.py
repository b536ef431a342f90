"""A button that does not change its width when it is on."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton


class SteadyButton(QPushButton):
    """As wide as with its text in bold letters, which the style gives to one that is on."""

    def sizeHint(self) -> QSize:
        bold = QFont(self.font())
        bold.setBold(True)
        wide = QFontMetrics(bold).horizontalAdvance(self.text())
        return super().sizeHint() + QSize(
            max(wide - self.fontMetrics().horizontalAdvance(self.text()), 0), 0
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
