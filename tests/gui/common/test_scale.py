import numpy as np
import pytest

from gui.common.scale import LinearScale, LogScale, nice_above, nice_step
from gui.plots.parts.window import RunWindow


def test_a_log_scale_takes_everything_without_a_warning():
    with np.errstate(all="raise"):
        y = LogScale().forward(np.array([100.0, 0.0, -1.0, np.nan, np.inf]))
    np.testing.assert_array_equal(y, [2.0, -np.inf, np.nan, np.nan, np.inf])


def test_a_log_range_moves_by_decades_and_closes_up_late():
    scale = LogScale()
    first = scale.fit(-2.3, -0.5, None)
    assert first == (-3.0, 0.0)
    assert scale.fit(-3.2, -0.5, first) == (-4.0, 0.0)
    assert scale.fit(-1.5, -0.5, (-4.0, 0.0)) == (-4.0, 0.0)
    assert scale.fit(-1.5, -0.5, (-8.0, 0.0)) == (-2.0, 0.0)
    assert scale.fit(-1.2, -1.1, None) == (-3.0, -1.0)
    assert scale.fit(np.nan, np.nan, None) == (-4.0, 0.0)
    assert scale.fit(np.nan, np.nan, first) == first


def test_ticks_of_a_log_scale_are_few_and_round():
    scale = LogScale()
    assert scale.ticks(-3, 0, 6) == [-3, -2, -1, 0]
    assert scale.ticks(-63, 0, 5) == [-60, -40, -20, 0]
    assert scale.ticks(-8, -1, 3) == [-8, -4]
    assert [scale.text(t) for t in (-12.0, 0.0, 3.0)] == ["10⁻¹²", "10⁰", "10³"]
    zoomed = scale.ticks(np.log10(2e-3), np.log10(7e-3), 6)
    assert [scale.text(t) for t in zoomed] == [f"{n}·10⁻³" for n in (2, 3, 4, 5, 6, 7)]
    assert [LogScale(plain=True).text(t) for t in (-2.0, 1.0, -5.0)] == ["0.01", "10", "10⁻⁵"]


def test_counts_are_written_out():
    counted = LinearScale(counted=True)
    texts = [counted.text(t) for t in (0.0, 50.0, 200_000.0, 1e6, 2.5e6, 1e7, 2e9)]
    assert texts == [
        "0",
        "50",
        "200,000",
        "1 million",
        "2.5 million",
        "10 million",
        "2,000 million",
    ]


def test_a_linear_range_is_round_and_steady():
    scale = LinearScale()
    assert scale.fit(0.0, 0.21, None) == pytest.approx((0.0, 0.3))
    assert scale.fit(0.0, 0.1, (0.0, 0.3)) == (0.0, 0.3)
    assert scale.fit(0.0, 0.01, (0.0, 0.3)) == pytest.approx((0.0, 0.015))
    assert LinearScale(100.0).fit(90.0, 99.0, None) == (0.0, 100.0)
    assert scale.ticks(0.0, 0.3, 4) == [0.0, 0.1, 0.2, 0.3]


@pytest.mark.parametrize(("least", "step"), [(0.3, 0.5), (1.0, 1.0), (6.0, 10.0), (1.2, 2.0)])
def test_nice_steps(least, step):
    assert nice_step(least) == pytest.approx(step)
    assert nice_above(least) >= least


def test_the_window_grows_to_the_whole_run():
    window = RunWindow()
    window.restart(30)
    ends = [window.end]
    for epoch in np.linspace(0, 30, 400):
        if window.reach(float(epoch)):
            ends.append(window.end)
        assert window.end >= epoch
    assert ends == sorted(ends)
    assert ends[0] <= 0.1
    assert ends[-1] == 30
    assert len(ends) < 12
    assert 20 not in ends  # near enough to 30


def test_the_window_follows_a_change_of_epochs():
    window = RunWindow(length=30, end=30)
    assert window.reach(31)
    assert window.end == pytest.approx(50)
    window.length = 40
    assert window.reach(31)
    assert window.end == 40


def test_looking_back_does_not_shrink_the_window():
    window = RunWindow()
    window.restart(30)
    window.reach(12.0)
    end = window.end
    assert not any(window.reach(epoch) for epoch in (3.0, 0.0, 11.0, 12.0))
    assert window.end == end
    window.reach(40.0)  # beyond what was planned
    end = window.end
    assert not window.reach(5.0)
    assert window.end == end
    window.restart(30)
    assert window.end < 1
