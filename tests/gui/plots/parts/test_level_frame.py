import numpy as np
import pytest
from PySide6.QtCore import QRectF

from gui.plots.parts.level_frame import LevelFrame, range_for, ticks_for

RECT = QRectF(40, 10, 400, 100)


def frame(columns: int, levels=(-2.0, 0.0), layers=None) -> LevelFrame:
    width = 400 / columns
    places = [(40 + k * width, 40 + (k + 1) * width) for k in range(columns)]
    return LevelFrame(RECT, levels, places, layers or list(range(columns)))


def test_levels_are_pixels_and_the_infinite_lies_on_the_edge():
    found = frame(4)
    assert found.down(-1.0) == pytest.approx(60)
    assert 105 < found.down(-np.inf) <= 110
    assert 10 <= found.down(np.inf) < 15
    assert found.down(-2000.0) == found.down(-np.inf)


def test_the_column_at_a_pixel():
    found = frame(4)
    assert [found.column_at(x) for x in (10, 40, 139, 141, 439, 441)] == [None, 0, 0, 1, 3, None]


@pytest.mark.parametrize("columns", [1, 2, 3, 4, 9, 50, 100, 400])
def test_names_never_meet_and_the_ends_have_theirs(columns):
    found = frame(columns)
    named = found.named(30)
    assert named[0] == 0
    assert named[-1] == columns - 1
    gaps = np.diff([found.middle(k) for k in named])
    assert (gaps[1:-1] >= 30).all()
    assert len(named) <= 14
    if columns >= 50:
        assert len(named) > 4
        assert all((found.layers[k] + 1) % 5 == 0 for k in named[1:-1])


def test_merged_layers_are_named_at_regular_distances():
    layers = list(range(99, -1, -2))[:50]
    named = frame(50, layers=layers).named(40)
    assert len(named) > 4
    assert len(set(np.diff(named[1:]))) == 1


def test_the_range_holds_what_is_finite_and_stays_while_it_does():
    low, high = range_for([-1.85, 0.3, -np.inf, np.nan], None)
    assert -2.3 < low < -1.85
    assert 0.3 < high < 0.8
    assert range_for([-1.7, 0.2], (low, high)) == (low, high)
    assert range_for([-1.9, 0.2, -5.0], (low, high))[0] < -5.0
    assert range_for([-0.2, 0.2], (-50.0, 10.0)) != (-50.0, 10.0)
    assert range_for([np.nan, np.inf], (-3.0, 1.0)) == (-3.0, 1.0)
    assert range_for([], None) == (-1.0, 0.0)
    assert range_for([0.3], None)[1] - range_for([0.3], None)[0] >= 1.0


@pytest.mark.parametrize("levels", [(-0.4, 0.6), (-0.9, 0.2), (-700.0, 3.0), (0.0, 1.0), (5, 320)])
@pytest.mark.parametrize("most", [2, 3, 8])
def test_there_are_always_labels(levels, most):
    ticks = ticks_for(levels, most)
    assert 1 <= len(ticks) <= max(most + 2, 5)
    assert all(levels[0] <= tick <= levels[1] for tick in ticks)
