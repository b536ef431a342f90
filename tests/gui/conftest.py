from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.unsaved import Session

W = TypeVar("W", bound=QWidget)


@pytest.fixture(autouse=True)
def nothing_left_running(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[None]:
    """No test leaves a thread that runs, or a window that is shown."""
    started: list[QThread] = []
    start = QThread.start

    def tracked(self: QThread, *args: object) -> None:
        started.append(self)
        start(self, *args)

    monkeypatch.setattr(QThread, "start", tracked)
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # of what qtbot closed
    assert not [thread.objectName() for thread in started if thread.isRunning()]
    assert not [w.objectName() for w in qapp.topLevelWidgets() if w.isVisible()]


@pytest.fixture
def session(tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    """A window's part in unsaved work."""
    session = Session(tmp_path)
    qtbot.addWidget(session)
    yield session
    session.hide()


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[W], W]:
    """Shows a widget in an active window, so that it can have the focus."""

    def show(widget: W) -> W:
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return show
