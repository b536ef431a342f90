import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS, HIDDEN
from engine.arrays import Floats
from engine.chain.escape import crossings, interval, term_map, widest, width

ANALYTIC = [key for key, entry in HIDDEN.items() if entry.analytic]
weights = st.floats(4.001, 1e4) | st.floats(-1e4, -4.001)


def term(w: float, b: float, a: float) -> float:
    """|w σ'| of a sigmoid neuron from the other formula for its derivative."""
    return abs(w) / (2.0 * np.cosh(min(abs(w * a + b), 600.0) / 2.0)) ** 2


def end_of_interval(w: float, b: float, outwards: float) -> float:
    """Bisected from the middle, where the term is |w|/4."""
    inside, outside = -b / w, -b / w + outwards
    for _ in range(200):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if term(w, b, middle) >= 1 else (inside, middle)
    return inside


@given(w=weights, b=st.floats(-50.0, 50.0))
def test_interval_is_where_the_term_is_at_least_1(w: float, b: float) -> None:
    found = interval(w, b)
    assert found is not None
    expected = end_of_interval(w, b, -2.0), end_of_interval(w, b, 2.0)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert width(np.array(w)) == pytest.approx(expected[1] - expected[0], abs=1e-8)


def test_no_interval_below_4() -> None:
    assert interval(3.999, 0.0) is None
    assert interval(-3.999, 1.0) is None
    assert interval(0.0, 1.0) is None
    assert interval(np.nan, 1.0) is None
    assert interval(4.0, -2.0) == (0.5, 0.5)
    np.testing.assert_array_equal(width(np.array([0.0, 3.999, -3.999, 4.0])), 0.0)


def test_width_keeps_the_shape_and_is_even() -> None:
    w = np.linspace(-20.0, 20.0, 12).reshape(3, 4)
    assert width(w).shape == (3, 4)
    np.testing.assert_array_equal(width(w), width(-w))


def test_widest_interval_is_that_of_the_chapter() -> None:
    w, greatest = widest()
    assert round(w, 3) == 6.894
    assert round(greatest, 4) == 0.4477
    assert greatest >= width(np.linspace(4.0, 100.0, 100_001)).max()


@pytest.mark.parametrize("key", ANALYTIC)
@pytest.mark.parametrize(
    ("w", "b"),
    [
        (np.linspace(-3.0, 5.0, 7), 0.3),
        (1.7, np.linspace(-2.0, 2.0, 5)),
        (np.linspace(-3.0, 5.0, 6), np.linspace(1.0, -1.0, 6)),
    ],
    ids=["rows of w", "rows of b", "rows of both"],
)
def test_map_by_complex_step(key: str, w: Floats | float, b: Floats | float) -> None:
    a, h = np.linspace(-1.03, 1.01, 9), 1e-30
    found = term_map(key, a, w, b)
    for i, row in enumerate(found):
        w_i, b_i = (float(np.broadcast_to(v, len(found))[i]) for v in (w, b))
        z = w_i * (a + 1j * h) + b_i
        out = np.empty_like(z)
        ACTIVATIONS[key].fn(z, out)
        np.testing.assert_allclose(row, np.abs(out.imag / h), rtol=1e-12, atol=1e-15)
    assert len(found) == max(np.size(w), np.size(b))


def test_map_of_numbers_is_one_row() -> None:
    found = term_map("sigmoid", np.array([0.0, 0.5, 1.0]), 100.0, -50.0)
    assert found.shape == (1, 3)
    assert found[0, 1] == 25.0


def test_crossings_are_the_ends_of_the_interval() -> None:
    found = crossings("sigmoid", -6.0, 2.0, -1.0, 2.0)
    np.testing.assert_allclose(found, interval(-6.0, 2.0), atol=1e-13)
    assert len(crossings("sigmoid", -6.0, 2.0, 0.3, 2.0)) == 1  # the range cuts one off
    assert len(crossings("sigmoid", 3.9, 2.0, -5.0, 5.0)) == 0
    assert len(crossings("sigmoid", 0.0, 2.0, -5.0, 5.0)) == 0


def test_crossings_of_other_activations() -> None:
    ends = np.arccosh(np.sqrt(2.0)) / 2.0  # 2 (1 − tanh² 2a) = 1
    np.testing.assert_allclose(crossings("tanh", 2.0, 0.0, -3.0, 3.0), [-ends, ends], atol=1e-13)
    np.testing.assert_allclose(crossings("relu", 2.0, 1.0, -3.0, 3.1), [-0.5], atol=1e-12)
