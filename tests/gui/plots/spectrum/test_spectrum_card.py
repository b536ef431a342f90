"""The spectrum: what is drawn and said of known singular values."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.arrays import Floats
from engine.readings.spectrum import LayerSpectrum, SpectrumReading, SpectrumWish
from engine.spec import Experiment
from engine.theory import spectrum_spread
from gui.plots.spectrum.spectrum import ONE, POOLED, Spectrum
from gui.plots.spectrum.spectrum_words import EMPTY
from gui.theme import LIGHT
from tests.gui.plots.answered import NETWORKS, answer, look, noise_run, watch


def reading(*layers: Floats) -> SpectrumReading:
    """Of log10 singular values (examples, k) of every layer; their mean is taken as it is."""
    made = []
    for values in layers:
        values = np.atleast_2d(np.asarray(values, float))
        with np.errstate(all="ignore"):
            mean = np.log10((10.0 ** (2 * values)).mean(axis=0)) / 2
        made.append(LayerSpectrum(values, mean, np.full(len(values), -30.0)))
    return SpectrumReading(tuple(made), len(made[0].values) if made else 8, None, None, True, 1.0)


def shown(card: Spectrum, what: SpectrumReading) -> None:
    answer(card, noise_run(dense(3, 4, 4, 2)), what)
    card.texts.at_once()


@pytest.fixture
def card(qtbot: QtBot) -> Spectrum:
    card = Spectrum(LIGHT)
    qtbot.addWidget(card)
    card.resize(600, 300)
    card.show()
    return card


def test_it_asks_for_the_average_first(card):
    assert card.wishes() == {SpectrumWish(None)}
    assert not card.choice.isEnabled()
    card.grab()


def test_one_example_of_choice(card, qtbot):
    with qtbot.waitSignal(card.wishes_changed):
        card.over.setCurrentIndex(1)
    assert card.wishes() == {SpectrumWish(0)}
    assert card.choice.isEnabled()
    with qtbot.waitSignal(card.wishes_changed):
        qtbot.mouseClick(card.choice.on, Qt.MouseButton.LeftButton)
    assert card.wishes() == {SpectrumWish(1)}
    run = noise_run(dense(3, 4, 4, 2))
    card.show_snapshot(look(run, card))
    card.texts.at_once()
    assert card.reading.label == run.examples.train.labels[1]
    assert f"class {card.reading.label}" in card.about.shown


def test_every_value_is_a_line_at_its_level(card):
    shown(card, reading([-0.3, -0.9, -1.6]))
    frame = card.picture.frame
    image = card.picture.grab().toImage()
    left, right = frame.places[0]
    column = [image.pixelColor(round((left + right) / 2) + 35, y) for y in range(image.height())]
    own = LIGHT.layer(0, 1).rgb()
    rows = [y for y, colour in enumerate(column) if colour.rgb() == own]
    for level in (-0.3, -0.9, -1.6):
        assert min(abs(y - frame.down(level)) for y in rows) <= 1.5
    wanted = [round(frame.down(level)) for level in (-0.3, -0.9, -1.6)]
    assert all(min(abs(y - w) for w in wanted) <= 2 for y in rows)


def test_the_line_of_1_is_marked(card):
    shown(card, reading([-0.3, -0.9], [-0.4, -1.6]))
    frame = card.picture.frame
    image = card.picture.grab().toImage()
    x = round(frame.places[0][0]) + 4
    ink = [y for y in range(image.height()) if image.pixelColor(x, y) == QColor(LIGHT.ink)]
    assert ink
    assert ink[0] == pytest.approx(frame.down(0.0), abs=1.5)


@pytest.mark.parametrize(
    ("values", "kind", "words"),
    [
        ([-1.0, -2.0], "vanishing", "vanishing, s ≤ 0.1"),
        ([-33.7, -40.0], "vanishing", "vanishing, s ≤ 2.0·10⁻³⁴"),
        ([3.0, 1.0], "exploding", "exploding, s ≥ 10"),
        ([0.2, -0.2], "balanced", "isometric"),
        ([1.0, -1.0], "unknown", "mixed"),
        ([-0.2, -1.0], "unknown", "mixed"),
        ([np.nan, np.nan], "unknown", "not a number"),
        ([-np.inf, -np.inf], "vanishing", "vanishing, s ≤ 0"),
    ],
)
def test_the_verdict(card, values, kind, words):
    shown(card, reading(values, [0.0, 0.0]))
    assert card.chip.property("verdict") == kind
    assert card.chip.text() == words
    assert "factor 2" in card.chip.toolTip()


def test_the_sentence(card):
    shown(card, reading([-1.8, -2.0, -2.7], [0.0, 0.0, 0.0]))
    assert card.sentence.shown == (
        "From layer 1 to the output singular values 10^{−2.7} to 10^{−1.8}, condition 7.9."
    )
    shown(card, reading([-1.8, -2.0, -np.inf], [0.0, 0.0, 0.0]))
    assert "condition ∞; 1 of 3 are 0" in card.sentence.shown
    shown(card, replace(reading([-1.8]), complete=False))
    assert "the largest singular value is 10^{−1.8}" in card.sentence.shown
    assert "only the largest" in card.about.shown


def test_zeros_have_a_mark_at_the_edge_and_the_range_stays_finite(card):
    shown(card, reading([-1.0, -np.inf], [0.0, -0.5]))
    frame = card.picture.frame
    assert np.isfinite(frame.levels).all()
    image = card.picture.grab().toImage()
    own = LIGHT.layer(0, 2).rgb()
    left, right = frame.places[0]
    bottom = round(frame.rect.bottom())
    x = round((left + right) / 2)
    assert own in [image.pixelColor(x, y).rgb() for y in range(bottom - 6, bottom)]
    x = round(sum(frame.places[1]) / 2)
    second = LIGHT.layer(1, 2).rgb()
    assert second not in [image.pixelColor(x, y).rgb() for y in range(bottom - 6, bottom)]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_none_never_crash(card, bad):
    for values in ([bad], [bad, bad], [0.0, bad], [[bad, 0.0], [0.0, bad]]):
        shown(card, reading(values, [0.0]))
        card.picture.choose(0)
        card.grab()
        card.picture.choose(None)


def test_theory_is_a_band_of_the_engines_numbers(card, qtbot):
    run = noise_run(dense(3, 40, 40, 40, 30))
    experiment = Experiment(run.architecture, run.training)
    card.set_experiment(experiment)
    card.show_snapshot(look(run, card))
    assert card.picture.bands() == []
    qtbot.mouseClick(card.theory, Qt.MouseButton.LeftButton, pos=card.theory.rect().center() / 2)
    assert card.theory.isChecked()
    spread = spectrum_spread(run.architecture, card.reading.input_square)
    bands = np.array(card.picture.bands())
    assert bands.shape == (3, 3)
    assert 10 ** (2 * bands[:, 1]) == pytest.approx(10**spread.log10_mean)
    high = 10**spread.log10_mean * (1 + spread.relative)
    assert 10 ** (2 * bands[:, 2]) == pytest.approx(high)
    card.texts.at_once()
    assert "start of training" in card.sentence._texts[0]
    image = card.picture.grab().toImage()
    frame = card.picture.frame
    x, y = round(frame.places[2][0]) + 2, round(frame.down(bands[2, 1]))
    assert QColor(LIGHT.accent).rgb() in [image.pixelColor(x, y + d).rgb() for d in (-1, 0, 1)]
    card.theory.setChecked(False)
    assert card.picture.bands() == []


def test_where_theory_knows_nothing_nothing_is_drawn(card):
    run = noise_run(dense(3, 4, 4, 2, initializer="constant"))
    card.set_experiment(Experiment(run.architecture, run.training))
    card.theory.setChecked(True)
    card.show_snapshot(look(run, card))
    assert np.isnan(card.picture.bands()).all()
    assert np.isfinite(card.picture.frame.levels).all()
    card.grab()


@pytest.mark.parametrize("sizes", [*NETWORKS, (3, 200, 200, 200), (3, *[2] * 400, 2)])
@pytest.mark.parametrize(("width", "height"), [(300, 160), (470, 210), (1280, 700)])
def test_every_size_of_network_and_card(card, sizes, width, height):
    card.resize(width, height)
    card.theory.setChecked(True)
    watch(card, noise_run(dense(*sizes)))
    card.grab()
    assert card.picture.is_empty == (len(sizes) == 2)
    assert len(card.picture.frame.places) == len(sizes) - 2
    assert card.picture.frame.rect.height() > 20


def test_no_hidden_layer_is_said(card):
    shown(card, reading())
    assert card.sentence.shown == EMPTY
    assert card.chip.isHidden()
    assert card.picture.waiting == ""


def test_a_layer_by_keys(card, qtbot):
    shown(card, reading([-1.0, -2.0], [-0.1, -0.5]))
    card.picture.setFocus()
    qtbot.keyClick(card.picture, Qt.Key.Key_Right)
    qtbot.keyClick(card.picture, Qt.Key.Key_Right)
    assert card.picture.chosen == 1
    assert card.sentence.shown == "Layer 2: singular values 10^{−0.5} to 10^{−0.1}, condition 2.5."


def test_the_table_is_the_reading(card):
    assert card.table().rows == ()
    run = noise_run(dense(3, 5, 4, 3))
    card.show_snapshot(look(run, card))
    rows = card.table().rows
    assert len(rows) == 8 * 3 + 8 * 3
    for layer, example, k, value in rows:
        assert value == card.reading.layers[layer - 1].values[example - 1, k - 1]
    card.over.setCurrentIndex(1)
    card.choice.field.setValue(7)
    card.show_snapshot(look(run, card))
    assert {row[1] for row in card.table().rows} == {7}


def test_the_old_choice_is_never_shown_as_the_new_one(card):
    run = noise_run(dense(3, 5, 4, 3))
    old = look(run, card)
    card.show_snapshot(old)
    card.over.set_key(ONE)
    assert card.reading is None
    card.show_snapshot(old)
    assert card.reading is None
    card.reset()
    assert card.over.key == POOLED
    card.show_snapshot(old)
    assert card.reading is not None


def test_everything_has_a_name(card):
    for widget in (card.over, card.choice.field, card.picture):
        assert widget.accessibleName()
        assert widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    assert "start of training" in card.theory.toolTip()
    shown(card, reading([-1.0, -2.0], [-0.1, -0.5]))
    assert "10 to the power −2.0 to 10 to the power −1.0" in card.picture.accessibleDescription()


def test_beyond_the_probe_set_is_its_last(card, qtbot):
    run = noise_run(dense(3, 5, 4, 3))
    card.over.setCurrentIndex(1)
    card.choice.field.setValue(5000)
    with qtbot.waitSignal(card.wishes_changed):
        card.show_snapshot(look(run, card))
        card.texts.at_once()
    assert card.choice.example == 39
    assert {row[1] for row in card.table().rows} == {40}
    assert card.wishes() == {SpectrumWish(39)}
