from math import inf

import pytest

from gui.bridge.pace import ANY_NUMBER, LONGEST_PAUSE, Pace


@pytest.mark.parametrize("steps_per_second", [0.5, 7.0, 60.0, 1234.5])
def test_no_step_is_lost_between_frames(steps_per_second: float) -> None:
    pace = Pace(steps_per_second)
    pace.start(0.0)
    taken = [pace.steps(k / 60) for k in range(601)]
    assert sum(taken) == pytest.approx(10 * steps_per_second + 1, abs=1)
    assert taken[0] == 1
    assert max(taken) <= steps_per_second / 60 + 1


def test_full_speed_is_not_counted() -> None:
    assert Pace(inf).steps(1.0) == ANY_NUMBER


def test_a_hidden_window_does_not_make_up_for_lost_time() -> None:
    pace = Pace(100.0)
    pace.start(0.0)
    assert pace.steps(60.0) <= 100 * LONGEST_PAUSE + 1
