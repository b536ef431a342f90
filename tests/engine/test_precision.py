import numpy as np
import pytest

from engine.architecture import dense
from engine.precision import dtype_for


@pytest.mark.parametrize(
    ("hidden", "activation", "dtype"),
    [
        (3, "sigmoid", np.float32), (25, "sigmoid", np.float32), (26, "sigmoid", np.float64),
        (63, "sigmoid", np.float64), (25, "tanh", np.float32), (60, "relu", np.float64),
    ],
)  # fmt: skip
def test_auto_leaves_float32_before_a_vanishing_gradient_does(
    hidden: int, activation: str, dtype: type
) -> None:
    assert dtype_for(dense(4, *[5] * hidden, 3, activation=activation), "auto") == dtype


def test_a_choice_is_a_choice() -> None:
    deep = dense(4, *[5] * 80, 3)
    assert dtype_for(deep, "float32") == np.float32
    assert dtype_for(dense(4, 3), "float64") == np.float64
