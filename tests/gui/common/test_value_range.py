"""Round steps and ends of the range of a slider."""

import pytest

from gui.common.value_range import SliderRange

pytestmark = pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)  # of tooltips


@pytest.mark.parametrize(
    ("low", "high", "step", "grid"),
    [
        (-4.0, 4.0, 0.1, 0.01), (-10.0, 10.0, 0.2, 0.02), (-100.0, 100.0, 2.0, 0.2),
        (0.0, 1.0, 0.01, 0.001), (-1000.0, 1000.0, 20.0, 2.0),
    ],
)  # fmt: skip
def test_steps_are_round_numbers(low: float, high: float, step: float, grid: float):
    span = SliderRange(low, high)
    assert span.step == pytest.approx(step, rel=1e-12)
    assert span.grid == pytest.approx(grid, rel=1e-12)
    first, last = span.places
    assert (span.value(first), span.value(last)) == (low, high)
    assert span.value(0) == 0.0


@pytest.mark.parametrize("value", [-4.0, -0.37, 0.0, 0.3, 1.2, 3.99])
def test_a_place_is_worth_a_number_of_few_digits(value: float):
    span = SliderRange(-4.0, 4.0)
    assert span.value(span.place(value)) == value  # to the last bit


def test_ends_that_are_no_multiples_are_reached():
    span = SliderRange(-0.4477, 6.894)
    first, last = span.places
    assert (span.value(first), span.value(last)) == (-0.4477, 6.894)


@pytest.mark.parametrize(
    ("low", "high", "value", "then"),
    [
        (-4.0, 4.0, 4.0, (-4.0, 4.0)), (-4.0, 4.0, 4.1, (-10.0, 10.0)),
        (-4.0, 4.0, -50.0, (-100.0, 100.0)), (-10.0, 10.0, 5000.0, (-5000.0, 5000.0)),
        (0.0, 1.0, 1.3, (0.0, 1.5)), (0.0, 1.0, -0.2, (-0.2, 1.0)),
    ],
)  # fmt: skip
def test_a_range_widens_to_hold_a_number(
    low: float, high: float, value: float, then: tuple[float, float]
):
    wide = SliderRange(low, high).holding(value)
    assert (wide.low, wide.high) == then
