import pytest

from gui.training.run_clock import RunClock, duration_text


def feed(clock: RunClock, start: float, seconds: float, first: int, speed: float) -> None:
    for k in range(round(seconds * 10) + 1):
        clock.feed(start + k / 10, first + round(k * speed / 10), 10_000)


def test_nothing_is_known_at_first():
    clock = RunClock()
    assert clock.steps_per_second is None
    assert clock.seconds_left is None
    clock.feed(5.0, 0, 100)
    assert clock.steps_per_second is None


def test_speed_and_what_is_left():
    clock = RunClock()
    feed(clock, 50.0, 1, 0, 100)
    assert clock.steps_per_second == pytest.approx(100)
    assert clock.seconds_left == pytest.approx(9_900 / 100)


def test_the_speed_is_that_of_the_last_seconds():
    clock = RunClock()
    feed(clock, 0.0, 10, 0, 10)
    feed(clock, 10.0, 3, 100, 1000)
    assert clock.steps_per_second == pytest.approx(1000)


def test_a_slow_run_is_averaged_over_more():
    clock = RunClock()
    for k in range(41):
        clock.feed(k, k, 100)
    assert clock.steps_per_second == pytest.approx(1.0)


def test_a_pause_does_not_count():
    clock = RunClock()
    feed(clock, 0.0, 1, 0, 100)
    clock.pause()
    feed(clock, 600.0, 0.5, 100, 100)
    assert clock.steps_per_second == pytest.approx(100)


@pytest.mark.parametrize("how", ["another run", "forget"])
def test_it_begins_anew(how: str):
    clock = RunClock()
    feed(clock, 0.0, 5, 0, 1000)
    if how == "forget":
        clock.forget()
        assert clock.steps_per_second is None
    feed(clock, 5.1, 1, 6000 if how == "forget" else 0, 10)
    assert clock.steps_per_second == pytest.approx(10, rel=0.15)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-1, "0 s"), (0.4, "0 s"), (59.4, "59 s"), (59.6, "1 min"), (84, "1 min 20 s"),
        (3_600, "1 h"), (7_530, "2 h 5 min"), (86_399.7, "1 d"), (273_600, "3 d 4 h"),
        (1e9, "11,574 d 1 h"),
    ],
)  # fmt: skip
def test_duration_text(seconds: float, text: str):
    assert duration_text(seconds) == text
