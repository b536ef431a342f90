"""Ends the lines of an SVG where they leave their frame.

Qt leaves clipping out of its SVG (as SVG 1.1 it does it at wrong places), and programs that read
SVG do not agree about clip paths: so the lines themselves are cut.
"""

import re
from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QRectF

from engine.arrays import Floats

NEAR = 0.01  # pixels: the same corner
_GROUP = re.compile(
    r'<g fill="none"[^>]*transform="matrix\(1,0,0,1,([-\d.e]+),([-\d.e]+)\)"[^>]*>.*?</g>', re.S
)
_LINES = re.compile(r'<(?:polyline|path) [^>]*?(?:points|d)="([-+ ,.\deML]*)"\s*/>')
_POINT = re.compile(r"(M?)L?([-+.\de]+),([-+.\de]+)")


def clip_lines(svg: str, frames: Sequence[QRectF]) -> str:
    """What is drawn from the upper left corner of a frame on belongs into it."""

    def clipped(group: re.Match[str]) -> str:
        x, y = float(group[1]), float(group[2])
        here = (f for f in frames if abs(f.x() - x) < NEAR and abs(f.y() - y) < NEAR)
        frame = next(here, None)
        return group[0] if frame is None else _LINES.sub(partial(_cut, frame), group[0])

    return _GROUP.sub(clipped, svg) if frames else svg


def _cut(frame: QRectF, line: re.Match[str]) -> str:
    points = [(mark, float(x), float(y)) for mark, x, y in _POINT.findall(line[1])]
    x, y = np.array([p[1] for p in points]), np.array([p[2] for p in points])
    inside = (x >= 0) & (x <= frame.width()) & (y >= 0) & (y <= frame.height())
    if inside.all():
        return line[0]
    joined = np.array([not mark for mark, _, _ in points[1:]], bool)
    pieces = within(x, y, joined, frame.width(), frame.height())
    data, end = [], (np.nan, np.nan)
    for x0, y0, x1, y1 in pieces.tolist():
        data.append(f"{'' if end == (x0, y0) else f'M{x0:g},{y0:g} '}L{x1:g},{y1:g}")
        end = x1, y1
    return f'<path d="{" ".join(data)}"/>' if data else ""


def within(x: Floats, y: Floats, joined: Floats, width: float, height: float) -> Floats:
    """The pieces (k, 4) x, y, x, y inside the frame of the lines from point to point.

    ``joined`` (points - 1,) is false where there is none. (Liang and Barsky 1984.)
    """
    x0, y0, dx, dy = x[:-1], y[:-1], np.diff(x), np.diff(y)
    first, last = np.zeros(len(dx)), np.ones(len(dx))
    seen = joined.astype(bool)
    for step, room in ((-dx, x0), (dx, width - x0), (-dy, y0), (dy, height - y0)):
        with np.errstate(divide="ignore", invalid="ignore"):
            t = room / step
        first = np.where(step < 0, np.fmax(first, t), first)
        last = np.where(step > 0, np.fmin(last, t), last)
        seen &= (step != 0) | (room >= 0)
    seen &= first < last
    x1, y1 = (np.where(last < 1, a + last * d, b) for a, d, b in ((x0, dx, x[1:]), (y0, dy, y[1:])))
    pieces: Floats = np.column_stack((x0 + first * dx, y0 + first * dy, x1, y1))[seen]
    return pieces
