import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.history import MOST_NUMBERS, History


def fill(history: History, values: np.ndarray) -> list[int]:
    """Offer one row (step, value) per value, as a trainer does; return the steps that were kept."""
    skipped: list[tuple[float, float]] = []
    for step, value in enumerate(values):
        if history.wants(step):
            history.append_extremes(np.array(skipped).reshape(-1, 2))
            skipped.clear()
            history.append(np.array([step, value]), ordinal=step)
        else:
            skipped.append((step, value))
    history.append_extremes(np.array(skipped).reshape(-1, 2))
    return [int(step) for step in history.view()[:, 0]]


def test_views_are_frozen_in_time_and_read_only() -> None:
    history = History(1, limit=64)
    views = []
    for i in range(2000):
        if history.wants(i):
            history.append(np.array([float(i)]), ordinal=i)
            views.append((history.view(), history.view().copy()))
    for view, copy in views:
        np.testing.assert_array_equal(view, copy)
    with pytest.raises(ValueError):
        history.view()[0] = 1.0


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 3000), st.integers(0, 1000))
def test_first_extremes_and_bound_survive_however_long_the_run(n: int, seed: int) -> None:
    values = np.random.default_rng(seed).standard_normal(n)
    history = History(2, tracked=[1], limit=64)
    steps = fill(history, values)
    assert len(steps) <= 64
    assert steps[0] == 0
    assert steps == sorted(set(steps))
    assert {int(values.argmin()), int(values.argmax())} <= set(steps)
    np.testing.assert_array_equal(history.view()[:, 1], values[steps])


def test_regular_rows_are_evenly_spaced_after_thinning() -> None:
    history = History(2, limit=64)
    steps = fill(history, np.zeros(10_000))
    assert set(np.diff(steps)) == {history.stride}
    assert history.stride == 256
    assert len(steps) > 32


def test_memory_does_not_grow_with_the_columns() -> None:
    history = History(50_000)
    assert history.limit * 50_000 <= MOST_NUMBERS
    assert History(100).limit == 4096


def test_many_tracked_columns_leave_room_for_the_course_of_time() -> None:
    history = History(101, tracked=range(1, 101), limit=64)
    rng = np.random.default_rng(0)
    for step in range(5000):
        if history.wants(step):
            history.append(np.concatenate(([step], rng.standard_normal(100))), ordinal=step)
    assert len(history.view()) <= 64
    assert len(np.unique(history.view()[:, 0] // 1000)) == 5


def test_not_a_number_is_no_extreme() -> None:
    history = History(2, tracked=[1], limit=64)
    history.append(np.array([0.0, np.nan]), ordinal=0)
    history.append_extremes(np.array([[1.0, np.nan], [2.0, 5.0], [3.0, np.nan]]))
    assert history.view()[:, 0].tolist() == [0.0, 2.0]
