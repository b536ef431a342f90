"""Φ and φ against series in exact arithmetic, and the standard library's erfc."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest

from engine.normal import cumulative, density

POINTS = [-37.0, -30.5, -23.1425, -15.0, -11.32, -11.31, -8.0, -3.3, -1.4143, -1.4142, -0.7, -0.01,
          -1e-20, 0.0, 1e-20, 0.3, 1.4142, 1.4143, 2.5, 8.2, 20.0]  # fmt: skip


def exact(z: float) -> tuple[float, float]:
    """Φ(z) = 1/2 + φ(z) Σ zⁿ / 1·3·5…n over odd n, and φ(z), with 400 digits."""
    with localcontext() as context:
        context.prec = 400
        x = Decimal(z)
        pi = 2 * Decimal(0)
        for k in range(700):  # Bailey, Borwein and Plouffe (1997)
            places = Decimal(16) ** -k
            pi += places * (
                Decimal(4) / (8 * k + 1) - Decimal(2) / (8 * k + 4)
                - Decimal(1) / (8 * k + 5) - Decimal(1) / (8 * k + 6)
            )  # fmt: skip
        phi = (-x * x / 2).exp() / (2 * pi).sqrt()
        total, term, n = Decimal(0), x, 1
        while abs(term) > Decimal(10) ** -390 and n < 20_000:
            total, n = total + term, n + 2
            term *= x * x / n
        return float(Decimal("0.5") + phi * total), float(phi)


@pytest.mark.parametrize("z", POINTS)
def test_all_digits_also_where_they_are_tiny(z: float) -> None:
    at = np.array([z])
    below, peak = exact(z)
    np.testing.assert_allclose(cumulative(at), below, rtol=1e-15)
    np.testing.assert_allclose(density(at), peak, rtol=1e-15)


def test_as_good_as_the_standard_library() -> None:
    z = np.linspace(-5.0, 8.0, 4001)
    expected = [0.5 * math.erfc(-v / math.sqrt(2.0)) for v in z]
    np.testing.assert_allclose(cumulative(z), expected, rtol=6e-15)  # which rounds v / √2


def test_the_derivative_by_complex_step() -> None:
    z = np.linspace(-30.0, 6.0, 2001)
    np.testing.assert_allclose(cumulative(z + 1e-30j).imag / 1e-30, density(z), rtol=1e-14)
    np.testing.assert_allclose(
        density(z + 1e-30j).imag / 1e-30, -z * density(z), rtol=1e-14, atol=1e-300
    )
    np.testing.assert_allclose(cumulative(z + 1e-30j).real, cumulative(z), rtol=2e-15)


def test_ends_and_types() -> None:
    z = np.array([-np.inf, -1e300, -50.0, 50.0, 1e300, np.inf, np.nan])
    with np.errstate(divide="raise", over="raise"):
        np.testing.assert_array_equal(cumulative(z), [0, 0, 0, 1, 1, 1, np.nan])
        np.testing.assert_array_equal(density(z), [0, 0, 0, 0, 0, 0, np.nan])
    for dtype in (np.float32, np.float64, np.complex128):
        some = z[2:4].astype(dtype)
        assert cumulative(some).dtype == dtype
        assert density(some).dtype == dtype
    assert cumulative(np.zeros((3, 4))).shape == (3, 4)
