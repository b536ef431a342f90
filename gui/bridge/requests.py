"""The training thread, and the requests that travel to it: one signal for each."""

from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal

from gui.bridge.worker import TrainingWorker


class Requests(QObject):
    """Who inherits it emits what it wants of the worker, and ends the thread."""

    _forget = Signal()
    _load = Signal(int, object, object, bool, object)  # run, Experiment, version, anew, Subject
    _change = Signal(int, object, object)  # run, TrainingSpec, version
    _advance = Signal(float, int, bool, object)  # seconds, steps, weights, Subject
    _look_back = Signal(int, object, object)  # run, step, Subject
    _branch = Signal(int, object, object, object)  # run, step, version, Subject
    _allow = Signal(object)  # bytes

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker, self._thread = TrainingWorker(), QThread(self)
        self._thread.setObjectName("training")
        self._worker.moveToThread(self._thread)
        self._thread.finished.connect(self._worker.deleteLater)
        self._forget.connect(self._worker.forget)
        self._load.connect(self._worker.load)
        self._change.connect(self._worker.change)
        self._advance.connect(self._worker.advance)
        self._look_back.connect(self._worker.look_back)
        self._branch.connect(self._worker.branch)
        self._allow.connect(self._worker.allow)

    def _start(self) -> None:
        if (app := QCoreApplication.instance()) is not None:
            app.aboutToQuit.connect(self.close)  # a QThread destroyed while it runs aborts
        self._thread.start()

    def close(self) -> None:
        """End the thread; waits for one grant at most."""
        self._worker.newest_run = -1
        self._thread.quit()
        self._thread.wait()
