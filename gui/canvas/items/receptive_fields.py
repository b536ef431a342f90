"""Weights as small images: what the neurons of the first layer look for."""

from functools import lru_cache

import numpy as np
from PySide6.QtGui import QImage

from engine.arrays import Floats
from gui.common.input_picture import LEVELS, indexed_image
from gui.theme import Theme


def fields(W: Floats, shape: tuple[int, int], theme: Theme) -> list[QImage]:
    """A picture of every row of W: blue to orange, paper is 0, each on its own scale."""
    size = np.abs(W).max(axis=1, initial=0.0)
    size[~(size > 0) | ~np.isfinite(size)] = 1.0
    share = np.nan_to_num(W.astype(float)) / size[:, np.newaxis]
    bytes_ = np.rint((np.clip(share, -1.0, 1.0) + 1.0) * (LEVELS / 2)).astype(np.uint8)
    return [indexed_image(row, shape, _diverging(theme)) for row in bytes_]


@lru_cache(maxsize=8)
def _diverging(theme: Theme) -> tuple[int, ...]:
    shares = [2 * k / LEVELS - 1 for k in range(LEVELS + 1)]
    return tuple(
        theme.blend(theme.negative if t < 0 else theme.positive, abs(t), theme.panel).rgb()
        for t in shares
    )
