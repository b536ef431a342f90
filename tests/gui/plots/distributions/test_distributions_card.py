"""Distributions as they are drawn: read back from pixels, words and the table."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.datasets.planar import Moons
from engine.readings.distributions import (
    QUANTITIES,
    DistributionsReading,
    DistributionsWish,
)
from engine.snapshot import Snapshot
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start
from gui.common.style import style_sheet
from gui.plots.distributions.distributions import Distributions
from gui.plots.distributions.layer_rows import LayerRows, greatest
from gui.plots.distributions.layer_rows_layout import DEAD, GAUGED, SATURATED, UPDATE, RowsLayout
from gui.theme import DARK, LIGHT, THEMES
from tests.gui.plots.answered import look, with_answers

Show = Callable[..., Distributions]


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    """A card over a network of these sizes, with its first answer, changed by keywords."""

    def show(
        *sizes: int, quantity: str = "z", size: tuple[int, int] = (470, 210), scale: float = 1.0,
        activation: str = "sigmoid", **changes: object,
    ) -> Distributions:  # fmt: skip
        card = Distributions(LIGHT)
        qtbot.addWidget(card)
        card.setStyleSheet(style_sheet(LIGHT, scale))
        spec = dense(*(sizes or (2, 8, 8, 2)), activation=activation)
        experiment = Experiment(spec, TrainingSpec(data=Moons()))
        card.set_experiment(experiment)
        card.quantity.set_key(quantity)
        card.resize(*size)
        card.show()
        trainer = start(experiment)
        trainer.step()
        card.show_snapshot(changed(look(trainer, card), **changes))
        return card

    return show


def changed(snapshot: Snapshot, **changes: object) -> Snapshot:
    assert snapshot.inspection is not None
    ((wish, reading),) = snapshot.inspection.answers.items()
    return with_answers(snapshot, {wish: replace(reading, **changes)})


def reading(card: Distributions) -> DistributionsReading:
    assert card.rows.shown is not None
    return card.rows.shown


def layout(card: Distributions) -> RowsLayout:
    card.rows.rect_of_plane  # noqa: B018  # laid out now
    assert card.rows.layout_of_rows is not None
    return card.rows.layout_of_rows


def grabbed(rows: LayerRows) -> QImage:
    return rows.grab().toImage()


def test_it_asks_for_one_quantity_and_tells_when_it_becomes_another(
    shown: Show, qtbot: QtBot
) -> None:
    card = shown()
    assert card.wishes() == {DistributionsWish("z")}
    with qtbot.waitSignal(card.wishes_changed):
        qtbot.keyClick(card.quantity, Qt.Key.Key_Down)
    assert card.wishes() == {DistributionsWish("a")}
    assert card.rows.shown is None  # z are no activations
    card.reset()
    assert card.wishes() == {DistributionsWish("z")}


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


@pytest.mark.parametrize(
    ("saturated", "dead", "words"),
    [
        ([0.12, 0.03, 1.0], [0, 0, 0], "at most 12 % saturated"),
        ([0.1, 0.5, 0.0], [0, 0, 2], "layer 2: 50 % saturated"),
        ([0.9, 0.9, 0.0], [0, 4, 0], "layer 2: 50 % dead"),
        ([0.0, 0.0, 0.9], [0, 0, 0], "none saturated"),
    ],
)
def test_the_verdict(shown: Show, saturated: list[float], dead: list[int], words: str) -> None:
    card = shown(saturated=np.array(saturated), dead=np.array(dead))
    assert card.chip.accessibleName() == words
    kind = "vanishing" if words.startswith("layer") else "balanced"
    assert card.chip.property("verdict") == kind
    assert "50 %" in card.chip.toolTip()


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


def test_pointing_tells_about_a_layer(shown: Show, qtbot: QtBot) -> None:
    card = shown(size=(700, 240))
    where = layout(card)
    qtbot.mouseMove(card.rows, QPoint(300, round(where.top(1) + where.row / 2)))
    assert card.rows.pointed == (0.0, 1)
    card.rows.setFocus()
    qtbot.keyClick(card.rows, Qt.Key.Key_Up)
    assert card.rows.pointed == (0.0, 2)
    qtbot.keyClick(card.rows, Qt.Key.Key_Up)
    assert card.rows.pointed == (0.0, 2)
    qtbot.keyClick(card.rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert card.rows.pointed == (0.0, 0)
    grabbed(card.rows)
    qtbot.keyClick(card.rows, Qt.Key.Key_Escape)
    assert card.rows.pointed is None


@pytest.mark.parametrize("update", [-np.inf, np.inf, np.nan, -12.0, -3.0, 2.0])
def test_any_update(shown: Show, update: float) -> None:
    card = shown(size=(900, 300), log10_update=np.full(3, update))
    assert not grabbed(card.rows).isNull()
    text = {-np.inf: "ΔW/W 0", np.inf: "ΔW/W ∞"}.get(update)
    if np.isnan(update):
        text = "ΔW/W –"
    assert (text or "ΔW/W 10 to the power") in card.rows.accessibleDescription()


@pytest.mark.parametrize("quantity", list(QUANTITIES))
def test_the_table_has_the_numbers_of_the_engine(shown: Show, quantity: str) -> None:
    card = shown(quantity=quantity)
    table, now = card.table(), reading(card)
    assert [row[0] for row in table.rows] == ["layer 1", "layer 2", "output"]
    first = len(table.columns) - 1 - now.counts.shape[1]
    for l, row in enumerate(table.rows):
        assert list(row[first:-1]) == now.counts[l].tolist()
        numbers = dict(zip(table.columns, row, strict=True))
        assert numbers["saturated"] == now.saturated[l]
        assert numbers["log10 update/weight"] == now.log10_update[l]
        assert (numbers["counted"], numbers["neurons"]) == (now.counted[l], now.neurons[l])
    assert repr(float(now.edges[0])) in table.columns[first]
    assert table.csv().count("\n") == 4


def test_before_the_first_look(qtbot: QtBot) -> None:
    card = Distributions(LIGHT)
    qtbot.addWidget(card)
    card.show()
    card.set_experiment(Experiment(dense(2, 3, 2), TrainingSpec(data=Moons())))
    assert not grabbed(card.rows).isNull()
    assert card.table().rows == ()
    assert card.rows.moved(None, 0, 1) is None


def test_a_new_run_forgets(shown: Show) -> None:
    card = shown()
    card.set_experiment(Experiment(dense(2, 3, 2), TrainingSpec(data=Moons())))
    assert card.rows.shown is None
    assert card.chip.isHidden()


def test_a_frame_without_news_costs_nothing(shown: Show, qtbot: QtBot) -> None:
    card = shown()
    snapshot = look(start(Experiment(dense(2, 8, 8, 2), TrainingSpec(data=Moons()))), card)
    card.show_snapshot(snapshot)
    before = reading(card)
    for _ in range(100):
        card.show_snapshot(snapshot)
    qtbot.wait(300)
    after = reading(card)
    assert after is not before  # the news came once, when numbers may change
    qtbot.wait(300)
    assert reading(card) is after
    card.show_snapshot(replace(snapshot, inspection=None))
    assert reading(card) is after


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


def test_words_for_every_definition(shown: Show) -> None:
    card = shown(quantity="prime")
    assert "σ′(z) of every neuron" in card.rows.toolTip()
    assert "‖ΔW‖ / ‖W‖" in card.rows.toolTip()
    assert "Karpathy" in card.rows.toolTip()
