"""A field for one hyperparameter: typed, scrolled, or stepped with the arrow keys."""

from html import escape

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QToolTip, QWidget

from engine.faults import InputError
from engine.hyper import Hyper
from engine.numerals import short
from gui.common.numbers import LADDER, parsed, stepped

MIXED = "differ"  # what stands for several numbers
TYPED = frozenset("0123456789.,eE+-− ")
PADDING = 9  # pixels at either side of the text
ARROWS: dict[int, int] = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
}  # with Shift: a decade, or ten steps
DECIMALS = 30  # Qt rounds to so many: the smallest ε keeps all its digits


class NumberField(QDoubleSpinBox):
    """Takes what the hyperparameter allows; what it does not is told and the old number stays.

    ``lowest`` is the word for the lowest number, such as 'full' for the batch 0. Below it stands,
    for as long as it is shown, the word for numbers that differ. The keys that cannot be part of a
    number stay shortcuts of the window.
    """

    number_changed = Signal(str, object)  # the hyperparameter's name, int or float
    refused = Signal(str)
    padding = PADDING

    def __init__(self, h: Hyper, lowest: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hyper = h
        self.setObjectName(h.name)
        self.setAccessibleName(h.title)
        self.setDecimals(DECIMALS)
        self.setRange(h.low, h.high)
        self._lowest = lowest
        self.setSpecialValueText(lowest)
        self.setKeyboardTracking(False)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(hyper_html(h, lowest))
        self.set_number(h.default)
        self.valueChanged.connect(self._on_value_changed)
        self.lineEdit().textEdited.connect(self._on_text_edited)

    @property
    def number(self) -> float:
        """An ``int`` where the hyperparameter is whole."""
        return round(self.value()) if self.hyper.is_integer else self.value()

    def set_number(self, number: float) -> None:
        """Show ``number`` without telling; what is being typed stays if nothing changes."""
        if self.is_mixed or number != self.number:
            blocked = self.blockSignals(True)
            if self.minimum() != self.hyper.low:  # which lays the window out anew
                self.setMinimum(self.hyper.low)
                self.setSpecialValueText(self._lowest)
            self.setValue(number)
            self.blockSignals(blocked)

    def set_mixed(self) -> None:
        """Several numbers differ: show that until one is entered for all."""
        if not self.is_mixed:
            blocked = self.blockSignals(True)
            self.setMinimum(self.hyper.low - 1)
            self.setSpecialValueText(MIXED)
            self.setValue(self.minimum())
            self.blockSignals(blocked)

    @property
    def is_mixed(self) -> bool:
        return self.minimum() < self.hyper.low and self.value() == self.minimum()

    def textFromValue(self, value: float) -> str:
        return short(round(value) if self.hyper.is_integer else value)

    def valueFromText(self, text: str) -> float:
        if self._is_lowest(text):
            return self.minimum()
        number = parsed(text)
        return self.value() if number is None else float(number)

    def validate(self, text: str, pos: int) -> tuple[QValidator.State, str, int]:
        if self._is_lowest(text):
            return QValidator.State.Acceptable, text, pos
        if not TYPED.issuperset(text):
            return QValidator.State.Invalid, text, pos
        fine = self._fault(text) is None
        state = QValidator.State.Acceptable if fine else QValidator.State.Intermediate
        return state, text, pos

    def stepBy(self, steps: int) -> None:
        self.interpretText()
        start = self.hyper.low if self.is_mixed else self.number
        self.setValue(stepped(self.hyper, start, steps))
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and _is_no_number(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._refuse():
            self.selectAll()
        elif event.modifiers() == Qt.KeyboardModifier.ShiftModifier and event.key() in ARROWS:
            self.stepBy(ARROWS[event.key()] * (len(LADDER) if self.hyper.log else 10))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            QTimer.singleShot(0, self, self.selectAll)  # after the click has set the cursor

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._refuse()
        super().focusOutEvent(event)  # brings the last number back
        self._mark(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._fit_text()

    def _fit_text(self) -> None:
        """A styled spin box without buttons leaves its text a pixel of width: give it the rest."""
        self.lineEdit().setGeometry(self.rect().adjusted(self.padding, 1, -self.padding, -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.selectAll()  # else a part of 1e-8

    def _is_lowest(self, text: str) -> bool:
        return bool(self.specialValueText()) and text == self.specialValueText()

    def _fault(self, text: str) -> str | None:
        number = parsed(text)
        try:
            self.hyper.check(text if number is None else number)
        except InputError as error:
            return str(error)
        return None

    def _refuse(self) -> bool:
        """Whether what stands there is at fault; if so, say why."""
        text = self.lineEdit().text()
        if self._is_lowest(text) or (reason := self._fault(text)) is None:
            return False
        self._mark(True)
        self.refused.emit(reason)
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), reason, self)
        return True

    def _mark(self, fault: bool) -> None:
        if bool(self.property("fault")) != fault:
            self.setProperty("fault", fault)
            self.style().unpolish(self)
            self.style().polish(self)

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        self._mark(False)

    @Slot(float)
    def _on_value_changed(self, _value: float) -> None:
        self._mark(False)
        self.number_changed.emit(self.hyper.name, self.number)


def hyper_html(h: Hyper, lowest: str = "") -> str:
    """Symbol, definition, default and range, for a tooltip."""
    low = f"{short(_own(h, h.low))} ({escape(lowest)})" if lowest else _own_text(h, h.low)
    return (
        f"<b>{escape(h.title)}</b><br>{escape(h.help)}<br>"
        f"default {_own_text(h, h.default)} · {low} to {_own_text(h, h.high)}"
    )


def _own_text(h: Hyper, number: float) -> str:
    return short(_own(h, number))


def _own(h: Hyper, number: float) -> float:
    return round(number) if h.is_integer else float(number)


def _is_no_number(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent):
        return False
    plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    text = event.text()
    return plain and text.isprintable() and bool(text) and (text == " " or text not in TYPED)
