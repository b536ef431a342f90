"""What comes fast is drawn by turns, and all draw the last of it."""

import pytest
from pytestqt.qtbot import QtBot

from gui.common import turns as module
from gui.common.turns import BOTH, FIRST, REST_MS, SECOND, Turns


def test_what_comes_after_a_rest_is_for_all(qtbot: QtBot, qapp) -> None:
    turns = Turns(qapp)
    for _ in range(3):
        assert turns.next() is None
        qtbot.wait(2 * REST_MS)


def test_what_comes_fast_is_for_one_after_the_other(qapp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FAST_MS", 60_000)  # however slow the machine
    monkeypatch.setattr(module, "REST_MS", 60_000)
    turns = Turns(qapp)
    assert [turns.next() for _ in range(9)] == [None, *[FIRST, SECOND] * 4]


def test_what_comes_slower_is_for_both(qapp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FAST_MS", 0)
    monkeypatch.setattr(module, "REST_MS", 60_000)
    turns = Turns(qapp)
    assert [turns.next() for _ in range(3)] == [None, BOTH, BOTH]


def test_all_are_asked_once_when_it_rests(qtbot: QtBot, qapp) -> None:
    turns, asked = Turns(qapp), []
    turns.rested.connect(lambda: asked.append(True))
    for _ in range(5):
        turns.next()
    assert not asked
    qtbot.waitUntil(lambda: len(asked) == 1)
    qtbot.wait(2 * REST_MS)
    assert len(asked) == 1
    turns.next()  # a slow one: all have drawn it
    qtbot.wait(2 * REST_MS)
    assert len(asked) == 1
