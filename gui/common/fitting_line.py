"""A line of text that is as wide as what stands in it, where the row has the room."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionFrame,
    QStylePainter,
    QWidget,
)

NARROWEST, USUAL = 10, 18  # characters
MARGIN = 2  # pixels that a line edit leaves at either side of its text


class FittingLine(QLineEdit):
    """A text that is too long is elided in the middle while it is not edited, if it ``elides``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.elides = True
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHorizontalStretch(100)  # before an empty stretch of the row gets anything
        self.setSizePolicy(policy)
        self.textChanged.connect(self._on_text_changed)

    @property
    def room(self) -> QRect:
        """Where the text stands."""
        contents = QStyle.SubElement.SE_LineEditContents
        room = self.style().subElementRect(contents, self._option(), self)
        return room.adjusted(MARGIN, 0, -MARGIN, 0)

    def sizeHint(self) -> QSize:
        return QSize(self._width_for(USUAL * self._digit), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_for(NARROWEST * self._digit), super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.elides and not self.hasFocus() and self._text_width > self.room.width():
            self._paint_elided()
        else:
            super().paintEvent(event)

    @property
    def _digit(self) -> int:
        return self.fontMetrics().horizontalAdvance("0")

    @property
    def _text_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.text())

    @Slot(str)
    def _on_text_changed(self, _text: str) -> None:
        self._fit()

    def _fit(self) -> None:
        text = max(self._text_width + self._digit, USUAL * self._digit)
        self.setMaximumWidth(self._width_for(text))

    def _width_for(self, text: int) -> int:
        size = QSize(text + 2 * MARGIN + 1, self.fontMetrics().height())
        kind = QStyle.ContentsType.CT_LineEdit
        return self.style().sizeFromContents(kind, self._option(), size, self).width()

    def _option(self) -> QStyleOptionFrame:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        return option

    def _paint_elided(self) -> None:
        option, room = self._option(), self.room
        middle = Qt.TextElideMode.ElideMiddle
        text = self.fontMetrics().elidedText(self.text(), middle, room.width())
        painter = QStylePainter(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option)
        painter.setPen(option.palette.text().color())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()
