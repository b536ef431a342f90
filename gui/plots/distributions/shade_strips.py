"""Histograms as strips, one above the other: the fuller a bin, the stronger its colour."""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil

import numpy as np
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QImage

from engine.arrays import Ints
from gui.common.colour_ramps import image_of, tints
from gui.theme import Theme

SHADES = 32
FAINT = 0.10  # of a layer's colour where there is a single value


def strips_image(counts: Ints, colours: Sequence[QColor], theme: Theme, size: QSizeF) -> QImage:
    """A strip for every row of ``counts`` (layers, bins), each against its own fullest bin.

    The first is below. Larger than ``size``, so that the cells stay cells wherever it is drawn.
    """
    full = np.maximum(counts.max(axis=1, keepdims=True), 1)
    at = np.where(counts > 0, 1 + np.rint(counts / full * (SHADES - 1)), 0).astype(np.intp)
    table = np.array([_shades(theme, colour.name()) for colour in colours], np.uint32)
    image = image_of(np.take_along_axis(table, at, axis=1)[::-1])
    width, height = image.width(), image.height()
    across, down = ceil(2 * size.width() / width), ceil(2 * size.height() / height)
    return image.scaled(width * max(1, across), height * max(1, down))


@lru_cache(maxsize=1024)
def _shades(theme: Theme, colour: str) -> tuple[int, ...]:
    strengths = [FAINT + (1 - FAINT) * k / (SHADES - 1) for k in range(SHADES)]
    return QColor(theme.panel).rgb(), *tints(theme, colour, strengths)
