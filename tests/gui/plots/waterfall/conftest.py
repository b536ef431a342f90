"""A waterfall of known readings."""

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.architecture import ArchitectureSpec, dense
from engine.datasets.dataset import DataSet, Split
from engine.inspection import Subject
from engine.readings.waterfall import WaterfallReading, WaterfallWish
from engine.snapshot import Snapshot
from engine.spec import Experiment, TrainingSpec
from engine.trainer import Trainer, start
from gui.plots.waterfall.waterfall import Waterfall
from gui.theme import LIGHT


def data(inputs: int, classes: int) -> DataSet:
    rng = np.random.default_rng(0)

    def split(n: int) -> Split:
        return Split(rng.standard_normal((n, inputs)), rng.integers(0, classes, n))

    names = tuple(str(k) for k in range(classes))
    return DataSet("noise", split(40), split(5), split(5), names)


def trainer(spec: ArchitectureSpec, **training: object) -> Trainer:
    return start(Experiment(spec, TrainingSpec(**training)), data(spec.inputs, spec.sizes[-1]))


def look(run: Trainer, card: Waterfall) -> Snapshot:
    return run.snapshot(subject=Subject(wishes=card.wishes(), thorough=True))


def reading_of(spec: ArchitectureSpec, **training: object) -> WaterfallReading:
    wish = WaterfallWish(0)
    seen = trainer(spec, **training).inspect(Subject(wishes=frozenset({wish}))).answer(wish)
    assert seen is not None
    return seen


def shown(card: Waterfall, reading: WaterfallReading) -> None:
    """As if the engine had answered so."""
    spec = dense(3, *(len(d) for d in reading.delta))
    run = trainer(spec)
    snapshot = look(run, card)
    answers = {WaterfallWish(card.example): reading}
    card.show_snapshot(replace(snapshot, inspection=replace(snapshot.inspection, answers=answers)))
    card.texts.at_once()


@pytest.fixture
def card(qtbot: QtBot) -> Waterfall:
    card = Waterfall(LIGHT)
    qtbot.addWidget(card)
    card.resize(470, 220)
    card.show()
    return card
