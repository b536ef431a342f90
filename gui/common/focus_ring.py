"""A line around what has come into focus by the keyboard, where the style draws none."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QRegion
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QFrame, QLabel, QWidget

WIDE = 2  # pixels
STYLED = (QAbstractButton, QAbstractSpinBox, QComboBox, QLabel)  # the style sheet marks these
BACK = (  # what it was before holds again
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class FocusRing(QFrame):
    """It is not shown after a click, until a key is pressed; the middle of it is not there.

    It lies outside what it is ``around``, which has found its place before: nothing is covered.
    """

    def __init__(self, around: QWidget) -> None:
        super().__init__(around.parentWidget())
        self.setProperty("role", "focus-ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.around, self._by_key = around, False
        self.hide()
        around.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.around:
            self._follow(event)
        return False

    def _follow(self, event: QEvent) -> None:
        match event.type():
            case QEvent.Type.FocusIn if isinstance(event, QFocusEvent):
                if event.reason() not in BACK:
                    self._by_key = event.reason() != Qt.FocusReason.MouseFocusReason
                self._show(self._by_key)
            case QEvent.Type.FocusOut | QEvent.Type.Hide:
                self.hide()
            case QEvent.Type.KeyPress:
                self._by_key = True
                self._show(self.around.hasFocus())
            case QEvent.Type.Resize | QEvent.Type.Move if self.isVisible():
                self._show(True)

    def _show(self, shown: bool) -> None:
        if shown:
            if (home := self.around.parentWidget()) is not self.parentWidget():
                self.setParent(home)
            self.setGeometry(self.around.geometry().adjusted(-WIDE, -WIDE, WIDE, WIDE))
            inner = self.rect().adjusted(WIDE, WIDE, -WIDE, -WIDE)
            self.setMask(QRegion(self.rect()) - QRegion(inner))
            self.raise_()
        self.setVisible(shown)


def ring_all(within: QWidget) -> None:
    """Everything within that can be reached with Tab and that the style sheet does not mark."""
    for widget in within.findChildren(QWidget):
        by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        is_popup = widget.window() is not within.window()  # the list of a combo
        is_styled = isinstance(widget, STYLED) or isinstance(widget.parentWidget(), STYLED)
        if by_tab and not is_popup and not is_styled:
            FocusRing(widget)
