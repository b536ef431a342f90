"""What comes fast is drawn by turns, and all draw the last of it."""

from pytestqt.qtbot import QtBot

from gui.common.turns import FAST_MS, REST_MS, Turns


def test_what_comes_slowly_is_for_all(qtbot: QtBot, qapp) -> None:
    turns = Turns(qapp)
    for _ in range(3):
        assert turns.next() is None
        qtbot.wait(2 * FAST_MS)


def test_what_comes_fast_is_for_one_after_the_other(qapp) -> None:
    turns = Turns(qapp)
    whose = [turns.next() for _ in range(9)]
    assert whose[0] is None
    assert whose[1:] in ([0, 1] * 4, [1, 0] * 4)


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
