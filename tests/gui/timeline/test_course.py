import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.timeline.course import NOWHERE, Course


def course(steps: list[int], newest: int, per_epoch: int = 10) -> Course:
    recorded = np.arange(0.0, newest, 3)
    records = np.stack([recorded, recorded / per_epoch], axis=1)
    return Course(np.array(steps, np.int64), newest, newest / per_epoch, records)


@given(st.integers(1, 300), st.integers(1, 64), st.integers(0, 30_000))
def test_the_nearest_moment(count: int, stride: int, step: int) -> None:
    steps = [k * stride for k in range(count)]
    run = course(steps, count * stride + 1)
    assert run.last == count
    step = min(step, run.newest)
    place = run.place(step)
    distance = abs(run.step(place) - step)
    assert distance == min(abs(s - step) for s in (*steps, run.newest))


def test_a_keyframe_of_the_newest_moment_is_that_moment() -> None:
    run = course([0, 5, 10], 10)  # it diverged there
    assert run.last == 2
    assert [run.step(place) for place in range(3)] == [0, 5, 10]


def test_a_run_that_has_not_begun() -> None:
    assert NOWHERE.last == NOWHERE.place(0) == NOWHERE.step(0) == 0
    assert len(NOWHERE.marks(5)) == 0


def test_marks_are_ends_of_epochs() -> None:
    run = course([0, 50], 95)
    assert run.marks(100).tolist() == [10, 20, 30, 40, 50, 60, 70, 80, 90]
    assert run.marks(5).tolist() == [20, 40, 60, 80]
    assert run.marks(2).tolist() == [50]
    assert run.marks(0.5).tolist() == []


def test_marks_follow_a_batch_that_changed() -> None:
    """50 steps an epoch until step 100, then 10."""
    records = np.array([[0, 0.0], [25, 0.5], [75, 1.5], [100, 2.0], [105, 2.5], [118, 3.8]])
    run = Course(np.array([0]), 120, 4.0, records)
    np.testing.assert_allclose(run.marks(9), [50, 100, 110, 120])


@given(st.floats(1, 300), st.integers(1, 1_000_000))
def test_there_are_never_too_many(most: float, epochs: int) -> None:
    run = Course(np.array([0]), epochs, float(epochs), np.array([[0.0, 0.0]]))
    marks = run.marks(most)
    assert len(marks) <= most
    assert len(marks) >= min(epochs, most / 2.6) - 1


def test_it_never_divides_by_a_run_of_no_steps() -> None:
    run = Course(np.array([], np.int64), 0, 0.0, np.empty((0, 9)))
    assert run.place(0) == 0
    assert run.marks(10).size == 0


@pytest.mark.parametrize("step", [-5, 0, 3, 10**12])
def test_any_step_has_a_place(step: int) -> None:
    assert 0 <= course([0, 4, 8], 9).place(step) <= 3
