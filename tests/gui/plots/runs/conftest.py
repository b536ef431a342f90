"""The table of a live run and three earlier ones."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from engine.architecture import dense
from engine.edits import change_training
from engine.runs import Run
from engine.spec import Experiment
from gui.plots.runs.runs import Runs
from gui.theme import LIGHT
from tests.engine.trained_runs import SMALL, trained, with_eta

RELU = Experiment(dense(2, 5, 2), change_training(SMALL, eta=0.5, seed=3).training)


def earlier() -> list[Run]:
    return [
        replace(trained(), notes="the book's"),
        with_eta(0.5, id=2, name="Run 2", colour=1, shown=False),
        with_eta(0.02, id=3, name="Run 3", colour=2),
    ]


LIVE = with_eta(0.25, id=9, name="Run 9", colour=8)


@pytest.fixture
def card(stand) -> Runs:
    card = stand(Runs(LIGHT), 900, 260)
    card.show_runs(LIVE, earlier())
    return card


def row(card: Runs, k: int) -> list[str]:
    model = card.model
    return [model.data(model.index(k, c)) for c in range(model.columnCount())]


def titles(card: Runs) -> list[str]:
    horizontal = Qt.Orientation.Horizontal
    return [card.model.headerData(c, horizontal) for c in range(card.model.columnCount())]


def tip(card: Runs, k: int, column: int) -> str:
    return card.model.data(card.model.index(k, column), Qt.ItemDataRole.ToolTipRole)


def heard(signal: Any) -> list[tuple[object, ...]]:
    calls: list[tuple[object, ...]] = []
    signal.connect(lambda *args: calls.append(args))
    return calls
