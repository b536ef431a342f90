"""The session grants time to the training thread, and tells what comes of it."""

from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.datasets import DATA_SOURCES
from engine.edits import change_training, insert_layer
from engine.inspection import Subject
from engine.snapshot import Snapshot
from engine.trainer import Trainer, start
from gui.bridge.session import TrainingSession
from tests.gui.bridge.conftest import CIRCLES


@pytest.fixture
def loaded(session: TrainingSession, qtbot: QtBot) -> TrainingSession:
    with qtbot.waitSignal(session.snapshot_ready) as ready:
        session.load(CIRCLES)
    assert ready.args[0].step == 0
    return session


@pytest.fixture
def seen(loaded: TrainingSession) -> list[Snapshot]:
    snapshots: list[Snapshot] = []
    loaded.snapshot_ready.connect(snapshots.append)
    return snapshots


def test_it_begins_with_the_weights_and_an_evaluation(loaded: TrainingSession) -> None:
    assert loaded.snapshot is not None
    assert loaded.snapshot.weights is not None
    assert len(loaded.snapshot.evaluations) == 1
    assert not loaded.is_running


def test_step_once_is_one_step(loaded: TrainingSession, qtbot: QtBot) -> None:
    with qtbot.waitSignal(loaded.snapshot_ready) as ready:
        loaded.step_once()
    assert ready.args[0].step == 1
    assert not loaded.is_running


def test_every_single_step_counts_and_comes_alone(
    loaded: TrainingSession, seen: list[Snapshot], qtbot: QtBot
) -> None:
    for _ in range(5):
        loaded.step_once()
    qtbot.waitUntil(lambda: len(seen) == 5)
    assert [snapshot.step for snapshot in seen] == [1, 2, 3, 4, 5]


def test_running_goes_on_until_paused(
    loaded: TrainingSession, seen: list[Snapshot], qtbot: QtBot
) -> None:
    loaded.resume()
    qtbot.waitUntil(lambda: len(seen) > 3)
    loaded.pause()
    qtbot.wait(100)
    last = seen[-1].step
    qtbot.wait(100)
    assert seen[-1].step == last > 0


def test_what_is_paused_or_done_is_looked_at_as_it_is_now(
    loaded: TrainingSession, seen: list[Snapshot], qtbot: QtBot
) -> None:
    loaded.look_at(Subject())
    for _ in range(3):
        loaded.resume()
        qtbot.wait(20)
        loaded.pause()
        qtbot.waitUntil(lambda: loaded.is_resting)
        assert seen[-1].weights is not None
        assert seen[-1].inspection is not None
    loaded.epoch_once()
    qtbot.waitUntil(lambda: loaded.is_resting)
    assert seen[-1].weights is not None


def test_an_epoch_ends_at_its_end_with_its_evaluation(
    loaded: TrainingSession, seen: list[Snapshot], qtbot: QtBot
) -> None:
    loaded.step_once()
    qtbot.waitUntil(lambda: len(seen) == 1)
    loaded.epoch_once()
    qtbot.waitUntil(lambda: not loaded.is_running)
    assert seen[-1].epoch == 1.0
    assert seen[-1].step == 20
    assert seen[-1].evaluations[-1, 1] == 1.0


def test_there_is_one_request_at_a_time(loaded: TrainingSession, qtbot: QtBot) -> None:
    order: list[str] = []
    loaded._advance.connect(lambda *_: order.append("ask"))
    loaded.snapshot_ready.connect(lambda *_: order.append("show"))
    loaded.resume()
    qtbot.waitUntil(lambda: len(order) > 9)
    assert order[:8] == ["ask", "show"] * 4


def test_slow_motion_takes_its_time(
    loaded: TrainingSession, seen: list[Snapshot], qtbot: QtBot
) -> None:
    loaded.pace.steps_per_second = 40.0
    began = perf_counter()
    loaded.resume()
    qtbot.waitUntil(lambda: bool(seen) and seen[-1].step >= 8)
    assert perf_counter() - began > 0.1
    assert max(np.diff([s.step for s in seen])) <= 8


def test_evaluations_take_no_steps_away(
    loaded: TrainingSession, seen: list[Snapshot], qtbot: QtBot
) -> None:
    """At batch 200 every step is an epoch, and every epoch has its evaluation."""
    loaded.change(replace(CIRCLES.training, batch=200))
    loaded.frame = 0.004  # grants so short that an evaluation uses them up
    for _ in range(10):
        loaded.step_once()
    qtbot.waitUntil(lambda: bool(seen) and seen[-1].step == 10)
    loaded.pace.steps_per_second = 100.0
    began = perf_counter()
    loaded.resume()
    qtbot.wait(500)
    loaded.pause()
    taken, spent = seen[-1].step - 10, perf_counter() - began
    assert taken == pytest.approx(100 * spent, rel=0.3)


def test_it_stops_at_the_last_epoch_and_goes_on_when_there_are_more(
    session: TrainingSession, qtbot: QtBot
) -> None:
    short = change_training(CIRCLES, epochs=2)
    session.load(short, running=True)
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.done)
    assert session.snapshot.step == 40
    assert not session.is_running
    session.resume()
    assert not session.is_running
    session.change(replace(short.training, epochs=3))
    qtbot.waitUntil(lambda: not session.snapshot.done)
    session.resume()
    qtbot.waitUntil(lambda: session.snapshot.done)
    assert session.snapshot.step == 60


def test_settings_that_come_while_an_answer_is_on_its_way_are_shown(
    loaded: TrainingSession, seen: list[Snapshot], qtbot: QtBot
) -> None:
    loaded.look_at(Subject())
    loaded.change(replace(CIRCLES.training, epochs=7))
    qtbot.waitUntil(lambda: loaded.is_resting)
    assert seen[-1].last_step == 7 * 20


def test_settings_act_at_once(loaded: TrainingSession, seen: list[Snapshot], qtbot: QtBot) -> None:
    loaded.change(replace(CIRCLES.training, batch=100))
    loaded.step_once()
    qtbot.waitUntil(lambda: bool(seen) and seen[-1].step == 1)
    assert seen[-1].epoch == 0.5


def test_the_thread_changes_nothing(
    loaded: TrainingSession, seen: list[Snapshot], qtbot: QtBot
) -> None:
    loaded.resume()
    qtbot.waitUntil(lambda: bool(seen) and seen[-1].step > 300)
    loaded.pause()
    qtbot.waitUntil(lambda: not loaded._waiting)
    plain = start(CIRCLES)
    while plain.step_count < seen[-1].step:
        plain.step()
    np.testing.assert_array_equal(seen[-1].history, plain.snapshot().history)


def test_an_overtaken_load_is_skipped(session: TrainingSession, qtbot: QtBot) -> None:
    seen: list[Snapshot] = []
    session.snapshot_ready.connect(seen.append)
    experiment = CIRCLES
    for _ in range(20):
        experiment = insert_layer(experiment, 0)
        session.load(experiment)
    qtbot.waitUntil(lambda: bool(seen))
    assert [snapshot.layers for snapshot in seen] == [23]


def test_a_fault_pauses_and_is_told(
    loaded: TrainingSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog
) -> None:
    def explode(*_: object) -> None:
        raise FloatingPointError("overflow in layer 2")

    monkeypatch.setattr(Trainer, "run", explode)
    with qtbot.waitSignal(loaded.failed) as failed:
        loaded.resume()
    assert failed.args == ["FloatingPointError: overflow in layer 2"]
    assert not loaded.is_running
    assert "overflow" in caplog.text


def test_a_look_that_fails_is_told(
    loaded: TrainingSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog
) -> None:
    def explode(*_: object) -> None:
        raise IndexError("layer 7")

    monkeypatch.setattr(Trainer, "inspect", explode)
    with qtbot.waitSignal(loaded.failed) as failed:
        loaded.look_at(Subject())
    assert failed.args == ["IndexError: layer 7"]
    assert not loaded._waiting
    assert "layer 7" in caplog.text


def test_data_that_cannot_be_had_is_told_and_the_next_load_works(
    session: TrainingSession, qtbot: QtBot
) -> None:
    missing = DATA_SOURCES["own"](path="there-is-none.csv")
    broken = replace(CIRCLES, training=replace(CIRCLES.training, data=missing))
    loading: list[bool] = []
    session.loading_changed.connect(loading.append)
    with qtbot.waitSignal(session.failed) as failed:
        session.load(broken, running=True)
    assert "there-is-none.csv" in failed.args[0]
    assert not session.is_running
    assert loading == [False]
    session.resume()
    assert not session.is_running
    with qtbot.waitSignal(session.snapshot_ready):
        session.load(CIRCLES)


def test_a_thousand_new_starts_in_the_middle_of_a_run(
    session: TrainingSession, qtbot: QtBot
) -> None:
    for number in range(1000):
        session.load(change_training(CIRCLES, seed=number), running=True)
        if number % 20 == 0:
            qtbot.waitUntil(lambda: session.snapshot is not None)
        qtbot.wait(0)
    qtbot.waitUntil(lambda: session.snapshot is not None)
    assert session.is_running


def test_closing_in_the_middle_of_a_run_is_prompt(session: TrainingSession, qtbot: QtBot) -> None:
    session.load(CIRCLES, running=True)
    qtbot.waitUntil(lambda: session.snapshot is not None and session.snapshot.step > 0)
    session.close()
    assert session._thread.isFinished()
    session.load(CIRCLES)
    session.resume()
    session.step_once()
    assert not session.is_running
