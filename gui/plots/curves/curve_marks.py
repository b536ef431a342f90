"""Where curves have records that they cannot show."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtGui import QColor

from engine.arrays import Ints
from gui.plots.curves.curves import Curves
from gui.plots.parts.columns import Bools
from gui.plots.parts.marks import HALF, Kind, Mark

MOST = 20  # marks of a kind on one curve


def marks_of(curves: Curves, colours: Sequence[QColor]) -> list[Mark]:
    """Where a stretch of columns with such records begins, and the newest end of one."""
    points = curves.points
    if not points.flawed:
        return []
    kinds = ((Kind.ZERO, points.zero), (Kind.INFINITE, points.infinite))
    marks: list[Mark] = []
    width = curves.rect.width()
    for kind, flawed in (*kinds, (Kind.MISSING, points.missing)):
        for k in np.flatnonzero(flawed.any(axis=0)).tolist():
            xs = curves.across[_ends_of_stretches(flawed[:, k])].tolist()
            inside = (x for x in xs if 0 <= x <= width)
            marks += [Mark(min(max(x, HALF), width - HALF), kind, colours[k]) for x in inside]
    return marks


def _ends_of_stretches(flawed: Bools) -> Ints:
    begins = flawed & ~np.concatenate(([False], flawed[:-1]))
    begins[-1] |= flawed[-1]
    return np.flatnonzero(begins)[-MOST:]
