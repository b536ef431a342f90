import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.arrays import Floats
from engine.singular_value import largest_singular_value


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 260),
    st.integers(1, 260),
    st.integers(0, 99),
    st.sampled_from([1e-200, 1.0, 1e200]),
)
def test_largest_singular_value(rows: int, columns: int, seed: int, scale: float) -> None:
    A = np.random.default_rng(seed).standard_normal((rows, columns))
    found = largest_singular_value(A * scale)
    assert found / scale == pytest.approx(np.linalg.norm(A, 2), rel=1e-12)


@pytest.mark.parametrize("shape", [(300, 300), (784, 400), (210, 900)])
def test_large_matrices_need_no_gram_matrix(
    shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(np.linalg, "eigvalsh", None)
    A = np.random.default_rng(3).standard_normal(shape)
    assert largest_singular_value(A) == pytest.approx(np.linalg.norm(A, 2), rel=1e-12)


@pytest.mark.parametrize("decay", [1e-12, 1e-4, 1e-2, 1.0])
def test_close_singular_values_are_told_apart(decay: float) -> None:
    rng = np.random.default_rng(1)
    U, V = (np.linalg.qr(rng.standard_normal((n, 300)))[0] for n in (300, 420))
    A = (U * np.exp(-decay * np.arange(300))) @ V.T
    assert largest_singular_value(A) == pytest.approx(1.0, rel=1e-9)
    assert largest_singular_value(A.T.astype(np.float32)) == pytest.approx(1.0, rel=1e-5)


@pytest.mark.parametrize(
    ("A", "expected"),
    [
        (np.zeros((300, 300)), 0.0),
        (np.zeros((0, 5)), 0.0),
        (np.eye(300), 1.0),
        (np.ones((300, 400)), np.sqrt(120_000.0)),
        (np.full((2, 2), np.nan), np.nan),
        (np.full((2, 2), np.inf), np.nan),
    ],
)
def test_singular_value_of_special_matrices(A: Floats, expected: float) -> None:
    assert largest_singular_value(A) == pytest.approx(expected, rel=1e-12, nan_ok=True)
