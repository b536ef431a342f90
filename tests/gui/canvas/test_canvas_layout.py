from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.architecture import dense
from gui.canvas.layout import HEADS, MOST_ROWS, WHOLE, Layout, Viewpoint, arrange, on_stride
from gui.canvas.words.labels import ColumnText, column_texts

SIZES = {"title": 20, "card": 14, "text": 13, "caption": 11}


def measure(text, role, bold):
    return len(text) * SIZES[role] * (0.7 if bold else 0.62)


def laid_out(sizes, width=700, height=600, scale=1.0, viewpoint=WHOLE) -> Layout:
    texts = column_texts(dense(*sizes))
    return arrange(texts, width, height, measure, scale, legend_lines=2, viewpoint=viewpoint)


def header_extents(layout: Layout, sizes):
    head = layout.head
    for k, (column, text) in enumerate(
        zip(layout.columns, column_texts(dense(*sizes)), strict=True)
    ):
        if layout.headed(k):
            caption = measure(text.captions[head.caption], "caption", False)
            half = max(measure(text.number, head.number, True), caption) / 2
            yield column.x - half, column.x + half


widths = st.lists(st.integers(1, 300) | st.just(10_000), min_size=1, max_size=51)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(1, 5_000),
    widths.filter(lambda w: sum(a * b for a, b in pairwise([5_000, *w])) < 4e7),
    st.sampled_from([(700, 600), (430, 480), (1500, 1000), (100, 50)]),
)
def test_nothing_overlaps_and_nothing_is_cut(inputs, hidden, size):
    sizes = [inputs, *hidden]
    layout = laid_out(sizes, *size)
    extents = list(header_extents(layout, sizes))
    assert all(right < left for (_, right), (left, _) in pairwise(extents))
    assert extents[0][0] >= 0
    assert extents[-1][1] <= layout.width
    assert layout.pitch >= 2 * layout.radius
    assert layout.width == max(size[0], 220)
    top, bottom = layout.bands.frame
    assert layout.bands.insert + layout.button < layout.bands.frame[0] or size[1] < 300
    assert bottom < layout.bands.speeds < layout.bands.legend < layout.height
    for column in layout.columns:
        rows = sorted([*column.y, *([] if column.dots is None else [column.dots])])
        assert len(rows) <= MOST_ROWS
        assert rows[0] - layout.radius >= top
        assert rows[-1] + layout.radius <= bottom
        assert all(b - a >= 2 * layout.radius - 1 for a, b in pairwise(rows))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=8))
def test_first_neurons_then_dots_then_the_last(hidden):
    for column in laid_out([784, *hidden, 10]).columns:
        shown = column.shown.tolist()
        assert shown[-1] == column.neurons - 1
        assert shown[:-1] == list(range(len(shown) - 1))
        assert (column.dots is None) == (len(shown) == column.neurons)
        assert column.left_out == column.neurons - len(shown)
        if column.dots is not None:
            assert column.y[-2] < column.dots < column.y[-1]


@pytest.mark.parametrize("size", [(700, 600), (430, 480)])
def test_ten_outputs_are_all_drawn(size):
    assert laid_out([784, 30, 30, 10], *size).columns[-1].left_out == 0


def test_headers_get_poorer_as_it_gets_narrow():
    def richness(depth, width):
        head = laid_out([784, *[30] * depth, 10], width).head
        return HEADS.index((head.number, head.caption)) + head.stride

    poorer = [richness(d, 700) for d in (1, 3, 5, 8, 20, 50)]
    assert poorer == sorted(poorer)
    assert poorer[0] == 1
    assert poorer[-1] > len(HEADS)


def test_the_active_column_is_headed_and_its_neighbours_give_way():
    layout = laid_out([784, *[10] * 50, 10])
    assert layout.head.stride > 1
    assert layout.headed(7, (7,))
    assert not any(layout.headed(k, (7,)) for k in (6, 8))


def test_the_whole_of_a_thousand_layers_is_in_sight():
    layout = laid_out([784, *[3] * 998, 10])
    assert layout.width == 700
    assert layout.columns[-1].x < layout.width
    assert layout.most_zoom > 100


zooms = st.floats(1.0, 30.0) | st.just(1e6)
networks = st.lists(st.integers(1, 60) | st.integers(1, 1200), min_size=2, max_size=12)


@settings(max_examples=200, deadline=None)
@given(
    networks,
    zooms,
    st.floats(0.0, 1.0),
    st.sampled_from([(700, 600), (430, 480), (1500, 1000), (220, 240)]),
    st.sampled_from([1.0, 1.4]),
)
def test_zoomed_neurons_stand_in_order_inside_the_frame(sizes, zoom, down, size, scale):
    layout = laid_out(sizes, *size, scale, Viewpoint(zoom, down))
    top, bottom = layout.bands.frame
    assert layout.pitch >= 2 * layout.radius
    assert layout.columns[-1].x + layout.radius < layout.width
    for column in layout.columns:
        assert len(column.shown) == len(column.y) > 0
        assert np.all(np.diff(column.shown) > 0)
        assert 0 <= column.shown[0] <= column.shown[-1] < column.neurons
        rows = sorted([*column.y, *([] if column.dots is None else [column.dots])])
        assert rows[0] - layout.radius >= top - 1
        assert rows[-1] + layout.radius <= bottom + 1
        assert all(b - a >= 2 * layout.radius - 1 for a, b in pairwise(rows))
        drawn = column.neurons - column.left_out
        assert column.above + len(column.shown) + column.below == drawn


@settings(max_examples=100, deadline=None)
@given(networks)
def test_at_the_greatest_zoom_every_neuron_passes_through_the_view(sizes):
    seen = [set() for _ in sizes]
    layout = laid_out(sizes, viewpoint=Viewpoint(1e6, 0.0))
    steps = int(max(column.rows for column in layout.columns)) + 1
    assert layout.viewpoint.zoom == layout.most_zoom
    for down in np.linspace(0, 1, steps):
        layout = laid_out(sizes, viewpoint=Viewpoint(1e6, float(down)))
        assert all(column.dots is None for column in layout.columns)
        for neurons, column in zip(seen, layout.columns, strict=True):
            neurons.update(column.shown.tolist())
    assert [len(neurons) for neurons in seen] == sizes


@settings(max_examples=100, deadline=None)
@given(networks, zooms, st.floats(0.0, 1.0))
def test_a_neuron_and_its_height_are_two_names_of_one_place(sizes, zoom, down):
    for column in laid_out(sizes, viewpoint=Viewpoint(zoom, down)).columns:
        for index, y in zip(column.shown.tolist(), column.y.tolist(), strict=True):
            assert column.top + column.slot_of(index) * column.row == pytest.approx(y, abs=0.51)
            assert column.index_at(column.top + column.slot_of(index) * column.row) == (
                pytest.approx(index, abs=1e-6)
            )


def test_more_neurons_are_drawn_the_nearer_one_looks():
    drawn = []
    for zoom in (1, 2, 4, 8, 16, 32, 1000):
        column = laid_out([784, 30, 30, 10], viewpoint=Viewpoint(zoom)).columns[0]
        drawn.append(column.neurons - column.left_out)
    assert drawn == sorted(set(drawn))
    assert drawn[0] < 16
    assert drawn[-1] == 784


def test_zoom_ends_at_the_whole_and_at_a_good_size():
    far = laid_out([784, 30, 10], viewpoint=Viewpoint(0.01, 7.0))
    assert far.viewpoint == Viewpoint(1.0, 1.0)
    near = laid_out([2, 3, 1], viewpoint=Viewpoint(100))
    assert near.viewpoint.zoom == near.most_zoom < 2
    assert laid_out([2, 3, 1]).radius < near.radius < 25


def test_columns_and_gaps_are_found():
    layout = laid_out([784, 30, 10])
    for k, column in enumerate(layout.columns):
        assert layout.column_at(column.x + 5) == k
    assert layout.column_at(layout.gap_x(0)) is None
    assert layout.gap_at(layout.gap_x(1)) == 1
    assert layout.gap_at(-5) is None
    assert layout.gap_at(layout.width) is None


def test_a_stride_keeps_the_ends_and_its_distance():
    for last in range(30):
        for stride in range(1, 8):
            kept = [k for k in range(last + 1) if on_stride(k, last, stride)]
            assert kept[-1] == last
            assert 0 in kept or last < stride
            assert all(b - a >= stride for a, b in pairwise(kept))


def test_neurons_stand_on_whole_pixels():
    layout = laid_out([784, 30, 10], 701, 599)
    assert all(column.x == round(column.x) for column in layout.columns)
    assert all(np.array_equal(column.y, np.round(column.y)) for column in layout.columns)


@given(
    st.lists(st.integers(1, 2_000), min_size=2, max_size=60),
    st.floats(0, 2_000),
    st.floats(0, 2_000),
    st.sampled_from([0.7, 1.0, 1.5, 3.0]),
    st.integers(0, 5),
    st.floats(1, 40),
    st.floats(0, 1),
    st.floats(0, 80),
)
@settings(deadline=None)
def test_no_column_is_ever_blank(
    sizes: list[int], width: float, height: float, scale: float, lines: int,
    zoom: float, down: float, arcs: float,
) -> None:  # fmt: skip
    texts = [ColumnText(n, ("a long caption", "shorter", "s")) for n in sizes]
    layout = arrange(
        texts, width, height, measure, scale, lines, Viewpoint(zoom, down), arcs * scale
    )
    assert all(len(column.shown) == len(column.y) > 0 for column in layout.columns)
    assert all(max(column.shown) < n for column, n in zip(layout.columns, sizes, strict=True))
    assert layout.bands.frame[0] < layout.bands.frame[1]
