"""Cost and accuracy: what is drawn and said of known records."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout

from engine.evaluation import SCORES
from engine.runs import Run
from engine.snapshot import evaluation_columns, history_columns
from gui.plots.curves.cost_accuracy import SMOOTH, CostAccuracy
from gui.plots.parts.marks import Kind
from gui.theme import DARK, LIGHT

KEPT: list[CostAccuracy] = []  # the garbage collector is not to take a view
EPOCHS = np.linspace(0, 5, 100)
SPEEDS = np.ones((100, 2))


@pytest.fixture
def card(panel, experiment, at_rest: None) -> CostAccuracy:
    card = panel.card("cost_accuracy")
    card.set_experiment(experiment(784, 30, 10))
    return card


@pytest.fixture
def shot(snapshot, evaluations):
    def make(cost=0.1, **scores):
        table = evaluations(2, np.arange(6.0), np.ones((6, 2)), **scores)
        return snapshot(EPOCHS, SPEEDS, cost=cost, evaluations=table)

    return make


BOTH = {
    "accuracy_train": 0.9513, "accuracy_validation": 0.94207,
    "cost_train": 0.2, "cost_validation": 0.3,
}  # fmt: skip


def newest(card: CostAccuracy, what: str) -> list[float]:
    pane = card.panes[("cost", "accuracy").index(what)]
    return [float(layer.trace.newest()[0]) for layer in pane.splits.values()]


def texts(plot) -> list[str]:
    return [end.text for end in plot.labels.ends]


def test_accuracies_in_percent_with_their_values_at_the_end(card, shot):
    card.resize(700, 420)
    card.show_snapshot(shot(**BOTH))
    card.texts.at_once()
    assert newest(card, "accuracy") == pytest.approx([95.13, 94.207])
    assert texts(card.accuracy) == ["training 95.13 %", "validation 94.21 %"]
    assert texts(card.cost) == ["training 0.200", "validation 0.300"]
    assert [end.colour.name().upper() for end in card.cost.labels.ends] == [LIGHT.ink, LIGHT.accent]
    assert card.accuracy.view.viewRange()[1] == [0.0, 100.0]


def test_where_names_have_no_room_the_values_stay_and_the_colours_tell(card, shot):
    card.resize(470, 180)
    card.show_snapshot(shot(**BOTH))
    card.texts.at_once()
    assert texts(card.accuracy) == ["95.13 %", "94.21 %"]
    assert texts(card.cost) == ["0.200", "0.300"]
    assert LIGHT.accent.lower() in card.legend.text().lower()
    assert card.accuracy.accessibleDescription() == "training 95.13 %, validation 94.21 %"


def test_the_cost_of_the_mini_batches_lies_beneath_and_its_mean_above_it(card, shot):
    rng = np.random.default_rng(1)
    costs = 10.0 ** rng.normal(-1, 0.3, 100)
    card.show_snapshot(shot(cost=costs, cost_train=0.2, accuracy_train=0.5))
    raw, smooth, *_ = card.cost.layers
    assert raw.trace is smooth.trace
    assert [layer.curves.zValue() for layer in card.cost.layers] == [0, 1, 2, 3]
    exact, mean = raw.curves.points.y[:, 0], smooth.curves.points.y[:, 0]
    assert exact[0] == pytest.approx(np.log10(costs[0]))
    assert np.std(mean) < 0.75 * np.std(exact)
    assert smooth.curves.spread == round(SMOOTH * raw.trace.columns.columns / 2)
    at = raw.trace.columns.column_of(EPOCHS)
    middle = len(mean) // 2
    column = np.unique(at)[middle - 1]  # the first record is a point of its own
    near = np.abs(at - column) <= smooth.curves.spread
    assert mean[middle] == pytest.approx(np.log10(costs[near]).mean())
    assert f"smoothed over {SMOOTH:.0%}" in card.panes[0].caption.accessibleName()


def test_without_validation_examples_there_is_no_curve_no_label_and_no_mark(card, shot):
    card.show_snapshot(shot(accuracy_train=0.5, cost_train=0.2))
    card.texts.at_once()
    assert texts(card.accuracy) == ["50.00 %"]
    assert texts(card.cost) == ["0.200"]
    assert card.cost.labels.marks == card.accuracy.labels.marks == []
    assert not len(card.panes[1].splits["validation"].curves.across)
    card.grab()


def test_costs_that_no_line_can_show_are_marked_and_counted(card, shot):
    cost = np.full(100, 0.1)
    cost[10:13], cost[50] = 0.0, np.inf
    measured = np.array([0.2, 0.0, np.nan, np.inf, np.nan, 0.3])
    card.resize(700, 420)
    card.show_snapshot(shot(cost=cost, cost_train=measured, accuracy_train=0.5))
    card.texts.at_once()
    assert texts(card.cost) == ["training 0.300  1 zero, 1 ∞, 2 NaN"]
    kinds = [mark.kind for mark in card.cost.labels.marks]
    assert {kind: kinds.count(kind) for kind in Kind} == {
        Kind.ZERO: 2, Kind.INFINITE: 2, Kind.MISSING: 2
    }  # fmt: skip
    assert "3 zeros, 1 ∞" in card.panes[0].caption.accessibleName()
    card.grab()


def test_before_anything_is_known(card, snapshot):
    card.show_snapshot(snapshot(np.empty(0), np.empty((0, 2))))
    card.texts.at_once()
    assert texts(card.cost) == []
    assert len(card.table().rows) == 0
    card.grab()


def test_both_plots_show_the_same_epochs(card, shot, qtbot):
    card.show_snapshot(shot(accuracy_train=0.5, cost_train=0.2))
    assert card.cost.view.viewRange()[0] == card.accuracy.view.viewRange()[0]
    assert card.cost.run.end == card.accuracy.run.end == 10
    qtbot.keyClick(card.accuracy, Qt.Key.Key_Plus)
    assert card.cost.view.viewRange()[0] == card.accuracy.view.viewRange()[0]
    qtbot.mouseClick(card.cost.reset_button, Qt.MouseButton.LeftButton)
    assert card.accuracy.follows


def test_texts_wait_and_the_last_one_comes(card, shot, qtbot):
    card.show_snapshot(shot(accuracy_train=0.5, cost_train=0.2))
    card.show_snapshot(shot(accuracy_train=0.75, cost_train=0.2))
    assert texts(card.accuracy) != ["75.00 %"]
    qtbot.waitUntil(lambda: texts(card.accuracy) == ["75.00 %"], timeout=2000)


def test_a_record_is_read_with_the_evaluation_nearest_to_it(card, shot):
    card.show_snapshot(shot(**BOTH))
    reading = card.cost.read(2.1)
    assert reading.titles == ("epoch 2.1212", "evaluated at 2")
    assert [(e.name, e.value) for e in reading.entries] == [
        ("mini-batch", "0.100"), ("training", "0.200"), ("validation", "0.300")
    ]  # fmt: skip
    reading = card.accuracy.read(2.1)
    assert (reading.x, reading.titles) == (2.0, ("epoch 2",))
    assert [e.value for e in reading.entries] == ["95.13 %", "94.21 %"]
    card.accuracy.hand.set_cursor(2.0)
    assert card.accuracy.accessibleDescription() == reading.words


# -- earlier runs --------------------------------------------------------------------------------


@pytest.fixture
def earlier(experiment, evaluations):
    def make(colour: int = 3, **scores: float) -> Run:
        table = evaluations(2, np.arange(4.0), np.ones((4, 2)), **scores)
        history = np.full((40, len(history_columns(2))), 0.5)
        history[:, 0], history[:, 1] = np.arange(40), np.linspace(0, 3, 40)
        return Run(1, "then", colour, experiment(784, 30, 10), history, table, 40, 3.0)

    return make


def test_earlier_runs_are_pale_in_their_own_colours(card, shot, earlier):
    card.show_snapshot(shot(**BOTH))
    low = {**BOTH, "cost_validation": 1e-4}
    card.set_runs([earlier(3, **low), earlier(5, cost_train=0.5, accuracy_train=0.25)])
    cost, accuracy = card.cost.past._runs, card.accuracy.past._runs
    assert [run.y[0, 0] for run in cost] == pytest.approx([-4, np.log10(0.5)])
    assert [run.y[0, 0] for run in accuracy] == pytest.approx([94.207, 25.0])
    assert [run.colours[0] for run in cost] == [
        LIGHT.blend(LIGHT.run(colour), 0.5, LIGHT.panel) for colour in (3, 5)
    ]
    assert card.cost.view.viewRange()[1][0] <= -4
    card.set_theme(DARK)
    assert card.cost.past._runs[0].colours[0] == DARK.blend(DARK.run(3), 0.5, DARK.panel)
    card.set_runs([replace(earlier(3, **low), shown=False)])
    assert card.cost.past.empty


def test_the_table_has_the_engines_records(card, shot, earlier):
    card.show_snapshot(shot(cost=np.linspace(1, 2, 100), **BOTH))
    table = card.table()
    assert table.columns == ("run", "step", "epoch", "cost", *SCORES)
    assert len(evaluation_columns(2)) > len(SCORES)
    costs = [row[3] for row in table.rows if row[1] < 100]
    np.testing.assert_array_equal(costs, np.linspace(1, 2, 100))
    evaluated = [row[4:] for row in table.rows if not np.isnan(row[4])]
    assert evaluated == [(0.2, 0.9513, 0.3, 0.94207)] * 6
    card.set_runs([earlier(**BOTH)])
    assert {row[0] for row in card.table().rows} == {"this run", "then"}
    card.cost.take_x(1.0, 2.0)
    card.cost.range_taken.emit(1.0, 2.0)
    assert all(1 <= row[2] <= 2 for row in card.table().rows)
    card.reset()
    assert card.cost.follows
    assert card.accuracy.follows


# -- sizes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "beside", "both"),
    [
        ((470, 180), True, True), ((470, 420), False, True), ((1280, 660), True, True),
        ((300, 130), True, False), ((300, 300), False, True),
    ],
)  # fmt: skip
def test_low_cards_have_them_side_by_side_high_ones_above_one_another(
    qtbot, shot, experiment, size, beside, both
):
    KEPT.append(card := CostAccuracy(LIGHT))
    qtbot.addWidget(card)
    card.resize(size[0], size[1] + card.header.sizeHint().height())
    card.show()
    card.set_experiment(experiment(784, 30, 10))
    card.show_snapshot(shot(**BOTH))
    directions = QBoxLayout.Direction
    wanted = directions.LeftToRight if beside else directions.TopToBottom
    assert card._body.direction() == wanted
    assert card.accuracy.isVisible() is both
    assert card.cost.isVisible()
    assert card.cost.bottom_axis.fixedHeight == (card.accuracy.bottom_axis.fixedHeight * beside)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", [(300, 160), (470, 210), (470, 460), (1280, 700)])
def test_nothing_is_cut_or_lies_upon_another(qtbot, stand, shot, experiment, size, scale):
    card = stand(CostAccuracy(LIGHT), *size, scale)
    qtbot.wait(1)  # the type has grown
    card.set_experiment(experiment(784, 30, 10))
    card.show_snapshot(shot(**BOTH))
    card.texts.at_once()
    card.grab()
    for plot in card.plots:
        if not plot.isVisible():
            continue
        labels, rect = plot.labels, plot.view.rect()
        assert labels.ends
        rows = sorted(labels.rows)
        assert np.diff(rows).min(initial=99.0) >= labels._metrics.height() - 0.5
        for end in labels.ends:
            assert labels.text_left(end) + labels.width_of(end.text) <= rect.width()
            assert labels.text_left(end) >= end.x  # no curve runs through it
        corner = plot.mapTo(card, plot.rect().bottomRight())
        assert card.rect().contains(corner)


def test_texts_of_newer_records_keep_their_room(card, shot):
    """The x range is that of the longest text: it does not move with every digit."""
    card.show_snapshot(shot(**BOTH))
    card.texts.at_once()
    shown = card.cost.view.viewRange()
    for plot in card.plots:
        (left, right), width = plot.view.viewRange()[0], plot.view.rect().width()
        room = width * (1 - (plot.run.end - left) / (right - left))
        assert room >= plot.labels.width_of("94.21 %")
    card.show_snapshot(shot(**{**BOTH, "cost_train": 0.111, "accuracy_train": 0.11111}))
    card.texts.at_once()
    assert card.cost.view.viewRange() == shown
