"""A form built from the hyperparameters of a frozen dataclass."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.faults import InputError
from engine.hyper import hypers
from gui.common.form_row import DragName, FormRow
from gui.common.number_field import NumberField


class HyperForm(QWidget):
    """Edits a copy of a frozen dataclass; emits the new value as a whole.

    ``only`` names the fields to show (all by default), in their order; ``lowest`` has the words
    for the lowest numbers, ``names`` names to show in place of the symbols.
    """

    value_changed = Signal(object)
    refused = Signal(str)
    gesture_ended = Signal()  # typed, left or let go: what follows is another step to undo

    def __init__(
        self,
        value: Any,
        *,
        only: Iterable[str] | None = None,
        lowest: Mapping[str, str] | None = None,
        names: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._value = value
        self.rows: dict[str, FormRow] = {}
        self._fields: dict[str, NumberField] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        known = {h.name: h for h in hypers(value)}
        for name in known if only is None else only:
            h = known[name]
            field = self._fields[name] = NumberField(h, (lowest or {}).get(name, ""))
            row = self.rows[name] = FormRow((names or {}).get(name, h.symbol), field)
            column.addWidget(row)
            field.set_number(getattr(value, name))
            field.number_changed.connect(self._on_number_changed)
            field.refused.connect(self.refused)
            field.editingFinished.connect(self.gesture_ended)
            if isinstance(row.name, DragName):
                row.name.dragged.connect(self.gesture_ended)

    @property
    def value(self) -> Any:
        return self._value

    def field(self, name: str) -> NumberField:
        return self._fields[name]

    def set_value(self, value: Any) -> None:
        """Show another value of the same class; nothing is emitted."""
        self._value = value
        for name, field in self._fields.items():
            field.set_number(getattr(value, name))

    @Slot(str, object)
    def _on_number_changed(self, name: str, number: float) -> None:
        try:
            self._value = replace(self._value, **{name: number})
        except InputError as error:
            self.set_value(self._value)
            self.refused.emit(str(error))
        else:
            self.value_changed.emit(self._value)


class FamilyForm(QWidget):
    """A form for values of a family, such as the optimizers: another class, other fields."""

    value_changed = Signal(object)
    refused = Signal(str)
    gesture_ended = Signal()

    def __init__(self, value: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._form = self._show(value)

    @property
    def rows(self) -> dict[str, FormRow]:
        return self._form.rows

    def field(self, name: str) -> NumberField:
        return self._form.field(name)

    def set_value(self, value: Any) -> None:
        """Show another value; nothing is emitted."""
        if type(value) is type(self._form.value):
            self._form.set_value(value)
            return
        self._column.removeWidget(self._form)
        self._form.hide()
        self._form.deleteLater()
        self._form = self._show(value)

    def _show(self, value: Any) -> HyperForm:
        form = HyperForm(value)
        form.value_changed.connect(self.value_changed)
        form.refused.connect(self.refused)
        form.gesture_ended.connect(self.gesture_ended)
        self._column.addWidget(form)
        self.setVisible(bool(form.rows))  # an empty one would still take its spacing
        return form
