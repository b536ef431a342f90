"""What is measured during a run, and in which precision it is computed."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QToolButton

from engine.edits import change_training
from engine.spec import LIVE, PRECISIONS, Experiment, TrainingSpec
from gui.common.form_row import FormRow
from gui.common.forms import HyperForm
from gui.common.icons import icon
from gui.common.table_combo import Choice, TableCombo
from gui.document import ExperimentDocument
from gui.theme import Theme
from gui.training.section import Section

NUMBERS = ("evaluate_every", "probe")
HELP = {
    "auto": "float64 where gradients may become smaller than float32 holds, else float32",
    "float32": "4 bytes a number: faster",
    "float64": "8 bytes a number: exact to 16 digits",
}
CHOICES = {key: Choice(key, HELP.get(key, "")) for key in PRECISIONS}


class MeasurementSection(Section):
    """Folded until it is wanted: few runs need other values."""

    def __init__(self, document: ExperimentDocument) -> None:
        super().__init__("Measurement", document)
        self.fold = QToolButton()
        self.fold.setCheckable(True)
        self.fold.setText(self.title.text())
        self.fold.setAccessibleName("Measurement: unfold or fold")
        self.fold.setProperty("role", "section")
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.toggled.connect(self._on_fold_toggled)
        self.column.replaceWidget(self.title, self.fold)
        self.title.deleteLater()
        self.numbers = HyperForm(document.experiment.training, only=NUMBERS)
        self.add_form(self.numbers, self._on_numbers_changed)
        self.precision = TableCombo("precision", CHOICES, "the numbers that a run computes with")
        self.precision.key_chosen.connect(self._on_precision_chosen)
        self._precision_row = self.add_row("precision", self.precision)
        self.show_experiment(document.experiment)
        self._on_fold_toggled(False)

    def set_theme(self, theme: Theme) -> None:
        self._icons = {False: icon("unfold", theme.dim), True: icon("down", theme.dim)}
        self.fold.setIcon(self._icons[self.fold.isChecked()])

    def show_experiment(self, experiment: Experiment) -> None:
        self.numbers.set_value(experiment.training)
        self.precision.set_key(experiment.training.precision)
        self.mark()

    def restart_rows(self) -> Iterable[FormRow]:
        yield from (row for name, row in self.numbers.rows.items() if name not in LIVE)
        yield self._precision_row

    @Slot(bool)
    def _on_fold_toggled(self, open_: bool) -> None:
        self.numbers.setVisible(open_)
        self._precision_row.setVisible(open_)
        if hasattr(self, "_icons"):
            self.fold.setIcon(self._icons[open_])

    @Slot(object)
    def _on_numbers_changed(self, after: TrainingSpec) -> None:
        self.edit_numbers(change_training, self.experiment.training, after)

    @Slot(str)
    def _on_precision_chosen(self, key: str) -> None:
        self.edit(f"Precision {key}", lambda e: change_training(e, precision=key))
