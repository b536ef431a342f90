"""Lines that end at a frame, against what lies inside by its coordinates alone."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from gui.common.svg_clip import clip_lines, within

WIDTH, HEIGHT = 30.0, 20.0
FRAME = QRectF(59, 66, WIDTH, HEIGHT)
places = st.floats(-100, 100).map(lambda v: round(v, 2))


def document(body: str, x: float = 59, y: float = 66, fill: str = "none") -> str:
    move = f'transform="matrix(1,0,0,1,{x:g},{y:g})"'
    return f'<g fill="{fill}" stroke="#000" {move}\nfont-size="13" >\n{body}\n</g>'


def inside(x, y, tolerance: float = 0.0):
    room = tolerance
    return (x >= -room) & (x <= WIDTH + room) & (y >= -room) & (y <= HEIGHT + room)


def distance(points, piece):
    """Of points (n, 2) from a piece x, y, x, y."""
    a, d = piece[:2], piece[2:] - piece[:2]
    t = np.clip((points - a) @ d / max(d @ d, 1e-300), 0, 1)
    return np.linalg.norm(points - a - t[:, None] * d, axis=1)


@given(st.lists(st.tuples(places, places), min_size=2, max_size=6))
def test_what_is_inside_stays_and_nothing_else(corners) -> None:
    x, y = np.array(corners).T
    pieces = within(x, y, np.ones(len(x) - 1, bool), WIDTH, HEIGHT)
    assert inside(pieces[:, [0, 2]], pieces[:, [1, 3]], 1e-9).all()
    t = np.linspace(0, 1, 201)[:, None]
    for k in range(len(x) - 1):
        line = (1 - t) * [x[k], y[k]] + t * [x[k + 1], y[k + 1]]
        seen = line[inside(line[:, 0], line[:, 1], -1e-6)]
        if len(seen) > 1:
            nearest = np.min([distance(seen, piece) for piece in pieces], axis=0)
            assert nearest.max() < 1e-6


def test_a_gap_stays_a_gap_and_joints_are_exact() -> None:
    x, y = np.array([1.0, 7.0, 11.0, 29.0]), np.array([3.0, 0.1, 12.0, 5.0])
    pieces = within(x, y, np.array([True, False, True]), WIDTH, HEIGHT)
    assert pieces.tolist() == [[1.0, 3.0, 7.0, 0.1], [11.0, 12.0, 29.0, 5.0]]


def test_lines_of_the_frame_are_cut_and_stay_one_line_inside() -> None:
    line = '<polyline fill="none" points="-5,10 5,10 10,15 40,15 " />'
    cut = clip_lines(document(line), [FRAME])
    assert re.findall(r'd="([^"]*)"', cut) == ["M0,10 L5,10 L10,15 L30,15"]
    line = '<path fill-rule="evenodd" d="M-5,10 L-1,10 M2,2 L3,3"/>'
    assert re.findall(r' d="([^"]*)"', clip_lines(document(line), [FRAME])) == ["M2,2 L3,3"]


def test_what_leaves_no_trace_goes() -> None:
    cut = clip_lines(document('<polyline fill="none" points="-5,50 40,60 " />'), [FRAME])
    assert "polyline" not in cut
    assert "path" not in cut


def test_nothing_else_is_touched() -> None:
    long = '<polyline fill="none" points="-5,10 40,10 " />'
    fits = '<polyline fill="none" points="0,0 30,20 " />'
    curve = '<path d="M-5,1 C1,2 3,4 50,6 "/>'
    for kept in (
        document(long, 58, 66), document(long, fill="#fff"), document(fits), document(curve)
    ):  # fmt: skip
        assert clip_lines(kept, [FRAME]) == kept
    assert clip_lines(document(long), []) == document(long)
