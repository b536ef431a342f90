import numpy as np
import pytest
from PySide6.QtGui import QColor

from engine.measures import MEASURES
from gui.plots.speed_of_learning import SpeedOfLearning
from gui.theme import DARK, LIGHT

EPOCHS = np.linspace(0, 30, 301)


def speeds(*levels: float, rows: int = 301) -> np.ndarray:
    return np.tile(np.array(levels, float), (rows, 1))


@pytest.fixture
def card(panel) -> SpeedOfLearning:
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
    assert texts(card) == ["layer 1  underflow: 0", "layer 2"]
    assert card.plot.labels.zeros
    assert np.isfinite(card.plot.layers[0].curves.down).all()


def test_zeros_of_relu_layers_are_no_underflow(card, experiment, snapshot):
    card.set_experiment(experiment(784, 30, 30, 10, cost="quadratic", activation="relu"))
    card.show_snapshot(snapshot(EPOCHS, speeds(0.0, 0.0, 1.0)))
    card.texts.at_once()
    assert texts(card) == ["layer 1  no gradient: 0", "layer 2  no gradient: 0"]


def test_numbers_that_are_none_never_make_a_curve_vanish(card, experiment, snapshot):
    values = speeds(1e-3, 1e-2, 1.0)
    values[50:60, 0], values[70, 0], values[:, 1] = np.nan, np.inf, np.nan
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(snapshot(EPOCHS, values))
    card.texts.at_once()
    drawn = card.plot.layers[0].curves.down
    assert 0 < np.isnan(drawn[:, 0]).sum() < 20
    assert np.isnan(drawn[:, 1]).all()
    assert texts(card) == ["layer 1"]
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
    assert "100 of 250 layers" in card.subtitle.text()


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
    assert ("log" in card.subtitle.text()) is not linear
    assert MEASURES[index].symbol in card.subtitle.text()
    assert MEASURES[index].definition in card.subtitle.toolTip()
    low, high = card.plot.view.viewRange()[1]
    assert (low, high) == ((0.0, 1.0) if key == "saturated" else (low, high))
    assert card.chip.isVisible() is not linear


def test_rows_of_norms_only_are_no_gaps_in_the_other_measures(card, experiment, snapshot):
    cost = np.ones(301)
    cost[10::10] = np.nan
    share = speeds(0.25, 0.25, 0.25)
    share[10::10] = np.nan
    card.set_experiment(experiment(784, 30, 30, 10))
    card.measure.setCurrentIndex(5)
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
    assert card.plot.accessibleDescription() == "layer 1 0.01, layer 2 0.1"
    assert card.measure.accessibleName()
    assert card.source.accessibleName()
