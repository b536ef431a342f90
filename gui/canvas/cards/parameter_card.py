"""The card of one weight or bias: its value, gradient and last change, live; set or freeze it."""

from itertools import count
from math import inf, nextafter

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from engine.architecture import BIAS, GREATEST_VALUE, GivenParameter
from engine.edits import forget_parameter, given_parameter, set_parameter
from engine.faults import InputError
from engine.hyper import Hyper
from engine.inspection import ParameterReading
from engine.spec import Experiment
from gui.canvas.words.parameter_names import (
    inside,
    name_of,
    numbered,
    short_name,
    signed_digits,
    step,
)
from gui.common.number_field import NumberField
from gui.common.throttle import Throttle
from gui.document import ExperimentDocument
from gui.theme import Theme

Place = tuple[int, int, int]  # layer (from 0), neuron, source
READINGS_MS = 200
WIDEST, PADDING = "-0.00000e-00", 30  # of a value, and pixels around it
DIGITS = 5  # significant ones, of a value that is shown
VALUE = Hyper(
    "value", "value", 0.0, -GREATEST_VALUE, GREATEST_VALUE, False,
    "type a number and press Enter: training goes on from there, or leaves it if it is frozen",
)  # fmt: skip
ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
}  # fmt: skip
KEYS_HELP = (
    "Up and Down: another neuron; Left and Right: another source, or the bias;"
    " type a number and press Enter to set it; F freezes and releases; Esc closes."
)


class ParameterCard(QWidget):
    """Holds a place in the network; ``picked`` says which one it is now, None: it closed."""

    picked = Signal(object)
    refused = Signal(str)

    def __init__(self, document: ExperimentDocument, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self.place: Place | None = None
        self._reading: ParameterReading | None = None
        self._serial = count()
        self._make_widgets()
        self._lay_out()
        self._due = Throttle(self, READINGS_MS)
        self._due.due.connect(self._on_due)
        document.changed.connect(self._on_experiment_changed)
        self.set_theme(theme)
        self.hide()

    def _make_widgets(self) -> None:
        self.setObjectName("parameter_card")
        self.setAccessibleName("Weight or bias")
        self.setAccessibleDescription(KEYS_HELP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setToolTip(KEYS_HELP)
        self.name = QLabel()
        self.name.setObjectName("parameter_name")
        self.value = NumberField(VALUE)
        self.gradient, self.change_label = QLabel(), QLabel()
        self.state = QLabel()
        self.state.setProperty("role", "caption")
        self.freeze, self.forget = QPushButton("Freeze"), QPushButton("Forget")
        self.forget.setToolTip("Back to the value that the initializer draws, free to learn")
        self.close_button = QToolButton()
        self.close_button.setText("✕")
        self.close_button.setAccessibleName("Close")
        self.value.number_changed.connect(self._on_number_changed)
        self.value.editingFinished.connect(self._on_editing_finished)
        self.value.refused.connect(self.refused)
        self.freeze.clicked.connect(self._on_freeze)
        self.forget.clicked.connect(self._on_forget)
        self.close_button.clicked.connect(self.close_card)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 8, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.addWidget(self.name, 0, 0, 1, 2)
        grid.addWidget(self.close_button, 0, 2, Qt.AlignmentFlag.AlignRight)
        rows = (("value", self.value), ("∂C/∂w", self.gradient), ("last change", self.change_label))
        self.captions = []
        for row, (text, widget) in enumerate(rows, 1):
            caption = QLabel(text)
            caption.setProperty("role", "dim")
            self.captions.append(caption)
            grid.addWidget(caption, row, 0)
            grid.addWidget(widget, row, 1, 1, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.freeze)
        buttons.addWidget(self.forget)
        buttons.addWidget(self.state, 1)
        grid.addLayout(buttons, 4, 0, 1, 3)

    # -- what is shown ---------------------------------------------------------------------

    def open(self, layer: int, neuron: int, source: int) -> None:
        """Show a weight, or with ``source`` BIAS a bias."""
        place = (layer, neuron, source)
        if not inside(self._document.experiment.architecture, place):
            return
        self.place = place
        self._gesture = next(self._serial)
        self._reading = None
        self._due.reset()
        self._show_place()
        self.value.setFixedWidth(self.fontMetrics().horizontalAdvance(WIDEST) + PADDING)
        self.adjustSize()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.picked.emit(place)

    def show_reading(self, reading: ParameterReading | None, place: Place | None) -> None:
        """What the engine read at ``place``; of another place, nothing."""
        if reading is not None and place == self.place:
            self._reading = reading
            self._due.request()

    def close_card(self) -> None:
        if self.place is not None:
            self.place = None
            self.hide()
            self.picked.emit(None)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def stand_in(self, room: QRect) -> None:
        """In the upper corner of the picture that is further from the layer."""
        if self.place is not None:
            architecture = self._document.experiment.architecture
            self.name.setText(f"<b>{name_of(architecture, self.place)}</b>")
            if self.sizeHint().width() > room.width() - 16:
                self.name.setText(f"<b>{short_name(self.place)}</b>")
        self.adjustSize()
        left, layers = room.left() + 8, len(self._document.experiment.architecture.layers)
        if self.place is None or 2 * self.place[0] + 1 < layers:
            left = max(room.right() - self.width() - 8, 0)
        self.move(QPoint(left, room.top() + 8))

    @property
    def given(self) -> GivenParameter | None:
        """The value that the document gives it, if any."""
        if self.place is None:
            return None
        return given_parameter(self._document.experiment.architecture, *self.place)

    def _show_place(self) -> None:
        assert self.place is not None
        architecture, given = self._document.experiment.architecture, self.given
        self.name.setText(f"<b>{name_of(architecture, self.place)}</b>")
        self.captions[1].setText("∂C/∂b" if self.place[2] == BIAS else "∂C/∂w")
        frozen = given is not None and given.frozen
        self.freeze.setText("Release" if frozen else "Freeze")
        self.freeze.setToolTip("Let training change it" if frozen else "Training leaves it as is")
        self.forget.setEnabled(given is not None)
        self.state.setText("frozen" if frozen else "set" if given else "")
        self._show_numbers()

    @Slot()
    def _on_due(self) -> None:
        self._show_numbers()

    def _show_numbers(self) -> None:
        reading = self._reading
        if reading is None:
            self.gradient.setText(signed_digits(None))
            self.change_label.setText(signed_digits(None))
            if self.given is not None:
                self._show_value(self.given.value)
            return
        self._show_value(reading.value)
        self.gradient.setText(signed_digits(reading.gradient))
        self.change_label.setText(signed_digits(reading.change))

    def _show_value(self, value: float) -> None:
        if not self.value.lineEdit().isModified():
            self.value.set_number(float(f"{value:.{DIGITS}g}"))

    # -- edits -----------------------------------------------------------------------------

    def _current(self) -> float:
        if self._reading is not None:
            return self._reading.value
        return self.given.value if self.given is not None else float(self.value.number)

    def _set(self, verb: str, value: float, frozen: bool, merge: bool = False) -> None:
        if self.place is not None:
            key = ("parameter", *self.place, self._gesture) if merge else None
            after = self._edited(value, frozen)
            if after is not None:
                self._document.change(f"{verb} {short_name(self.place)}", after, key)

    def _edited(self, value: float, frozen: bool) -> Experiment | None:
        assert self.place is not None
        try:
            return set_parameter(self._document.experiment, *self.place, value, frozen)
        except InputError as error:
            self.refused.emit(str(error))
            return None

    @Slot(str, object)
    def _on_number_changed(self, _name: str, number: float) -> None:
        self.value.lineEdit().setModified(False)
        given = self.given
        if given is not None and given.value == number:  # set again: training has moved it since
            number = nextafter(number, inf)
        self._set("Set", float(number), given is not None and given.frozen, merge=True)
        if self._reading is not None:
            self._reading = None  # of the value before

    @Slot()
    def _on_editing_finished(self) -> None:
        self._gesture = next(self._serial)  # what follows is another step to undo

    @Slot()
    def _on_freeze(self) -> None:
        given = self.given
        if given is not None and given.frozen:
            self._set("Release", given.value, False)
        else:
            self._set("Freeze", self._current(), True)

    @Slot()
    def _on_forget(self) -> None:
        if self.place is not None and self.given is not None:
            after = forget_parameter(self._document.experiment, *self.place)
            self._document.change(f"Forget {short_name(self.place)}", after)

    @Slot(object)
    def _on_experiment_changed(self, experiment: Experiment) -> None:
        if self.place is None:
            return
        if inside(experiment.architecture, self.place):
            self._show_place()
        else:
            self.close_card()

    # -- events ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.key() in ARROWS or numbered(event) or event.key() == Qt.Key.Key_F)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in ARROWS and self.place is not None and self.hasFocus():
            sizes = self._document.experiment.architecture.sizes
            self.open(*step(sizes, self.place, *ARROWS[event.key()]))
        elif event.key() == Qt.Key.Key_F:
            self._on_freeze()
        elif numbered(event):
            self.value.setFocus(Qt.FocusReason.OtherFocusReason)
            self.value.selectAll()
            self.value.lineEdit().insert(event.text())
            self.value.lineEdit().setModified(True)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        painter.setPen(QColor(self._theme.accent if self.hasFocus() else self._theme.line))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
