"""The matrices of a network's row as small pictures of their elements."""

import numpy as np
from PySide6.QtGui import QColor, QImage

from engine.arrays import Floats
from engine.chain.matrices import MatrixFactor
from gui.chain.studies.matrix_work import NetworkRow
from gui.theme import Theme

FULL = 2.5  # times the root mean square of the weights: from there on, the colour is full


def elements(row: NetworkRow, factor: MatrixFactor) -> Floats:
    """As the factor stands in the row; the diagonal of a Σ' only."""
    l, seen = factor.l, row.inspection
    match factor.kind:
        case "weight":
            return row.weights.W[l - 1].T
        case "prime":
            return seen.prime[l - 1]
        case "slope":
            return seen.pulled[-1][:, None]
        case _:
            return seen.delta[-1][:, None]


def matrix_image(values: Floats, width: int, height: int, theme: Theme) -> QImage:
    """Every pixel one element, the nearest: negative and positive as in all drawings."""
    rows = (np.arange(height) * len(values)) // height
    across = (np.arange(width) * values.shape[1]) // width
    picked = np.nan_to_num(values[rows][:, across].astype(np.float64), posinf=1e30, neginf=-1e30)
    with np.errstate(all="ignore"):
        full = FULL * np.sqrt(np.mean(np.square(picked, dtype=np.float64))) or 1.0
        index = np.clip(np.nan_to_num(picked / full), -1.0, 1.0) * 127.0 + 128.0
    image = QImage(index.astype(np.uint8).tobytes(), width, height, width, _INDEXED).copy()
    image.setColorTable(_colours(theme))
    return image


_INDEXED = QImage.Format.Format_Indexed8


def _colours(theme: Theme) -> list[int]:
    return [
        theme.blend(theme.positive if k >= 128 else theme.negative, abs(k - 128) / 127, theme.panel)
        .rgb()
        for k in range(256)
    ]  # fmt: skip


def diagonal_colours(values: Floats, count: int, colour: QColor, theme: Theme) -> list[QColor]:
    """``count`` of the elements, from the ground to the colour as they are from 0 to greatest."""
    picked = np.abs(values[(np.arange(count) * len(values)) // count].astype(np.float64))
    greatest = float(np.nanmax(picked, initial=0.0)) or 1.0
    shares = np.nan_to_num(np.clip(picked / greatest, 0.0, 1.0))
    return [theme.blend(colour, 0.12 + 0.88 * share, theme.panel) for share in shares.tolist()]
