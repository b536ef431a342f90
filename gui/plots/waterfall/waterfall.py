"""Where the gradient of one example dies, from the output to the first layer."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton

from engine.look import Wish
from engine.readings.waterfall import WaterfallReading, WaterfallWish, WorstWish
from engine.snapshot import Snapshot
from engine.tables import Table
from gui.common.card import FlatCombo
from gui.common.table_combo import Choice
from gui.plots.parts.layer_reading_card import LayerReadingCard
from gui.plots.waterfall import waterfall_words as words
from gui.plots.waterfall.waterfall_picture import WaterfallPicture
from gui.theme import CAPTION, Theme

OWN, COMMON = "own", "common"
SCALES = {
    OWN: Choice(
        "every layer on its own scale", "full colour is the largest |δ| of the layer itself"
    ),
    COMMON: Choice(
        "all layers on one scale", "full colour is the largest |δ| of all layers, linear"
    ),
}


class Waterfall(LayerReadingCard[WaterfallReading]):
    """One example of the probe set at a time."""

    picture: WaterfallPicture

    def __init__(self, theme: Theme) -> None:
        name = "What the factors contribute"
        super().__init__(theme, WaterfallPicture(theme), "Where the gradient dies", name)
        self.title.setToolTip(words.DEFINITION)
        self._finding = False  # the worst example is asked for
        self.worst = QPushButton("worst")
        self.worst.setProperty("role", "link")
        self.worst.setToolTip("The example of the probe set with the greatest cost, now")
        self.scale = FlatCombo("colours of δ", SCALES, "δ of every neuron: blue < 0 < orange")
        self.row.add(self.choice)
        self.row.add(self.worst, spare=True)
        self.row.add(self.about, stretches=True)
        self.row.add(self.scale, spare=True)
        self.worst.clicked.connect(self._on_worst_clicked)
        self.scale.currentIndexChanged.connect(self._on_scale_changed)
        self.set_theme(theme)

    @property
    def example(self) -> int:
        return self.choice.example

    @property
    def wish(self) -> WaterfallWish:
        return WaterfallWish(self.example)

    def wishes(self) -> frozenset[Wish[object]]:
        return super().wishes() | ({WorstWish()} if self._finding else set())

    def show_snapshot(self, snapshot: Snapshot) -> None:
        looked = snapshot.inspection
        if self._finding and looked is not None and WorstWish() in looked.answers:
            self._finding = False
            worst = looked.answer(WorstWish())
            self._choose(self.example if worst is None else worst)
        super().show_snapshot(snapshot)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.scale.set_type(self, CAPTION)

    def reset(self) -> None:
        self.scale.set_key(OWN)
        self.picture.show_all()
        self._choose(0)

    def table(self) -> Table:
        columns = (
            "layer", "log10_delta", "log10_weights", "log10_sigma_prime", "log10_rest",
            "log10_bound", "log10_mean_sigma_prime", "neuron", "delta",
        )  # fmt: skip
        reading = self.reading
        if reading is None:
            return Table(columns, ())
        parts = (
            reading.length, reading.weights, reading.prime, reading.rest, reading.greatest_prime,
            reading.mean_prime,
        )  # fmt: skip
        rows = [
            (l + 1, *(float(part[l]) for part in parts), neuron, float(value))
            for l in reversed(range(len(reading.length)))
            for neuron, value in enumerate(reading.delta[l], 1)
        ]
        return Table(columns, rows)

    # -- words ---------------------------------------------------------------------------------

    def write(self) -> None:
        if (reading := self.reading) is not None:
            self.keep_within(reading.example)
        self.about.set_texts(*(words.about_example(reading) if reading else ("",)))
        self.chip.tell(*words.chip_words(reading))
        self.tell()

    def sentences(self, reading: WaterfallReading, layer: int | None) -> tuple[str, ...]:
        if layer is not None and layer < len(reading.length):
            return words.about_layer(reading, layer)
        return words.sentences(reading)

    def spoken(self, reading: WaterfallReading) -> str:
        return f"{words.about_example(reading)[0]}. {words.sentences(reading)[0]}"

    # -- choices -------------------------------------------------------------------------------

    def _choose(self, example: int) -> None:
        if example == self.example:
            self.wishes_changed.emit()
        else:
            self.choice.set_example(example)
            self.ask_anew()

    @Slot()
    def _on_worst_clicked(self) -> None:
        self._finding = True
        self.wishes_changed.emit()

    @Slot(int)
    def _on_scale_changed(self, _index: int) -> None:
        self.picture.set_own_scale(self.scale.key == OWN)
