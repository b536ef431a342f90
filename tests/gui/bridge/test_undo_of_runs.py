"""What undo and redo bring back, and what the window looks at, over the thread."""

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.architecture import GivenParameter
from engine.edits import change_training, insert_layer
from engine.inspection import Subject
from engine.snapshot import Snapshot
from engine.trainer import start
from gui.bridge.session import TrainingSession
from tests.gui.bridge.conftest import CIRCLES, DEEPER, Load, assert_same, giving


def test_undo_brings_back_the_run_and_redo_the_other(load: Load, train) -> None:
    load(CIRCLES, 1)
    first = train(30)
    assert load(DEEPER, 2).step == 0
    second = train(3)
    assert_same(load(CIRCLES, 1), first)
    assert_same(load(DEEPER, 2), second)
    assert_same(load(CIRCLES, 1), first)
    plain = start(CIRCLES)
    for _ in range(40):
        plain.step()
    plain.evaluate()
    assert_same(train(10), plain.snapshot(weights=True))


def test_what_is_frozen_or_given_goes_on_and_undo_goes_back(load: Load, train) -> None:
    load(CIRCLES, 1)
    before = train(5)
    typed = load(giving(GivenParameter("h1", 0, 0, 7.0, frozen=True)), 2)
    assert typed.step == 5
    assert typed.weights.W[0][0, 0] == 7.0
    np.testing.assert_array_equal(typed.weights.W[1], before.weights.W[1])
    later = train(5)
    assert (later.step, later.weights.W[0][0, 0]) == (10, 7.0)
    assert_same(load(CIRCLES, 1), before)
    assert_same(load(giving(GivenParameter("h1", 0, 0, 7.0, frozen=True)), 2), later)


def test_a_run_left_at_its_start_begins_there_again(load: Load, train) -> None:
    fresh = load(CIRCLES, 1)
    assert load(giving(GivenParameter("h1", 0, 0, 7.0)), 2).weights.W[0][0, 0] == 7.0
    train(5)
    assert_same(load(CIRCLES, 1), fresh)


def test_settings_keep_their_run_under_both_versions(
    load: Load, train, session: TrainingSession, qtbot: QtBot
) -> None:
    load(CIRCLES, 1)
    train(3)
    faster = change_training(CIRCLES, eta=0.5)
    session.change(faster.training, 2)
    state = train(3)
    load(insert_layer(faster, 0), 3)
    assert_same(load(faster, 2), state)
    train(1)
    load(insert_layer(faster, 0), 4)
    assert load(CIRCLES, 1).step == 7  # undone at one go
    assert session._worker._trainer.training.eta == CIRCLES.training.eta
    assert len(session._worker._kept._runs) == 2  # those of versions 3 and 4, at their start


def test_anew_begins_at_the_start_and_forgets(load: Load, train, session: TrainingSession) -> None:
    fresh = load(CIRCLES, 1)
    train(4)
    assert_same(load(CIRCLES, 1, anew=True), fresh)
    assert session._worker._kept._runs == []
    load(DEEPER, 2)
    assert_same(load(CIRCLES, 1), fresh)
    train(4)
    load(DEEPER, 2)
    assert_same(load(CIRCLES, 1, anew=True), fresh)
    load(DEEPER, 2)
    assert load(CIRCLES, 1).step == 0


def test_without_a_version_a_run_begins_anew(load: Load, train) -> None:
    load(CIRCLES, None)
    train(4)
    assert load(CIRCLES, None).step == 0


def test_a_run_that_cannot_be_loaded_loses_none(
    load: Load, train, session: TrainingSession, qtbot: QtBot
) -> None:
    from engine.datasets import DATA_SOURCES

    load(CIRCLES, 1)
    before = train(4)
    missing = replace(CIRCLES.training, data=DATA_SOURCES["own"](path="there-is-none.csv"))
    with qtbot.waitSignal(session.failed):
        session.load(replace(CIRCLES, training=missing), version=2)
    assert_same(load(CIRCLES, 1), before)


def test_other_data_are_loaded_once(load: Load, train, session: TrainingSession) -> None:
    from engine.datasets import DATA_SOURCES

    load(CIRCLES, 1)
    train(2)
    examples = session._worker._trainer.examples
    xor = replace(CIRCLES, training=replace(CIRCLES.training, data=DATA_SOURCES["xor"]()))
    load(xor, 2)
    load(CIRCLES, 1)
    assert session._worker._examples(CIRCLES) is examples
    load(change_training(CIRCLES, seed=8), 3)
    assert session._worker._trainer.examples is examples


def test_kept_runs_are_bounded(load: Load, train, session: TrainingSession) -> None:
    session._worker._kept._most = 1
    load(CIRCLES, 1)
    train(2)
    load(DEEPER, 2)
    train(2)
    load(insert_layer(DEEPER, 0), 3)
    train(2)
    assert load(DEEPER, 2).step == 2
    assert load(CIRCLES, 1).step == 0


# -- what is looked at ---------------------------------------------------------------------


@pytest.fixture
def seen(session: TrainingSession) -> list[Snapshot]:
    snapshots: list[Snapshot] = []
    session.snapshot_ready.connect(snapshots.append)
    return snapshots


def test_nothing_is_looked_at_unasked(load: Load, train) -> None:
    assert load(CIRCLES, 1).inspection is None
    assert train(2).inspection is None


def test_while_paused_a_look_comes_at_once_and_takes_no_step(
    load: Load, session: TrainingSession, seen: list[Snapshot], qtbot: QtBot
) -> None:
    load(CIRCLES, 1)
    for subject in (Subject(), Subject(example=3), Subject(layer=1)):
        with qtbot.waitSignal(session.snapshot_ready) as ready:
            session.look_at(subject)
        assert ready.args[0].inspection.subject == subject
        assert ready.args[0].step == 0
    qtbot.wait(100)
    assert len(seen) == 4
    with qtbot.waitSignal(session.snapshot_ready):
        session.look_at(None)
    assert session.snapshot.inspection is None


def test_the_newest_of_many_looks_is_shown(
    load: Load, session: TrainingSession, seen: list[Snapshot], qtbot: QtBot
) -> None:
    load(CIRCLES, 1)
    session.step_once()
    for example in range(50):
        session.look_at(Subject(example=example))
    last = Subject(example=49)
    qtbot.waitUntil(lambda: seen[-1].inspection is not None)
    qtbot.waitUntil(lambda: seen[-1].inspection.subject == last)
    assert len(seen) < 10
    assert seen[-1].step == 1


def test_a_look_survives_a_load(load: Load, session: TrainingSession, qtbot: QtBot) -> None:
    session.look_at(Subject(layer=1))
    assert load(CIRCLES, 1).inspection.subject == Subject(layer=1)
    assert load(DEEPER, 2).inspection.distributions is not None
    session.load(CIRCLES, version=3)
    session.look_at(Subject(layer=2))  # while it loads
    qtbot.waitUntil(
        lambda: (
            session.snapshot is not None and session.snapshot.inspection.subject == Subject(layer=2)
        )
    )


def test_while_training_looks_come_with_the_weights(
    load: Load, session: TrainingSession, seen: list[Snapshot], qtbot: QtBot
) -> None:
    load(CIRCLES, 1)
    session.look_at(Subject(example=1))
    session.resume()
    qtbot.wait(700)
    session.pause()
    assert {s.weights is None for s in seen} == {True, False}
    assert all((s.weights is None) == (s.inspection is None) for s in seen[1:])
    qtbot.waitUntil(lambda: not session._waiting)


def test_in_slow_motion_a_look_does_not_wait_for_the_next_step(
    load: Load, session: TrainingSession, seen: list[Snapshot], qtbot: QtBot
) -> None:
    load(CIRCLES, 1)
    session.pace.steps_per_second = 0.2
    session.resume()
    qtbot.waitUntil(lambda: seen[-1].step == 1)
    session.look_at(Subject(example=5))
    qtbot.waitUntil(lambda: seen[-1].inspection is not None, timeout=1500)
    assert seen[-1].step == 1
    assert session.is_running


def test_the_runs_of_a_document_that_was_closed_are_let_go(
    session: TrainingSession, load: Load, train
) -> None:
    load(CIRCLES, 1)
    train(3)
    load(DEEPER, 2)
    train(2)
    session.forget()
    load(CIRCLES, 3, anew=True)
    assert session._worker._kept._runs == []
    assert load(DEEPER, 2).step == 0
