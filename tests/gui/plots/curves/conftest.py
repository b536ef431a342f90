"""A live plot of two curves and the card of the speed of learning, with what is read from them."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from engine.runs import Run
from engine.snapshot import evaluation_columns, history_columns
from gui.common.scale import LogScale
from gui.plots.curves import live_plot
from gui.plots.curves.crosshair import Entry, Reading
from gui.plots.curves.live_plot import LivePlot
from gui.plots.curves.speed_of_learning import SpeedOfLearning
from gui.plots.panel import PlotsPanel
from gui.theme import LIGHT

RED, BLUE = QColor("red"), QColor("blue")


@pytest.fixture
def at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ranges are there at once."""
    monkeypatch.setattr(live_plot, "less_motion", lambda: True)


@pytest.fixture
def plot(qtbot: QtBot, at_rest: None) -> LivePlot:
    plot = LivePlot(LIGHT, LogScale(), "a plot")
    qtbot.addWidget(plot)
    plot.resize(400, 240)
    plot.show()
    plot.add_trace([RED, BLUE], ["layer 1", "layer 2"])
    plot.set_room(["layer 2"])
    plot.restart(10.0)
    return plot


def feed(plot: LivePlot, x: list[float], *columns: list[float]) -> None:
    values = np.column_stack(columns).astype(float)
    plot.layers[0].trace.take(values, np.array(x, float), values)
    plot.advance(x[-1])


def shown(plot: LivePlot) -> tuple[list[float], np.ndarray]:
    """The drawn points, back from pixels to the axes."""
    curves, rect = plot.layers[0].curves, plot.view.rect()
    (x0, x1), (y0, y1) = plot.view.viewRange()
    x = x0 + curves.across * (x1 - x0) / rect.width()
    return x.tolist(), y1 - curves.down * (y1 - y0) / rect.height()


def read_from(plot: LivePlot):
    def read(x: float) -> Reading | None:
        trace = plot.layers[0].trace
        if (row := trace.nearest(x)) < 0:
            return None
        values = trace.values[row]
        entries = tuple(
            Entry(f"layer {k + 1}", f"{v:g}", RED, plot.down_of(np.log10(v)))
            for k, v in enumerate(values)
        )
        return Reading(float(trace.x[row]), (f"epoch {trace.x[row]:g}",), entries)

    return read


@pytest.fixture
def card(panel: PlotsPanel, at_rest: None) -> SpeedOfLearning:
    return panel.card("speed_of_learning")


def levels(card: SpeedOfLearning) -> list[float]:
    return card.plot.layers[0].trace.newest().tolist()


def texts(card: SpeedOfLearning) -> list[str]:
    return [end.text for end in card.plot.labels.ends]


def record(levels: list[float], epochs: float = 30.0, rows: int = 301) -> np.ndarray:
    table = np.full((rows, len(history_columns(len(levels)))), 0.5)
    table[:, 0], table[:, 1] = np.arange(rows), np.linspace(0, epochs, rows)
    table[:, 3 : 3 + len(levels)] = levels
    return table


def earlier(experiment, levels: list[float], **of_it: object) -> Run:
    sizes = (784, *[30] * (len(levels) - 1), 10)
    made = Run(
        1, "earlier", 2, experiment(*sizes), record(levels),
        np.empty((0, len(evaluation_columns(len(levels))))), 301, 30.0,
    )  # fmt: skip
    return replace(made, **of_it)
