"""The singular values of the way from every layer to the output."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox

from engine.look import Wish
from engine.readings.spectrum import POOL, SpectrumReading, SpectrumWish
from engine.snapshot import Snapshot
from engine.spec import Experiment
from engine.tables import Table
from engine.theory import spectrum_spread
from gui.common.card import Chip, FlatCombo, card_title
from gui.common.fitting_label import FittingLabel
from gui.common.table_combo import Choice
from gui.common.throttle import Throttle
from gui.common.typeface import typeface
from gui.plots.card import PlotCard
from gui.plots.parts.example_choice import ExampleChoice
from gui.plots.parts.raised import RaisedLine, plain
from gui.plots.parts.spare_row import SpareRow
from gui.plots.spectrum.spectrum_picture import SpectrumPicture
from gui.plots.spectrum.spectrum_words import (
    DEFINITION,
    JUDGED,
    THEORY,
    about_layer,
    about_pool,
    judge,
    sentences,
)
from gui.theme import CAPTION, Theme

POOLED, ONE = "pooled", "one"
OVER = {
    POOLED: Choice("averaged", f"over the first {POOL} training examples, as far as affordable"),
    ONE: Choice("one example", "of the probe set"),
}
LEAST_HEIGHT = 145  # pixels below which there is no sentence, before the user's scale


class Spectrum(PlotCard):
    """Averaged, or of one example of the probe set."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.reading: SpectrumReading | None = None
        self._experiment: Experiment | None = None
        self._newest = -1  # step of the reading
        self.title, self.chip = card_title("Spectrum"), Chip()
        self.title.setToolTip(DEFINITION)
        self.sentence = RaisedLine("Singular values of layer 1")
        self.picture = SpectrumPicture(theme)
        self.over = FlatCombo("examples", OVER, "Which examples")
        self.choice, self.about = ExampleChoice(), FittingLabel()
        self.theory = QCheckBox("theory")
        self.theory.setToolTip(THEORY)
        self.row, self.texts = SpareRow(), Throttle(self)
        self._lay_out()
        self._connect()
        self.set_theme(theme)

    # -- what the panel calls ------------------------------------------------------------------

    def set_experiment(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._forget()
        self.wishes_changed.emit()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.step < self._newest and snapshot.inspection is None:
            self._forget()  # an earlier moment, of which nothing is known
        if snapshot.inspection is None:
            return
        reading = snapshot.inspection.answer(self._wish)
        if reading is not None and reading is not self.reading:
            first = self.reading is None
            self.reading, self._newest = reading, snapshot.step
            if first:
                self._show_theory()
            self.picture.show_reading(reading)
            self.texts.request()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.over.set_type(self, CAPTION)
        self.picture.set_theme(theme)
        self.texts.at_once()

    def wishes(self) -> frozenset[Wish[object]]:
        return frozenset({self._wish})

    def reset(self) -> None:
        self.theory.setChecked(False)
        self.picture.show_all()
        self.choice.set_example(0)
        self.over.set_key(POOLED)

    def table(self) -> Table:
        columns = ("layer", "example", "k", "log10_singular_value")
        if self.reading is None:
            return Table(columns, ())
        first = self.reading.example or 0
        rows = [
            (l, first + n, k, float(value))
            for l, layer in enumerate(self.reading.layers, 1)
            for n, values in enumerate(layer.values, 1)
            for k, value in enumerate(values, 1)
        ]
        return Table(columns, rows)

    # -- choices -------------------------------------------------------------------------------

    @property
    def _wish(self) -> SpectrumWish:
        return SpectrumWish(self.choice.example if self.over.key == ONE else None)

    def _ask_anew(self) -> None:
        self.choice.setEnabled(self.over.key == ONE)
        self.reading, self._newest = None, -1
        self.texts.reset()
        self.wishes_changed.emit()

    def _forget(self) -> None:
        self.reading, self._newest = None, -1
        self.picture.show_reading(None)
        self.picture.show_spread(None)
        self.texts.at_once()

    @Slot(int)
    def _on_example_chosen(self, _example: int) -> None:
        self._ask_anew()

    @Slot(int)
    def _on_over_changed(self, _index: int) -> None:
        self._ask_anew()

    @Slot(bool)
    def _on_theory_toggled(self, _on: bool) -> None:
        self._show_theory()
        self._tell()

    @Slot(object)
    def _on_layer_chosen(self, _layer: object) -> None:
        self._tell()

    def _show_theory(self) -> None:
        experiment, reading = self._experiment, self.reading
        if not self.theory.isChecked() or experiment is None or reading is None:
            self.picture.show_spread(None)
            return
        spread = spectrum_spread(experiment.architecture, reading.input_square)
        self.picture.show_spread(spread)

    # -- words ---------------------------------------------------------------------------------

    @Slot()
    def _on_texts_due(self) -> None:
        reading = self.reading
        if reading is not None and reading.example is not None:
            self._keep_within(reading.example)
        self.about.set_texts(*(about_pool(reading) if reading else ("",)))
        self._tell()
        if reading is None or not reading.layers:
            self.chip.tell("unknown", "", "")
            return
        judgement = judge(reading.layers[0])
        brief = judgement.words.partition(",")[0]
        self.chip.tell(judgement.kind, judgement.words, JUDGED, brief)

    def _keep_within(self, example: int) -> None:
        """The engine takes the last example for one beyond the probe set."""
        if example < self.choice.example:
            self.choice.set_example(example)
            self.wishes_changed.emit()

    def _tell(self) -> None:
        reading, layer = self.reading, self.picture.chosen
        if reading is None:
            self.sentence.set_texts("")
            self.picture.setAccessibleDescription("")
            return
        whole = told = sentences(reading)
        if layer is not None and layer < len(reading.layers):
            told = about_layer(reading, layer)
        elif self.theory.isChecked():
            told = (f"{whole[0]} Band: theory for the start of training.", *whole)
        self.sentence.set_texts(*told)
        self.picture.setAccessibleDescription(plain(whole[0]))

    # -- places --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        share = typeface(self, CAPTION).pixelSize() / CAPTION
        self.sentence.setVisible(self.body_height >= LEAST_HEIGHT * share)

    def _lay_out(self) -> None:
        self.about.setProperty("role", "caption")
        self.choice.setEnabled(False)
        self.add_title_row(self.title, self.chip)
        self.column.addWidget(self.sentence)
        self.column.addWidget(self.picture, 1)
        self.row.add(self.over)
        self.row.add(self.choice)
        self.row.add(self.about, stretches=True)
        self.row.add(self.theory, spare=True)
        self.column.addWidget(self.row)

    def _connect(self) -> None:
        self.texts.due.connect(self._on_texts_due)
        self.choice.chosen.connect(self._on_example_chosen)
        self.over.currentIndexChanged.connect(self._on_over_changed)
        self.theory.toggled.connect(self._on_theory_toggled)
        self.picture.layer_chosen.connect(self._on_layer_chosen)
