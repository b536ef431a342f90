"""Where the gradient dies: what is said of known readings."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt

from engine.architecture import SkipSpec, dense
from gui.theme import LIGHT
from tests.gui.plots.answered import look, noise_run
from tests.gui.plots.waterfall.conftest import reading_of, shown


def test_the_sentence_names_both_factors(card):
    length = np.array([-1.9, -1.0, 0.0])
    reading = replace(
        reading_of(dense(3, 4, 4, 2)), length=length, weights=np.array([0.7, 0.5, np.nan]),
        prime=np.array([-1.6, -1.5, 0.0]), rest=np.zeros(3),
    )  # fmt: skip
    card.resize(900, 300)
    shown(card, reading)
    assert card.sentence.shown == (
        "From the output to layer 1 δ shrinks by 10^{−1.9}: Σ′ takes 10^{−3.1},"
        " the weights give back 10^{1.2}."
    )
    assert card.chip.text() == "vanishing, 1 : 7.9"
    assert "factor" in card.title.toolTip()
    assert "shrinks by 10 to the power −1.9" in card.picture.accessibleDescription()


def test_growing_is_said_too(card):
    reading = replace(
        reading_of(dense(3, 4, 4, 2)), length=np.array([2.0, 1.0, 0.0]),
        weights=np.array([1.5, 1.5, np.nan]), prime=np.array([-0.5, -0.5, 0.0]),
    )  # fmt: skip
    card.resize(900, 300)
    shown(card, reading)
    assert "δ grows by 10^{2.0}: Σ′ takes 10^{−1.0}, the weights give back" in card.sentence.shown
    assert card.chip.property("verdict") == "exploding"


def test_a_zero_is_drawn_at_the_edge_and_said(card):
    run = noise_run(dense(3, 4, 4, 4, 2))
    run.network.parameters.b[1][...] = -1e5
    card.resize(900, 300)
    card.show_snapshot(look(run, card))
    card.texts.at_once()
    assert card.reading.zeros == (0, 1)
    assert card.sentence.shown.startswith("δ is exactly 0 from layer 2 down")
    frame = card.picture.frame
    assert frame.down(-np.inf) > frame.rect.bottom() - 4
    assert np.isfinite(frame.levels).all()
    image = card.picture.grab().toImage()
    colour = LIGHT.layer(1, 3)
    left, right = frame.places[2]
    edge = [
        (x, y)
        for x in range(round(left), round(right))
        for y in range(round(frame.rect.bottom()) - 8, round(frame.rect.bottom()))
        if image.pixelColor(x, y).rgb() == colour.rgb()
    ]
    assert edge
    assert card.chip.text() == "vanishing, layer 1: 0"


def test_a_layer_that_is_led_around_is_told(card):
    run = noise_run(replace(dense(3, 4, 4, 4, 2), skips=(SkipSpec("h1", "h3"),)))
    run.network.parameters.b[1][...] = -1e5
    card.resize(900, 300)
    card.show_snapshot(look(run, card))
    card.texts.at_once()
    assert card.reading.zeros == (1,)
    assert card.sentence.shown.startswith("δ is exactly 0 in 1 of 3 hidden layers")
    assert np.isposinf(card.reading.rest[0]) or np.isnan(card.reading.rest[0])
    card.grab()


def test_underflow_of_the_run_is_told(card):
    run = noise_run(dense(3, *[3] * 150, 2), precision="float32")
    card.resize(1280, 400)
    card.show_snapshot(look(run, card))
    card.texts.at_once()
    assert any(card.reading.lost)
    assert "precision of the run it is 0 from layer" in card.sentence.shown
    assert card.reading.length[0] < -80


def test_the_table_is_the_reading(card):
    assert card.table().rows == ()
    reading = reading_of(dense(4, 6, 5, 3))
    shown(card, reading)
    table = card.table()
    assert len(table.rows) == 14
    assert table.columns[0] == "layer"
    for row in table.rows:
        l, neuron = row[0] - 1, row[-2] - 1
        assert row[1] == reading.length[l]
        assert row[-1] == reading.delta[l][neuron]
        assert row[3] == reading.prime[l]
    assert table.csv().count("\n") == 15


def test_everything_has_a_name(card):
    for widget in (card.choice.field, card.choice.on, card.choice.back, card.scale, card.picture):
        assert widget.accessibleName()
        assert widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    assert card.sentence.accessibleName()
