import numpy as np
import pytest

from gui.plots.maps.neuron_cells import lay_out


def test_every_neuron_is_a_cell_where_there_is_room():
    cells = lay_out((3, 1, 2), pixels=12, most=200)
    delta = [np.array([1.0, -2.0, 3.0]), np.array([-4.0]), np.array([0.0, 5.0])]
    assert cells.largest(delta).tolist() == [1, -2, 3, -4, 0, 5]
    assert [cells.cells(l) for l in range(3)] == [3, 1, 2]


def test_cells_fill_their_column():
    cells = lay_out((3, 1, 2), pixels=12, most=200)  # 4, 12 and 6 pixels high
    columns = cells.table.T.tolist()
    assert columns[0] == [0] * 4 + [1] * 4 + [2] * 4
    assert columns[1] == [3] * 12
    assert columns[2] == [4] * 5 + [-1] + [5] * 6  # from 6 pixels on, a line of paper between


@pytest.mark.parametrize("n", [200, 201, 777, 10_000])
def test_many_neurons_share_cells_and_the_largest_is_shown(n):
    rng = np.random.default_rng(n)
    values, few = rng.normal(size=n), np.array([7.0, -8.0])
    cells = lay_out((2, n, 2), pixels=300, most=200)
    shown = cells.largest([few, values, few])
    assert shown[[0, 1, -2, -1]].tolist() == [7, -8, 7, -8]
    ends = [cells.neurons(1, k) for k in range(200)]
    assert ends[0][0] == 0
    assert ends[-1][1] == n - 1
    for k, (first, last) in enumerate(ends):
        assert first == (0 if k == 0 else ends[k - 1][1] + 1)
        part = values[first : last + 1]
        assert shown[2 + k] == part[np.abs(part).argmax()]


def test_no_number_is_not_hidden_in_a_cell():
    values = np.ones(1000)
    values[[10, 500]] = np.nan, -np.inf
    shown = lay_out((1000,), 100, 100).largest([values])
    assert np.isnan(shown[1])
    assert shown[50] == -np.inf


@pytest.mark.parametrize("pixels", [1, 2, 7, 150, 900])
@pytest.mark.parametrize("sizes", [(1,), (1000, 10), (30, 200, 199, 5)])
def test_every_cell_is_seen_however_few_pixels_there_are(sizes, pixels):
    cells = lay_out(sizes, pixels, min(200, pixels))
    assert cells.table.shape == (pixels, len(sizes))
    for l in range(len(sizes)):
        seen = set(cells.table[:, l].tolist()) - {-1}
        assert seen == set(range(int(cells.first[l]), int(cells.first[l + 1])))
