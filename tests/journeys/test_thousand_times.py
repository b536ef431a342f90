"""A process of its own: changes in the middle of runs, windows closed while they train."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

STORY = """
import os, sys, threading
from PySide6.QtCore import QEventLoop, QSettings, QTemporaryDir, QTimer
from engine.datasets import DATA_SOURCES
from engine.edits import change_layer, change_training, insert_layer, remove_layer
from engine.architecture import dense
from engine.spec import Experiment, TrainingSpec
from gui.application import prepare
from gui.main_window import MainWindow
from gui.settings import Settings

def wait(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()

def window():
    store = QSettings(folder.filePath("settings.ini"), QSettings.Format.IniFormat)
    made = MainWindow(Settings(store))
    made.files.show(small)
    made.show()
    return made

folder = QTemporaryDir()
app = prepare(["nablascope"])
app.setQuitOnLastWindowClosed(False)
small = Experiment(dense(2, 5, 5, 2), TrainingSpec(data=DATA_SOURCES["xor"](), epochs=10_000))
threads = threading.active_count()
for _ in range(10):  # closed in the middle of a run
    one = window()
    wait(60)
    one.session.resume()
    wait(30)
    one.document.undo_stack.setClean()
    one.close()
    assert one.session._thread.isFinished()
    one.deleteLater()
    wait(0)
one = window()
wait(100)
sources = [DATA_SOURCES[key]() for key in ("circles", "xor", "blobs", "parity", "moons")]
for number in range(1000):
    experiment = one.document.experiment
    kind = number % 5
    if kind == 0:
        experiment = change_training(experiment, data=sources[number // 5 % len(sources)])
    elif kind == 1:
        experiment = insert_layer(experiment, 0)
    elif kind == 2:
        experiment = remove_layer(experiment, 0)
    elif kind == 3:
        experiment = change_layer(experiment, 0, neurons=1 + number % 7)
    else:
        one.run.begin(running=True)
    one.document.change("change", experiment)
    if number % 3 == 0:
        one.run.begin(running=True, anew=number % 2 == 0)
    if number % 11 == 0:
        one.document.undo_stack.undo()
    wait(4 if number % 10 else 40)
wait(300)
assert one.session.snapshot is not None
one.document.undo_stack.setClean()
one.close()
assert one.session._thread.isFinished()
assert threading.active_count() == threads
print("the end")
"""


@pytest.mark.timeout(240)
def test_nothing_crashes_hangs_or_is_left_and_nothing_is_said() -> None:
    result = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", STORY],
        cwd=Path(__file__).parents[2], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, timeout=220,
    )  # fmt: skip
    said = [line for line in result.stderr.splitlines() if "propagateSizeHints" not in line]
    assert (said, result.returncode) == ([], 0)
    assert result.stdout == "the end\n"
