import numpy as np
import pytest

from engine.architecture import dense
from gui.canvas.items.edges import (
    STRENGTHS,
    UNKNOWN,
    WIDTHS,
    EdgesItem,
    Stroke,
    pen,
    spread,
    strengths,
    strongest,
    widths,
)
from gui.canvas.layout import arrange
from gui.canvas.words.labels import column_texts
from gui.theme import DARK, LIGHT

MIDDLE = len(STRENGTHS) // 2


@pytest.fixture
def layout():
    return arrange(column_texts(dense(784, 30, 10)), 700, 600, lambda t, r, b: 7.0 * len(t))


@pytest.fixture
def item(qapp, layout):
    item = EdgesItem()
    item.place(*layout.columns[:2], 50, layout.radius, LIGHT)
    return item


def test_the_strongest_from_weak_to_strong():
    w = np.array([[0.1, -3.0, 2.0], [0.5, 0.0, -1.0]])
    rows, columns = strongest(w, 3)
    assert w[rows, columns].tolist() == [-1.0, 2.0, -3.0]
    assert len(strongest(w, 100)[0]) == 6


def test_width_tells_the_size_of_a_weight():
    assert widths(np.array([-1.0, 1.0, 0.001, -0.5, 0.7])).tolist() == [3, 3, 0, 1, 2]
    for odd in ([0.0, 0.0], [np.nan, 1.0], [np.inf, 1.0]):
        assert widths(np.array(odd)).tolist() == [0, 0]


def test_strength_tells_the_size_of_a_gradient():
    gradients = np.array([-1.0, 0.05, 1e-3, 1e-9, 0.0, np.nan])
    assert strengths(gradients, 1.0).tolist() == [4, 3, 1, 0, 0, 0]
    assert strengths(gradients, 10.0).tolist()[0] == 3
    assert strengths(gradients, 0.0).tolist() == [0] * 6
    assert strengths(np.array([np.inf, np.nan]), 1.0).tolist() == [len(STRENGTHS) - 1, 0]


def test_unknown_edges_are_spread_evenly():
    rows, columns = spread(4, 5, 1000)
    assert len(set(zip(rows.tolist(), columns.tolist(), strict=True))) == 20
    assert len(spread(100, 100, 30)[0]) == 30


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_pens_are_opaque_and_the_sign_is_seen(theme):
    for negative in (False, True):
        for stroke in (UNKNOWN, Stroke(0, 0, negative), Stroke(3, 4, negative)):
            assert pen(theme, stroke).color().alpha() == 255
            assert pen(theme, stroke).isCosmetic()
        for strength in range(len(STRENGTHS)):
            colour = pen(theme, Stroke(1, strength, negative)).color()
            assert (colour.blue() > colour.red()) == negative
    drawn = [pen(theme, Stroke(3, k, False)).color().saturation() for k in range(len(STRENGTHS))]
    assert drawn == sorted(drawn)
    assert [pen(theme, Stroke(k, 2, True)).widthF() for k in range(4)] == list(WIDTHS)


def test_weights_of_the_drawn_neurons_are_painted(item, layout):
    left, right = layout.columns[:2]
    assert item.batches() == [(UNKNOWN, 50)]
    W = np.full((30, 784), 1e-3)
    W[29, 783] = -1.0  # the last of either is drawn
    W[28, 100] = 5.0  # these are not
    item.show_weights(W)
    assert item.batches() == [(Stroke(0, MIDDLE, False), 49), (Stroke(3, MIDDLE, True), 1)]
    assert item.possible == len(left.y) * len(right.y)


def test_gradients_of_the_drawn_edges_are_painted(item):
    W = np.full((30, 784), 1.0)
    dC_dW = np.full((30, 784), 1e-9)
    dC_dW[29, 783] = -5e-3
    dC_dW[28, 100] = 7.0  # between neurons that are not drawn
    W[29, 783] = 1.5
    assert item.greatest_gradient(dC_dW) == 5e-3
    item.show_weights(W, dC_dW, 5e-3)
    assert (Stroke(3, len(STRENGTHS) - 1, False), 1) in item.batches()
    assert sum(n for stroke, n in item.batches() if stroke.strength == 0) == 49


def test_an_edge_is_found_where_it_is_drawn(item, layout):
    left, right = layout.columns[:2]
    W = np.zeros((30, 784))
    W[29, 0] = 2.0
    item.show_weights(W)
    across = right.x - left.x
    for share in (0.1, 0.5, 0.9):
        y = float(left.y[0] + share * (right.y[-1] - left.y[0]))
        assert item.edge_at(left.x + share * across, y) == (29, 0)
    assert item.edge_at(left.x - 5, float(left.y[0])) is None
    assert item.edge_at(left.x + across / 2, float(left.y[0]) - 30) is None


def test_a_mark_stands_between_its_neurons(item, layout):
    left, right = layout.columns[:2]
    line = item.marks.line((29, 783))
    assert (line.y1(), line.y2()) == (left.y[-1], right.y[-1])
    assert item.marks.line((28, 783)) is None  # this neuron is not drawn
