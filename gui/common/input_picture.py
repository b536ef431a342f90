"""A network's inputs as a small picture."""

from functools import lru_cache
from math import isqrt

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from engine.arrays import Floats
from engine.spec import Experiment
from gui.theme import Theme

LEAST_SIDE = 7  # pixels; fewer inputs are not taken for an image
LEVELS = 255
NO_IMAGES = ("parity",)  # data whose inputs may be a square number, but have no neighbours


def image_shape(experiment: Experiment) -> tuple[int, int] | None:
    """Height and width of the inputs as an image: a square number of them is taken for one."""
    inputs = experiment.architecture.inputs
    side = isqrt(inputs)
    if side < LEAST_SIDE or side * side != inputs or experiment.training.data.key in NO_IMAGES:
        return None
    return side, side


def input_image(x: Floats, shape: tuple[int, int], theme: Theme) -> QImage:
    """Paper is the least value or 0, ink the greatest or 1."""
    x = np.nan_to_num(x.astype(float))
    low, high = min(float(x.min()), 0.0), max(float(x.max()), 1.0)
    bytes_ = np.rint((x - low) / (high - low) * LEVELS).astype(np.uint8)
    return indexed_image(bytes_, shape, _grey(theme))


def indexed_image(
    bytes_: NDArray[np.uint8], shape: tuple[int, int], colours: tuple[int, ...]
) -> QImage:
    """An image of places in a table of ``LEVELS`` + 1 colours."""
    height, width = shape
    image = QImage(bytes_.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(colours)
    return image.convertToFormat(QImage.Format.Format_RGB32)


@lru_cache(maxsize=8)
def _grey(theme: Theme) -> tuple[int, ...]:
    return tuple(theme.blend(theme.ink, k / LEVELS, theme.panel).rgb() for k in range(LEVELS + 1))
