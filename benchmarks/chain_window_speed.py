"""The chain in its window: from a slider that moves to the picture, for 12 neurons.

A press and moves of the mouse on a real slider of the window. A time ends when all that has changed
is painted. Its ratio is to the repaint of the whole window when nothing has changed.
"""

import argparse
import os
from collections.abc import Callable
from functools import partial
from time import perf_counter

import numpy as np
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QPointF,
    QSettings,
    Qt,
    QTemporaryDir,
    QTimer,
)
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from engine.chain.edits import tie
from engine.chain.spec import ChainSpec, drawn
from engine.chain.trace import trace
from gui.application import prepare
from gui.chain.controls.chain_slider import ChainSlider
from gui.chain.controls.slider_table import SliderTable
from gui.chain.table import PLOTS
from gui.main_window import MainWindow
from gui.settings import Settings
from gui.view_switch import CHAIN

LIMIT = 8.0  # ms, the median with the three plots
NEURONS = 12
STUDIES = "nudge", "escape", "activations", "many"  # each beside the drawing and the sliders
SIZE = 1280, 800
HEADER = f"""\
| {NEURONS} neurons, ms | median | p99 | ratio |
|---|---|---|---|"""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks chain", description=__doc__)
    parser.add_argument("--times", type=int, default=9, help="hundreds of movements, about")
    options = parser.parse_args(arguments)
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = prepare(["nablascope"])
    application.setQuitOnLastWindowClosed(False)
    folder = QTemporaryDir()
    path = folder.filePath("settings.ini")
    window = MainWindow(Settings(QSettings(path, QSettings.Format.IniFormat)))
    window.resize(*SIZE)
    window.show()
    window.show_view(CHAIN)
    wait(2.0)
    median = Measurement(window, 40 * options.times).all_rows()
    window.chain_document.replace(drawn(NEURONS))  # nothing to save: it closes without a question
    window.close()
    wait(0.1)
    return 0 if median < LIMIT else 1


class Measurement:
    """Moves sliders of one window, each from end to end and back."""

    def __init__(self, window: MainWindow, moves: int) -> None:
        self._window, self._moves = window, moves
        self._table: SliderTable = window.chain.stage.sliders.table

    def all_rows(self) -> float:
        """Print the table; the slowest median among the sliders beside the plots."""
        self._open(drawn(NEURONS), PLOTS)
        empty = self._empty()
        print(f"\n{HEADER}")
        row("the whole window, nothing changed", empty, empty)
        row("of it the trace", self._traces(), empty)
        table = self._table
        w, b = table.neurons[5]
        ends = {"a₀": table.ends[0], "all w": table.all[0]}
        cases = {"w₆": w, "b₆": b, "w₁": table.neurons[0][0], **ends}
        medians = [row(f"{name}, {PLOTS}", self._drag(s), empty) for name, s in cases.items()]
        self._open(tie(drawn(NEURONS), True), PLOTS)
        medians.append(row(f"w of a tied chain, {PLOTS}", self._drag(table.all[0]), empty))
        for study in STUDIES:
            self._open(drawn(NEURONS), study)
            row(f"w₆, {study}", self._drag(w), empty)
        return max(medians)

    def _open(self, chain: ChainSpec, study: str) -> None:
        self._window.chain_document.replace(chain)
        self._window.chain.show_entry(study)
        wait(1.0)

    def _empty(self) -> list[float]:
        def repaint() -> None:
            self._window.update()
            for child in self._window.findChildren(QWidget):
                child.update()
            self._paint()

        return [timed(repaint) for _ in range(self._moves // 4)]

    def _traces(self) -> list[float]:
        chain = drawn(NEURONS)
        return [timed(lambda: trace(chain)) for _ in range(self._moves)]

    def _drag(self, slider: ChainSlider) -> list[float]:
        """Times of the moves of one drag."""
        groove, middle = slider.groove, slider.groove.height() / 2
        ways = np.linspace(0.0, 2.0 * np.pi, self._moves)
        xs = groove.width() * (0.5 - 0.45 * np.cos(ways))
        send(slider, QEvent.Type.MouseButtonPress, QPointF(xs[0], middle))
        self._settle()
        times = []
        for x in xs[1:]:
            before = groove.value()
            taken = timed(partial(self._move, slider, QPointF(x, middle)))
            if groove.value() != before:
                times.append(taken)
        send(slider, QEvent.Type.MouseButtonRelease, QPointF(xs[-1], middle))
        self._settle()
        return times

    def _move(self, slider: ChainSlider, place: QPointF) -> None:
        send(slider, QEvent.Type.MouseMove, place)
        self._settle()

    def _settle(self) -> None:
        """Until the panel has traced what is now, and that is on the screen."""
        panel, document = self._window.chain, self._window.chain_document
        QCoreApplication.processEvents()
        while panel.trace.chain is not document.chain:
            QCoreApplication.processEvents()
        self._paint()

    def _paint(self) -> None:
        QCoreApplication.sendPostedEvents()
        QCoreApplication.sendEvent(self._window, QEvent(QEvent.Type.UpdateRequest))


def send(slider: ChainSlider, kind: QEvent.Type, place: QPointF) -> None:
    button = Qt.MouseButton.LeftButton
    moving = kind == QEvent.Type.MouseMove
    event = QMouseEvent(
        kind, place, slider.groove.mapToGlobal(place),
        Qt.MouseButton.NoButton if moving else button, button, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QCoreApplication.sendEvent(slider.groove, event)


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    began = perf_counter()
    work()
    return 1000 * (perf_counter() - began)


def row(name: str, times: list[float], empty: list[float]) -> float:
    """Print it; the median."""
    median = float(np.median(times))
    p99, ratio = np.percentile(times, 99), median / np.median(empty)
    print(f"| {name} | {median:.2f} | {p99:.2f} | {ratio:.2f} |", flush=True)
    return median


def wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
