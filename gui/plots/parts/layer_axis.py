"""An axis with a place for every layer, and the norms that can be shown of a layer."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Floats, Ints
from engine.measures import KEYS, MEASURES
from gui.common.scale import Range, nice_step
from gui.common.table_combo import Choice

_NORMS = (
    "bias_gradient", "delta_rms", "weight_gradient", "weight_gradient_rms", "update_ratio",
)  # fmt: skip
NORMS = {
    key: Choice(measure.symbol, f"{measure.label}, {measure.definition}")
    for key in _NORMS
    for measure in (MEASURES[KEYS.index(key)],)
}
MOST_LAYERS = 100  # that can be told apart


@dataclass(slots=True)
class LayerScale:
    """Layers that are counted from 0 and named from 1; ``which`` are those that have a place."""

    which: Ints
    layers: int  # of the network, its output included

    def forward(self, values: Floats) -> Floats:
        return values

    def fit(self, low: float, high: float, shown: Range | None) -> Range:
        return self.range

    @property
    def range(self) -> Range:
        return -0.5, len(self.which) - 0.5

    def ticks(self, low: float, high: float, most: int) -> list[float]:
        """The first layer and every n-th one, where there is no room for all."""
        n = len(self.which)
        step = 1 if n <= most else max(1, int(nice_step(n / max(1, most))))
        if step == 1 or n <= 1:
            return [float(k) for k in range(n)]
        others = range(2, n, 2) if step == 2 else range(step - 1, n, step)
        return [0.0, *(float(k) for k in others)]

    def text(self, tick: float) -> str:
        return short_name(int(self.which[round(tick)]), self.layers)

    def name(self, place: int) -> str:
        """In a sentence."""
        return layer_name(int(self.which[place]), self.layers)


def hidden_scale(layers: int) -> LayerScale:
    """The hidden layers, the output where there are none; as many as can be told apart."""
    hidden = max(1, layers - 1)
    places = np.linspace(0, hidden - 1, min(hidden, MOST_LAYERS))
    return LayerScale(np.unique(places.round().astype(int)), layers)


def every_scale(layers: int) -> LayerScale:
    """All layers with the output."""
    return LayerScale(np.arange(layers), layers)


def layer_name(l: int, layers: int) -> str:
    return "output" if l == layers - 1 else f"layer {l + 1}"


def short_name(l: int, layers: int) -> str:
    return "out" if l == layers - 1 else str(l + 1)
