"""Activations as shades of the neurons: scales per activation, and grey levels of the theme."""

from functools import lru_cache

import numpy as np
from PySide6.QtGui import QColor

from engine.arrays import Floats
from gui.theme import Theme

LEVELS = 16
DARKEST = 0.72  # of ink in the paper: the ring around a neuron stays visible
BOUNDED: dict[str, tuple[float, float]] = {
    "sigmoid": (0.0, 1.0),
    "softmax": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "softsign": (-1.0, 1.0),
}


def bounds(activation: str, a: Floats) -> tuple[float, float]:
    """What the lightest and the darkest neuron mean; unbounded ones take the layer's largest."""
    if activation in BOUNDED:
        return BOUNDED[activation]
    finite = a[np.isfinite(a)]
    greatest = float(np.abs(finite).max(initial=0.0)) or 1.0
    return (-greatest if finite.min(initial=0.0) < 0 else 0.0), greatest


def levels(a: Floats, low: float, high: float) -> list[int]:
    """The shade of every neuron, 0 to LEVELS; what is no number is the lightest."""
    share = np.clip((np.nan_to_num(a.astype(float)) - low) / (high - low), 0.0, 1.0)
    return list(np.rint(share * LEVELS).astype(int).tolist())


@lru_cache(maxsize=16)
def shades(theme: Theme) -> tuple[QColor, ...]:
    """From paper to ink, without a hue: the bar has the colours."""
    return tuple(
        theme.blend(theme.ink, DARKEST * level / LEVELS, theme.panel) for level in range(LEVELS + 1)
    )


def fills_text(activations: list[str]) -> str:
    """The legend's words for the scale, of all layers together."""
    scales = {BOUNDED.get(key) for key in activations}
    if scales == {(0.0, 1.0)}:
        return "fill a: □ 0 ■ 1"
    if scales == {(-1.0, 1.0)}:
        return "fill a: □ −1 ■ 1"
    return "fill a: □ least ■ greatest (of σ, else of the layer)"
