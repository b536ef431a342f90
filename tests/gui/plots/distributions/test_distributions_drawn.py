"""Distributions as they are drawn: histograms, means, strips and columns, read back from pixels."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gui.plots.distributions.layer_rows import greatest
from gui.plots.distributions.layer_rows_layout import DEAD, GAUGED, SATURATED, UPDATE
from gui.theme import DARK, LIGHT, THEMES
from tests.gui.plots.distributions.conftest import Show, grabbed, layout, reading


def test_the_histograms_stand_where_the_counts_are(shown: Show) -> None:
    counts = np.zeros((3, 60), int)
    counts[0, 3], counts[1, 30], counts[2, 55] = 10, 7, 3
    card = shown(counts=counts, mean=np.full(3, np.nan), edges=np.linspace(-3, 3, 61))
    image, where = grabbed(card.rows), layout(card)
    for l, k in enumerate((3, 30, 55)):
        middle = round(card.rows.across(-3 + (k + 0.5) / 10))
        low = round(where.top(l) + where.row) - 4
        high = round(where.top(l) + 0.3 * where.row)
        fill = LIGHT.blend(card.rows.colour(l), 0.5, LIGHT.panel)
        outline = card.rows.colour(l)
        for y in (low, high):
            colour = image.pixelColor(middle, y)
            assert near(colour, fill) or near(colour, outline)
        assert near(image.pixelColor(middle - 15, high), QColor(LIGHT.panel))
    tops = [where.top(l) for l in range(3)]
    assert tops == sorted(tops, reverse=True)  # the first layer below, as in the heat map


def near(a: QColor, b: QColor) -> bool:
    return abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue()) < 12


def test_a_spike_is_cut_and_the_rest_stays_readable() -> None:
    assert greatest(np.array([0.0, 10.0, 8.0])) == 10.0
    assert greatest(np.array([1000.0, 10.0, 8.0])) == 30.0
    assert greatest(np.array([0.0, 5.0, 0.0])) == 5.0
    assert greatest(np.array([0.0, 0.0])) == 1.0


def test_the_mean_is_marked(shown: Show) -> None:
    counts = np.ones((3, 60), int)
    card = shown(
        counts=counts, mean=np.array([-2.0, 0.0, 2.0]), edges=np.linspace(-3, 3, 61), marks=()
    )
    image, where = grabbed(card.rows), layout(card)
    for l, mean in enumerate((-2.0, 0.0, 2.0)):
        y = round(where.top(l) + 0.75 * where.row)
        row = [image.pixelColor(x, y) for x in range(image.width())]
        dark = [x for x, colour in enumerate(row) if near(colour, QColor(LIGHT.ink))]
        assert round(card.rows.across(mean)) in dark or round(card.rows.across(mean)) - 1 in dark


def test_one_axis_that_does_not_jump(shown: Show) -> None:
    card = shown(edges=np.linspace(-4.0, 4.0, 61))
    before = reading(card)
    for half, axis in ((3.0, 4.0), (4.0, 4.0), (1.0, 1.0), (5.0, 5.0)):
        card.rows.show_distributions(replace(before, edges=np.linspace(-half, half, 61)))
        assert card.rows.x_axis.range == (-axis, axis)


def test_zeros_and_what_is_not_finite_have_a_place_beside_the_axis(shown: Show) -> None:
    zeros, lost = np.array([0, 50, 100]), np.array([100, 0, 0])
    card = shown(
        quantity="delta", zeros=zeros, not_finite=lost, counted=np.full(3, 100),
        counts=np.zeros((3, 24), int), edges=np.linspace(-4, 0, 25), mean=np.full(3, np.nan),
        dead=np.zeros(3, int),
    )  # fmt: skip
    image, where = grabbed(card.rows), layout(card)
    left, right = where.gutters
    assert left > 0 < right
    x = round(where.plot.left() - left / 2 - 2)
    dim = [
        near(image.pixelColor(x, round(where.top(l) + 0.7 * where.row)), QColor(LIGHT.dim))
        for l in range(3)
    ]
    assert dim == [False, True, True]
    assert near(
        image.pixelColor(round(where.plot.right() + 6), round(where.top(0) + 0.7 * where.row)),
        QColor(LIGHT.exploding),
    )
    assert "50 of 100 are 0" in card.rows.accessibleDescription()
    assert "100 of 100 are not finite" in card.rows.accessibleDescription()


def test_nothing_lost_takes_no_room(shown: Show) -> None:
    assert layout(shown()).gutters == (0.0, 0.0)


def test_columns_give_way_where_there_is_little_room(shown: Show, qtbot: QtBot) -> None:
    dead = np.array([0, 1, 0])
    card = shown(size=(900, 300), dead=dead)
    assert list(layout(card).columns) == [SATURATED, DEAD, UPDATE, GAUGED]
    seen = []
    for width in (470, 380, 330, 250):
        card.resize(width, 210)
        where = layout(card)
        assert where.plot.width() >= 80
        ends = [end for _, end in where.columns.values()]
        assert all(end <= card.rows.width() + 1 for end in ends)
        seen.append(len(where.columns))
    assert seen == sorted(seen, reverse=True)
    assert seen[-1] <= 1
    assert DEAD not in layout(shown(size=(900, 300))).columns  # nobody is


@pytest.mark.parametrize("size", [(300, 160), (470, 210), (1280, 700)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("sizes", [(2, 2), (2, 8, 8, 2), (2, *[4] * 99, 2)])
@pytest.mark.parametrize("quantity", ["delta", "prime"])
def test_every_size(
    shown: Show, size: tuple[int, int], scale: float, sizes: tuple[int, ...], quantity: str
) -> None:
    card = shown(*sizes, size=size, scale=scale, quantity=quantity)
    assert not grabbed(card.rows).isNull()
    where = layout(card)
    assert len(where.names) == len(sizes) - 1
    assert where.plot.bottom() <= card.rows.height()
    assert where.strips == (where.row < 12)
    assert where.plot.right() <= card.rows.width()


def test_many_layers_are_strips_of_shades(shown: Show) -> None:
    layers = 60
    counts = np.zeros((layers, 60), int)
    for l in range(layers):
        counts[l, l] = 5
    card = shown(
        2, *[4] * (layers - 1), 2, size=(700, 500), counts=counts, marks=(),
        mean=np.full(layers, np.nan), edges=np.linspace(0, 60, 61),
    )  # fmt: skip
    where, image = layout(card), grabbed(card.rows)
    assert where.strips
    for l in (0, 30, 58):
        x, y = round(card.rows.across(l + 0.5)), round(where.top(l) + where.row / 2)
        assert near(image.pixelColor(x, y), card.rows.colour(l))
        assert not near(image.pixelColor(x, round(where.top(l) - 12)), card.rows.colour(l))


@pytest.mark.parametrize("theme", list(THEMES))
def test_every_theme(shown: Show, theme: str) -> None:
    card = shown()
    card.set_theme(THEMES[theme])
    image = grabbed(card.rows)
    assert near(image.pixelColor(0, image.height() - 1), QColor(THEMES[theme].panel))


def test_a_picture_is_drawn_with_lines(shown: Show) -> None:
    card = shown()
    before = grabbed(card.rows)
    card.drawing_for_export = True
    assert grabbed(card.rows).pixelColor(2, 2) == before.pixelColor(2, 2)
    card.set_theme(DARK)
    assert grabbed(card.rows).pixelColor(1, 1) == QColor(DARK.panel)
