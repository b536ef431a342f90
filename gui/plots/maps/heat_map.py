"""How the size of every layer's gradient has gone, as a map of layers against epochs."""

from PySide6.QtCore import Slot

from engine.layer_record import layer_record, single_table
from engine.measures import KEYS, MEASURES
from engine.numerals import power
from engine.spec import Experiment
from engine.tables import Table
from gui.common.card import FlatCombo, card_title
from gui.plots.maps.heat_picture import HeatPicture
from gui.plots.parts.captioned_card import CaptionedCard
from gui.plots.parts.layer_axis import NORMS, layer_name
from gui.plots.parts.marks import in_words
from gui.theme import CAPTION, Theme

PICTURE_MS = 100  # between two pictures
DRAWN = (
    "Colour: log₁₀, the mean of the logarithms over two pixels' width of the records; a record"
    " stands until the next one. The first layer is at the bottom.\nHatched where all are exactly"
    " 0, red-brown where they are infinite, grey where they are no numbers."
)


class HeatMap(CaptionedCard):
    """A row for every hidden layer, for the output where there is none."""

    picture: HeatPicture

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, HeatPicture(theme), PICTURE_MS)
        self.title = card_title("Layers in time")
        self.measure = FlatCombo("size of the layers", NORMS, "What is measured of every layer")
        self.add_title_row(self.title, self.measure, stretch_after=2)
        self.lay_out()
        self.measure.currentIndexChanged.connect(self._on_measure_changed)
        self.set_theme(theme)

    def set_experiment(self, experiment: Experiment) -> None:
        self.picture.restart(len(experiment.architecture.layers), experiment.training.epochs)
        super().set_experiment(experiment)

    def set_epochs(self, epochs: float) -> None:
        if epochs != self.picture.run.length:
            self.picture.set_epochs(epochs)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.measure.set_type(self, CAPTION)

    def reset(self) -> None:
        self.measure.set_key(KEYS[0])
        self._begin_anew()

    def table(self) -> Table:
        """Every record that the map is made of."""
        layers = self.picture.layers.which.tolist()
        shown = self._snapshot
        record = None if shown is None else layer_record(shown, self._index)
        return single_table(self.measure.key, layers, record)

    # -- inside --------------------------------------------------------------------------------

    @property
    def _index(self) -> int:
        return KEYS.index(self.measure.key)

    def _begin_anew(self) -> None:
        snapshot = self._snapshot
        self.picture.begin_anew()
        self.pictures.reset()
        if snapshot is not None:
            self.show_snapshot(snapshot)
        self.texts.at_once()

    def draw(self) -> None:
        if (snapshot := self._snapshot) is not None:
            record = layer_record(snapshot, self._index)
            if self.picture.take(record, snapshot.epoch):
                self.picture.paint_news()

    @Slot(int)
    def _on_measure_changed(self, _index: int) -> None:
        self._begin_anew()

    def tell(self) -> None:
        measure = MEASURES[self._index]
        tip = (f"{measure.symbol}: {measure.definition}.", measure.formula, DRAWN)
        self.picture.setToolTip("\n".join(tip))
        self.picture.setAccessibleDescription(self._spoken())
        drawn, layers = len(self.picture.layers.which), max(1, self._layers - 1)
        symbol = f"{measure.label}, log"
        cut = f"{drawn} of {layers} layers" if drawn < layers else ""
        order = "layer 1 at the bottom" if layers > 1 else ""
        odd = in_words(*self.picture.trace.flaws.sum(axis=1).tolist())
        choices = ((symbol, odd, order, cut), (symbol, odd, cut), (odd or symbol,))
        self.words.set_texts(*(" · ".join(filter(None, choice)) for choice in choices))

    def _spoken(self) -> str:
        newest = self.picture.trace.newest().tolist()
        names = (layer_name(l, self._layers) for l in self.picture.layers.which.tolist())
        each = ", ".join(f"{name} {_size(y)}" for name, y in zip(names, newest, strict=True))
        return f"now: {each}"

    def tell_pointed(self) -> None:
        if (place := self.picture.pointed) is None:
            return
        size = _size(self.picture.level(place))
        self.words.set_texts(f"{self.picture.layers.name(place[1])}, epoch {place[0]:.3g}: {size}")


def _size(level: float) -> str:
    """Of its log10."""
    if level != level:
        return "not a number"
    return "0" if level == float("-inf") else "∞" if level == float("inf") else power(level)
