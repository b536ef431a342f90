"""The map of neurons as it is drawn and used: a cell for every error."""

from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor

from gui.common.style import style_sheet
from gui.plots.maps.neuron_map import NeuronMap
from gui.plots.maps.size_colours import FIRST, SHADES, signed
from gui.plots.parts.marks import in_words
from gui.theme import DARK, LIGHT
from tests.gui.plots.conftest import settle


@pytest.fixture
def card(stand) -> NeuronMap:
    return stand(NeuronMap(LIGHT))


@pytest.fixture
def show(card, experiment, snapshot):
    """δ of every layer."""

    def of(*delta: np.ndarray) -> None:
        card.set_experiment(experiment(784, *map(len, delta)))
        speeds = np.full((2, len(delta)), 0.1)
        card.show_snapshot(replace(snapshot(np.array([0.0, 1.0]), speeds), delta=delta))
        settle(card)

    return of


def middle(card: NeuronMap, l: int, cell: int) -> QPoint:
    picture = card.picture
    rect, n = picture.rect_of_plane, picture.cells.cells(l)
    across = rect.left() + (l + 0.5) * rect.width() / len(picture.layers.which)
    return QPointF(across, rect.top() + (cell + 0.5) * rect.height() / n).toPoint()


def colour(card: NeuronMap, l: int, cell: int) -> QColor:
    return card.picture.grab().toImage().pixelColor(middle(card, l, cell))


def test_a_cell_for_every_neuron_in_the_colour_of_its_sign(card, show):
    show(np.array([0.1, -0.1, 0.001]), np.array([-0.5, 0.5]))
    table, (low, high) = signed(LIGHT).tolist(), card.picture.levels
    for l, cell, error in ((0, 0, 0.1), (0, 1, -0.1), (0, 2, 0.001), (1, 0, -0.5), (1, 1, 0.5)):
        shade = int((np.log10(abs(error)) - low) / (high - low) * SHADES)
        assert colour(card, l, cell).rgb() == table[FIRST + shade + SHADES * (error > 0)]


def test_dead_neurons_are_marked_and_counted(card, show):
    show(np.array([0.0, 0.0, 0.2, -0.0]), np.array([0.5, np.inf, np.nan, -0.5]))
    assert f"{in_words(3, 1, 1)} of 8 neurons" in card.words.text()
    assert "layer 1: largest 0.200, 3 of 4 exactly 0" in card.picture.accessibleDescription()
    assert colour(card, 1, 1) == QColor(LIGHT.exploding)
    assert colour(card, 1, 2) == QColor(LIGHT.line)
    image, at = card.picture.grab().toImage(), middle(card, 0, 0)
    hatched = {image.pixelColor(at + QPoint(k, 0)).rgb() for k in range(12)}
    assert QColor(LIGHT.panel).rgb() in hatched
    assert len(hatched) >= 2


@pytest.mark.parametrize("value", [0.0, np.inf, -np.inf, np.nan, 1e-320, 1e300])
def test_nothing_but_one_odd_value(card, show, value):
    show(np.full(30, value), np.full(10, value))
    card.grab()
    card.picture.point((0, 3))
    card.grab()
    card.table()


def test_a_neuron_that_is_pointed_at_is_told(card, show, qtbot):
    delta = np.zeros(30)
    delta[16] = -0.0031
    show(np.ones(10), delta, np.ones(5))
    qtbot.mouseMove(card.picture, middle(card, 1, 16))
    qtbot.waitUntil(lambda: card.picture.pointed == (1, 16))
    assert card.words.text() == "layer 2, neuron 17: −0.00310"
    qtbot.mouseMove(card.picture, QPoint(1, 1))
    qtbot.waitUntil(lambda: card.picture.pointed is None)
    assert "zeros" in card.words.text()


def test_the_keys_go_from_cell_to_cell(card, show, qtbot):
    show(np.ones(4), np.ones(8), np.ones(2))
    picture, keys = card.picture, Qt.Key
    picture.setFocus()
    for key, place in (
        (keys.Key_Right, (0, 0)), (keys.Key_Up, (0, 0)), (keys.Key_Down, (0, 1)),
        (keys.Key_Down, (0, 2)), (keys.Key_Right, (1, 4)), (keys.Key_Right, (2, 1)),
        (keys.Key_Right, (2, 1)), (keys.Key_Left, (1, 4)),
    ):  # fmt: skip
        qtbot.keyClick(picture, key)
        assert picture.pointed == place
    assert card.words.text() == "layer 2, neuron 5: 1.00"
    qtbot.keyClick(picture, keys.Key_Escape)
    assert picture.pointed is None


def test_wide_layers_share_cells_and_that_is_said(card, show):
    rng = np.random.default_rng(2)
    wide = rng.normal(size=1000)
    card.resize(470, 600)
    show(wide, np.ones(10))
    assert card.picture.cells.cells(0) == 200
    assert "a cell: the largest of 5" in card.words.text()
    card.picture.point((0, 199))
    part = wide[995:]
    assert card.words.text().startswith("layer 1, neurons 996 to 1000: the largest ")
    assert card.picture.values[199] == part[np.abs(part).argmax()]


def test_no_hidden_layer_and_a_hundred(card, show):
    show(np.ones(10))
    assert card.picture.layers.text(0) == "out"
    card.grab()
    rng = np.random.default_rng(2)
    show(*[10.0 ** (l - 100) * rng.normal(size=100) for l in range(101)])
    card.grab()
    assert card.picture.cells.table.shape[1] == 101


def test_a_hundred_layers_of_a_hundred_are_painted_at_once(card, show):
    rng = np.random.default_rng(2)
    show(*[rng.normal(size=100) for _ in range(100)])
    delta, best = card.picture.delta, 1.0
    for _ in range(20):
        began = perf_counter()
        card.picture.set_delta(delta)
        card.picture.repaint()
        best = min(best, perf_counter() - began)
    assert best < 0.003


def test_the_table_holds_every_error_bit_for_bit(card, show):
    rng = np.random.default_rng(2)
    first, last = rng.normal(size=300), rng.normal(size=3).astype(np.float32)
    show(first, last)
    table = card.table()
    assert table.columns == ("layer", "neuron", "delta")
    assert [row[2] for row in table.rows] == [*first.tolist(), *map(float, last)]
    assert table.rows[299][:2] == ["layer 1", 300]
    assert table.rows[300][:2] == ["output", 1]


def test_the_range_holds_while_errors_move_and_reset_fits_it(card, show, experiment, snapshot):
    rng = np.random.default_rng(2)
    show(rng.normal(size=30), rng.normal(size=10))
    shown = {card.picture.levels}
    speeds = np.full((2, 2), 0.1)
    for k in range(10):
        delta = 0.5 * rng.normal(size=30), 0.5 * rng.normal(size=10)
        card.show_snapshot(replace(snapshot(np.array([0.0, 1.0 + k]), speeds), delta=delta))
        card.pictures.at_once()
        shown.add(card.picture.levels)
    assert len(shown) <= 2
    tiny = 1e-9 * rng.normal(size=30), 1e-9 * rng.normal(size=10)
    card.show_snapshot(replace(snapshot(np.array([0.0, 20.0]), speeds), delta=tiny))
    card.reset()
    assert card.picture.levels[1] <= -8


def test_a_place_of_another_network_or_size_is_forgotten(card, show):
    show(np.ones(100), np.ones(100), np.ones(10))
    card.picture.point((2, 9))
    show(np.ones(3))
    card.grab()
    assert card.picture.pointed is None
    show(np.ones(190), np.ones(10))
    card.picture.point((0, 80))
    card.resize(470, 160)
    card.grab()
    assert card.picture.pointed is None


def test_before_anything_is_known(card, experiment):
    card.grab()
    card.picture.point(card.picture.moved(None, 1, 0))
    card.set_experiment(experiment(784, 30, 10))
    card.grab()
    assert card.table().rows == []


@pytest.mark.parametrize("size", [(300, 160), (470, 210), (1280, 700)])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("layers", [1, 4, 101])
def test_it_fits_into_every_card(card, show, size, scale, layers):
    card.setStyleSheet(style_sheet(DARK, scale))
    card.set_theme(DARK)
    card.resize(*size)
    show(*[np.ones(30)] * layers)
    card.grab()
    picture = card.picture
    rect = picture.rect_of_plane
    assert rect.height() > 0.8 * picture.metrics.height()
    assert rect.width() > 0.25 * picture.width()
    labels = [picture.layers.text(tick) for tick in picture._x_ticks(rect.width())]
    assert sum(map(picture.metrics.horizontalAdvance, labels)) < rect.width()
