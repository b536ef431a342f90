"""How the size of every layer's gradient has gone, as a map of layers against time."""

from PySide6.QtCore import Slot

from engine.layer_record import layer_record, single_table
from engine.measures import KEYS, MEASURES
from engine.numerals import power
from engine.snapshot import Snapshot
from engine.spec import Experiment
from engine.tables import Table
from gui.common.card import FlatCombo, card_title
from gui.plots.maps.heat_picture import HeatPicture
from gui.plots.parts.captioned_card import CaptionedCard
from gui.plots.parts.layer_axis import NORMS, layer_name
from gui.plots.parts.marks import in_words
from gui.plots.parts.run_axis import AXES, EPOCHS, STEPS, length, reached
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
        self.axis = FlatCombo("against", AXES, "What the layers are drawn against")
        self._epochs = 1.0
        self.add_title_row(self.title, self.measure, stretch_after=2)
        self.lay_out(self.axis)
        self.measure.currentIndexChanged.connect(self._on_measure_changed)
        self.axis.currentIndexChanged.connect(self._on_axis_changed)
        self.set_theme(theme)

    def set_experiment(self, experiment: Experiment) -> None:
        self._snapshot, self._epochs = None, experiment.training.epochs
        self._restart(len(experiment.architecture.layers))
        super().set_experiment(experiment)

    def set_epochs(self, epochs: float) -> None:
        self._epochs = epochs
        self._fit_length()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        super().show_snapshot(snapshot)
        self._fit_length()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for combo in (self.measure, self.axis):
            combo.set_type(self, CAPTION)

    def reset(self) -> None:
        self.measure.set_key(KEYS[0])
        self.axis.set_key(EPOCHS)
        self._restart(self._layers)
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

    def _restart(self, layers: int) -> None:
        """What the axes show."""
        against = self.axis.key
        self.picture.restart(layers, length(self._snapshot, against, self._epochs), against)

    def _fit_length(self) -> None:
        end = length(self._snapshot, self.picture.against, self._epochs)
        if end != self.picture.run.length:
            self.picture.set_length(end)

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
            if self.picture.take(record, reached(snapshot, self.picture.against)):
                self.picture.paint_news()

    @Slot(int)
    def _on_measure_changed(self, _index: int) -> None:
        self._begin_anew()

    @Slot(int)
    def _on_axis_changed(self, _index: int) -> None:
        self._restart(self._layers)
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
        size, x = _size(self.picture.level(place)), place[0]
        moment = f"step {x:,.0f}" if self.picture.against == STEPS else f"epoch {x:.3g}"
        self.words.set_texts(f"{self.picture.layers.name(place[1])}, {moment}: {size}")


def _size(level: float) -> str:
    """Of its log10."""
    if level != level:
        return "not a number"
    return "0" if level == float("-inf") else "∞" if level == float("inf") else power(level)
