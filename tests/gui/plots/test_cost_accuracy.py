import numpy as np
import pytest
from PySide6.QtCore import Qt

from gui.plots.cost_accuracy import CostAccuracy
from gui.theme import LIGHT

EPOCHS = np.linspace(0, 5, 100)
SPEEDS = np.ones((100, 2))


@pytest.fixture
def card(panel, experiment) -> CostAccuracy:
    card = panel.card("cost_accuracy")
    card.set_experiment(experiment(784, 30, 10))
    return card


@pytest.fixture
def shot(snapshot, evaluations):
    def make(**scores):
        table = evaluations(2, np.arange(6.0), np.ones((6, 2)), **scores)
        return snapshot(EPOCHS, SPEEDS, cost=0.1, evaluations=table)

    return make


def texts(plot) -> list[str]:
    return [end.text for end in plot.labels.ends]


def test_accuracies_in_percent_with_their_values_at_the_end(card, shot):
    card.show_snapshot(
        shot(accuracy_train=0.9513, accuracy_validation=0.942, cost_train=0.2, cost_validation=0.3)
    )
    card.texts.at_once()
    assert card.accuracy.layers[0].trace.newest().tolist() == pytest.approx([95.13, 94.2])
    assert texts(card.accuracy) == ["training 95.1 %", "validation 94.2 %"]
    assert texts(card.cost) == ["training 0.200", "validation 0.300"]
    assert [end.colour.name().upper() for end in card.cost.labels.ends] == [LIGHT.ink, LIGHT.accent]
    assert card.accuracy.view.viewRange()[1] == [0.0, 100.0]


def test_the_cost_of_the_mini_batches_lies_beneath(card, shot):
    card.show_snapshot(shot(cost_train=0.2))
    assert card.cost.layers[0].trace.newest()[0] == pytest.approx(-1)
    assert card.cost.layers[0].curves.zValue() < card.cost.layers[1].curves.zValue()


def test_without_validation_examples_there_is_no_curve_and_no_label(card, shot):
    card.show_snapshot(shot(accuracy_train=0.5, cost_train=0.2))
    card.texts.at_once()
    assert texts(card.accuracy) == ["training 50.0 %"]
    assert texts(card.cost) == ["training 0.200"]
    assert np.isnan(card.accuracy.layers[0].curves.down[:, 1]).all()
    card.grab()


def test_before_anything_is_known(card, snapshot):
    card.show_snapshot(snapshot(np.empty(0), np.empty((0, 2))))
    card.texts.at_once()
    assert texts(card.cost) == []
    card.grab()


def test_both_plots_show_the_same_epochs(card, shot, qtbot):
    card.show_snapshot(shot(accuracy_train=0.5, cost_train=0.2))
    assert card.cost.view.viewRange()[0] == card.accuracy.view.viewRange()[0]
    assert card.cost.window.end == card.accuracy.window.end == 10
    qtbot.keyClick(card.accuracy, Qt.Key.Key_Plus)
    assert card.cost.view.viewRange()[0] == card.accuracy.view.viewRange()[0]
    qtbot.mouseClick(card.cost.reset_button, Qt.MouseButton.LeftButton)
    assert card.accuracy.follows


def test_texts_wait_and_the_last_one_comes(card, shot, qtbot):
    card.show_snapshot(shot(accuracy_train=0.5, cost_train=0.2))
    card.show_snapshot(shot(accuracy_train=0.75, cost_train=0.2))
    assert texts(card.accuracy) != ["training 75.0 %"]
    qtbot.waitUntil(lambda: texts(card.accuracy) == ["training 75.0 %"], timeout=2000)
