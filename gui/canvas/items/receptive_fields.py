"""Weights and inputs as small images: what the neurons of the first layer look for."""

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


def fields(W: Floats, shape: tuple[int, int], theme: Theme) -> list[QImage]:
    """A picture of every row of W: blue to orange, paper is 0, each on its own scale."""
    size = np.abs(W).max(axis=1, initial=0.0)
    size[~(size > 0) | ~np.isfinite(size)] = 1.0
    share = np.nan_to_num(W.astype(float)) / size[:, np.newaxis]
    bytes_ = np.rint((np.clip(share, -1.0, 1.0) + 1.0) * (LEVELS / 2)).astype(np.uint8)
    return [_image(row, shape, _diverging(theme)) for row in bytes_]


def input_image(x: Floats, shape: tuple[int, int], theme: Theme) -> QImage:
    """Paper is the least value or 0, ink the greatest or 1."""
    x = np.nan_to_num(x.astype(float))
    low, high = min(float(x.min()), 0.0), max(float(x.max()), 1.0)
    bytes_ = np.rint((x - low) / (high - low) * LEVELS).astype(np.uint8)
    return _image(bytes_, shape, _grey(theme))


def _image(bytes_: NDArray[np.uint8], shape: tuple[int, int], colours: tuple[int, ...]) -> QImage:
    height, width = shape
    image = QImage(bytes_.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(colours)
    return image.convertToFormat(QImage.Format.Format_RGB32)


@lru_cache(maxsize=8)
def _diverging(theme: Theme) -> tuple[int, ...]:
    shares = [2 * k / LEVELS - 1 for k in range(LEVELS + 1)]
    return tuple(
        theme.blend(theme.negative if t < 0 else theme.positive, abs(t), theme.panel).rgb()
        for t in shares
    )


@lru_cache(maxsize=8)
def _grey(theme: Theme) -> tuple[int, ...]:
    return tuple(theme.blend(theme.ink, k / LEVELS, theme.panel).rgb() for k in range(LEVELS + 1))
