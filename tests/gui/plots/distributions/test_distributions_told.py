"""Distributions as they are told: the verdict, a layer that is pointed at, the table."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.datasets.planar import Moons
from engine.readings.distributions import QUANTITIES, DistributionsWish
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start
from gui.plots.distributions.distributions import Distributions
from gui.theme import LIGHT
from tests.gui.plots.answered import look
from tests.gui.plots.distributions.conftest import Show, grabbed, layout, reading


def test_it_asks_for_one_quantity_and_tells_when_it_becomes_another(
    shown: Show, qtbot: QtBot
) -> None:
    card = shown()
    assert card.wishes() == {DistributionsWish("z")}
    with qtbot.waitSignal(card.wishes_changed):
        qtbot.keyClick(card.quantity, Qt.Key.Key_Down)
    assert card.wishes() == {DistributionsWish("a")}
    assert card.rows.shown is None  # z are no activations
    card.reset()
    assert card.wishes() == {DistributionsWish("z")}


@pytest.mark.parametrize(
    ("saturated", "dead", "words"),
    [
        ([0.12, 0.03, 1.0], [0, 0, 0], "at most 12 % saturated"),
        ([0.1, 0.5, 0.0], [0, 0, 2], "layer 2: 50 % saturated"),
        ([0.9, 0.9, 0.0], [0, 4, 0], "layer 2: 50 % dead"),
        ([0.0, 0.0, 0.9], [0, 0, 0], "none saturated"),
    ],
)
def test_the_verdict(shown: Show, saturated: list[float], dead: list[int], words: str) -> None:
    card = shown(saturated=np.array(saturated), dead=np.array(dead))
    assert card.chip.accessibleName() == words
    kind = "vanishing" if words.startswith("layer") else "balanced"
    assert card.chip.property("verdict") == kind
    assert "50 %" in card.chip.toolTip()


def test_pointing_tells_about_a_layer(shown: Show, qtbot: QtBot) -> None:
    card = shown(size=(700, 240))
    where = layout(card)
    qtbot.mouseMove(card.rows, QPoint(300, round(where.top(1) + where.row / 2)))
    assert card.rows.pointed == (0.0, 1)
    card.rows.setFocus()
    qtbot.keyClick(card.rows, Qt.Key.Key_Up)
    assert card.rows.pointed == (0.0, 2)
    qtbot.keyClick(card.rows, Qt.Key.Key_Up)
    assert card.rows.pointed == (0.0, 2)
    qtbot.keyClick(card.rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert card.rows.pointed == (0.0, 0)
    grabbed(card.rows)
    qtbot.keyClick(card.rows, Qt.Key.Key_Escape)
    assert card.rows.pointed is None


@pytest.mark.parametrize("update", [-np.inf, np.inf, np.nan, -12.0, -3.0, 2.0])
def test_any_update(shown: Show, update: float) -> None:
    card = shown(size=(900, 300), log10_update=np.full(3, update))
    assert not grabbed(card.rows).isNull()
    text = {-np.inf: "ΔW/W 0", np.inf: "ΔW/W ∞"}.get(update)
    if np.isnan(update):
        text = "ΔW/W –"
    assert (text or "ΔW/W 10 to the power") in card.rows.accessibleDescription()


@pytest.mark.parametrize("quantity", list(QUANTITIES))
def test_the_table_has_the_numbers_of_the_engine(shown: Show, quantity: str) -> None:
    card = shown(quantity=quantity)
    table, now = card.table(), reading(card)
    assert [row[0] for row in table.rows] == ["layer 1", "layer 2", "output"]
    first = len(table.columns) - 1 - now.counts.shape[1]
    for l, row in enumerate(table.rows):
        assert list(row[first:-1]) == now.counts[l].tolist()
        numbers = dict(zip(table.columns, row, strict=True))
        assert numbers["saturated"] == now.saturated[l]
        assert numbers["log10 update/weight"] == now.log10_update[l]
        assert (numbers["counted"], numbers["neurons"]) == (now.counted[l], now.neurons[l])
    assert repr(float(now.edges[0])) in table.columns[first]
    assert table.csv().count("\n") == 4


def test_before_the_first_look(qtbot: QtBot) -> None:
    card = Distributions(LIGHT)
    qtbot.addWidget(card)
    card.show()
    card.set_experiment(Experiment(dense(2, 3, 2), TrainingSpec(data=Moons())))
    assert not grabbed(card.rows).isNull()
    assert card.table().rows == ()
    assert card.rows.moved(None, 0, 1) is None


def test_a_new_run_forgets(shown: Show) -> None:
    card = shown()
    card.set_experiment(Experiment(dense(2, 3, 2), TrainingSpec(data=Moons())))
    assert card.rows.shown is None
    assert card.chip.isHidden()


def test_a_frame_without_news_costs_nothing(shown: Show, qtbot: QtBot) -> None:
    card = shown()
    snapshot = look(start(Experiment(dense(2, 8, 8, 2), TrainingSpec(data=Moons()))), card)
    card.show_snapshot(snapshot)
    before = reading(card)
    for _ in range(100):
        card.show_snapshot(snapshot)
    qtbot.wait(300)
    after = reading(card)
    assert after is not before  # the news came once, when numbers may change
    qtbot.wait(300)
    assert reading(card) is after
    card.show_snapshot(replace(snapshot, inspection=None))
    assert reading(card) is after


def test_words_for_every_definition(shown: Show) -> None:
    card = shown(quantity="prime")
    assert "σ′(z) of every neuron" in card.rows.toolTip()
    assert "‖ΔW‖ / ‖W‖" in card.rows.toolTip()
    assert "Karpathy" in card.rows.toolTip()
