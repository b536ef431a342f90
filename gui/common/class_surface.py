"""Classes in the plane: their colours, and the picture of which one wins where."""

from functools import lru_cache

import numpy as np
from PySide6.QtGui import QColor, QImage

from engine.arrays import Ints
from engine.inspection import Surface
from gui.common.colour_ramps import image_of
from gui.theme import Theme

SHADES = 16  # of certainty
FAINT, STRONG = 0.06, 0.62  # of a class's colour in the paper, from undecided to certain


def class_colour(theme: Theme, k: int, of: int) -> QColor:
    """Two classes have the two colours of signs, more the scale of the layers."""
    if of <= 2:
        return QColor(theme.positive if k else theme.negative)
    return theme.layer(k, of)


def surface_image(surface: Surface, theme: Theme) -> QImage:
    """The winner's colour in every place, the stronger the further it leads; y points up.

    Grey where an output is not a number.
    """
    unknown = np.isnan(surface.scores).any(axis=0)
    scores = np.nan_to_num(surface.scores.astype(float))
    if len(scores) == 1:
        scores = np.concatenate((1 - scores, scores))
    classes = len(scores)
    ranked = np.sort(scores, axis=0)
    with np.errstate(over="ignore"):
        lead = np.clip(ranked[-1] - ranked[-2], 0.0, 1.0)
    index = scores.argmax(axis=0) * SHADES + np.rint(lead * (SHADES - 1)).astype(int)
    pixels = np.where(unknown, QColor(theme.line).rgb(), _colours(theme, classes)[index])
    return image_of(pixels[::-1])


def lead_colour(theme: Theme, k: int, of: int, lead: float) -> QColor:
    """Of a class that leads by so much, 0 to 1."""
    return theme.blend(class_colour(theme, k, of), FAINT + (STRONG - FAINT) * lead, theme.panel)


@lru_cache(maxsize=8)
def _colours(theme: Theme, classes: int) -> Ints:
    return np.array([
        lead_colour(theme, k, classes, shade / (SHADES - 1)).rgb()
        for k in range(classes) for shade in range(SHADES)
    ], np.uint32)  # fmt: skip
