"""Colours of sizes on a logarithmic scale: the larger, the further from the paper."""

import numpy as np
from PySide6.QtGui import QColor

from engine.arrays import Floats, Ints
from gui.common.colour_ramps import even_ramp
from gui.theme import Theme

SHADES = 120  # of one sign
FAINT, LAST = 0.07, 0.8  # of accent in the panel where sizes begin, of ink where they end
FAINT_SIGN, STRONG_SIGN = 0.10, 0.35  # of a sign's colour at the low end, of ink in it at the high

# Places in a table of colours, before the shades.
ZERO, UNKNOWN, INFINITE, GROUND, FIRST = range(5)
CLEAR = 0  # what is exactly 0 lets the hatching behind it through


def sequential(theme: Theme) -> Ints:
    """Paper, accent, ink in even steps of lightness: (FIRST + SHADES,) as 0xAARRGGBB."""
    stops = [
        theme.blend(theme.accent, FAINT, theme.panel),
        QColor(theme.accent),
        theme.blend(theme.ink, LAST, theme.accent),
    ]
    return np.array([*_marks(theme), *even_ramp(theme, stops, SHADES)], np.uint32)


def signed(theme: Theme) -> Ints:
    """The marks, then the shades of negative numbers, then of positive ones."""
    ramps: list[int] = []
    for colour in (theme.negative, theme.positive):
        pale = theme.blend(colour, FAINT_SIGN, theme.panel)
        strong = theme.blend(theme.ink, STRONG_SIGN, colour)
        ramps += even_ramp(theme, [pale, QColor(colour), strong], SHADES)
    return np.array([*_marks(theme), *ramps], np.uint32)


def shades(levels: Floats, low: float, high: float) -> Ints:
    """Places in the table of ``sequential``, of log10 of sizes; beyond the range its ends."""
    with np.errstate(invalid="ignore"):
        at = FIRST + np.clip((levels - low) * (SHADES / (high - low)), 0, SHADES - 1)
    at = np.where(np.isfinite(levels), at, UNKNOWN).astype(np.int32)
    at[levels == -np.inf] = ZERO
    at[levels == np.inf] = INFINITE
    found: Ints = at
    return found


def signed_shades(values: Floats, low: float, high: float) -> Ints:
    """The same of numbers with a sign, in the table of ``signed``."""
    with np.errstate(divide="ignore"):
        found = shades(np.log10(np.abs(values)), low, high)
    found[(found >= FIRST) & (values > 0)] += SHADES
    return found


def _marks(theme: Theme) -> list[int]:
    colours = (QColor(theme.line), QColor(theme.exploding), QColor(theme.panel))
    return [CLEAR, *(colour.rgb() for colour in colours)]
