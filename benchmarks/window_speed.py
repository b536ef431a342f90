"""The window while it trains at full speed: frames, latency of input, and what training keeps.

Threads are pinned to different cores: on one core the contention for the interpreter hides.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from time import monotonic, perf_counter

import numpy as np
from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QObject,
    QSettings,
    Qt,
    QTemporaryDir,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QInputEvent
from PySide6.QtWidgets import QApplication

from engine.architecture import dense
from engine.spec import Experiment, TrainingSpec
from engine.trainer import Trainer, start
from gui.application import SWITCH_INTERVAL, prepare
from gui.main_window import MainWindow
from gui.plots.table import BY_KEY
from gui.settings import Settings

NETWORKS = {
    "784-30-30-10": (784, 30, 30, 10),
    "784-30-30-30-10": (784, 30, 30, 30, 10),
    "784-20x10-10": (784, *[10] * 20, 10),
    "784-50x100-10": (784, *[100] * 50, 10),
    "784-1000-1000-10": (784, 1000, 1000, 10),
}
TICK_MS = 10
WATCHED = (QEvent.Type.MouseMove, QEvent.Type.KeyPress)


@dataclass
class Result:
    """Times in milliseconds, training speed in steps per second."""

    frames: np.ndarray  # from one painted frame to the next
    late: np.ndarray  # of a timer that should have come
    input: np.ndarray  # from the X server's time stamp to the handler; empty without X
    speed: float


@dataclass
class Round:
    """One turn: the speed without a window, then with one, at rest and with input."""

    speed: float
    still: Result
    moved: Result | None


class Pinned(QObject):
    """Binds the thread it lives in to one core."""

    asked = Signal(int)

    @Slot(int)
    def pin(self, core: int) -> None:
        if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
            os.sched_setaffinity(0, {core})


class InputWatch(QObject):
    """Notes how old a mouse or key event is when it arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.ages: list[float] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputEvent) and event.type() in WATCHED:
            age = (int(monotonic() * 1000) - event.timestamp()) % 2**32
            if age < 60_000:
                self.ages.append(float(age))
        return False


def experiment(name: str) -> Experiment:
    return Experiment(dense(*NETWORKS[name]), TrainingSpec(epochs=1_000_000))


def alone(trainer: Trainer, seconds: float) -> float:
    """Steps per second of the same run in a thread of its own, with no window at work."""
    steps = 0

    def work() -> None:
        nonlocal steps
        Pinned().pin(1)
        before, deadline = trainer.step_count, perf_counter() + seconds
        trainer.run(lambda _: perf_counter() < deadline)
        steps = trainer.step_count - before

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return steps / seconds


def watched(window: MainWindow, seconds: float, moving: bool) -> Result:
    """Let the window train at full speed, and watch."""
    painted: list[float] = []
    late: list[float] = []
    watch = InputWatch()
    handle = window.windowHandle()  # sees the input, and little else

    def on_painted() -> None:
        painted.append(perf_counter())

    due = perf_counter()

    def on_tick() -> None:
        nonlocal due
        now = perf_counter()
        late.append(1000 * max(0.0, now - due))
        due = now + TICK_MS / 1000

    ticker = QTimer(interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
    ticker.timeout.connect(on_tick)
    window.frame_painted.connect(on_painted)
    window.session.resume()
    _process_events(1.0)
    painted.clear()
    late.clear()
    handle.installEventFilter(watch)
    ticker.start()
    snapshot = window.session.snapshot
    assert snapshot is not None
    before, began, due = snapshot.step, perf_counter(), perf_counter() + TICK_MS / 1000
    with _mouse(window, seconds) if moving else _nothing():
        _process_events(seconds)
    spent = perf_counter() - began
    snapshot = window.session.snapshot
    assert snapshot is not None
    steps = snapshot.step - before
    ticker.stop()
    handle.removeEventFilter(watch)
    window.session.pause()
    window.frame_painted.disconnect(on_painted)
    _process_events(0.2)
    gaps = 1000 * np.diff(painted)
    return Result(gaps, np.array(late), np.array(watch.ages), steps / spent)


def _process_events(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _mouse(window: MainWindow, seconds: float) -> Iterator[None]:
    """Another process moves the pointer over the window and presses a key, 100 times a second."""
    at = window.mapToGlobal(window.rect().center())
    moves = [
        f"mousemove {at.x() + 300 * (k % 2) - 150 + k % 50} {at.y() + k % 40}\nsleep 0.01\n"
        + ("key Shift_L\n" if k % 10 == 0 else "")
        for k in range(int(90 * seconds))
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "moves"
        path.write_text("".join(moves))
        mover = subprocess.Popen(["xdotool", str(path)])
        try:
            yield
        finally:
            mover.kill()
            mover.wait()


def lay_out(window: MainWindow, layout: str) -> None:
    """``usual``, ``every``, ``none``, or the key of the only plot."""
    plots = window.network.plots
    if layout == "every":
        plots.show_every()
    elif layout != "usual":
        for dock in plots.seen:
            plots.set_shown(dock.plot.key, dock.plot.key == layout)
        if layout != "none":
            plots.set_shown(layout, True)


def measure(
    network: str, rate: int, seconds: float, rounds: int, moving: bool, layout: str
) -> None:
    """Alternate between window and no window; print one row."""
    folder = QTemporaryDir()
    settings = QSettings(folder.filePath("settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(Settings(settings))
    window.resize(1280, 800)
    window.session.frame = 1 / rate
    pinned = Pinned()
    pinned.asked.connect(pinned.pin)
    pinned.moveToThread(window.session._thread)
    pinned.asked.emit(1)
    Pinned().pin(0)
    window.show()
    base = start(experiment(network))
    base.evaluate()
    window.files.show(experiment(network))
    lay_out(window, layout)
    _process_events(2.0)
    rows = []
    for _ in range(rounds):
        speed = alone(base, seconds)
        still = watched(window, seconds, moving=False)
        moved = watched(window, seconds, moving=True) if moving else None
        rows.append(Round(speed, still, moved))
    _print(network, layout, rate, rows)
    window.close()
    _process_events(0.1)


def _print(network: str, layout: str, rate: int, rows: list[Round]) -> None:
    frames = np.concatenate([row.still.frames for row in rows])
    late = np.concatenate([row.still.late for row in rows])
    moved = [row.moved for row in rows if row.moved is not None]
    ages = np.concatenate([result.input for result in moved]) if moved else np.empty(0)
    kept = [row.still.speed / row.speed for row in rows]
    kept_moved = [row.moved.speed / row.speed for row in rows if row.moved is not None]
    cells = [
        QApplication.platformName(), network, layout, f"{rate}", f"{1000 / frames.mean():.1f}",
        f"{np.percentile(frames, 99):.1f}", f"{np.percentile(late, 99):.1f}",
        f"{np.percentile(ages, 99):.1f}" if len(ages) else "-",
        f"{np.median([row.speed for row in rows]):,.0f}",
        f"{100 * np.median(kept):.0f} %",
        f"{100 * np.median(kept_moved):.0f} %" if kept_moved else "-",
    ]  # fmt: skip
    print(f"| {' | '.join(cells)} |", flush=True)


HEADER = """\
| platform | network | plots | asked frames/s | frames/s | p99 ms | timer late p99 ms \
| input p99 ms | steps/s alone | kept | kept, pointer moving |
|---|---|---|---|---|---|---|---|---|---|---|"""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks window", description=__doc__)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--networks", nargs="*", default=["784-30-30-10", "784-20x10-10"])
    parser.add_argument("--rates", nargs="*", type=int, default=[60, 30])
    parser.add_argument(
        "--plots", nargs="*", default=["usual"], help="usual, every, none, each, or their keys"
    )
    parser.add_argument("--here", action="store_true", help="only on the platform of this process")
    options = parser.parse_args(arguments)
    if not options.here:
        return _on_both_platforms(arguments)
    sys.setswitchinterval(SWITCH_INTERVAL)
    application = prepare(["nablascope"])
    application.setQuitOnLastWindowClosed(False)
    moving = application.platformName() == "xcb" and shutil.which("xdotool") is not None
    each = ["none", *BY_KEY]
    layouts = [k for name in options.plots for k in (each if name == "each" else [name])]
    for network, layout, rate in product(options.networks, layouts, options.rates):
        measure(network, rate, options.seconds, options.rounds, moving, layout)
    return 0


def _on_both_platforms(arguments: list[str]) -> int:
    print(HEADER, flush=True)
    command = [sys.executable, "-m", "benchmarks", "window", "--here", *arguments]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    code = subprocess.run(command, env=environment, check=False).returncode
    if shutil.which("xvfb-run") is None:
        print("(no Xvfb here: the real window was not measured)")
        return code
    xvfb = ["xvfb-run", "-a", "-s", "-screen 0 1440x900x24"]
    environment["QT_QPA_PLATFORM"] = "xcb"
    return code or subprocess.run([*xvfb, *command], env=environment, check=False).returncode
