"""The base of an instrument with a sentence over a picture of layers, about one example or many."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent

from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.common.card import Chip, card_title
from gui.common.fitting_label import FittingLabel
from gui.common.typeface import typeface
from gui.plots.parts.example_choice import ExampleChoice
from gui.plots.parts.layer_picture import LayerPicture
from gui.plots.parts.raised import RaisedLine, plain
from gui.plots.parts.reading_card import Reading, ReadingCard
from gui.plots.parts.spare_row import SpareRow
from gui.theme import CAPTION, Theme

LEAST_HEIGHT = 145  # pixels below which there is no sentence, before the user's scale


class LayerReadingCard(ReadingCard[Reading]):
    """The picture shows every reading; the old one stays until what is newly asked is answered."""

    picture: LayerPicture[Reading]

    def __init__(self, theme: Theme, picture: LayerPicture[Reading], title: str, name: str) -> None:
        super().__init__(theme)
        self.picture = picture
        self._newest = -1  # step of the reading
        self.title, self.chip = card_title(title), Chip()
        self.sentence, self.row = RaisedLine(name), SpareRow()
        self.choice, self.about = ExampleChoice(), FittingLabel()
        self.about.setProperty("role", "caption")
        self.add_title_row(self.title, self.chip)
        self.column.addWidget(self.sentence)
        self.column.addWidget(picture, 1)
        self.column.addWidget(self.row)
        self.choice.chosen.connect(self._on_example_chosen)
        picture.layer_chosen.connect(self._on_layer_chosen)

    # What an instrument overrides

    def sentences(self, reading: Reading, layer: int | None) -> tuple[str, ...]:
        """What is said of a layer, None: of all; the longest first."""
        raise NotImplementedError

    def spoken(self, reading: Reading) -> str:
        """What the picture says to who cannot see it."""
        raise NotImplementedError

    def take(self, reading: Reading) -> None:
        self.picture.show_reading(reading)
        super().take(reading)

    def forget(self) -> None:
        self._newest = -1
        self.picture.show_reading(None)
        super().forget()

    # What it does for them

    def ask_anew(self) -> None:
        """The wish is another one now."""
        self.reading, self._newest = None, -1
        self.texts.reset()
        self.wishes_changed.emit()

    def keep_within(self, example: int) -> None:
        """The engine takes the last example for one beyond the probe set."""
        if example < self.choice.example:
            self.choice.set_example(example)
            self.wishes_changed.emit()

    def tell(self) -> None:
        """The sentence, of the layer that is chosen or of all."""
        reading, layer = self.reading, self.picture.chosen
        self.sentence.set_texts(*(self.sentences(reading, layer) if reading else ("",)))
        self.picture.setAccessibleDescription(plain(self.spoken(reading)) if reading else "")

    # What the panel calls

    def set_experiment(self, experiment: Experiment) -> None:
        self.forget()
        self.wishes_changed.emit()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.inspection is None and snapshot.step < self._newest:
            self.forget()  # an earlier moment, of which nothing is known
        before = self.reading
        super().show_snapshot(snapshot)
        if self.reading is not before:
            self._newest = snapshot.step

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.picture.set_theme(theme)
        self.texts.at_once()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        share = typeface(self, CAPTION).pixelSize() / CAPTION
        self.sentence.setVisible(self.body_height >= LEAST_HEIGHT * share)

    @Slot(int)
    def _on_example_chosen(self, _example: int) -> None:
        self.ask_anew()

    @Slot(object)
    def _on_layer_chosen(self, _layer: object) -> None:
        self.tell()
