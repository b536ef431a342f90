from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.inspection import (
    BINS,
    Histogram,
    Inspection,
    LayerDistributions,
    ParameterReading,
    Subject,
    Surface,
)
from engine.snapshot import Snapshot, Weights, history_columns
from engine.spec import Experiment
from gui.canvas.close_look import CloseLook
from gui.canvas.view import NetworkView
from gui.canvas.view_bar import ViewBar
from gui.common.style import style_sheet
from gui.document import ExperimentDocument
from gui.theme import LIGHT


@pytest.fixture
def document() -> ExperimentDocument:
    return ExperimentDocument(Experiment(dense(784, 30, 30, 10)))


@pytest.fixture
def make_view(qtbot: QtBot) -> Callable[..., NetworkView]:
    """Keeps its views: Python may destroy one that nobody holds while Qt still paints it."""
    kept: list[NetworkView] = []

    def make(document: ExperimentDocument, width: int = 700, height: int = 600) -> NetworkView:
        view = NetworkView(document, LIGHT)
        kept.append(view)
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


@pytest.fixture
def inspection_of() -> Callable[..., Inspection]:
    return make_inspection


def make_inspection(experiment: Experiment, subject: Subject | None = None) -> Inspection:
    """An inspection in which every array of layer l has the norm 10^l, and a lies in 0..1."""
    subject = subject or Subject()
    sizes = experiment.architecture.sizes
    rng = np.random.default_rng(1)
    delta = [rng.normal(size=n) for n in sizes[1:]]
    delta = [10.0**l * d / np.linalg.norm(d) for l, d in enumerate(delta)]
    a = tuple(rng.uniform(size=n) for n in sizes[1:])
    return Inspection(
        subject=subject, count=1 if subject.example is not None else 1000,
        input=rng.uniform(size=sizes[0]), label=3 if subject.example is not None else None,
        z=tuple(np.log(x / (1 - x)) for x in a), a=a, prime=tuple(x * (1 - x) for x in a),
        delta=tuple(delta), pulled=tuple(4 * d for d in delta),
        sent=tuple(map(np.abs, delta)),
        dC_dW=tuple(rng.normal(size=(o, i)) for i, o in pairwise(sizes)),
        distributions=None if subject.layer is None else make_distributions(),
        reading=ParameterReading(0.5, -1e-3, 2e-5, False) if subject.parameter else None,
        surface=make_surface(sizes[-1]) if subject.surface else None,
    )  # fmt: skip


def make_distributions() -> LayerDistributions:
    edges = np.linspace(-1.0, 1.0, BINS + 1)
    counts = np.exp(-4 * (edges[1:] + edges[:-1]) ** 2)
    one = Histogram(edges, counts, 0.0, 0.35)
    return LayerDistributions(one, one, one, one)


def make_surface(classes: int, side: int = 20) -> Surface:
    """Class 0 wins at the left, class 1 at the right."""
    x = np.linspace(0.0, 1.0, side)
    scores = np.zeros((classes, side, side))
    scores[0], scores[1] = 1 - x, x
    points = np.array([[-0.5, 0.0], [0.5, 0.5]])
    return Surface(scores, (-1.0, 1.0, -1.0, 1.0), points, np.array([0, 1]))


@pytest.fixture
def make_panel(qtbot, snapshot_of, inspection_of):
    """A view over its bar; ``feed`` shows what the engine answers to what was asked last."""
    kept = []

    def make(experiment, width=700, height=620):
        document = ExperimentDocument(experiment)
        panel = QWidget()
        panel.setStyleSheet(style_sheet(LIGHT))
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        view, bar = NetworkView(document, LIGHT), ViewBar(LIGHT)
        column.addWidget(view, 1)
        column.addWidget(bar)
        look = CloseLook(view, bar, document)
        asked = []
        look.subject_changed.connect(asked.append)
        qtbot.addWidget(panel)
        panel.resize(width, height)
        panel.show()
        qtbot.waitExposed(panel)
        step = iter(range(1, 1000))

        def feed(subject=None, size=1.0):
            experiment = document.experiment
            inspection = inspection_of(experiment, subject or look.subject)
            snapshot = snapshot_of(experiment, weights=True, step=next(step), size=size)
            view.show_snapshot(replace(snapshot, inspection=inspection))
            return inspection

        kept.extend((document, panel, view, bar, look))  # not garbage while it is painted
        return SimpleNamespace(
            widget=panel, view=view, bar=bar, look=look, live=view.network.live, feed=feed,
            document=document, asked=asked,
        )  # fmt: skip

    return make


@pytest.fixture
def panel(make_panel):
    return make_panel(Experiment(dense(784, 30, 30, 10)))


def at(panel, column, row=0):
    layout = panel.view.network.layout
    place = layout.columns[column]
    return panel.view.mapFromScene(QPointF(place.x, float(place.y[row])))


def hover(qtbot, panel, column, row=0):
    viewport = panel.view.viewport()
    qtbot.mouseMove(viewport, at(panel, column, row))
    qtbot.waitUntil(lambda: panel.look.hover.isVisible(), timeout=2000)


def levels(panel, column):
    return panel.view.network.columns[column].neurons.levels


def bars(panel, column):
    return panel.view.network.columns[column].bars.heights()
