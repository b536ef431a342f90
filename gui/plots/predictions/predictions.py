"""What the network says of examples: the confusion matrix, and those it is most wrong about."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from engine.readings.predictions import TRAIN, VALIDATION, Cell, PredictionsReading, PredictionsWish
from engine.spec import Experiment
from engine.tables import Table
from gui.common.card import FlatCombo, caption, card_title
from gui.common.fitting_label import FittingLabel
from gui.common.input_picture import image_shape
from gui.common.table_combo import Choice
from gui.plots.parts.reading_card import ReadingCard
from gui.plots.predictions.confusion_matrix import ConfusionMatrix
from gui.plots.predictions.predictions_words import (
    DEFINITION,
    SHARES,
    SPLITS,
    accuracy_words,
    cell_words,
    most_frequent,
    table,
)
from gui.plots.predictions.worst_examples import WorstExamples
from gui.theme import CAPTION, Theme

MOST_WORST = 12
BESIDE, UNDER = 380.0, 330.0  # pixels of width, of height, from which on there is room for examples
ROOMY = 130.0  # pixels of height, from which on there is room for words
SPLIT_CHOICES = {
    VALIDATION: Choice("validation", "the validation examples, if there are some"),
    TRAIN: Choice("training", "the training examples, from the first on"),
}


class Predictions(ReadingCard[PredictionsReading]):
    """Matrix and examples, beside or under one another."""

    example_chosen = Signal(int, str)  # an index into the examples of 'train' or 'validation'

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.split = FlatCombo("examples", SPLIT_CHOICES, "Which examples are asked")
        self.summary, self.words = caption(), FittingLabel()
        self.words.setProperty("role", "caption")
        self.matrix, self.worst = ConfusionMatrix(theme), WorstExamples(theme)
        self._cell: Cell | None = None
        self._lay_out()
        self.split.currentIndexChanged.connect(self._on_split_changed)
        self.matrix.cell_chosen.connect(self._on_cell_chosen)
        self.matrix.pointed_changed.connect(self._on_pointed_changed)
        self.worst.chosen.connect(self._on_example_chosen)
        self.set_theme(theme)

    def set_experiment(self, experiment: Experiment) -> None:
        output = experiment.architecture.layers[-1].activation
        self.worst.set_kind(image_shape(experiment), output in SHARES)
        before, self._cell = self._cell, None
        self.forget()
        if before is not None:
            self.wishes_changed.emit()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.split.set_type(self, CAPTION)
        self.matrix.set_theme(theme)
        self.worst.set_theme(theme)

    def reset(self) -> None:
        self._choose(None)
        self.split.set_key(VALIDATION)

    def table(self) -> Table:
        shown = self.matrix.shown
        return Table(("true",), ()) if shown is None else table(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        share = self.matrix.share
        directions = QBoxLayout.Direction
        beside = self.width() >= 1.2 * self.height()
        self._body.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        room = self.width() >= BESIDE * share if beside else self.height() >= UNDER * share
        self.worst.setVisible(room)
        self.words.setVisible(self.height() >= ROOMY * share)

    @property
    def wish(self) -> PredictionsWish:
        return PredictionsWish(self.split.key, MOST_WORST, self._cell)

    def _lay_out(self) -> None:
        self.add_title_row(card_title("Predictions"), self.split, self.summary, stretch_after=3)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(12)
        self._body.addWidget(self.matrix, 5)
        self._body.addWidget(self.worst, 4)
        self.column.addLayout(self._body, 1)
        self.column.addWidget(self.words)
        self.matrix.setToolTip(DEFINITION)
        self.summary.setToolTip(
            "The share of examples whose greatest output is that of their class. While training,"
            " as many are asked as cost no time; in a pause, all of them or very many."
        )

    def _choose(self, cell: Cell | None) -> None:
        if cell != self._cell:
            self._cell = cell
            self.texts.reset()
            self.matrix.show_predictions(self.matrix.shown, cell)
            self.wishes_changed.emit()

    @Slot(int)
    def _on_split_changed(self, _index: int) -> None:
        self.forget()
        self.wishes_changed.emit()

    @Slot(object)
    def _on_cell_chosen(self, cell: Cell | None) -> None:
        self._choose(cell)

    @Slot(int)
    def _on_example_chosen(self, index: int) -> None:
        if self.reading is not None:
            self.example_chosen.emit(index, self.reading.split)

    def write(self) -> None:
        shown = self.reading
        self.matrix.show_predictions(shown, self._cell)
        self.worst.show_predictions(shown)
        if shown is None:
            self.summary.setText("")
        else:
            instead = f" {SPLITS[shown.split]}" if shown.split != self.split.key else ""
            self.summary.setText(accuracy_words(shown) + instead)
        self._on_pointed_changed()

    @Slot()
    def _on_pointed_changed(self) -> None:
        """What is pointed at, what is chosen, or the most frequent mistake."""
        shown = self.matrix.shown
        cell = self.matrix.pointed_cell or self._cell
        if shown is None:
            words = ""
        elif cell is not None and max(cell) < self.matrix.classes:
            words = cell_words(shown, cell)
        else:
            words = most_frequent(shown)
        self.words.set_texts(words)
        self.matrix.setAccessibleDescription(words)
