import numpy as np

from gui.plots.parts.largest import largest


def test_the_largest_in_size_keeps_its_sign():
    values = np.array([1.0, -2.0, 3.0, -3.0, 0.5, -np.inf, np.nan, 1.0])
    assert largest(values, np.array([0, 2, 4])).tolist()[:2] == [-2.0, 3.0]
    assert np.isnan(largest(values, np.array([0, 4]))[1])
    assert largest(values, np.array([0, 5]))[0] == 3.0
