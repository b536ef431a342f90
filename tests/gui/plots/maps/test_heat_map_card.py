"""The heat map as it is drawn: layers up, epochs across."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor

from engine.architecture import dense
from engine.arrays import read_only
from engine.datasets import DATA_SOURCES
from engine.measures import KEYS
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start
from gui.common.style import style_sheet
from gui.plots.maps.size_colours import FIRST, GROUND, INFINITE, SHADES, UNKNOWN, ZERO, sequential
from gui.plots.parts.marks import in_words
from gui.theme import DARK, LIGHT
from tests.gui.plots.conftest import EPOCHS, settle
from tests.gui.plots.maps.conftest import colour_at, rows


def test_a_row_for_every_hidden_layer_the_first_at_the_bottom(card, show):
    show(np.tile([1e-4, 1e-2, 1.0, 5.0], (301, 1)))
    assert rows(card).shape[0] == 3
    table = sequential(LIGHT)
    for row in range(3):
        assert len(set(rows(card)[row].tolist())) == 1
        assert colour_at(card, 10.0, row).rgb() == int(table[rows(card)[row, 0]])
    assert rows(card)[0, 0] < rows(card)[1, 0] < rows(card)[2, 0]
    assert "layer 1 at the bottom" in card.words.text()
    assert card.picture.layers.text(0) == "1"


def test_colours_are_where_the_colour_key_says(card, show):
    show(np.tile([1e-4, 1e-2, 1.0, 5.0], (301, 1)))
    low, high = card.picture.levels
    shade = (rows(card)[:, 0] - FIRST + 0.5) / SHADES
    assert low + shade * (high - low) == pytest.approx([-4, -2, 0], abs=(high - low) / SHADES)


def test_the_numbers_under_the_pixels_are_means_of_logarithms(card, show):
    speeds = np.full((301, 3), 0.5)
    speeds[:, 0] = 10.0 ** (-4 + EPOCHS / 10)
    show(speeds)
    picture = card.picture
    for epoch in (0.0, 3.3, 14.9, 29.9):
        start, width = picture.trace.columns.start, picture.run.end / picture.columns
        column = int((epoch - start) / width)
        inside = (EPOCHS // width).astype(int)
        told = speeds[inside == max(k for k in set(inside.tolist()) if k <= column), 0]
        if column:  # the first record is a point of its own
            assert picture.level((epoch, 0)) == pytest.approx(np.log10(told).mean(), abs=0.06)
    assert picture.level((0.0, 1)) == pytest.approx(np.log10(0.5))


def test_without_hidden_layers_the_output_is_shown(card, show):
    show(np.full((301, 1), 1e-2))
    assert rows(card).shape[0] == 1
    assert card.picture.accessibleDescription() == "now: output 10⁻²"


def test_what_is_to_come_is_left_empty(card, show):
    show(np.full((100, 3), 0.1), EPOCHS[:100])
    told = rows(card)[0] != GROUND
    end = card.picture.column_of(np.array([EPOCHS[99]]))[0]
    assert told[: end + 1].all()
    assert not told[end + 1 :].any()
    assert np.isnan(card.picture.level((29.0, 0)))


def test_a_record_stands_until_the_next_one(card, show):
    epochs = np.array([0.0, 10.0, 20.0])
    show(np.array([[1e-3, 1.0, 1.0], [1e-2, 1.0, 1.0], [1e-1, 1.0, 1.0]]), epochs)
    at = rows(card)[0]
    column = card.picture.column_of(epochs + 1e-9)
    changes = np.flatnonzero(np.diff(at)) + 1
    assert changes.tolist() == [*column[1:].tolist(), column[2] + 1]


def test_zeros_infinities_and_no_numbers_have_marks_and_are_counted(card, show):
    speeds = np.full((301, 4), 0.1)
    speeds[:, 0], speeds[150:, 1], speeds[290:, 2] = 0.0, np.inf, np.nan
    show(speeds)
    assert set(rows(card)[0].tolist()) == {ZERO}
    assert rows(card)[1, -1] == INFINITE
    assert rows(card)[2, -1] == UNKNOWN
    assert in_words(301, 151, 11) in card.words.text()
    assert colour_at(card, 20.0, 1) == QColor(LIGHT.exploding)
    hatched = {colour_at(card, 10.0 + k / 4, 0).rgb() for k in range(20)}
    assert QColor(LIGHT.panel).rgb() in hatched
    assert len(hatched) >= 2
    place = (20.0, 0)
    for row, words in ((0, "0"), (1, "∞"), (2, "not a number")):
        card.picture.point((29.9, row))
        assert card.words.text().endswith(f": {words}")
    assert card.picture.level(place) == -np.inf


@pytest.mark.parametrize("value", [0.0, np.inf, np.nan, 1e-320, 1e300])
def test_nothing_but_one_odd_value(card, show, value):
    show(np.full((301, 3), value))
    card.grab()
    card.picture.point((3.0, 1))
    card.grab()


def test_a_growing_run_colours_its_new_columns_only(card, experiment, grown, snapshot, monkeypatch):
    whole = snapshot(EPOCHS, 10.0 ** -np.linspace(0, 3, 301)[:, None] * np.array([[0.1, 0.5, 1.0]]))
    card.set_experiment(experiment(784, 30, 30, 10))
    card.set_epochs(30)
    counts = []
    original = type(card.picture)._compose

    def counted(self, first: int = 0) -> None:
        counts.append(self.columns - first)
        original(self, first)

    monkeypatch.setattr(type(card.picture), "_compose", counted)
    for n in range(200, 302, 3):
        card.show_snapshot(grown(whole.history[:n], whole.evaluations, 3))
        card.pictures.at_once()
    assert np.median(counts) < 0.45 * card.picture.columns  # of which most is yet to come
    at_once = rows(card).copy()
    card._begin_anew()
    card.pictures.at_once()
    assert (rows(card) == at_once).all()


def test_an_extreme_that_comes_late_is_shown_where_it_was(card, experiment, grown, snapshot):
    epochs = np.concatenate((np.linspace(0, 10, 100), [15.0]))
    speeds = np.full((101, 3), 0.1)
    speeds[-1, 0] = 0.9
    whole = snapshot(epochs, speeds)
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(replace(grown(whole.history[:100], whole.evaluations, 3), epoch=20.0))
    settle(card)
    card.show_snapshot(replace(whole, epoch=20.1))
    settle(card)
    column = card.picture.column_of(np.array([14.5, 15.5, 20.0]))
    before, after, end = rows(card)[0, column].tolist()
    assert before < after == end


def test_a_thinned_history_shows_the_same(card, experiment, grown, snapshot):
    speeds = 10.0 ** -np.linspace(0, 3, 301)[:, None] * np.array([[0.1, 0.5, 1.0]])
    whole = snapshot(EPOCHS, speeds)
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(whole)
    settle(card)
    before = rows(card).copy()
    card.show_snapshot(grown(read_only(whole.history[::2].copy()), whole.evaluations, 3))
    settle(card)
    assert np.abs(rows(card).astype(int) - before).max() <= 3


def test_looking_back_empties_what_was_later_and_keeps_the_colours(
    card, experiment, grown, snapshot
):
    whole = snapshot(EPOCHS, 10.0 ** -np.linspace(0, 6, 301)[:, None] * np.array([[0.1, 1.0, 1.0]]))
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(whole)
    settle(card)
    levels, before = card.picture.levels, rows(card).copy()
    card.show_snapshot(grown(whole.history[:100], whole.evaluations, 3))
    settle(card)
    assert card.picture.levels == levels
    told = rows(card)[0] != GROUND
    last = int(np.flatnonzero(told)[-1])
    assert last == card.picture.column_of(EPOCHS[99:100])[0]
    assert (rows(card)[:, : last - 1] == before[:, : last - 1]).all()
    card.show_snapshot(whole)
    settle(card)
    assert (rows(card) == before).all()


def test_another_norm_of_the_same_run(card, show):
    ratio = np.full((301, 3), 1e-3)
    ratio[100:200] = np.nan
    cost = np.where(np.isnan(ratio[:, 0]), np.nan, 1.0)  # extremes tell of the norms only
    show(np.full((301, 3), 0.1), cost=cost, update_ratio=ratio)
    card.measure.set_key("update_ratio")
    settle(card)
    assert card.picture.level((29.0, 0)) == pytest.approx(-3)
    assert card.picture.level((15.0, 0)) == pytest.approx(-3)
    assert "NaN" not in card.words.text()
    assert len(card.table().rows) == 201
    card.reset()
    assert card.measure.key == KEYS[0]
    assert card.picture.level((29.0, 0)) == pytest.approx(-1)


def test_a_hundred_layers(card, show):
    show(np.tile(np.logspace(-90, 0, 101), (301, 1)))
    assert rows(card).shape[0] == 100
    assert (np.diff(rows(card)[:, 0]) >= 0).all()
    card.grab()


def test_of_a_thousand_layers_a_hundred_are_drawn_and_that_is_said(card, show):
    show(np.tile(np.logspace(-90, 0, 1000), (5, 1)), EPOCHS[:5])
    assert rows(card).shape[0] == 100
    assert "100 of 999 layers" in card.words.text()
    assert card.table().columns[2:4] == ("bias_gradient_1", "bias_gradient_11")


def test_the_table_holds_the_records_bit_for_bit(card, show):
    rng = np.random.default_rng(0)
    speeds = 10.0 ** rng.normal(size=(301, 3))
    show(speeds)
    table = card.table()
    assert table.columns == ("step", "epoch", "bias_gradient_1", "bias_gradient_2")
    found = np.array(table.rows, float)
    assert (found[:, 0] == np.arange(301)).all()
    assert (found[:, 1] == EPOCHS).all()
    assert (found[:, 2:] == speeds[:, :2]).all()


def test_a_real_run_is_told_as_it_was(card):
    data = DATA_SOURCES["spirals"]()
    loaded = data.load()
    sizes = loaded.train.x.shape[1], 8, 8, len(loaded.class_names)
    experiment = Experiment(dense(*sizes), TrainingSpec(data=data, epochs=3))
    trainer = start(experiment, loaded)
    card.set_experiment(experiment)
    for _ in range(60):
        trainer.step()
        card.show_snapshot(trainer.snapshot())
    settle(card)
    history = trainer.recorder.history.view()
    assert np.array(card.table().rows, float)[:, 2:].tolist() == history[:, 3:5].tolist()
    first = card.picture.level((0.0, 1))
    assert 10**first == pytest.approx(history[0, 4], rel=0.5)


@pytest.mark.parametrize("size", [(300, 160), (470, 210), (1280, 700)])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("layers", [1, 4, 101])
def test_it_fits_into_every_card(card, show, size, scale, layers):
    card.setStyleSheet(style_sheet(DARK, scale))
    card.set_theme(DARK)
    card.resize(*size)
    show(np.tile(np.logspace(-70, 0, layers), (301, 1)))
    card.grab()
    picture = card.picture
    rect = picture.rect_of_plane
    assert picture.columns == picture._at.shape[1]
    assert rect.height() > 0.8 * picture.metrics.height()
    assert rect.width() > 0.25 * picture.width()
    key = rect.right() + picture.right * picture.share
    assert key <= picture.width() + 0.5
