"""What cards of one reading have in common: when it is shown, and which example it is of."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.datasets.dataset import DataSet, Split
from engine.readings.waterfall import WaterfallWish
from engine.snapshot import Snapshot
from engine.spec import Experiment, TrainingSpec
from engine.trainer import Trainer, start
from gui.plots.distributions.distributions import Distributions
from gui.plots.parts.layer_reading_card import LayerReadingCard
from gui.plots.parts.reading_card import ReadingCard
from gui.plots.predictions.predictions import Predictions
from gui.plots.spectrum.spectrum import Spectrum
from gui.plots.waterfall.waterfall import Waterfall
from gui.theme import LIGHT
from tests.gui.plots.answered import look

CARDS = (Waterfall, Spectrum, Distributions, Predictions)


@pytest.fixture
def run() -> Trainer:
    x = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    split = Split(x, np.array([0, 1, 1]))
    data = DataSet("three", split, split, split, ("0", "1"))
    return start(Experiment(dense(2, 4, 3, 2), TrainingSpec()), data)


def made(qtbot: QtBot, kind: type[ReadingCard], run: Trainer) -> ReadingCard:
    card = kind(LIGHT)
    qtbot.addWidget(card)
    card.resize(600, 300)
    card.show()
    card.set_experiment(Experiment(run.architecture, run.training))
    return card


def said(card: ReadingCard) -> str:
    return card.chip.text() if hasattr(card, "chip") else card.summary.text()


@pytest.mark.parametrize("kind", CARDS)
def test_the_first_reading_of_a_run_is_told_at_once(qtbot, run, kind):
    card = made(qtbot, kind, run)
    assert not said(card)
    card.show_snapshot(look(run, card))
    assert said(card)
    card.set_experiment(Experiment(run.architecture, run.training))
    assert card.reading is None
    assert not said(card)


@pytest.mark.parametrize("kind", CARDS)
def test_the_same_reading_is_taken_once(qtbot, run, kind):
    card = made(qtbot, kind, run)
    seen: Snapshot = look(run, card)
    card.show_snapshot(seen)
    with qtbot.assertNotEmitted(card.texts.due, wait=400):
        card.show_snapshot(seen)


@pytest.mark.parametrize("kind", [Waterfall, Spectrum])
def test_the_wish_follows_the_field_back_into_the_probe_set(qtbot, run, kind):
    card = made(qtbot, kind, run)
    assert isinstance(card, LayerReadingCard)
    if isinstance(card, Spectrum):
        card.over.setCurrentIndex(1)
    card.choice.field.setValue(500)
    card.show_snapshot(look(run, card))
    card.texts.at_once()
    assert card.choice.example == 2
    assert {wish.example for wish in card.wishes()} == {2}
    card.show_snapshot(look(run, card))
    assert card.reading.example == 2


def test_the_first_example_again_asks_nothing_new(qtbot, run):
    card = made(qtbot, Waterfall, run)
    card.show_snapshot(look(run, card))
    card.reset()
    assert card.reading is not None
    assert card.wishes() == {WaterfallWish(0)}
