"""A field that shows a number in as few digits as there is room for, and keeps them all."""

from dataclasses import replace

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent

from engine.numerals import short
from gui.common.number_field import NumberField

DIGITS = 4  # at most, but for those before the point
CURSOR = 3  # pixels
USUAL, LEAST = "−0.3456", "−0.35"  # it is as wide as these


class ValueField(NumberField):
    """With a true minus sign. What stands there is rounded; the number is not, until edited."""

    padding = 3

    def textFromValue(self, value: float) -> str:
        whole = len(str(int(abs(value))))
        if self.hyper.is_integer:
            return signed(short(round(value)))
        most = max(DIGITS, whole)
        texts = [signed(short(value, digits)) for digits in range(most, whole - 1, -1)]
        room = self.lineEdit().width() - CURSOR
        width = self.lineEdit().fontMetrics().horizontalAdvance
        return next((text for text in texts if width(text) <= room), texts[-1])

    def valueFromText(self, text: str) -> float:
        if text == self.textFromValue(self.value()):
            return self.value()
        return super().valueFromText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.lineEdit().isModified():
            blocked = self.blockSignals(True)
            self.setValue(self.value())  # in as many digits as fit now
            self.blockSignals(blocked)

    def sizeHint(self) -> QSize:
        return self._size(USUAL)

    def minimumSizeHint(self) -> QSize:
        return self._size(LEAST)

    def _size(self, text: str) -> QSize:
        beside = 2 * self.padding + CURSOR + 2
        width = self.fontMetrics().horizontalAdvance(text) + beside
        return QSize(width, super().sizeHint().height())

    def include(self, number: float) -> None:
        """Let a number stand here that no one could type before."""
        h = self.hyper
        if not h.low <= number <= h.high:
            self.hyper = replace(h, low=min(h.low, number), high=max(h.high, number))
            self.setMaximum(self.hyper.high)


def signed(text: str) -> str:
    """With a true minus sign."""
    return text.replace("-", "−")
