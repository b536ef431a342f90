"""The error of every neuron now, a column for every layer."""

import numpy as np

from engine import profile
from engine.numerals import scientific
from engine.spec import Experiment
from engine.tables import Table
from gui.common.card import card_title
from gui.plots.maps.neuron_picture import MOST_CELLS, NeuronPicture
from gui.plots.parts.captioned_card import CaptionedCard
from gui.plots.parts.layer_axis import layer_name
from gui.plots.parts.marks import in_words
from gui.theme import Theme

PICTURE_MS = 100  # between two pictures
DRAWN = (
    "δ = ∂C/∂b of every neuron: its error (BP1, BP2), the mean over the last mini-batch.\nColour:"
    " log₁₀|δ|, blue where δ is negative, orange where it is positive; hatched where it is exactly"
    " 0, red-brown where it is infinite, grey where it is no number. The smallest 2 % may lie below"
    " the end of the colours. The first neuron of a layer is at the top."
)


class NeuronMap(CaptionedCard):
    """All layers, the output included."""

    picture: NeuronPicture

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, NeuronPicture(theme), PICTURE_MS)
        self.picture.setToolTip(DRAWN)
        self.title = card_title("Neurons")
        self.add_title_row(self.title)
        self.lay_out()
        self.set_theme(theme)

    def set_experiment(self, experiment: Experiment) -> None:
        self.picture.set_layers(len(experiment.architecture.layers))
        super().set_experiment(experiment)

    def reset(self) -> None:
        self.picture.forget_range()
        self.draw()

    def table(self) -> Table:
        """Every neuron, counted from 1."""
        delta = self._snapshot.delta if self._snapshot is not None else ()
        rows = [
            [layer_name(l, self._layers), k, error]
            for l, errors in enumerate(delta)
            for k, error in enumerate(errors.tolist(), 1)
        ]
        return Table(("layer", "neuron", "delta"), rows)

    # -- inside --------------------------------------------------------------------------------

    def draw(self) -> None:
        if self._snapshot is not None:
            self.picture.set_delta(self._snapshot.delta)

    def tell(self) -> None:
        self.words.set_texts(*self._lines())
        self.picture.setAccessibleDescription(self._spoken())

    def _lines(self) -> tuple[str, ...]:
        if self._snapshot is None:
            return ("δ, mean of the mini-batch",)
        flat = np.concatenate(self._snapshot.delta)
        odd = profile.exceptional(flat)
        words = in_words(odd.zeros, odd.infinite, odd.missing)
        counted = f"{words} of {odd.count:,} neurons" if words else ""
        widest = max(map(len, self._snapshot.delta))
        cells = f"a cell: the largest of {-(-widest // MOST_CELLS)}" if widest > MOST_CELLS else ""
        short = "δ, mean of the mini-batch"
        choices = (
            (f"{short}, log", counted, cells),
            ("δ, log", counted, cells),
            (counted or short,),
        )
        return tuple(" · ".join(filter(None, choice)) for choice in choices)

    def _spoken(self) -> str:
        if self._snapshot is None:
            return ""
        each = []
        for l, errors in enumerate(self._snapshot.delta):
            size, dead = float(np.abs(errors).max(initial=0.0)), int(np.count_nonzero(errors == 0))
            words = f"{layer_name(l, self._layers)}: largest {scientific(size)}"
            each.append(words + (f", {dead} of {len(errors)} exactly 0" if dead else ""))
        return "; ".join(each)

    def tell_pointed(self) -> None:
        place, cells = self.picture.pointed, self.picture.cells
        if place is None or cells is None:
            return
        l = int(place[0])
        first, last = cells.neurons(l, place[1])
        value = scientific(float(self.picture.values[int(cells.first[l]) + place[1]]))
        name = layer_name(l, self._layers)
        if first == last:
            self.words.set_texts(f"{name}, neuron {first + 1}: {value}")
        else:
            neurons = f"neurons {first + 1} to {last + 1}"
            self.words.set_texts(f"{name}, {neurons}: the largest {value}")
