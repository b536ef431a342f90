from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from engine.experiments import bundled
from engine.history import History
from engine.measures import MEASURES
from engine.runs import Run
from engine.snapshot import Snapshot, evaluation_columns, history_columns
from gui.common.style import style_sheet
from gui.plots.curves import live_plot
from gui.plots.curves.speed_of_learning import PALE, SpeedOfLearning
from gui.theme import DARK, LIGHT

KEPT: list[SpeedOfLearning] = []  # the garbage collector is not to take a view
EPOCHS = np.linspace(0, 30, 301)


def speeds(*levels: float, rows: int = 301) -> np.ndarray:
    return np.tile(np.array(levels, float), (rows, 1))


@pytest.fixture
def card(panel, monkeypatch: pytest.MonkeyPatch) -> SpeedOfLearning:
    monkeypatch.setattr(live_plot, "less_motion", lambda: True)
    return panel.card("speed_of_learning")


def levels(card: SpeedOfLearning) -> list[float]:
    return card.plot.layers[0].trace.newest().tolist()


def texts(card: SpeedOfLearning) -> list[str]:
    return [end.text for end in card.plot.labels.ends]


def test_one_curve_per_hidden_layer_in_the_colours_of_the_layers(card, experiment, snapshot):
    card.set_experiment(experiment(784, 30, 30, 30, 10))
    card.show_snapshot(snapshot(EPOCHS, speeds(1e-3, 1e-2, 1e-1, 1.0)))
    assert levels(card) == pytest.approx([-3, -2, -1])
    assert texts(card) == ["layer 1", "layer 2", "layer 3"]
    assert [end.colour for end in card.plot.labels.ends] == [LIGHT.layer(l, 3) for l in range(3)]


def test_without_hidden_layers_the_output_is_shown(card, experiment, snapshot):
    card.set_experiment(experiment(784, 10))
    card.show_snapshot(snapshot(EPOCHS, speeds(1e-2)))
    card.texts.at_once()
    assert levels(card) == pytest.approx([-2])
    assert texts(card) == ["output"]
    assert not card.chip.isVisible()


@pytest.mark.parametrize(
    ("values", "kind", "words"),
    [
        ((0.01, 0.05, 0.147), "vanishing", "vanishing, 1 : 15"),
        ((0.01, 0.05, 0.02), "balanced", "balanced, 1 : 2.0"),
        ((0.02, 0.05, 0.01), "balanced", "balanced, 1 : 0.5"),
        ((0.14, 0.05, 0.01), "exploding", "exploding, 14 : 1"),
        ((0.0, 0.05, 0.01), "vanishing", "vanishing, layer 1: 0"),
        ((0.0, 0.0, 0.0), "unknown", "no gradient"),
    ],
)
def test_the_verdict_compares_the_last_hidden_layer_with_the_first(
    card, experiment, snapshot, values, kind, words
):
    card.set_experiment(experiment(784, 30, 30, 30, 10))
    card.show_snapshot(snapshot(EPOCHS, speeds(*values, 99.0)))
    card.texts.at_once()
    assert card.chip.isVisible()
    assert card.chip.text() == words
    assert card.chip.property("verdict") == kind
    assert "factor 2" in card.chip.toolTip()


def test_an_underflow_is_marked_and_named(card, experiment, snapshot):
    values = speeds(1e-3, 1e-2, 1.0)
    values[200:, 0] = 0.0
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(snapshot(EPOCHS, values))
    card.texts.at_once()
    assert texts(card) == ["layer 1  101 zeros", "layer 2"]
    assert card.plot.labels.marks
    assert "underflow" in card.subtitle.toolTip()
    assert "layer 1 0 (101 zeros)" in card.plot.accessibleDescription()
    assert np.isfinite(card.plot.layers[0].curves.down).all()


def test_zeros_of_relu_layers_are_no_underflow(card, experiment, snapshot):
    card.set_experiment(experiment(784, 30, 30, 10, cost="quadratic", activation="relu"))
    card.show_snapshot(snapshot(EPOCHS, speeds(0.0, 0.0, 1.0)))
    card.texts.at_once()
    assert texts(card) == ["layer 1  301 zeros", "layer 2  301 zeros"]
    assert "no ReLU" in card.plot.toolTip()


def test_numbers_that_are_none_never_make_a_curve_vanish(card, experiment, snapshot):
    values = speeds(1e-3, 1e-2, 1.0)
    values[50:60, 0], values[70, 0], values[:, 1] = np.nan, np.inf, np.nan
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(snapshot(EPOCHS, values))
    card.texts.at_once()
    drawn = card.plot.layers[0].curves.down
    assert 0 < np.isnan(drawn[:, 0]).sum() < 20
    assert np.isnan(drawn[:, 1]).all()
    assert texts(card) == ["layer 1  1 ∞, 10 NaN", "layer 2  301 NaN"]
    card.grab()


def test_a_hundred_layers(card, experiment, snapshot):
    card.set_experiment(experiment(784, *[2] * 100, 10))
    values = 10.0 ** np.linspace(-70, 0, 101)
    card.show_snapshot(snapshot(EPOCHS, speeds(*values)))
    card.texts.at_once()
    assert levels(card) == pytest.approx(np.linspace(-70, 0, 101)[:-1])
    shown = texts(card)
    assert shown[0] == "layer 1"
    assert shown[-1] == "layer 100"
    assert 2 <= len(shown) <= 12
    gaps = np.diff(sorted(card.plot.labels.rows))
    assert gaps.min() > 10
    card.grab()


def test_more_layers_than_can_be_told_apart_are_thinned_and_it_says_so(card, experiment, snapshot):
    card.set_experiment(experiment(4, *[1] * 250, 2))
    values = 10.0 ** np.linspace(-25, 0, 251)
    card.show_snapshot(snapshot(EPOCHS[:5], speeds(*values, rows=5)))
    card.texts.at_once()
    assert len(levels(card)) == 100
    assert levels(card)[-1] == pytest.approx(-0.1)
    assert "100 of 250 layers" in card.description()


def test_the_probe_set_instead_of_the_mini_batch(card, experiment, snapshot, evaluations):
    epochs = np.arange(4.0)
    table = evaluations(3, epochs, speeds(1e-5, 1e-4, 1.0, rows=4))
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(snapshot(EPOCHS, speeds(0.1, 0.1, 1.0), evaluations=table))
    card.source.setCurrentIndex(1)
    assert levels(card) == pytest.approx([-5, -4])
    assert card.plot.layers[0].trace.x.tolist() == epochs.tolist()
    assert card.chip.text() == "vanishing, 1 : 10"
    card.source.setCurrentIndex(0)
    assert levels(card) == pytest.approx([-1, -1])


@pytest.mark.parametrize("index", range(len(MEASURES)))
def test_every_measure_can_be_shown(card, experiment, snapshot, index):
    key = MEASURES[index].key
    shot = snapshot(EPOCHS, speeds(1.0, 1.0, 1.0), **{key: speeds(0.01, 0.1, 0.3)})
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(shot)
    card.measure.setCurrentIndex(index)
    card.texts.at_once()
    linear = key in ("saturated", "mean_prime")
    assert levels(card) == pytest.approx([0.01, 0.1] if linear else [-2, -1])
    assert ("log" in card.description()) is not linear
    assert MEASURES[index].symbol in card.subtitle.text()
    for tip in (card.subtitle.toolTip(), card.plot.toolTip()):
        assert MEASURES[index].definition in tip
        assert MEASURES[index].formula in tip
    low, high = card.plot.view.viewRange()[1]
    assert (low, high) == ((0.0, 1.0) if key == "saturated" else (low, high))
    assert card.chip.isVisible() is not linear


def test_rows_of_norms_only_are_no_gaps_in_the_other_measures(card, experiment, snapshot):
    cost = np.ones(301)
    cost[10::10] = np.nan
    share = speeds(0.25, 0.25, 0.25)
    share[10::10] = np.nan
    card.set_experiment(experiment(784, 30, 30, 10))
    card.measure.set_key("saturated")
    card.show_snapshot(snapshot(EPOCHS, speeds(1, 1, 1), cost=cost, saturated=share))
    assert np.isfinite(card.plot.layers[0].curves.down).all()


def test_the_choice_survives_a_new_run_and_the_old_curve_does_not(card, experiment, snapshot):
    card.set_experiment(experiment(784, 30, 30, 10))
    card.measure.setCurrentIndex(2)
    card.show_snapshot(snapshot(EPOCHS, speeds(1, 1, 1)))
    card.set_experiment(experiment(784, 30, 30, 30, 10))
    assert card.measure.key == "weight_gradient"
    assert np.isnan(card.plot.layers[0].trace.newest()).all()
    assert card.plot.labels.ends == []
    assert not card.chip.isVisible()


def test_a_theme_recolours_what_is_there(card, experiment, snapshot):
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(snapshot(EPOCHS, speeds(0.01, 0.1, 1)))
    card.set_theme(DARK)
    assert [end.colour for end in card.plot.labels.ends] == [DARK.layer(0, 2), DARK.layer(1, 2)]
    assert levels(card) == pytest.approx([-2, -1])
    assert card.plot.backgroundBrush().color() == QColor(DARK.panel)


def test_what_is_shown_can_be_heard(card, experiment, snapshot):
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(snapshot(EPOCHS, speeds(0.01, 0.1, 1)))
    card.texts.at_once()
    assert card.plot.accessibleDescription() == "layer 1 0.0100, layer 2 0.100"
    assert card.measure.accessibleName()
    assert card.source.accessibleName()


# -- against steps, the book's values, earlier runs ----------------------------------------------


def record(levels: list[float], epochs: float = 30.0, rows: int = 301) -> np.ndarray:
    table = np.full((rows, len(history_columns(len(levels)))), 0.5)
    table[:, 0], table[:, 1] = np.arange(rows), np.linspace(0, epochs, rows)
    table[:, 3 : 3 + len(levels)] = levels
    return table


def earlier(experiment, levels: list[float], **of_it: object) -> Run:
    sizes = (784, *[30] * (len(levels) - 1), 10)
    made = Run(
        1, "earlier", 2, experiment(*sizes), record(levels),
        np.empty((0, len(evaluation_columns(len(levels))))), 301, 30.0,
    )  # fmt: skip
    return replace(made, **of_it)


def test_against_steps_and_back(card, experiment, snapshot):
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(replace(snapshot(EPOCHS, speeds(0.01, 0.1, 1.0)), last_step=400))
    card.axis.set_key("steps")
    assert card.plot.layers[0].trace.x.tolist() == list(range(301))
    assert card.plot.window.end == 400
    assert card.plot.bottom_axis.ending == "steps"
    assert levels(card) == pytest.approx([-2, -1])
    assert texts(card) == ["layer 1", "layer 2"]
    card.set_epochs(99)
    assert card.plot.window.end == 400
    card.axis.set_key("epochs")
    assert card.plot.layers[0].trace.x.tolist() == EPOCHS.tolist()
    assert card.plot.bottom_axis.ending == "epochs"
    assert card.plot.window.end == 99 or card.plot.window.end == 50


def test_the_books_values_stand_at_the_start_of_the_books_networks(card, snapshot):
    book_like = dict(bundled())["fullbatch-3-hidden.toml"]
    card.set_experiment(replace(book_like, training=replace(book_like.training, seed=5)))
    card.resize(470, 300)
    card.show_snapshot(snapshot(np.arange(300.0), speeds(0.01, 0.06, 0.3, 1, rows=300)))
    card.texts.at_once()
    marks = card.plot.book.marks
    assert [mark.text for mark in marks] == ["book 0.012", "book 0.060", "book 0.283"]
    assert [10**mark.y for mark in marks] == pytest.approx([0.012, 0.060, 0.283])
    assert all(mark.low < mark.y < mark.high for mark in marks)
    assert [mark.colour for mark in marks] == [LIGHT.layer(l, 3) for l in range(3)]
    assert "layer 3 book 0.283, 0.2–0.42" in card.plot.toolTip()
    card.grab()
    rows, frame = card.plot.book._rows, card.plot._frame()
    assert rows[0][0] == pytest.approx(frame.down(np.log10([0.012]))[0])
    card.measure.set_key("weight_gradient")
    assert not card.plot.book.marks
    assert "book" not in card.plot.toolTip()


def test_other_networks_go_without(card, experiment, snapshot):
    card.set_experiment(experiment(784, 30, 30, 30, 10))
    card.show_snapshot(snapshot(EPOCHS, speeds(0.01, 0.06, 0.3, 1)))
    assert not card.plot.book.marks


def test_where_there_is_little_room_the_books_ticks_stay_without_texts(card, snapshot):
    card.set_experiment(dict(bundled())["fullbatch-4-hidden.toml"])
    card.show_snapshot(snapshot(np.arange(9.0), speeds(1e-9, 1e-3, 0.06, 0.3, 1, rows=9)))
    card.plot.resize(180, 90)
    card.plot.grab()
    assert len(card.plot.book.marks) == 4
    assert card.plot.book.texts == []


def test_earlier_runs_with_the_layers_that_both_have(card, experiment, snapshot):
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(snapshot(EPOCHS, speeds(0.01, 0.1, 1.0)))
    deeper, hidden = (
        earlier(experiment, [1e-6, 1e-5, 1e-4, 1e-3, 1.0]),
        earlier(experiment, [1e-9, 1.0], shown=False),
    )
    card.set_runs([deeper, hidden])
    (past,) = card.plot.past._runs
    assert past.y[0].tolist() == pytest.approx([-6, -5])
    pale = [LIGHT.blend(LIGHT.layer(l, 2), PALE, LIGHT.panel) for l in range(2)]
    assert list(past.colours) == pale
    assert card.plot.view.viewRange()[1][0] <= -6
    card.axis.set_key("steps")
    assert card.plot.past._runs[0].x[-1] == 300
    card.measure.set_key("saturated")
    assert card.plot.past._runs[0].y[0].tolist() == [0.5, 0.5]
    card.set_runs([])
    assert card.plot.past.empty


def test_what_cannot_be_compared_is_left_out(card, experiment, snapshot):
    card.set_experiment(experiment(784, 10))
    card.show_snapshot(snapshot(EPOCHS, speeds(0.1)))
    other_columns = earlier(experiment, [1.0], history=np.ones((4, 5)))
    card.set_runs([earlier(experiment, [1e-6, 1.0]), other_columns])
    assert card.plot.past.empty
    card.set_runs([earlier(experiment, [1e-3])])
    assert card.plot.past._runs[0].y[0, 0] == pytest.approx(-3)


def test_runs_with_flaws_do_no_harm(card, experiment, snapshot):
    card.set_experiment(experiment(784, 30, 30, 10))
    run = earlier(experiment, [np.nan, 0.0, np.inf])
    card.set_runs([run, earlier(experiment, [0.1, 0.1, 1], history=record([1, 1, 1])[:0])])
    card.show_snapshot(snapshot(EPOCHS, speeds(0.01, 0.1, 1.0)))
    card.grab()


# -- numbers -------------------------------------------------------------------------------------


def test_the_table_has_the_engines_records(card, experiment, snapshot):
    rng = np.random.default_rng(3)
    values = 10.0 ** rng.normal(-3, 1, (301, 3))
    values[7, 0], values[9, 1], values[11, 0] = 0.0, np.inf, np.nan
    card.set_experiment(experiment(784, 30, 30, 10))
    shot = snapshot(EPOCHS, values)
    card.show_snapshot(shot)
    table = card.table()
    assert table.columns == ("run", "step", "epoch", "bias_gradient_1", "bias_gradient_2")
    told = np.array([row[1:] for row in table.rows], float)
    np.testing.assert_array_equal(told[:, 2:], values[:, :2])
    np.testing.assert_array_equal(told[:, 1], EPOCHS)
    card.set_runs([earlier(experiment, [0.25, 1.0])])
    rows = card.table().rows
    assert len(rows) == 602
    assert rows[-1][:4] == ("earlier", 300, 30.0, 0.25)
    assert np.isnan(rows[-1][4])
    card.plot.take_x(10.0, 20.0)
    assert {10 <= row[2] <= 20 for row in card.table().rows} == {True}
    card.reset()
    assert len(card.table().rows) == 602


def test_before_anything_is_known_the_table_is_empty(card, experiment):
    card.set_experiment(experiment(784, 30, 10))
    assert card.table().rows == []
    assert card.table().columns[-1] == "bias_gradient_1"


def test_reset_is_how_it_began(card, experiment, snapshot):
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(snapshot(EPOCHS, speeds(0.01, 0.1, 1.0)))
    began = card.plot.view.viewRange()
    card.measure.setCurrentIndex(3)
    card.axis.setCurrentIndex(1)
    card.plot.take_x(1.0, 2.0)
    card.reset()
    assert (card.measure.key, card.source.key, card.axis.key) == (
        "bias_gradient", "mini_batch", "epochs"
    )  # fmt: skip
    assert card.plot.follows
    assert card.plot.view.viewRange() == began


def test_a_record_is_read_at_the_pointer(card, experiment, snapshot):
    values = speeds(0.01, 0.1, 1.0)
    values[100] = 0.0, 2.5e-7, 1.0
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(snapshot(EPOCHS, values))
    reading = card.plot.read(10.02)
    assert (reading.x, reading.titles) == (10.0, ("epoch 10", "step 100"))
    assert [(e.name, e.value) for e in reading.entries] == [
        ("layer 1", "0"),
        ("layer 2", "2.5·10⁻⁷"),
    ]
    card.plot.hand.set_cursor(10.0)
    assert card.plot.accessibleDescription() == reading.words
    card.axis.set_key("steps")
    assert card.plot.read(100.0).titles == ("step 100", "epoch 10")


def test_looking_back_shows_what_was_and_keeps_the_range(card, experiment, grown, snapshot):
    card.set_experiment(experiment(784, 30, 30, 10))
    whole = snapshot(EPOCHS, speeds(1, 1, 1) * np.geomspace(1, 1e-6, 301)[:, None])
    card.show_snapshot(whole)
    shown = card.plot.view.viewRange()
    card.show_snapshot(grown(whole.history.base[:100], whole.evaluations, 3))
    card.texts.at_once()
    assert card.plot.view.viewRange() == shown
    assert card.plot.labels.ends[0].x == card.plot.layers[0].curves.across[-1]
    assert len(card.table().rows) == 100
    card.show_snapshot(whole)
    assert len(card.table().rows) == 301


# -- sizes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", [(300, 130), (470, 180), (1280, 660)])
def test_nothing_is_cut_or_lies_upon_another(qtbot, experiment, snapshot, size, scale):
    KEPT.append(card := SpeedOfLearning(LIGHT))
    qtbot.addWidget(card)
    card.setStyleSheet(style_sheet(LIGHT, scale))
    card.resize(*size)
    card.show()
    qtbot.wait(1)  # the type has grown
    card.set_experiment(experiment(784, *[30] * 9, 10))
    card.show_snapshot(snapshot(EPOCHS, speeds(*10.0 ** np.arange(-9, 1))))
    card.texts.at_once()
    card.grab()
    labels, height = card.plot.labels, card.plot.view.rect().height()
    assert card.plot.geometry().bottom() <= card.height()
    assert labels.ends
    assert labels.ends[0].text == "layer 1"
    rows = sorted(labels.rows)
    line = labels._metrics.height()
    assert all(line / 2 - 1 <= row <= height - line / 2 + 1 for row in rows) or len(rows) == 1
    assert np.diff(rows).min(initial=line) >= line - 0.5
    assert all(
        labels.text_left(end) + labels.width_of(end.text) <= card.plot.view.rect().width()
        for end in labels.ends
    )


def test_a_picture_shows_no_range_that_is_on_its_way(card, experiment, snapshot, monkeypatch):
    monkeypatch.setattr(live_plot, "less_motion", lambda: False)
    card.set_experiment(experiment(784, 30, 30, 10))
    falling = speeds(1, 1, 1) * np.geomspace(1, 1e-8, 301)[:, None]
    card.show_snapshot(snapshot(EPOCHS[:30], falling[:30]))
    card.show_snapshot(snapshot(EPOCHS, falling))
    assert card.plot.view.viewRange()[1][0] > -9
    image = QImage(card.picture_size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    card.paint_picture(painter)
    painter.end()
    assert card.plot.view.viewRange()[1][0] == -9


# -- ten million steps -----------------------------------------------------------------------------


def test_ten_million_steps_stay_bounded_and_quick(card, experiment):
    columns = len(history_columns(4))
    history = History(columns, tracked=range(2, 7))
    rng = np.random.default_rng(0)
    card.set_experiment(experiment(784, 30, 30, 30, 10, epochs=2000))
    took, step = [], 0
    while step < 10_000_000:
        if history.wants(step):
            row = np.full(columns, 0.5)
            row[:2] = step, step / 5000
            row[3:7] = 10.0 ** rng.normal((-4, -3, -2, -1), 0.1)
            history.append(row, ordinal=step)
            if len(history.view()) % 97 == 0:
                began = perf_counter()
                card.show_snapshot(snapshot_of_run(history.view(), step))
                took.append(perf_counter() - began)
        step += history.stride - step % history.stride
    assert len(history.view()) <= 4096
    assert card.plot.layers[0].trace.columns.columns < 1000
    assert card.plot.window.end == 2000
    assert np.median(took) < 0.02
    assert texts(card) == ["layer 1", "layer 2", "layer 3"]
    card.axis.set_key("steps")
    assert card.plot.bottom_axis.scale_of_values.text(1e7) == "10 million"


def snapshot_of_run(history: np.ndarray, step: int) -> Snapshot:
    return Snapshot(
        step=step, epoch=step / 5000, last_step=10_000_000, next_epoch_step=step, evaluating=False,
        done=False, history=history, evaluations=np.empty((0, len(evaluation_columns(4)))),
        delta=tuple(np.zeros(2) for _ in range(4)), weights=None, divergence=None,
    )  # fmt: skip


@pytest.mark.parametrize("key", ["bias_gradient", "saturated"])
def test_before_the_first_record_nothing_is_known(card, experiment, snapshot, key):
    card.set_experiment(experiment(784, 30, 30, 10))
    card.measure.set_key(key)
    card.show_snapshot(snapshot(EPOCHS[:0], speeds(1e-2, 1e-1, 1.0, rows=0)))
    card.texts.at_once()
    assert card.verdict() is None
    assert card.plot.accessibleDescription().startswith("layer 1 not a number")
