import numpy as np
import pytest

from engine.datasets.parity import Parity


def test_two_bits_are_xor():
    train = Parity(bits=2).load().train
    assert train.x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert train.labels.tolist() == [0, 1, 1, 0]


@pytest.mark.parametrize("bits", range(2, 13))
def test_all_patterns_once_and_half_of_them_odd(bits):
    data = Parity(bits=bits).load()
    assert len(np.unique(data.train.x, axis=0)) == len(data.train) == 2**bits
    assert data.train.labels.sum() == 2 ** (bits - 1)
    assert np.array_equal(data.train.labels, np.bitwise_xor.reduce(data.train.x, axis=1))
    assert len(data.validation) == len(data.test) == 0
    assert data.class_names == ("even", "odd")
    assert data.train.inputs(np.float64).max() == 1.0
