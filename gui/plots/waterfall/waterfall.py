"""Where the gradient of one example dies, from the output to the first layer."""

from math import inf, isnan

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton

from engine.look import Wish
from engine.readings.waterfall import WaterfallReading, WaterfallWish, WorstWish
from engine.snapshot import Snapshot
from engine.spec import Experiment
from engine.tables import Table
from engine.verdict import judge
from gui.common.card import Chip, FlatCombo, card_title
from gui.common.fitting_label import FittingLabel
from gui.common.table_combo import Choice
from gui.common.throttle import Throttle
from gui.common.typeface import typeface
from gui.plots.card import PlotCard
from gui.plots.parts.example_choice import ExampleChoice
from gui.plots.parts.raised import RaisedLine, plain
from gui.plots.parts.spare_row import SpareRow
from gui.plots.waterfall.waterfall_picture import WaterfallPicture
from gui.plots.waterfall.waterfall_words import DEFINITION, about_example, about_layer, sentences
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
JUDGED = "Of this example: ‖δ‖ of the last hidden layer against that of the first."
LEAST_HEIGHT = 145  # pixels below which there is no sentence, before the user's scale


class Waterfall(PlotCard):
    """One example of the probe set at a time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.example = 0
        self.reading: WaterfallReading | None = None
        self._finding = False  # the worst example is asked for
        self._newest = -1  # step of the reading
        self.title = card_title("Where the gradient dies")
        self.title.setToolTip(DEFINITION)
        self.choice = ExampleChoice()
        self.worst = QPushButton("worst")
        self.chip, self.sentence = Chip(), RaisedLine("What the factors contribute")
        self.picture = WaterfallPicture(theme)
        self.scale = FlatCombo("colours of δ", SCALES, "δ of every neuron: blue < 0 < orange")
        self.about, self.row = FittingLabel(), SpareRow()
        self.texts = Throttle(self)
        self._lay_out()
        self._connect()
        self.set_theme(theme)

    # -- what the panel calls ------------------------------------------------------------------

    def set_experiment(self, experiment: Experiment) -> None:
        self._forget()
        self.wishes_changed.emit()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.step < self._newest and snapshot.inspection is None:
            self._forget()  # an earlier moment, of which nothing is known
        if snapshot.inspection is None:
            return
        worst = snapshot.inspection.answer(WorstWish())
        if self._finding and WorstWish() in snapshot.inspection.answers:
            self._finding = False
            self._choose(self.example if worst is None else worst)
        reading = snapshot.inspection.answer(WaterfallWish(self.example))
        if reading is not None and reading is not self.reading:
            self.reading, self._newest = reading, snapshot.step
            self.picture.show_reading(reading)
            self.texts.request()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.scale.set_type(self, CAPTION)
        self.picture.set_theme(theme)
        self.texts.at_once()

    def wishes(self) -> frozenset[Wish[object]]:
        wishes: set[Wish[object]] = {WaterfallWish(self.example)}
        return frozenset(wishes | {WorstWish()} if self._finding else wishes)

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

    # -- choices -------------------------------------------------------------------------------

    def _choose(self, example: int) -> None:
        self.choice.set_example(example)
        if example != self.example:
            self.example = example
            self.reading, self._newest = None, -1
            self.texts.reset()
        self.wishes_changed.emit()

    def _forget(self) -> None:
        self.reading, self._newest = None, -1
        self.picture.show_reading(None)
        self.texts.at_once()

    @Slot(int)
    def _on_example_chosen(self, example: int) -> None:
        self._choose(example)

    @Slot()
    def _on_worst_clicked(self) -> None:
        self._finding = True
        self.wishes_changed.emit()

    @Slot(int)
    def _on_scale_changed(self, _index: int) -> None:
        self.picture.set_own_scale(self.scale.key == OWN)

    @Slot(object)
    def _on_layer_chosen(self, _layer: object) -> None:
        self._tell()

    # -- words ---------------------------------------------------------------------------------

    @Slot()
    def _on_texts_due(self) -> None:
        reading = self.reading
        if reading is not None and self.choice.example >= reading.examples:
            self.choice.set_example(reading.examples - 1)
        self.about.set_texts(*(about_example(reading) if reading else ("",)))
        self._tell()
        self._judge()

    def _tell(self) -> None:
        """Of the layer that is chosen, or of all."""
        reading, layer = self.reading, self.picture.chosen
        if reading is None:
            self.sentence.set_texts("")
            self.picture.setAccessibleDescription("")
            return
        whole = told = sentences(reading)
        if layer is not None and layer < len(reading.length):
            told = about_layer(reading, layer)
        self.sentence.set_texts(*told)
        self.picture.setAccessibleDescription(plain(f"{about_example(reading)[0]}. {whole[0]}"))

    def _judge(self) -> None:
        reading = self.reading
        if reading is None or len(reading.length) < 3:
            self.chip.tell("unknown", "", "")
            return
        verdict = judge(reading.speeds)
        words = verdict.words if not isnan(verdict.ratio) else "no gradient"
        if verdict.ratio == inf:
            words = "vanishing, layer 1: 0"
        self.chip.tell(verdict.kind, words, f"{verdict.sentence} {JUDGED}", verdict.kind)

    # -- places --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        share = typeface(self, CAPTION).pixelSize() / CAPTION
        self.sentence.setVisible(self.body_height >= LEAST_HEIGHT * share)

    def _lay_out(self) -> None:
        self.worst.setProperty("role", "link")
        self.worst.setToolTip("The example of the probe set with the greatest cost, now")
        self.about.setProperty("role", "caption")
        self.add_title_row(self.title, self.chip)
        self.column.addWidget(self.sentence)
        self.column.addWidget(self.picture, 1)
        self.row.add(self.choice)
        self.row.add(self.worst, spare=True)
        self.row.add(self.about, stretches=True)
        self.row.add(self.scale, spare=True)
        self.column.addWidget(self.row)

    def _connect(self) -> None:
        self.texts.due.connect(self._on_texts_due)
        self.choice.chosen.connect(self._on_example_chosen)
        self.worst.clicked.connect(self._on_worst_clicked)
        self.scale.currentIndexChanged.connect(self._on_scale_changed)
        self.picture.layer_chosen.connect(self._on_layer_chosen)
