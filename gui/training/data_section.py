"""What the network learns from: the data set and its numbers."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from engine.datasets import DATA_SOURCES, DataSource
from engine.datasets.own import OwnData
from engine.edits import change_training
from engine.faults import InputError
from engine.spec import Experiment
from gui.common.form_row import FormRow
from gui.common.forms import FamilyForm
from gui.common.table_combo import TableCombo
from gui.document import ExperimentDocument
from gui.training.own_data_files import ask_for_files, own_data
from gui.training.section import Section

CHOOSE = "choose…"


class DataSection(Section):
    """A new data set brings the network's inputs and outputs with it; all of it needs a restart."""

    def __init__(self, document: ExperimentDocument) -> None:
        super().__init__("Data", document)
        self.source = TableCombo("data", DATA_SOURCES, "the examples to learn from")
        self.source.key_chosen.connect(self._on_source_chosen)
        self._source_row = self.add_row("data", self.source)
        self.file = QPushButton(CHOOSE)
        self.file.setProperty("role", "file")
        self.file.clicked.connect(self._on_file_clicked)
        self._file_row = self.add_row("file", self.file)
        data = document.experiment.training.data
        self.numbers = FamilyForm(data)
        self.add_form(self.numbers, self._on_numbers_changed)
        self.show_experiment(document.experiment)

    def show_experiment(self, experiment: Experiment) -> None:
        data = experiment.training.data
        self.source.set_key(data.key)
        self.numbers.set_value(data)
        self._file_row.setVisible(isinstance(data, OwnData))
        if isinstance(data, OwnData):
            metrics, name = self.file.fontMetrics(), Path(data.path).name
            room = metrics.averageCharWidth() * 12
            self.file.setText(metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room))
            self.file.setToolTip("\n".join(filter(None, (data.path, data.labels_path))))
            self.file.setAccessibleName(f"File {name}: choose another")
        self.mark()

    def restart_rows(self) -> Iterable[FormRow]:
        yield from (self._source_row, self._file_row, *self.numbers.rows.values())

    @Slot(str)
    def _on_source_chosen(self, key: str) -> None:
        if key == OwnData.key:
            self._ask_for_own()
        elif key != self.experiment.training.data.key:
            self._take(DATA_SOURCES[key]())

    @Slot()
    def _on_file_clicked(self) -> None:
        self._ask_for_own()

    def _ask_for_own(self) -> None:
        before = self.experiment.training.data
        start = before.path if isinstance(before, OwnData) else ""
        try:
            if paths := ask_for_files(self, start):
                self._take(_patiently(own_data, paths))
        except InputError as error:
            self.refused.emit(str(error))
        self.show_experiment(self.experiment)

    def _take(self, data: DataSource) -> None:
        self.edit(f"Data {data.label}", lambda e: change_training(e, data=data))

    @Slot(object)
    def _on_numbers_changed(self, data: DataSource) -> None:
        def change(experiment: Experiment, **_numbers: float) -> Experiment:
            return change_training(experiment, data=data)

        self.edit_numbers(change, self.experiment.training.data, data)


def _patiently(read: Any, *arguments: Any) -> Any:
    """``read`` under the cursor that says to wait."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        return read(*arguments)
    finally:
        QGuiApplication.restoreOverrideCursor()
