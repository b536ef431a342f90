"""The player with a clock of its own."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.timeline.player import LONGEST_PAUSE, Player


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def player(clock: Clock, qtbot: QtBot) -> Iterator[Player]:
    owner = QObject()
    player = Player(owner, clock)
    yield player
    player.stop()
    owner.deleteLater()


@pytest.fixture
def due(player: Player) -> list[int]:
    moments: list[int] = []
    player.due.connect(moments.append)
    return moments


def test_the_first_comes_at_once(player: Player, due: list[int]) -> None:
    player.start(-1)
    assert due == [-1]
    assert player.direction == -1


def test_the_next_waits_until_the_last_is_painted(
    player: Player, due: list[int], clock: Clock, qtbot: QtBot
) -> None:
    player.pace = 1_000.0
    player.start(1)
    clock.seconds = 5.0
    qtbot.wait(30)
    assert due == [1]
    player.painted()
    qtbot.waitUntil(lambda: len(due) == 2)
    qtbot.wait(20)
    assert len(due) == 2


def test_slow_answers_leave_moments_out_and_keep_the_pace(
    player: Player, due: list[int], clock: Clock, qtbot: QtBot
) -> None:
    player.pace = 100.0
    player.start(1)
    for _ in range(10):
        clock.seconds += 0.1
        count = len(due)
        player.painted()
        qtbot.waitUntil(lambda count=count: len(due) > count)
    assert sum(due) == pytest.approx(101, abs=1)
    clock.seconds += 100.0  # the window was away
    player.painted()
    qtbot.waitUntil(lambda: len(due) == 12)
    assert due[-1] == 100 * LONGEST_PAUSE


def test_fast_answers_wait_for_their_time(
    player: Player, due: list[int], clock: Clock, qtbot: QtBot
) -> None:
    player.pace = 20.0  # every 50 ms
    player.start(1)
    clock.seconds = 0.01
    player.painted()
    assert 35 <= player._next.remainingTime() <= 40
    qtbot.wait(60)  # by this clock, no time has passed
    assert due == [1]
    clock.seconds = 0.05
    qtbot.waitUntil(lambda: len(due) == 2)
    assert due == [1, 1]


def test_it_stops(player: Player, due: list[int], qtbot: QtBot) -> None:
    turns: list[int] = []
    player.direction_changed.connect(turns.append)
    player.start(1)
    player.start(-1)
    player.stop()
    player.stop()
    player.painted()
    qtbot.wait(20)
    assert turns == [1, -1, 0]
    assert due == [1, -1]
