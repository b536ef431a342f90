"""Which plot is told of what: all of what comes slowly, by turns of what comes fast."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QSize

from engine.snapshot import Snapshot, Weights
from gui.common.turns import BOTH, FIRST, SECOND
from gui.plots import feed
from tests.gui.plots.conftest import make_snapshot

USUAL = ("speed_of_learning", "profile", "cost_accuracy")
CURVES = ("speed_of_learning", "cost_accuracy")


def shot(epoch: float) -> Snapshot:
    epochs = np.linspace(0, epoch, 1 + round(1000 * epoch))
    return make_snapshot(epochs, np.ones((len(epochs), 3)))


@pytest.fixture
def told(panel, experiment, monkeypatch) -> dict[str, list[float]]:
    """The epochs that every plot was told of, in a run of which one is shown."""
    monkeypatch.setattr(feed, "CALM_MS", 60_000)  # however slow the machine
    epochs: dict[str, list[float]] = {key: [] for key in USUAL}
    for key, seen in epochs.items():
        card = panel.card(key)
        card.show_snapshot = noting(card.show_snapshot, seen)
    panel.feed.set_experiment(experiment(784, 30, 30, 10, epochs=1))
    panel.feed.show_snapshot(shot(0.65))
    for seen in epochs.values():
        assert seen.pop() == 0.65
    return epochs


def noting(show: Callable[[Snapshot], None], seen: list[float]) -> Callable[[Snapshot], None]:
    def show_and_note(snapshot: Snapshot) -> None:
        seen.append(snapshot.epoch)
        show(snapshot)

    return show_and_note


def test_without_turns_all_are_told(panel, told) -> None:
    for epoch in (0.6501, 0.8, 1.0):
        panel.feed.show_snapshot(shot(epoch))
    assert all(epochs == [0.6501, 0.8, 1.0] for epochs in told.values())


def test_by_turns_every_second_one(panel, told) -> None:
    for n, epoch in enumerate((0.7, 0.75, 0.8, 0.85)):
        panel.feed.show_snapshot(shot(epoch), (FIRST, SECOND)[n % 2])
    assert told["speed_of_learning"] == told["cost_accuracy"] == [0.7, 0.8]
    assert told["profile"] == [0.75, 0.85]


def test_in_the_turn_of_both_all_that_would_look_different(panel, told) -> None:
    for epoch in (0.8, 0.8001):
        panel.feed.show_snapshot(shot(epoch), BOTH)
    assert told == {"speed_of_learning": [0.8], "profile": [0.8, 0.8001], "cost_accuracy": [0.8]}


def test_a_curve_waits_for_the_next_column_of_pixels(panel, told) -> None:
    plots = (panel.card("speed_of_learning").plot, panel.card("cost_accuracy").cost)
    columns = [plot.layers[0].trace.columns.width for plot in plots]
    assert all(0.002 < column < 0.05 for column in columns)
    for n in range(3):
        panel.feed.show_snapshot(shot(0.65 + n * 0.001), FIRST)
    assert all(not told[key] for key in CURVES)
    panel.feed.show_snapshot(shot(0.65 + 1.1 * max(columns)), FIRST)
    assert all(len(told[key]) == 1 for key in CURVES)


def test_but_not_for_long(panel, told, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(feed, "CALM_MS", 100)
    qtbot.wait(120)
    panel.feed.show_snapshot(shot(0.651), FIRST)
    assert all(told[key] == [0.651] for key in CURVES)


def test_a_range_on_its_way_waits_for_nothing(panel, told, qtbot) -> None:
    panel.feed.set_epochs(3.0)
    card = panel.card("speed_of_learning")
    card.show_snapshot(replace(shot(0.65), history=1e6 * shot(0.651).history))
    assert card.is_outdated(shot(0.65))
    qtbot.waitUntil(lambda: not card.is_outdated(shot(0.65)))


def test_what_a_close_look_brings_is_for_all_that_wished_for_it(panel, told, qtbot) -> None:
    panel.card("profile").wishes = lambda: frozenset({object()})
    looked = replace(shot(0.6501), weights=Weights((), ()))
    panel.feed.show_snapshot(looked, FIRST)
    assert told == {"speed_of_learning": [], "profile": [0.6501], "cost_accuracy": []}


def test_a_plot_without_room_catches_up_when_it_gets_some(panel, experiment) -> None:
    card = panel.card("cost_accuracy")
    card.resize(QSize(390, 140))
    card.fit()
    assert card.accuracy.isHidden() or card.accuracy.parentWidget().isHidden()
    panel.feed.set_experiment(experiment(784, 30, 30, 10))
    for epoch in (0.5, 1.0, 2.0):
        panel.feed.show_snapshot(shot(epoch))
    assert card.cost.run.end >= 2.0 > card.accuracy.run.end
    card.resize(QSize(800, 400))
    card.fit()
    assert card.accuracy.run.end == card.cost.run.end
    assert card.accuracy.view.viewRange()[0] == card.cost.view.viewRange()[0]
