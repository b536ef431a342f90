"""A waterfall of known readings."""

import pytest
from pytestqt.qtbot import QtBot

from engine.architecture import ArchitectureSpec, dense
from engine.inspection import Subject
from engine.readings.waterfall import WaterfallReading, WaterfallWish
from gui.plots.waterfall.waterfall import Waterfall
from gui.theme import LIGHT
from tests.gui.plots.answered import answer, noise_run


def reading_of(spec: ArchitectureSpec, **training: object) -> WaterfallReading:
    wish = WaterfallWish(0)
    seen = noise_run(spec, **training).inspect(Subject(wishes=frozenset({wish}))).answer(wish)
    assert seen is not None
    return seen


def shown(card: Waterfall, reading: WaterfallReading) -> None:
    """As if the engine had answered so."""
    answer(card, noise_run(dense(3, *(len(d) for d in reading.delta))), reading)
    card.texts.at_once()


@pytest.fixture
def card(qtbot: QtBot) -> Waterfall:
    card = Waterfall(LIGHT)
    qtbot.addWidget(card)
    card.resize(470, 220)
    card.show()
    return card
