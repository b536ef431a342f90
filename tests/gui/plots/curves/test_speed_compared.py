"""The speed of learning beside the book's values and earlier runs."""

from dataclasses import replace

import numpy as np
import pytest

from engine.experiments import bundled
from gui.plots.curves.speed_of_learning import PALE
from gui.theme import LIGHT
from tests.gui.plots.conftest import EPOCHS, speeds
from tests.gui.plots.curves.conftest import earlier, record


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
