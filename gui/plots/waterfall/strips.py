"""A vector of neurons as a strip of cells: blue below zero, orange above."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from engine.arrays import Floats, Ints
from gui.common.colour_ramps import image_of, tints
from gui.plots.parts.largest import largest
from gui.theme import Theme

SHADES = 63  # of either sign
FAINT = 0.12  # of the colour, just beside 0


def sign_colours(theme: Theme) -> Ints:
    """From the most negative to the most positive, zero in the middle; 0xffRRGGBB."""
    strengths = FAINT + (1.0 - FAINT) * np.arange(1, SHADES + 1) / SHADES
    below = tints(theme, theme.negative, strengths[::-1].tolist())
    above = tints(theme, theme.positive, strengths.tolist())
    return np.array([*below, QColor(theme.panel).rgb(), *above], np.uint32)


def cells(values: Floats, most: int) -> Floats:
    """``values``, or where there are more than ``most`` the greatest of every group in size."""
    if len(values) <= most:
        return values
    return largest(values, np.linspace(0, len(values), most, endpoint=False).astype(int))


def paint_strip(
    painter: QPainter, rect: QRectF, values: Floats, full: float, colours: Ints, upright: bool
) -> None:
    """Full colour stands for ±``full``; from the left or, ``upright``, from the top."""
    room = rect.height() if upright else rect.width()
    shown = cells(values, max(1, int(room)))
    with np.errstate(all="ignore"):
        at = np.sign(shown) * np.ceil(np.minimum(np.abs(shown) / full, 1.0) * SHADES)
    at = np.nan_to_num(at, nan=0.0) + SHADES
    pixels = colours[at.astype(np.intp)]
    painter.drawImage(rect, image_of(pixels[:, None] if upright else pixels[None]))
