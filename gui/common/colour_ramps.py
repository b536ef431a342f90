"""Ramps of colours, as numbers 0xffRRGGBB, and pictures whose pixels are taken from them."""

from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtGui import QColor, QImage

from engine.arrays import Ints
from gui.theme import Theme


def tints(theme: Theme, colour: str, strengths: Iterable[float]) -> list[int]:
    """A colour in the paper, from 0, which is the paper, to 1."""
    return [theme.blend(colour, strength, theme.panel).rgb() for strength in strengths]


def even_ramp(theme: Theme, stops: Sequence[QColor], shades: int) -> list[int]:
    """Mixed from the stops so that lightness changes evenly."""
    fine = np.linspace(0.0, len(stops) - 1.0, 64 * (len(stops) - 1) + 1)
    colours = [_between(theme, stops, t) for t in fine.tolist()]
    light = np.array([lightness(colour) for colour in colours])
    order = np.argsort(light)
    wanted = np.linspace(light[0], light[-1], shades)
    places = np.interp(wanted, light[order], fine[order])
    return [_between(theme, stops, t).rgb() for t in places.tolist()]


def lightness(colour: QColor) -> float:
    """L* of CIELAB, 0 to 100."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return float(116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y)


def image_of(pixels: Ints, form: QImage.Format = QImage.Format.Format_RGB32) -> QImage:
    """``pixels`` (height, width) from the top, in a memory of its own."""
    height, width = pixels.shape
    return QImage(np.asarray(pixels, np.uint32).tobytes(), width, height, 4 * width, form).copy()


def _between(theme: Theme, stops: Sequence[QColor], t: float) -> QColor:
    k = min(int(t), len(stops) - 2)
    return theme.blend(stops[k + 1], t - k, stops[k].name())
