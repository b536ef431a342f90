"""A map of sizes as an opaque picture: fading below 1, glowing above, with a line where it is 1."""

import numpy as np
from PySide6.QtGui import QColor, QImage

from engine.arrays import Floats, Ints
from gui.common.colour_ramps import image_of
from gui.theme import Theme

LOW, HIGH = -3.0, 1.5  # log10 of the sizes at the ends of the colours; beyond, they stay
SHADES = 256
FAINT, NEAR_ONE = 0.04, 0.62  # of 'vanishing' in the panel, at ``LOW`` and just below 1
ABOVE_ONE, STRONG = 0.75, 1.0  # of 'exploding', just above 1 and at ``HIGH``
GLOW = 0.25  # of ink at ``HIGH``
_PAIRS = ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3))  # edges of a cell that a line may join


def size_colour(theme: Theme, log10_size: float) -> QColor:
    """Lightness follows the size, so that the order is also seen in grey; hue tells the side."""
    if log10_size < 0.0:
        t = 1.0 - max(log10_size, LOW) / LOW
        return theme.blend(theme.vanishing, FAINT + (NEAR_ONE - FAINT) * t, theme.panel)
    t = min(log10_size, HIGH) / HIGH
    warm = theme.blend(theme.exploding, ABOVE_ONE + (STRONG - ABOVE_ONE) * t, theme.panel)
    return theme.blend(theme.ink, GLOW * t, warm.name())


def size_colours(theme: Theme) -> Ints:
    """The colours of sizes from 10^``LOW`` to 10^``HIGH``, (``SHADES``,) as 0xffRRGGBB."""
    middles = LOW + (np.arange(SHADES) + 0.5) / SHADES * (HIGH - LOW)
    return np.array([size_colour(theme, size).rgb() for size in middles.tolist()], np.uint32)


def size_image(log10_sizes: Floats, colours: Ints) -> QImage:
    """One pixel for every entry; the first row is at the bottom."""
    at = (log10_sizes[::-1] - LOW) * (SHADES / (HIGH - LOW))
    return image_of(colours[np.clip(at, 0, SHADES - 1).astype(np.intp)])


def zero_line(f: Floats) -> Floats:
    """Where f (m, n), finite, passes 0: line pieces (k, 4) x, y, x, y in units of cells.

    Marching squares: in every cell, the edges on which the sign changes are joined by a line.
    """
    above = f >= 0.0
    cross_x, cross_y = above[:, 1:] != above[:, :-1], above[1:] != above[:-1]
    crossed = np.array([cross_x[:-1], cross_x[1:], cross_y[:, :-1], cross_y[:, 1:]])
    j, i = np.nonzero(crossed.any(axis=0))
    crossed, points = crossed[:, j, i], _edge_points(f, j, i)
    all_four = crossed.all(axis=0)
    pieces = [np.empty((0, 4))]
    for k, (p, q) in enumerate(_PAIRS):
        joined = crossed[p] & crossed[q] & (~all_four | (k in (1, 4)))
        pieces.append(np.concatenate((points[p, :, joined], points[q, :, joined]), axis=1))
    found: Floats = np.concatenate(pieces)
    return found


def _edge_points(f: Floats, j: Ints, i: Ints) -> Floats:
    """On the lower, upper, left and right edge of the cells (j, i): (4, 2, cells) x, y."""
    corners = f[j, i], f[j, i + 1], f[j + 1, i], f[j + 1, i + 1]
    lower, upper = _zero(corners[0], corners[1]), _zero(corners[2], corners[3])
    left, right = _zero(corners[0], corners[2]), _zero(corners[1], corners[3])
    return np.array([(i + lower, j), (i + upper, j + 1), (i, j + left), (i + 1, j + right)])


def _zero(f0: Floats, f1: Floats) -> Floats:
    with np.errstate(all="ignore"):
        found: Floats = f0 / (f0 - f1)
    return found
