"""A run of ten million steps in the window: what the process holds, minute by minute."""

import argparse
import sys
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QEventLoop, QSettings, QTemporaryDir, QTimer

from engine.architecture import dense
from engine.datasets import DATA_SOURCES
from engine.spec import Experiment, TrainingSpec
from gui.application import SWITCH_INTERVAL, prepare
from gui.main_window import MainWindow
from gui.settings import Settings

HEADER = "| minute | steps | resident MB |\n|---|---|---|"


def resident() -> float:
    """Megabytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks memory", description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000_000)
    parser.add_argument("--plots", choices=["usual", "every"], default="usual")
    options = parser.parse_args(arguments)
    if not Path("/proc/self/statm").exists():
        print("(no /proc here: memory was not measured)")
        return 0
    sys.setswitchinterval(SWITCH_INTERVAL)
    application = prepare(["nablascope"])
    folder = QTemporaryDir()
    window = MainWindow(
        Settings(QSettings(folder.filePath("settings.ini"), QSettings.Format.IniFormat))
    )
    window.resize(1280, 800)
    window.show()
    data = DATA_SOURCES["spirals"](examples=200)
    training = TrainingSpec(data=data, epochs=1_000_000, evaluate_every=1000, probe=100)
    window.files.show(Experiment(dense(2, 8, 8, 2), training))
    if options.plots == "every":
        window.network.plots.show_every()
    _until(window, options.steps)
    window.close()
    application.processEvents()
    return 0


def _until(window: MainWindow, steps: int) -> None:
    """Train, and print a row a minute."""
    loop, began = QEventLoop(), perf_counter()
    QTimer.singleShot(1000, window.session.resume)
    ticker = QTimer(interval=60_000)

    def on_tick() -> None:
        snapshot = window.session.snapshot
        done = snapshot.step if snapshot else 0
        minutes = (perf_counter() - began) / 60
        print(f"| {minutes:.1f} | {done:,} | {resident():.1f} |", flush=True)
        if done >= steps:
            loop.quit()

    print(HEADER, flush=True)
    ticker.timeout.connect(on_tick)
    ticker.start()
    loop.exec()
    window.session.pause()
