"""Looking back over the thread: the live run feels nothing of it."""

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.edits import change_training
from engine.inspection import Subject
from engine.snapshot import Snapshot
from engine.trainer import Trainer
from gui.bridge.session import TrainingSession
from tests.gui.bridge.conftest import (
    CIRCLES,
    DEEPER,
    Load,
    Look,
    Train,
    assert_same,
    plain,
)


def test_an_earlier_moment_is_what_was_there_then(
    load: Load, train: Train, look: Look, session: TrainingSession
) -> None:
    load(CIRCLES, 1)
    newest = train(50)
    for step in (0, 33, 20, 49):
        moment = look(step)
        assert_same(moment, plain(step).snapshot(weights=True))
        assert (moment.newest_step, session.is_looking_back) == (50, True)
        assert session.snapshot is moment
        assert session.newest.step == 50
        assert moment.keyframe_steps.tolist() == list(range(50))
    back = look(None)
    assert_same(back, newest)
    assert back.newest_step == 50
    assert not session.is_looking_back


def test_the_live_run_is_untouched(load: Load, train: Train, look: Look) -> None:
    load(CIRCLES, 1)
    train(30)
    for step in (5, 25, 0):
        look(step)
    assert_same(train(15), plain(45).snapshot(weights=True))


def test_a_look_goes_along_and_is_thorough(
    load: Load, train: Train, look: Look, session: TrainingSession, qtbot: QtBot
) -> None:
    load(CIRCLES, 1)
    train(12)
    session.look_at(Subject(example=3))
    qtbot.waitUntil(lambda: session.snapshot.inspection is not None)
    moment = look(7)
    assert moment.inspection.subject == Subject(example=3, thorough=True)
    with np.errstate(all="ignore"):
        expected = plain(7).inspect(Subject(example=3))
    for mine, its in zip(moment.inspection.delta, expected.delta, strict=True):
        np.testing.assert_array_equal(mine, its)
    with qtbot.waitSignal(session.snapshot_ready) as ready:
        session.look_at(Subject(layer=1))
    assert ready.args[0].step == 7
    assert ready.args[0].inspection.distributions is not None
    qtbot.wait(80)
    assert session.snapshot.step == 7


def test_while_it_trains_a_look_back_pauses_it(
    load: Load, session: TrainingSession, seen: list[Snapshot], qtbot: QtBot
) -> None:
    load(CIRCLES, 1)
    session.resume()
    qtbot.waitUntil(lambda: seen[-1].step > 200)
    session.look_back(64)
    assert not session.is_running
    qtbot.waitUntil(lambda: session.snapshot.step <= 64)
    stood = session.newest.step
    count = len(seen)
    qtbot.wait(100)
    assert (session.newest.step, len(seen)) == (stood, count)
    session.look_back(None)
    qtbot.waitUntil(lambda: seen[-1].step == stood)
    assert_same(seen[-1], plain(stood).snapshot(weights=True))


def test_of_many_the_latest_wins_and_one_is_on_its_way(
    load: Load, train: Train, session: TrainingSession, seen: list[Snapshot], qtbot: QtBot
) -> None:
    load(CIRCLES, 1)
    train(60)
    asked: list[int] = []
    session._look_back.connect(lambda run, step, subject: asked.append(step))
    seen.clear()
    for step in range(59, 9, -1):
        session.look_back(step)
    qtbot.waitUntil(lambda: bool(seen) and seen[-1].step == 10)
    qtbot.wait(50)
    assert asked == [59, 10]
    assert [snapshot.step for snapshot in seen] == [59, 10]


def test_who_comes_back_at_once_sees_nothing_old(
    load: Load, train: Train, session: TrainingSession, seen: list[Snapshot], qtbot: QtBot
) -> None:
    load(CIRCLES, 1)
    train(20)
    seen.clear()
    session.look_back(3)
    session.look_back(None)
    qtbot.waitUntil(lambda: bool(seen))
    qtbot.wait(50)
    assert [snapshot.step for snapshot in seen] == [20]
    assert seen[-1].weights is not None
    assert session.snapshot.step == 20


@pytest.mark.parametrize("step", [40, 1000])
def test_the_newest_step_and_beyond_are_now(
    step: int, load: Load, train: Train, session: TrainingSession
) -> None:
    load(CIRCLES, 1)
    train(40)
    session.look_back(step)
    assert not session.is_looking_back


def test_step_epoch_and_play_return_to_now_first(
    load: Load, train: Train, look: Look, session: TrainingSession, qtbot: QtBot
) -> None:
    load(CIRCLES, 1)
    train(10)
    look(4)
    assert train(1).step == 11
    look(4)
    session.epoch_once()
    qtbot.waitUntil(lambda: session.snapshot.step == 20 and not session.is_running)
    look(4)
    session.resume()
    qtbot.waitUntil(lambda: session.snapshot.step > 30)
    session.pause()
    qtbot.waitUntil(lambda: not session._waiting)
    assert_same(
        replace(session.snapshot, weights=plain(session.snapshot.step).weights()),
        plain(session.snapshot.step).snapshot(weights=True),
    )


def test_play_at_the_end_of_the_run_shows_the_end(
    session: TrainingSession, look: Look, qtbot: QtBot
) -> None:
    session.load(change_training(CIRCLES, epochs=1), running=True)
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.done)
    assert not look(5).done
    session.resume()
    assert not session.is_running
    qtbot.waitUntil(lambda: session.snapshot.step == 20)


def test_nothing_is_evaluated_while_one_looks_back(
    load: Load, train: Train, session: TrainingSession, qtbot: QtBot
) -> None:
    load(CIRCLES, 1)
    train(19)
    session.step_once()
    session.look_back(2)
    qtbot.waitUntil(lambda: session.snapshot.step == 2)
    qtbot.wait(30)
    session.look_back(None)
    qtbot.waitUntil(lambda: session.snapshot.step == 20 and not session.snapshot.evaluating)
    assert len(session.snapshot.evaluations) == 2


def test_settings_may_change_meanwhile_and_the_moment_stays(
    load: Load, train: Train, look: Look, session: TrainingSession, qtbot: QtBot
) -> None:
    load(CIRCLES, 1)
    train(10)
    look(4)
    with qtbot.waitSignal(session.snapshot_ready) as ready:
        session.change(replace(CIRCLES.training, epochs=3), 2)
    assert (ready.args[0].step, ready.args[0].last_step) == (4, 60)


def test_before_there_is_a_run_there_is_nothing(session: TrainingSession, load: Load) -> None:
    session.look_back(3)
    session.branch(4)
    assert not session.is_looking_back
    load(CIRCLES, 1)
    session.branch(2)  # nobody looks back
    assert session.run_id == 1


def test_the_budget_holds_from_now_on_and_for_what_comes(
    load: Load, train: Train, session: TrainingSession, qtbot: QtBot
) -> None:
    load(CIRCLES, 1)
    train(60)
    took = session.snapshot.moments.nbytes
    with qtbot.waitSignal(session.snapshot_ready) as ready:
        session.allow(took - 1)
    moments = ready.args[0].moments
    assert (moments.budget, len(moments.steps)) == (took - 1, 31)
    assert moments.nbytes < took
    assert load(DEEPER, 2).moments.budget == took - 1
    load(CIRCLES, 1)
    session.look_back(10)
    session.allow(0)
    assert not session.is_looking_back
    assert train(3).keyframe_steps.tolist() == []
    session.look_back(10)
    assert not session.is_looking_back  # there is nothing to look back to


def test_a_look_back_that_fails_is_told(
    load: Load, train: Train, session: TrainingSession, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch, caplog,
) -> None:  # fmt: skip
    load(CIRCLES, 1)
    train(5)

    def explode(*_: object) -> None:
        raise FloatingPointError("somewhere")

    monkeypatch.setattr(Trainer, "at", explode)
    with qtbot.waitSignal(session.failed) as failed:
        session.look_back(2)
    assert "somewhere" in failed.args[0]
    assert "somewhere" in caplog.text
    session.look_back(None)
    with qtbot.waitSignal(session.snapshot_ready):
        session.step_once()
