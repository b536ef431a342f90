from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.common.throttle import Throttle


def test_the_first_at_once_and_the_last_always(qtbot: QtBot):
    parent = QObject()
    throttle = Throttle(parent, interval=40)
    calls = []
    throttle.due.connect(lambda: calls.append(1))
    for _ in range(10):
        throttle.request()
    assert len(calls) == 1
    qtbot.waitUntil(lambda: len(calls) == 2, timeout=1000)
    qtbot.wait(100)
    assert len(calls) == 2
