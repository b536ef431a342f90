"""A part of the settings panel: a title in small capitals, and rows that edit the document."""

from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.faults import InputError
from engine.hyper import hypers
from engine.spec import Experiment
from gui.common.form_row import FormRow
from gui.common.forms import FamilyForm, HyperForm
from gui.document import ExperimentDocument

ROW_SPACING = 4


class Section(QWidget):
    """Shows a part of the experiment; what the engine refuses is told and the old stays."""

    refused = Signal(str)
    noted = Signal(str)

    def __init__(self, title: str, document: ExperimentDocument) -> None:
        super().__init__()
        self._document = document
        self._running = False
        self._gesture = 0
        self.title = QLabel(title.upper())
        self.title.setProperty("role", "section")
        self.title.setIndent(0)  # with a padding Qt would add some of its own
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(ROW_SPACING)
        self.column.addWidget(self.title)

    @abstractmethod
    def show_experiment(self, experiment: Experiment) -> None:
        """Show what the document holds now; edits nothing."""

    @abstractmethod
    def restart_rows(self) -> Iterable[FormRow]:
        """The rows that a running training cannot take over."""

    @property
    def experiment(self) -> Experiment:
        return self._document.experiment

    def set_running(self, running: bool) -> None:
        self._running = running
        self.mark()

    def mark(self) -> None:
        for row in self.restart_rows():
            row.set_mark(self._running)

    def add_row(self, name: str, field: QWidget) -> FormRow:
        row = FormRow(name, field)
        self.column.addWidget(row)
        return row

    def add_form(self, form: HyperForm | FamilyForm, on_value_changed: Any) -> None:
        form.value_changed.connect(on_value_changed)
        form.refused.connect(self.refused)
        form.gesture_ended.connect(self._on_gesture_ended)
        self.column.addWidget(form)

    def edit(
        self,
        text: str,
        change: Callable[[Experiment], Experiment],
        field: str | None = None,
    ) -> bool:
        """Take ``change`` to the document, joined with the last of the same ``field`` if there is
        one and the gesture goes on; False and the reason told if the engine refuses it.
        """
        try:
            experiment = change(self.experiment)
        except InputError as error:
            self.show_experiment(self.experiment)
            self.refused.emit(str(error))
            return False
        merge_key = None if field is None else (type(self).__name__, field, self._gesture)
        self._document.change(text, experiment, merge_key)
        return True

    def edit_numbers(self, change: Callable[..., Experiment], before: Any, after: Any) -> bool:
        """One edit, by ``change(experiment, **numbers)``, of the hyperparameters that differ."""
        changed = [h for h in hypers(after) if getattr(after, h.name) != getattr(before, h.name)]
        numbers = {h.name: getattr(after, h.name) for h in changed}
        text = "Set " + ", ".join(h.symbol for h in changed)
        return self.edit(text, lambda e: change(e, **numbers), ",".join(numbers))

    @Slot()
    def _on_gesture_ended(self) -> None:
        self._gesture += 1
