"""The speed of learning as curves, one for every hidden layer, and its verdict."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor

from engine.measures import MEASURES
from gui.theme import DARK, LIGHT
from tests.gui.plots.conftest import EPOCHS, speeds
from tests.gui.plots.curves.conftest import levels, texts


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


def test_against_steps_and_back(card, experiment, snapshot):
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(replace(snapshot(EPOCHS, speeds(0.01, 0.1, 1.0)), last_step=400))
    card.axis.set_key("steps")
    assert card.plot.layers[0].trace.x.tolist() == list(range(301))
    assert card.plot.run.end == 400
    assert card.plot.bottom_axis.ending == "steps"
    assert levels(card) == pytest.approx([-2, -1])
    assert texts(card) == ["layer 1", "layer 2"]
    card.set_epochs(99)
    assert card.plot.run.end == 400
    card.axis.set_key("epochs")
    assert card.plot.layers[0].trace.x.tolist() == EPOCHS.tolist()
    assert card.plot.bottom_axis.ending == "epochs"
    assert card.plot.run.end == 99 or card.plot.run.end == 50


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


@pytest.mark.parametrize("key", ["bias_gradient", "saturated"])
def test_before_the_first_record_nothing_is_known(card, experiment, snapshot, key):
    card.set_experiment(experiment(784, 30, 30, 10))
    card.measure.set_key(key)
    card.show_snapshot(snapshot(EPOCHS[:0], speeds(1e-2, 1e-1, 1.0, rows=0)))
    card.texts.at_once()
    assert card.verdict() is None
    assert card.plot.accessibleDescription().startswith("layer 1 not a number")
