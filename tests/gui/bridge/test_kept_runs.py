"""The runs that were left, without a thread."""

from dataclasses import replace

import pytest

from engine.datasets import DATA_SOURCES
from engine.edits import change_training, insert_layer
from engine.trainer import Trainer, start
from gui.bridge.kept_runs import KeptRuns, Line, Run
from tests.gui.bridge.conftest import CIRCLES


@pytest.fixture
def trained() -> Trainer:
    trainer = start(CIRCLES)
    trainer.step()
    return trainer


def step(trainer: Trainer) -> Trainer:
    trainer.step()
    return trainer


def test_a_run_is_handed_out_once(trained: Trainer) -> None:
    kept = KeptRuns()
    kept.keep(Run(trained, {3, 4}))
    assert kept.take(5, CIRCLES) is None
    taken = kept.take(4, CIRCLES)
    assert taken is not None
    assert taken.trainer is trained
    assert taken.versions == {3, 4}
    assert kept.take(3, CIRCLES) is None


def test_a_run_of_another_experiment_is_not_handed_out(trained: Trainer) -> None:
    kept = KeptRuns()
    kept.keep(Run(trained, {3}))
    assert kept.take(3, insert_layer(CIRCLES, 0)) is None
    assert kept.take(3, change_training(CIRCLES, seed=5)) is None
    assert kept.take(3, change_training(CIRCLES, eta=0.5)) is not None


def test_the_newest_of_a_version_counts(trained: Trainer) -> None:
    kept, newer = KeptRuns(), step(start(CIRCLES))
    kept.keep(Run(trained, {3, 4}))
    kept.keep(Run(newer, {4}))
    assert kept.take(4, CIRCLES).trainer is newer
    assert kept.take(3, CIRCLES).trainer is trained
    kept.keep(Run(trained, {3}))
    kept.forget(3)
    assert kept.take(3, CIRCLES) is None


def test_a_run_at_its_start_is_remembered_without_its_memory() -> None:
    kept = KeptRuns()
    kept.keep(Run(start(CIRCLES), {3}))
    taken = kept.take(3, CIRCLES)
    assert taken is not None
    assert taken.trainer is None


def test_what_belongs_to_no_version_is_not_kept(trained: Trainer) -> None:
    kept = KeptRuns()
    kept.keep(Run(trained, set()))
    kept.keep(Run(None, set()))
    assert kept._runs == []


def test_the_oldest_go_when_there_is_no_room(trained: Trainer) -> None:
    trained.rest()
    shared = trained.keyframes.nbytes  # all forks have the same keyframe of step 0
    kept = KeptRuns(int(2.5 * (trained.nbytes - shared)) + shared)
    for version in range(5):
        kept.keep(Run(trained.fork(CIRCLES), {version}))
        kept.make_room(trained.examples)
    found = [kept.take(version, CIRCLES) is not None for version in range(5)]
    assert found == [False, False, False, True, True]


def test_the_newest_stays_however_large(trained: Trainer) -> None:
    kept = KeptRuns(1)
    for version in range(3):
        kept.keep(Run(trained.fork(CIRCLES), {version}))
        kept.make_room(trained.examples)
    assert [kept.take(version, CIRCLES) is None for version in range(3)] == [True, True, False]


def test_examples_that_only_kept_runs_hold_are_counted_once(trained: Trainer) -> None:
    other = replace(CIRCLES, training=replace(
        CIRCLES.training, data=DATA_SOURCES["circles"](examples=5000)
    ))  # fmt: skip
    foreign = step(start(other))
    foreign.rest()
    trained.rest()
    room = 2 * foreign.nbytes - foreign.keyframes.nbytes + trained.nbytes + 10_000
    kept = KeptRuns(room + foreign.examples.nbytes)
    kept.keep(Run(foreign, {1}))
    kept.keep(Run(foreign.fork(other), {2}))
    kept.keep(Run(trained, {3}))
    kept.make_room(trained.examples)
    assert len(kept._runs) == 3
    kept._most = room
    kept.make_room(foreign.examples)
    assert len(kept._runs) == 3
    kept.make_room(trained.examples)
    assert [run.versions for run in kept._runs] == [{2}, {3}]


def test_time_lines_are_thinned_before_a_run_goes(trained: Trainer) -> None:
    while trained.step_count < 40:
        trained.step()
    other = start(change_training(CIRCLES, seed=2))
    while other.step_count < 40:
        other.step()
    trained.rest()
    other.rest()
    kept = KeptRuns()
    kept.keep(Run(trained, {1}))
    kept.keep(Run(other, {2}))
    kept._most = kept._bytes(trained.examples, {}) - 1
    kept.make_room(trained.examples)
    assert len(trained.keyframes) < 40
    assert len(other.keyframes) == 40
    assert len(kept._runs) == 2


def test_keyframes_that_the_live_run_holds_too_cost_nothing(trained: Trainer) -> None:
    while trained.step_count < 40:
        trained.step()
    trained.rest()
    kept = KeptRuns(trained.nbytes - trained.keyframes.nbytes)
    kept.keep(Run(trained, {1}, Line(7)))
    kept.make_room(trained.examples, trained.keyframes.sizes)
    assert len(trained.keyframes) == 40
    assert kept.take(1, CIRCLES).line == Line(7)
