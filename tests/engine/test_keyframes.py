"""What earlier moments hold, how many stay, and what they take."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.architecture import GivenParameter, dense
from engine.batches import Place
from engine.datasets.dataset import DataSet
from engine.edits import change_training
from engine.history import History
from engine.keyframes import BUDGET, FEW, MOST, Keyframe, Keyframes
from engine.recorder import Recorder
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start

ARCHITECTURE = dense(2, 3, 2)
TRAINING = TrainingSpec()
EMPTY = Recorder(2).mark()
SHARED = sum(part.nbytes for part in EMPTY.parts)
FRAME = 8_000  # bytes of each


def frame(step: int, nbytes: int = FRAME) -> Keyframe:
    vectors = (np.full(nbytes // 8, float(step)),)
    return Keyframe(step, ARCHITECTURE, TRAINING, vectors, 0.0, Place(0, 0, {}), EMPTY)


def fill(keyframes: Keyframes, steps: int, cheap: int = 1, nbytes: int = FRAME) -> None:
    for step in range(steps):
        if keyframes.wants(step):
            made = frame(step, nbytes)
            if keyframes.make_room(step, made.parts, cheap):
                keyframes.keep(made)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 20_000), st.integers(1, 600), st.integers(1, 64))
def test_the_first_stays_and_they_stand_evenly(steps: int, room: int, cheap: int) -> None:
    keyframes = Keyframes(room * FRAME + SHARED)
    fill(keyframes, steps, cheap)
    kept = keyframes.steps
    assert kept[0] == 0
    assert len(kept) <= min(MOST, room)
    assert keyframes.nbytes <= keyframes.budget
    assert keyframes.nbytes == len(kept) * FRAME + SHARED
    assert (kept[:-1] == np.arange(len(kept) - 1) * keyframes.stride).all()
    assert keyframes.stride & (keyframes.stride - 1) == 0
    newest = (steps - 1) // keyframes.stride * keyframes.stride
    assert kept[-1] >= newest or room == 1
    assert room == 1 or steps == 1 or len(kept) > 1


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 400), st.integers(1, 5))
def test_thinning_lets_every_second_go_but_the_ends(count: int, times: int) -> None:
    keyframes = Keyframes()
    fill(keyframes, count)
    for _ in range(times):
        keyframes.thin()
    expected = {0, count - 1, *range(0, count, 2**times)}
    assert set(keyframes.steps) == expected


@given(st.integers(1, 300), st.integers(0, 400))
def test_the_nearest_at_or_before(count: int, step: int) -> None:
    keyframes = Keyframes()
    fill(keyframes, count)
    keyframes.thin()
    before = [s for s in keyframes.steps if s <= step]
    assert keyframes.at(step).step == max(before)
    assert keyframes.at(step).vectors[0][0] == max(before)


def test_there_is_none_before_the_first() -> None:
    with pytest.raises(LookupError, match="step 5"):
        Keyframes().at(5)


def test_only_a_few_while_training_would_feel_them() -> None:
    keyframes = Keyframes()
    fill(keyframes, 100_000, cheap=256, nbytes=8)
    assert keyframes.stride >= 256
    assert FEW < len(keyframes) <= MOST
    some = Keyframes()
    fill(some, 5_000, cheap=256, nbytes=8)
    assert FEW / 2 <= len(some) <= FEW


def test_the_steps_are_shared_until_there_are_others() -> None:
    keyframes = Keyframes()
    fill(keyframes, 10)
    steps = keyframes.steps
    assert keyframes.steps is steps
    with pytest.raises(ValueError):
        steps[0] = 1
    keyframes.keep(frame(10))
    assert keyframes.steps is not steps
    assert steps.tolist() == list(range(10))


def test_one_of_the_same_step_takes_its_place() -> None:
    keyframes = Keyframes()
    fill(keyframes, 5)
    keyframes.keep(frame(3, 16_000))
    assert keyframes.steps.tolist() == [0, 1, 2, 3]
    assert keyframes.nbytes == 3 * FRAME + 16_000 + SHARED


def test_a_smaller_budget_thins_at_once() -> None:
    keyframes = Keyframes()
    fill(keyframes, 100)
    keyframes.budget = 30 * FRAME + SHARED
    assert 15 <= len(keyframes) <= 30
    assert keyframes.steps[[0, -1]].tolist() == [0, 99]
    keyframes.budget = 1
    assert len(keyframes) == keyframes.nbytes == 0
    assert keyframes.steps.tolist() == []


def test_what_is_larger_than_the_budget_is_not_kept() -> None:
    keyframes = Keyframes(FRAME // 2)
    fill(keyframes, 1_000)
    assert len(keyframes) == keyframes.nbytes == 0
    assert keyframes.stride >= 512  # it is not tried at every step


def test_with_room_for_one_the_first_stays() -> None:
    keyframes = Keyframes(FRAME + SHARED)
    fill(keyframes, 1_000)
    assert keyframes.steps.tolist() == [0]


def test_what_a_run_shares_with_them_is_counted_once(
    experiment: Experiment, blobs: DataSet
) -> None:
    trainer = start(experiment, blobs)
    trainer.finish()
    arrays = {id(part): part for f in trainer.keyframes for part in f.parts}
    assert trainer.keyframes.nbytes == sum(a.nbytes for a in arrays.values())
    single = sum(v.nbytes for v in next(iter(trainer.keyframes)).vectors)
    assert single == 3 * trainer.network.parameters.vector.nbytes
    assert trainer.keyframes.budget == BUDGET == 256 * 2**20
    assert trainer.nbytes > trainer.keyframes.nbytes


def test_a_run_is_the_same_however_small_the_budget(experiment: Experiment, blobs: DataSet) -> None:
    runs = [start(experiment, blobs)]
    runs[0].finish()
    whole = runs[0].keyframes.nbytes
    for budget in (0, whole - 1):
        trainer = start(experiment, blobs)
        trainer.keyframes.budget = budget
        trainer.finish()
        assert trainer.keyframes.nbytes <= budget
        runs.append(trainer)
    assert len({len(trainer.keyframes) for trainer in runs}) == 3
    for trainer in runs[1:]:
        np.testing.assert_array_equal(
            trainer.network.parameters.vector, runs[0].network.parameters.vector
        )
        np.testing.assert_array_equal(trainer.snapshot().history, runs[0].snapshot().history)


def test_a_long_run_stays_within_its_memory(blobs: DataSet) -> None:
    training = TrainingSpec(batch=10, epochs=2_000, evaluate_every=2_000, precision="float32")
    trainer = start(Experiment(dense(4, 3, 3), training), blobs)
    trainer.finish()
    assert trainer.step_count == 22_000
    assert trainer.keyframes.nbytes < 40 * 2**20
    eras = {id(f.record.history.rows) for f in trainer.keyframes}
    assert len(eras) > 3  # the record was thinned meanwhile; each keyframe has that of its time


def test_a_marked_history_is_left_alone_by_who_goes_on() -> None:
    history = History(1, limit=64)
    for step in range(30):
        history.append(np.array([float(step)]), ordinal=step)
    mark = history.mark()
    other = History(1, limit=64)
    other.return_to(mark)
    other.append(np.array([-1.0]), ordinal=30)
    history.append(np.array([30.0]), ordinal=30)
    assert history.view()[:, 0].tolist() == [float(s) for s in range(31)]
    assert other.view()[:, 0].tolist() == [*(float(s) for s in range(30)), -1.0]


def test_a_fork_keeps_what_was_before_it(experiment: Experiment, blobs: DataSet) -> None:
    trainer = start(experiment, blobs)
    for _ in range(20):
        trainer.step()
    architecture = replace(experiment.architecture, given=(GivenParameter("h1", 0, 0, 9.0),))
    fork = trainer.fork(replace(experiment, architecture=architecture))
    assert fork.keyframes.steps.tolist() == list(range(20))
    fork.step()
    assert len(fork.keyframes) == 21
    assert len(trainer.keyframes) == 20
    assert fork.at(20).weights().W[0][0, 0] == 9.0
    earlier = fork.at(10)
    assert earlier.architecture == experiment.architecture
    np.testing.assert_array_equal(
        earlier.network.parameters.vector, trainer.at(10).network.parameters.vector
    )
    branch = fork.branch(10)  # what is given by now is given to it too
    assert branch.architecture == architecture
    assert branch.weights().W[0][0, 0] == 9.0
    assert branch.step_count == 10


def test_a_branch_takes_the_settings_of_now_a_look_those_of_then(
    experiment: Experiment, blobs: DataSet
) -> None:
    trainer = start(experiment, blobs)
    for _ in range(8):
        trainer.step()
    faster = change_training(experiment, eta=2.0, batch=30).training
    trainer.change(faster)
    trainer.step()
    assert trainer.at(3).training == experiment.training
    assert trainer.at(8).training == faster
    assert trainer.branch(3).training == faster
