from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.datasets import DATA_SOURCES
from engine.spec import Experiment, TrainingSpec
from gui.main_window import MainWindow
from gui.settings import Settings


@pytest.fixture(scope="session")
def fusion(qapp: QApplication) -> QApplication:
    """The application in the window's style; set once, as it is before any widget stands."""
    qapp.setStyle("Fusion")
    return qapp


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def window(qtbot: QtBot, fusion: QApplication, settings: Settings) -> Iterator[MainWindow]:
    """The real window at 1280 x 800, on MNIST; closed in the middle of whatever it does.

    Its widgets end here: were they left to the garbage collector, they would be deleted while Qt
    goes through all widgets for the next window, and Qt would follow a pointer to nothing.
    """
    window = MainWindow(settings)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.session.snapshot is not None, timeout=20_000)
    window.network.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.keyRelease(window, Qt.Key.Key_Shift)  # Qt thinks it down after a click with Shift
    yield window
    end(window)


def end(window: MainWindow) -> None:
    """Close and delete it now."""
    window.document.undo_stack.setClean()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


@pytest.fixture
def spirals() -> Experiment:
    """Small and quick: two dimensions, 200 examples, 20 steps an epoch."""
    data = DATA_SOURCES["spirals"](examples=200)
    return Experiment(dense(2, 8, 8, 2), TrainingSpec(data=data, epochs=50))


@pytest.fixture
def quick(window: MainWindow, spirals: Experiment, qtbot: QtBot) -> MainWindow:
    """The window with the small experiment open and ready."""
    window.files.show(spirals)
    qtbot.waitUntil(lambda: ready(window, spirals))
    return window


def ready(window: MainWindow, experiment: Experiment) -> bool:
    snapshot = window.session.snapshot
    sizes = experiment.architecture.sizes[1:]
    return snapshot is not None and tuple(len(d) for d in snapshot.delta) == sizes
