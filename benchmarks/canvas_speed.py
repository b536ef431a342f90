"""The drawing of a network: opening, editing, zooming, panning, and a frame while it trains.

Every time is from the call to the painted pixel, the median of several; the window rows tell what
that leaves for frames and for training (see window_speed).
"""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import cycle
from time import perf_counter

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPointF, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks import window_speed
from engine import edits
from engine.architecture import dense
from engine.inspection import Subject
from engine.snapshot import Snapshot
from engine.spec import Experiment
from engine.trainer import start
from gui.application import SWITCH_INTERVAL, prepare
from gui.canvas.view import NetworkView
from gui.document import ExperimentDocument
from gui.theme import THEMES

NETWORKS = ("784-30-30-10", "784-30-30-30-10", "784-50x100-10", "784-1000-1000-10")
SIZE = (760, 690)  # pixels that a window of 1280 x 800 leaves the network
BUDGET = 1000 / 60  # ms of a frame
OPEN_LIMIT = 200.0  # ms
REST_MS = 260
SMALL = Experiment(dense(784, 10))


class Bench:
    """A view of its own, painted when it is told."""

    def __init__(self, name: str) -> None:
        self.experiment = window_speed.experiment(name)
        self.document = ExperimentDocument(SMALL)
        self.view = NetworkView(self.document, THEMES["light"])
        self.view.resize(*SIZE)
        self.view.show()
        QApplication.processEvents()

    def paint(self) -> None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
        QCoreApplication.sendEvent(self.view, QEvent(QEvent.Type.UpdateRequest))

    def milliseconds(self, work: Callable[[], object]) -> float:
        began = perf_counter()
        work()
        self.paint()
        return 1000 * (perf_counter() - began)

    def median(self, work: Callable[[], object], back: Callable[[], object], times: int) -> float:
        """Of ``work`` done ``times``; ``back`` is done between, and not measured."""
        taken = []
        for _ in range(times):
            taken.append(self.milliseconds(work))
            back()
            QApplication.processEvents()
        return float(np.median(taken))


def run_of(experiment: Experiment, weights: bool) -> Iterator[Snapshot]:
    """Snapshots of a run without end, made beforehand from its first steps."""
    trainer = start(experiment)
    shots = []
    for _ in range(6):
        trainer.step()
        shots.append(trainer.snapshot(weights, Subject() if weights else None))
    for step, shot in enumerate(cycle(shots)):
        yield replace(shot, step=step)


def edit_times(bench: Bench, times: int) -> list[float]:
    """Opening, then inserting, resizing and removing a layer in the middle."""
    document, experiment = bench.document, bench.experiment
    layer = len(experiment.architecture.layers) // 2 - 1
    changed = [
        edits.insert_layer(experiment, layer + 1),
        edits.change_layer(experiment, layer, neurons=31),
        edits.remove_layer(experiment, layer),
    ]
    opened = bench.median(
        lambda: document.replace(experiment), lambda: document.replace(SMALL), times
    )
    document.replace(experiment)
    return [opened] + [
        bench.median(partial(document.change, "edit", after), document.undo_stack.undo, times)
        for after in changed
    ]


def navigation_times(bench: Bench, times: int) -> list[float]:
    """A step of zoom, of panning down, of panning across, in the middle of the range."""
    navigation, middle = bench.view.navigation, QPointF(SIZE[0] / 2, SIZE[1] / 2)
    navigation.zoom_by(6.0, middle)
    bench.paint()
    return [
        bench.median(
            lambda: navigation.zoom_by(1.25, middle), lambda: navigation.zoom_by(0.8, middle), times
        ),
        bench.median(lambda: navigation.pan_by(0, 25), lambda: None, times),
        bench.median(lambda: navigation.pan_by(25, 0), lambda: navigation.pan_by(-25, 0), times),
    ]


def frame_times(bench: Bench, times: int) -> list[float]:
    """A frame that moves the bars, shown whole and zoomed in; one that brings weights."""
    view, middle = bench.view, QPointF(SIZE[0] / 2, SIZE[1] / 2)
    bars, weights = run_of(bench.experiment, False), run_of(bench.experiment, True)
    view.show_snapshot(next(weights))
    found = []
    for zoom in (1.0, 6.0):
        view.zoom_to_fit()
        view.navigation.zoom_by(zoom, middle)
        bench.paint()
        found.append(bench.median(lambda: view.show_snapshot(next(bars)), lambda: None, 5 * times))
    view.zoom_to_fit()
    found.append(bench.median(lambda: view.show_snapshot(next(weights)), rest, times))
    return found


def rest() -> None:
    """Until edges and texts may be shown again."""
    loop = QEventLoop()
    QTimer.singleShot(REST_MS, loop.quit)
    loop.exec()


def measure(name: str, times: int) -> bool:
    """Print a row; whether opening keeps within its limit."""
    bench = Bench(name)
    opened, *edited = edit_times(bench, times)
    gc.collect()
    frames = frame_times(bench, times)
    moved = navigation_times(bench, times)
    cells = [name, *(f"{ms:.1f}" for ms in (opened, *edited, *moved, *frames))]
    print(f"| {' | '.join(cells)} | {100 * frames[0] / BUDGET:.0f} % |", flush=True)
    bench.view.close()
    return opened < OPEN_LIMIT


HEADER = """\
| network | open | insert | resize | remove | zoom | pan down | pan across | frame | frame, zoomed \
| frame with weights | frame of 16.7 ms |
|---|---|---|---|---|---|---|---|---|---|---|---|"""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks canvas", description=__doc__)
    parser.add_argument("--networks", nargs="*", default=list(NETWORKS))
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=4.0, help="in the window; 0: not measured")
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.setswitchinterval(SWITCH_INTERVAL)
    application = prepare(["nablascope"])
    application.setQuitOnLastWindowClosed(False)
    print("milliseconds, from the call to the painted picture\n" + HEADER, flush=True)
    quick = [measure(name, options.times) for name in options.networks]
    code = 0 if all(quick) else 1
    if options.seconds > 0:
        window = ["--rates", "60", "--seconds", str(options.seconds), "--networks"]
        code = window_speed.main([*window, *options.networks]) or code
    return code
