from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.snapshot import Snapshot, Weights, history_columns
from engine.spec import Experiment, dense
from gui.canvas.view import NetworkView
from gui.document import ExperimentDocument
from gui.theme import LIGHT


@pytest.fixture
def document() -> ExperimentDocument:
    return ExperimentDocument(Experiment(dense(784, 30, 30, 10)))


@pytest.fixture
def make_view(qtbot: QtBot) -> Callable[..., NetworkView]:
    def make(document: ExperimentDocument, width: int = 700, height: int = 600) -> NetworkView:
        view = NetworkView(document, LIGHT)
        qtbot.addWidget(view)
        view.resize(width, height)
        view.show()
        qtbot.waitExposed(view)
        return view

    return make


@pytest.fixture
def view(make_view: Callable[..., NetworkView], document: ExperimentDocument) -> NetworkView:
    return make_view(document)


@pytest.fixture
def snapshot_of() -> Callable[..., Snapshot]:
    return make_snapshot


def make_snapshot(
    experiment: Experiment, weights: bool = False, step: int = 1, size: float = 1.0
) -> Snapshot:
    """A snapshot in which neuron k of layer l, counted from 0, has δ = ±size (k + 1) 10^l."""
    sizes = experiment.architecture.sizes
    rng = np.random.default_rng(0)
    layers = len(sizes) - 1
    errors = tuple(
        size * (np.arange(n) + 1.0) * 10.0**l * (-1.0) ** np.arange(n)
        for l, n in enumerate(sizes[1:])
    )
    history = np.zeros((1, len(history_columns(layers))))
    history[0, 3 : 3 + layers] = [np.linalg.norm(error) for error in errors]
    W = tuple(rng.normal(size=(o, i)) for i, o in pairwise(sizes))
    return Snapshot(
        step=step, epoch=0.1, last_step=100, next_epoch_step=10, evaluating=False, done=False,
        history=history, evaluations=np.zeros((0, 2)), delta=errors,
        weights=Weights(W, errors) if weights else None, divergence=None,
    )  # fmt: skip
