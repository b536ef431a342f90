"""The Qt application around the window."""

import logging
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from gui.canvas import accessible
from gui.crash import CrashReporter
from gui.kept_copy import usual_folder
from gui.main_window import MainWindow
from gui.settings import Settings

# Seconds for which a thread may keep the interpreter while another waits. The default of 5 ms is
# felt when the training thread works on tiny layers; shorter than 0.5 ms costs training.
SWITCH_INTERVAL = 0.001


def run(path: Path | None) -> int:
    """Open the window, with an experiment or a chain if a file is named; return the exit code."""
    logging.basicConfig(level=logging.WARNING, format="nablascope: %(levelname)s: %(message)s")
    sys.setswitchinterval(SWITCH_INTERVAL)
    application = prepare(sys.argv[:1])
    window = MainWindow(Settings())
    CrashReporter(window).install()
    window.show()
    window.use_recovery(usual_folder())
    if path is not None:
        QTimer.singleShot(0, window, lambda: window.files.open(path))
    waker = _quit_on_interrupt()
    code = application.exec()
    waker.stop()
    return code


def prepare(arguments: list[str]) -> QApplication:
    """The application object with the names and the style that the window expects."""
    QCoreApplication.setApplicationName("nablascope")
    application = QApplication(arguments)
    QGuiApplication.setApplicationDisplayName("Nablascope")
    QGuiApplication.setDesktopFileName("nablascope")
    application.setStyle("Fusion")
    accessible.install()
    return application


def _quit_on_interrupt() -> QTimer:
    """Ctrl-C in the terminal closes the window; Python sees signals only while it runs."""
    signal.signal(signal.SIGINT, lambda *_: QCoreApplication.quit())
    waker = QTimer(interval=200)
    waker.timeout.connect(lambda: None)
    waker.start()
    return waker
