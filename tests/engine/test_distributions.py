import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.distributions import histogram
from engine.inspection import BINS


@given(arrays.arrays(float, st.integers(1, 50), elements=st.floats()))
def test_every_finite_number_is_counted_once(values: np.ndarray) -> None:
    h = histogram(values)
    finite = values[np.abs(values) < 1e150]
    assert h.counts.sum() == len(finite)
    assert (h.counts >= 0).all()
    assert h.edges.shape == (BINS + 1,)
    assert (np.diff(h.edges) > 0).all()
    if len(finite):
        assert h.edges[0] <= finite.min()
        assert finite.max() <= h.edges[-1]
        assert h.mean == pytest.approx(finite.mean())
    else:
        assert np.isnan(h.mean)


def test_it_counts_as_numpy_does() -> None:
    values = np.random.default_rng(0).standard_normal(10_000)
    h = histogram(values)
    counts, edges = np.histogram(values, BINS)
    np.testing.assert_array_equal(h.counts, counts)
    np.testing.assert_allclose(h.edges, edges)


def test_one_value_stands_in_the_middle() -> None:
    h = histogram(np.full((3, 4), 0.25, np.float32))
    assert h.counts[BINS // 2] == 12
    assert (h.edges[0], h.edges[-1], h.spread) == (-0.25, 0.75, 0.0)
