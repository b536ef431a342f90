"""A row of controls in which the lesser ones give way where there is little room."""

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

SPACING = 8
LEFT_OUT = "left_out"  # a property: not in the row now, for a picture is made of it


class SpareRow(QWidget):
    """What is ``spare`` goes, the last of it first; one that ``stretches`` gets what is left."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._widgets: list[QWidget] = []
        self._spare: list[QWidget] = []
        self._stretching: QWidget | None = None

    def add(self, widget: QWidget, *, spare: bool = False, stretches: bool = False) -> None:
        widget.setParent(self)
        widget.show()
        self._widgets.append(widget)
        if stretches:
            self._stretching = widget
        elif spare:
            self._spare.append(widget)

    def sizeHint(self) -> QSize:
        return QSize(_total(self._sized()), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_total([w for w in self._sized() if w not in self._spare]), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def _sized(self) -> list[QWidget]:
        in_row = [w for w in self._widgets if not w.property(LEFT_OUT)]
        return [w for w in in_row if w is not self._stretching]

    def _height(self) -> int:
        return max((w.sizeHint().height() for w in self._widgets), default=0)

    def _place(self) -> None:
        shown = self._sized()
        for spare in reversed(self._spare):
            if _total(shown) > self.width():
                shown.remove(spare)
        rest = self.width() - _total(shown) - SPACING
        left = 0
        for widget in self._widgets:
            stretches = widget is self._stretching
            widget.setVisible(widget in shown or (stretches and rest > 4 * SPACING))
            if widget.isHidden():
                left += max(rest + SPACING, 0) if stretches else 0
                continue
            hint = widget.sizeHint()
            width = rest if stretches else hint.width()
            height = min(hint.height(), self.height())
            place = QRect(left, (self.height() - height) // 2, width, height)
            widget.setGeometry(place)
            left += width + SPACING


def _total(widgets: list[QWidget]) -> int:
    widths = [widget.sizeHint().width() for widget in widgets]
    return sum(widths) + SPACING * max(0, len(widths) - 1)
