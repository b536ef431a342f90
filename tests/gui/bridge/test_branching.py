"""Branches over the thread: the run that was left comes back as it stood."""

from dataclasses import replace

from engine.architecture import GivenParameter
from engine.edits import change_training, insert_layer
from gui.bridge.session import TrainingSession
from tests.gui.bridge.conftest import (
    CIRCLES,
    DEEPER,
    Branch,
    Load,
    Look,
    Train,
    assert_same,
    giving,
    plain,
)


def test_a_branch_with_the_same_settings_repeats_the_run(
    load: Load, train: Train, look: Look, branch: Branch
) -> None:
    load(CIRCLES, 1)
    straight = train(70)
    moment = look(31)
    assert_same(branch(2), moment)
    assert_same(train(39), straight)


def test_undo_of_a_branch_returns_to_the_straight_run_and_redo_to_the_branch(
    load: Load, train: Train, look: Look, branch: Branch,
    session: TrainingSession,
) -> None:  # fmt: skip
    load(CIRCLES, 1)
    straight = train(45)
    look(20)
    branch(2)
    session.change(replace(CIRCLES.training, eta=0.9), 3)
    other = train(7)
    assert other.step == 27
    assert_same(load(CIRCLES, 1), straight)
    assert_same(load(change_training(CIRCLES, eta=0.9), 3), other)
    again = load(CIRCLES, 1)
    assert_same(again, straight)
    assert_same(train(10), plain(55).snapshot(weights=True))


def test_one_can_look_back_in_a_branch_beyond_where_it_began(
    load: Load, train: Train, look: Look, branch: Branch,
    session: TrainingSession,
) -> None:  # fmt: skip
    load(CIRCLES, 1)
    train(40)
    look(20)
    branch(2)
    session.change(replace(CIRCLES.training, eta=0.9), 3)
    train(5)
    moment = look(13)
    assert moment.keyframe_steps.tolist() == list(range(25))
    assert_same(moment, plain(13).snapshot(weights=True))


def test_every_start_and_branch_has_its_number(
    load: Load, train: Train, look: Look, branch: Branch,
    session: TrainingSession,
) -> None:  # fmt: skip
    ids: list[tuple[int, tuple[int, int] | None]] = []
    session.snapshot_ready.connect(lambda _: ids.append((session.run_id, session.branched_from)))
    load(CIRCLES, 1)
    train(10)
    load(giving(GivenParameter("h1", 0, 0, 7.0)), 2)  # goes on
    train(2)
    assert set(ids) == {(1, None)}
    look(4)
    branch(3)
    train(3)
    assert ids[-1] == (2, (1, 4))
    load(DEEPER, 4)
    assert ids[-1] == (3, None)
    train(1)
    load(giving(GivenParameter("h1", 0, 0, 7.0)), 3)
    assert ids[-1] == (2, (1, 4))
    load(giving(GivenParameter("h1", 0, 0, 7.0)), 2)
    assert ids[-1] == (1, None)
    load(CIRCLES, 1)
    assert ids[-1] == (1, None)
    load(CIRCLES, 1, anew=True)
    assert ids[-1] == (4, None)
    load(insert_layer(DEEPER, 0), 5)
    load(CIRCLES, 1)  # it was left at its start: that start
    assert ids[-1] == (4, None)
