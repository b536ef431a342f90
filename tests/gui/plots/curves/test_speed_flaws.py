"""Zeros, infinities and what is no number, in the speed of learning."""

import numpy as np

from tests.gui.plots.conftest import EPOCHS, speeds
from tests.gui.plots.curves.conftest import texts


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
