"""A symbol, a slider and a field for one number: dragged, stepped or typed."""

from enum import Enum
from html import escape

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from engine.faults import InputError
from engine.hyper import Hyper
from engine.numerals import short
from gui.common.formula.boxes import Box, Row
from gui.common.formula.label import FormulaLabel
from gui.common.value_bubble import ValueBubble
from gui.common.value_field import ValueField, signed
from gui.common.value_gesture import Gesture
from gui.common.value_groove import Groove
from gui.common.value_menu import ValueMenu
from gui.common.value_range import SliderRange
from gui.theme import Theme

GAP = 4
HANDS = "drag, arrow keys (with Shift ten steps), or type; right click: range"


class Shape(Enum):
    """Where symbol S, field F and slider stand; the first letters are those of a row."""

    WIDE = "S F / slider"  # the symbol at the left, the field at the right
    COMPACT = "SF / slider"  # the field takes what the symbol leaves
    BARE = "F / slider"  # the symbol stands elsewhere
    LINE = "S slider F"


class ValueSlider(QWidget):
    """Tells of what the user does, with a key that all changes of one gesture share.

    The slider's range is narrower than what the hyperparameter allows: a number beyond it, typed
    or shown, widens it.
    """

    value_changed = Signal(float, object)  # value, merge key
    refused = Signal(str)

    def __init__(self, h: Hyper, symbol: Box, shape: Shape = Shape.WIDE) -> None:
        super().__init__()
        self.setObjectName(h.name)
        self._symbol, self._help = symbol, h.help
        self._value = self._default = float(h.default)
        self._gesture = Gesture()
        self._typed = self._mixed = False
        self._own = self._range = SliderRange(h.low, h.high, h.is_integer)
        self.symbol = FormulaLabel(symbol, bold=True)
        self.field, self.groove = ValueField(h), Groove()
        self.bubble: ValueBubble | None = None  # while it is dragged
        self.field.setProperty("role", "value")
        self.set_shape(shape)
        self.set_name(h.title, h.help)
        self._connect()
        self._fit_range()

    def _connect(self) -> None:
        self.groove.sliderPressed.connect(self._on_pressed)
        self.groove.sliderReleased.connect(self._on_released)
        self.groove.valueChanged.connect(self._on_moved)
        self.groove.stepped.connect(self._on_stepped)
        self.groove.ended.connect(self._on_ended)
        self.groove.reset_asked.connect(self._on_reset_asked)
        self.groove.typing_asked.connect(self._on_typing_asked)
        self.field.number_changed.connect(self._on_number_changed)
        self.field.lineEdit().textEdited.connect(self._on_text_edited)
        self.field.refused.connect(self.refused)
        self.setFocusProxy(self.groove)

    # -- what is shown ---------------------------------------------------------------------

    @property
    def value(self) -> float:
        return self._value

    @property
    def default(self) -> float:
        return self._default

    @property
    def is_mixed(self) -> bool:
        return self._mixed

    @property
    def range(self) -> tuple[float, float]:
        """Of the slider."""
        return self._range.low, self._range.high

    def set_value(self, value: float, written: bool = True) -> None:
        """Show ``value`` without telling; if it was mixed, it is no longer.

        Where it is not ``written`` at once, ``write`` does so later: many numbers take time.
        """
        if value != self._value or self._mixed:
            self._value, self._mixed = value, False
            if written:
                self.write()
            self._fit_range()

    def write(self) -> None:
        """Let the field show the value."""
        if not self._mixed:
            self.field.include(self._value)
            self.field.set_number(self._value)

    def set_mixed(self) -> None:
        """What the slider is linked to has several values: 'differ', until one is set for all."""
        if not self._mixed:
            self._mixed = True
            self.field.set_mixed()
            self.groove.show_place(self.groove.value(), mixed=True)

    def set_default(self, value: float) -> None:
        """What a double click returns to."""
        self._default = value

    def set_range(self, low: float, high: float) -> None:
        """What the slider spans as long as the value lies within."""
        self._own = SliderRange(low, high, self.field.hyper.is_integer)
        self._fit_range()

    def widen(self) -> None:
        """The next wider range."""
        wider = self._range.wider()
        h = self.field.hyper
        self.set_range(max(wider.low, h.low), min(wider.high, h.high))

    def set_name(self, name: str, help: str) -> None:
        """What a screen reader and the tooltip call it."""
        self._help = help
        self.groove.setAccessibleName(name)
        self.field.setAccessibleName(name)

    def set_symbol(self, symbol: Box) -> None:
        self._symbol = symbol
        self._colour_symbol()

    def set_colour(self, colour: QColor, theme: Theme) -> None:
        """That of the thing whose number this is."""
        if (colour, theme) != (self.groove.colour, self.groove.theme):
            self.groove.set_colour(colour, theme)
            self._colour_symbol()
            if self.bubble is not None:
                self._show_bubble()

    def set_shape(self, shape: Shape) -> None:
        self.shape = shape
        grid = self.layout()
        if not isinstance(grid, QGridLayout):
            grid = QGridLayout(self)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(GAP)
            grid.setVerticalSpacing(0)
        one_line = shape is Shape.LINE
        middle = one_line or shape is Shape.WIDE
        field = {Shape.BARE: (0, 0, 1, 3), Shape.COMPACT: (0, 1, 1, 2)}.get(shape, (0, 2, 1, 1))
        grid.addWidget(self.symbol, 0, 0)
        self.symbol.setVisible(shape is not Shape.BARE)  # a child by now: else a window of its own
        grid.addWidget(self.field, *field)
        grid.addWidget(self.groove, *((0, 1, 1, 1) if one_line else (1, 0, 1, 3)))
        across = QSizePolicy.Policy.Fixed if middle else QSizePolicy.Policy.Expanding
        self.field.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        grid.setColumnStretch(1, 1)

    def least_width(self, shape: Shape) -> int:
        """Pixels that it needs in this shape."""
        symbol = self.symbol.sizeHint().width() + GAP
        field = self.field.minimumSizeHint().width()
        match shape:
            case Shape.WIDE:
                return symbol + GAP + self.field.sizeHint().width()
            case Shape.COMPACT:
                return symbol + field
            case Shape.BARE:
                return field
            case Shape.LINE:
                return symbol + 2 * self.groove.minimumSizeHint().width() + GAP + field

    def _colour_symbol(self) -> None:
        groove = self.groove
        ink = groove.theme.legible(groove.colour)
        self.symbol.set_formula(Row(self._symbol, colour=ink))

    def _fit_range(self) -> None:
        shown = self._own.holding(self._value)
        first, last = shown.places
        if shown != self._range or (first, last) != (self.groove.minimum(), self.groove.maximum()):
            self._range = shown
            blocked = self.groove.blockSignals(True)
            self.groove.setRange(first, last)
            self.groove.setSingleStep(max(1, round(shown.step / shown.grid)))
            self.groove.setPageStep(10 * self.groove.singleStep())
            self.groove.blockSignals(blocked)
        self.groove.show_place(shown.place(self._value), self._mixed)

    # -- hands -----------------------------------------------------------------------------

    def _enter(self, value: float, key: object) -> None:
        """The user wants this value; the range that it was chosen in stays."""
        self._own = self._range.holding(value)
        changed = value != self._value or self._mixed
        self._value, self._mixed = value, False
        self.write()
        self._fit_range()
        if changed:
            self.value_changed.emit(value, key)

    @Slot()
    def _on_pressed(self) -> None:
        self._gesture.begin()

    @Slot()
    def _on_released(self) -> None:
        if self.bubble is not None:
            self.bubble.hide()
            self.bubble.deleteLater()
            self.bubble = None

    def _show_bubble(self) -> None:
        groove = self.groove
        if self.bubble is None:
            self.bubble = ValueBubble(self.window())
        self.bubble.tell(self._symbol, self._value, groove.colour, groove.theme)
        handle = QPoint(round(groove.at(groove.value())), 0)
        self.bubble.point_at(groove.mapTo(self.window(), handle))

    @Slot(int)
    def _on_moved(self, place: int) -> None:
        key = self._gesture.key if self.groove.isSliderDown() else self._gesture.step()
        self._enter(self._range.value(place), key)
        if self.groove.isSliderDown():
            self._show_bubble()

    @Slot(int)
    def _on_stepped(self, steps: int) -> None:
        self._enter(self._range.stepped(self._value, steps), self._gesture.step())

    @Slot(int)
    def _on_ended(self, end: int) -> None:
        self._enter(self._range.high if end > 0 else self._range.low, self._gesture.step())

    @Slot()
    def _on_reset_asked(self) -> None:
        """Part of the gesture that its first click began."""
        self._enter(self._default, self._gesture.key)

    @Slot()
    def _on_typing_asked(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    @Slot(str, object)
    def _on_number_changed(self, _name: str, number: float) -> None:
        typed, self._typed = self._typed, False
        self._enter(float(number), self._gesture.begin() if typed else self._gesture.step())

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        self._typed = True

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._enter(self._default, self._gesture.begin())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = ValueMenu(self, self.field.hyper, self._range, self._value, self._default)
        menu.range_chosen.connect(self._on_range_chosen)
        menu.entered.connect(self._on_entered)
        menu.popup(event.globalPos())

    @Slot(float)
    def _on_range_chosen(self, end: float) -> None:
        self.set_range(-end, end)

    @Slot(float)
    def _on_entered(self, value: float) -> None:
        try:
            self.field.hyper.check(value)
        except InputError as error:
            self.refused.emit(str(error))
        else:
            self._enter(value, self._gesture.begin())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self._tip())
        return super().event(event)

    def _tip(self) -> str:
        value = "values differ" if self._mixed else signed(short(self._value))
        return (
            f"<b>{escape(self.field.accessibleName())}</b> = {value}<br>{escape(self._help)}<br>"
            f"double-click: {signed(short(self._default, 6))} · {HANDS}"
        )
