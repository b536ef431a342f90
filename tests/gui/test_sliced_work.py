"""Long work: the window lives meanwhile, a bar tells how far it is, and it can be ended."""

from collections.abc import Iterator
from itertools import pairwise
from time import perf_counter, sleep

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.faults import InputError
from gui import sliced_work
from gui.sliced_work import AT_ONCE, SlicedWork


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    yield window
    window.hide()


class Steps:
    """So many of 2 ms each; knows whether it was closed before its end."""

    def __init__(self, count: int, fails: Exception | None = None) -> None:
        self.count, self.fails, self.done, self.closed = count, fails, 0, False

    def __call__(self) -> Iterator[None]:
        try:
            while self.done < self.count:
                sleep(0.002)
                self.done += 1
                yield
            if self.fails is not None:
                raise self.fails
        except GeneratorExit:
            self.closed = True
            raise


def heard(work: SlicedWork) -> list[str]:
    told: list[str] = []
    work.finished.connect(lambda: told.append("finished"))
    work.cancelled.connect(lambda: told.append("cancelled"))
    work.failed.connect(told.append)
    return told


def test_little_work_is_done_at_once(window: QWidget) -> None:
    steps = Steps(3)
    work = SlicedWork("Working", steps(), 3, window)
    told = heard(work)
    work.begin()
    assert (told, steps.done, work.bar) == (["finished"], 3, None)


def test_the_window_lives_while_much_is_done(
    window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sliced_work, "SILENT_MS", 0)
    steps, beats = Steps(250), [perf_counter()]
    work = SlicedWork("Working", steps(), 250, window)
    told = heard(work)
    heart = QTimer(window, interval=5)
    heart.timeout.connect(lambda: beats.append(perf_counter()))
    heart.start()
    work.begin()
    bar = work.bar
    assert bar is not None
    beats[:] = [perf_counter()]
    qtbot.waitUntil(bar.isVisible)
    assert (bar.labelText(), bar.maximum()) == ("Working", 250)
    assert not bar.findChild(QProgressBar).isTextVisible()  # six pixels high
    qtbot.waitUntil(lambda: bar.value() > 100)
    assert abs(bar.value() - steps.done) < 20
    qtbot.waitUntil(lambda: told == ["finished"], timeout=10_000)
    heart.stop()
    assert steps.done == 250
    pauses = [after - before for before, after in pairwise(beats)]
    assert sorted(pauses)[len(pauses) * 9 // 10] < 0.06
    assert work.bar is None


def test_it_can_be_cancelled(
    window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sliced_work, "SILENT_MS", 0)
    steps = Steps(5_000)
    work = SlicedWork("Working", steps(), 5_000, window)
    told = heard(work)
    work.begin()
    bar = work.bar
    assert bar is not None
    qtbot.waitUntil(bar.isVisible)
    qtbot.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert (told, steps.closed, work.bar) == (["cancelled"], True, None)
    done = steps.done
    qtbot.wait(50)
    assert steps.done == done


@pytest.mark.parametrize("count", [0, round(1.5 * AT_ONCE / 0.002)])
def test_a_fault_is_told(window: QWidget, qtbot: QtBot, count: int) -> None:
    work = SlicedWork("Working", Steps(count, InputError("the disk is full"))(), count, window)
    told = heard(work)
    work.begin()
    qtbot.waitUntil(lambda: told == ["the disk is full"])
    assert work.bar is None


def test_what_is_no_fault_of_the_user_passes_and_leaves_no_bar(
    window: QWidget, qtbot: QtBot
) -> None:
    count = round(1.5 * AT_ONCE / 0.002)
    work = SlicedWork("Working", Steps(count, RuntimeError("a mistake"))(), count, window)
    with qtbot.captureExceptions() as raised:
        work.begin()
        qtbot.waitUntil(lambda: not work.is_going_on)
    assert [str(error) for _, error, _ in raised] == ["a mistake"]
