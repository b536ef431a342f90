"""The singular values of the way from every layer to the output."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from engine.readings.spectrum import POOL, SpectrumReading, SpectrumWish
from engine.spec import Experiment
from engine.tables import Table
from engine.theory import spectrum_spread
from gui.common.card import FlatCombo
from gui.common.table_combo import Choice
from gui.plots.parts.layer_reading_card import LayerReadingCard
from gui.plots.spectrum import spectrum_words as words
from gui.plots.spectrum.spectrum_picture import SpectrumPicture
from gui.theme import CAPTION, Theme

POOLED, ONE = "pooled", "one"
OVER = {
    POOLED: Choice("averaged", f"over the first {POOL} training examples, as far as affordable"),
    ONE: Choice("one example", "of the probe set"),
}


class Spectrum(LayerReadingCard[SpectrumReading]):
    """Averaged, or of one example of the probe set."""

    picture: SpectrumPicture

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, SpectrumPicture(theme), "Spectrum", "Singular values of layer 1")
        self.title.setToolTip(words.DEFINITION)
        self._experiment: Experiment | None = None
        self.over = FlatCombo("examples", OVER, "Which examples")
        self.choice.setEnabled(False)
        self.theory = QCheckBox("theory")
        self.theory.setToolTip(words.THEORY)
        self.row.add(self.over)
        self.row.add(self.choice)
        self.row.add(self.about, stretches=True)
        self.row.add(self.theory, spare=True)
        self.over.currentIndexChanged.connect(self._on_over_changed)
        self.theory.toggled.connect(self._on_theory_toggled)
        self.set_theme(theme)

    @property
    def wish(self) -> SpectrumWish:
        return SpectrumWish(self.choice.example if self.over.key == ONE else None)

    def set_experiment(self, experiment: Experiment) -> None:
        self._experiment = experiment
        super().set_experiment(experiment)

    def take(self, reading: SpectrumReading) -> None:
        if self.reading is None:
            self._show_theory(reading)
        super().take(reading)

    def forget(self) -> None:
        self.picture.show_spread(None)
        super().forget()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.over.set_type(self, CAPTION)

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

    # -- words ---------------------------------------------------------------------------------

    def write(self) -> None:
        reading = self.reading
        if reading is not None and reading.example is not None:
            self.keep_within(reading.example)
        self.about.set_texts(*(words.about_pool(reading) if reading else ("",)))
        self.chip.tell(*words.chip_words(reading))
        self.tell()

    def sentences(self, reading: SpectrumReading, layer: int | None) -> tuple[str, ...]:
        if layer is not None and layer < len(reading.layers):
            return words.about_layer(reading, layer)
        whole = words.sentences(reading)
        if self.theory.isChecked():
            return (f"{whole[0]} Band: theory for the start of training.", *whole)
        return whole

    def spoken(self, reading: SpectrumReading) -> str:
        return words.sentences(reading)[0]

    # -- choices -------------------------------------------------------------------------------

    @Slot(int)
    def _on_over_changed(self, _index: int) -> None:
        self.choice.setEnabled(self.over.key == ONE)
        self.ask_anew()

    @Slot(bool)
    def _on_theory_toggled(self, _on: bool) -> None:
        self._show_theory(self.reading)
        self.tell()

    def _show_theory(self, reading: SpectrumReading | None) -> None:
        experiment = self._experiment
        if not self.theory.isChecked() or experiment is None or reading is None:
            self.picture.show_spread(None)
            return
        spread = spectrum_spread(experiment.architecture, reading.input_square)
        self.picture.show_spread(spread)
