"""Snapshots, experiments and the panel that the tests of all plots take."""

from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.arrays import Floats, read_only
from engine.evaluation import SCORES
from engine.measures import KEYS
from engine.snapshot import Snapshot, evaluation_columns, history_columns
from engine.spec import Experiment, TrainingSpec
from gui.common.style import style_sheet
from gui.plots.card import PlotCard
from gui.plots.panel import PlotsPanel
from gui.theme import LIGHT

MakeSnapshot = Callable[..., Snapshot]
EPOCHS = np.linspace(0, 30, 301)


def speeds(*levels: float, rows: int = 301) -> np.ndarray:
    """The same ‖δ‖ of every layer in all records."""
    return np.tile(np.array(levels, float), (rows, 1))


def make_snapshot(
    epochs: Floats, speeds: Floats, cost: Floats | float = 1.0, evaluations: Floats | None = None,
    **measures: Floats | float,
) -> Snapshot:  # fmt: skip
    """A run with these ‖δ‖, (rows, layers); all other measures are 0.5 unless named."""
    layers = speeds.shape[1]
    history = np.full((len(epochs), len(history_columns(layers))), 0.5)
    history[:, 0], history[:, 1], history[:, 2] = np.arange(len(epochs)), epochs, cost
    history[:, 3 : 3 + layers] = speeds
    for key, values in measures.items():
        start = 3 + KEYS.index(key) * layers
        history[:, start : start + layers] = values
    if evaluations is None:
        evaluations = np.empty((0, len(evaluation_columns(layers))))
    return snapshot_of(history, evaluations, layers)


def snapshot_of(history: Floats, evaluations: Floats, layers: int) -> Snapshot:
    epoch = float(history[-1, 1]) if len(history) else 0.0
    return Snapshot(
        step=len(history), epoch=epoch, last_step=len(history), next_epoch_step=len(history),
        evaluating=False, done=False, history=read_only(history),
        evaluations=read_only(evaluations), delta=tuple(np.zeros(2) for _ in range(layers)),
        weights=None, divergence=None,
    )  # fmt: skip


def make_evaluations(
    layers: int, epochs: Floats, probe_speeds: Floats, **scores: Floats | float
) -> Floats:
    table = np.full((len(epochs), len(evaluation_columns(layers))), np.nan)
    table[:, 0], table[:, 1] = 100 * epochs, epochs
    for key, values in scores.items():
        table[:, 2 + SCORES.index(key)] = values
    start = 2 + len(SCORES)
    table[:, start : start + layers] = probe_speeds
    return table


@pytest.fixture
def snapshot() -> MakeSnapshot:
    return make_snapshot


@pytest.fixture
def grown() -> Callable[[Floats, Floats, int], Snapshot]:
    return snapshot_of


@pytest.fixture
def evaluations() -> Callable[..., Floats]:
    return make_evaluations


@pytest.fixture
def experiment() -> Callable[..., Experiment]:
    def make(
        *sizes: int, epochs: int = 30, cost: str = "cross_entropy", **of_each: str
    ) -> Experiment:
        return Experiment(dense(*sizes, **of_each), TrainingSpec(epochs=epochs, cost=cost))

    return make


@pytest.fixture
def stand(qtbot: QtBot) -> Callable[..., PlotCard]:
    """Shows a card on its own, in the type and the colours of the window."""
    kept: list[PlotCard] = []  # the garbage collector is not to take a view

    def show(card: PlotCard, width: int = 470, height: int = 210, scale: float = 1.0) -> PlotCard:
        kept.append(card)
        qtbot.addWidget(card)
        card.setStyleSheet(style_sheet(LIGHT, scale))
        card.resize(width, height)
        card.show()
        card.set_theme(LIGHT)
        return card

    return show


def settle(card: PlotCard) -> None:
    """Draw now what it would draw in its time."""
    card.pictures.at_once()
    card.texts.at_once()


@pytest.fixture
def panel(qtbot: QtBot) -> PlotsPanel:
    panel = PlotsPanel(LIGHT)
    qtbot.addWidget(panel)
    panel.resize(460, 620)
    panel.show()
    return panel
