import numpy as np
import pytest

from engine.spec import dense
from gui.canvas.edges import LEVELS, UNKNOWN, EdgesItem, levels, pen, spread, strongest
from gui.canvas.labels import column_texts
from gui.canvas.layout import arrange
from gui.theme import DARK, LIGHT


def test_the_strongest_from_weak_to_strong():
    w = np.array([[0.1, -3.0, 2.0], [0.5, 0.0, -1.0]])
    rows, columns = strongest(w, 3)
    assert w[rows, columns].tolist() == [-1.0, 2.0, -3.0]
    assert len(strongest(w, 100)[0]) == 6


def test_levels_tell_sign_and_strength():
    assert levels(np.array([-1.0, 1.0, 0.001, -0.5])).tolist() == [-LEVELS, LEVELS, 1, -LEVELS // 2]
    assert levels(np.zeros(2)).tolist() == [1, 1]
    assert levels(np.array([np.nan, 1.0])).tolist() == [1, 1]
    assert levels(np.array([np.inf, 1.0])).tolist() == [1, 1]


def test_unknown_edges_are_spread_evenly():
    rows, columns = spread(4, 5, 1000)
    assert len(set(zip(rows.tolist(), columns.tolist(), strict=True))) == 20
    assert len(spread(100, 100, 30)[0]) == 30


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_pens_are_opaque_and_the_sign_is_seen(theme):
    for level in (-LEVELS, -1, UNKNOWN, 1, LEVELS):
        assert pen(theme, level).color().alpha() == 255
        assert pen(theme, level).isCosmetic()
    plus, minus = pen(theme, LEVELS).color(), pen(theme, -LEVELS).color()
    assert plus.red() > plus.blue()
    assert minus.blue() > minus.red()


def test_weights_of_the_drawn_neurons_are_painted(qapp):
    layout = arrange(column_texts(dense(784, 30, 10)), 700, 600, lambda t, r, b: 7.0 * len(t))
    item = EdgesItem()
    left, right = layout.columns[:2]
    item.place(left, right, 50, layout.radius, LIGHT)
    assert item.batches() == [(UNKNOWN, 50)]
    W = np.full((30, 784), 1e-3)
    W[29, 783] = -1.0  # the last of either is drawn
    W[28, 100] = 5.0  # these are not
    item.show_weights(W)
    assert item.batches() == [(1, 49), (-LEVELS, 1)]
    assert item.possible == len(left.y) * len(right.y)
