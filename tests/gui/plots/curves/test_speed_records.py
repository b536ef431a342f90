"""Records of the speed of learning: as a table, at the pointer, at an earlier moment."""

import numpy as np

from tests.gui.plots.conftest import EPOCHS, speeds
from tests.gui.plots.curves.conftest import earlier


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
    assert len(card.table().rows) == 0
    assert card.table().columns[-1] == "bias_gradient_1"


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
