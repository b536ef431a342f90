from math import floor, inf, log10, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.numerals import power, scientific, short


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"), (-1, "-1"), (50_000, "50,000"), (10_000.0, "10,000"), (0.1, "0.1"),
        (1e-7, "1e-7"), (1e18, "1e18"), (-1.5e-12, "-1.5e-12"), (12_345.5, "12345.5"),
        (float("inf"), "inf"), (float("nan"), "nan"), (10**400, "∞"), (-(10**400), "-∞"),
        (10**16, "1e16"),
    ],
)  # fmt: skip
def test_numbers_are_written_short(number: float, text: str) -> None:
    assert short(number) == text


def test_what_is_rounded_is_short_too() -> None:
    assert short(0.7 / 10) == "0.06999999999999999"
    assert short(0.7 / 10, 6) == "0.07"
    assert short(24.999999, 2) == "25"
    assert short(999.96, 4) == "1,000"
    assert short(1234.0, 2) == "1,234", "whole numbers are not rounded"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_short_numbers_read_back(number: float) -> None:
    assert float(short(number).replace(",", "")) == number


@pytest.mark.parametrize(
    ("exponent", "text"),
    [
        (-712.4948500216801, "3.2·10⁻⁷¹³"), (0.0, "10⁰"), (-40.0, "10⁻⁴⁰"), (6.0, "10⁶"),
        (5.999, "10⁶"), (5.97, "9.3·10⁵"), (-0.5, "3.2·10⁻¹"), (1234.0, "10¹²³⁴"),
        (-2.99999999, "10⁻³"),
    ],
)  # fmt: skip
def test_powers(exponent: float, text: str) -> None:
    assert power(exponent) == text


def test_powers_have_the_digits_that_are_asked_for() -> None:
    assert power(-40.2, 1) == "6·10⁻⁴¹"
    assert power(-40.2, 4) == "6.310·10⁻⁴¹"
    assert power(3.9999, 3) == "10⁴"


def test_one_digit() -> None:
    numbers = (1.23e-9, 9.7e8, 0.00123, 12_345.0, -0.94)
    texts = [scientific(number, digits=1) for number in numbers]
    assert texts == ["10⁻⁹", "10⁹", "0.001", "12,345", "−0.9"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"), (-0.0, "0"), (0.172, "0.172"), (-0.0042, "−0.00420"), (1.0, "1.00"),
        (25.0, "25.0"), (15_625.0, "15,625"), (-99_999.9, "−100,000"), (1e5, "10⁵"),
        (123_456.0, "1.2·10⁵"), (0.001, "0.00100"), (0.00099996, "10⁻³"), (0.0009, "9.0·10⁻⁴"),
        (5e-324, "4.9·10⁻³²⁴"), (1.7e308, "1.7·10³⁰⁸"), (inf, "∞"), (-inf, "−∞"),
        (nan, "not a number"), (9.999, "10.00"), (0.99999, "1.000"),
    ],
)  # fmt: skip
def test_numbers_for_a_lecture(value: float, text: str) -> None:
    assert scientific(value) == text


@pytest.mark.parametrize(
    ("value", "size", "text"),
    [
        (0.0, -712.4948500216801, "3.2·10⁻⁷¹³"), (-0.0, -400.0, "−10⁻⁴⁰⁰"),
        (inf, 417.3, "2.0·10⁴¹⁷"), (-inf, 417.3, "−2.0·10⁴¹⁷"), (0.0, -inf, "0"), (inf, inf, "∞"),
        (-inf, inf, "−∞"), (0.5, nan, "0.500"), (nan, -3.0, "not a number"),
        (0.5, log10(0.5), "0.500"),
    ],
)  # fmt: skip
def test_what_no_float_holds_has_a_size(value: float, size: float, text: str) -> None:
    assert scientific(value, size) == text


_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


@given(st.floats(-1e300, 1e300), st.integers(2, 6))
def test_every_number_reads_back_rounded(number: float, digits: int) -> None:
    text = scientific(number, digits=digits).replace(",", "").replace("−", "-")
    sign, size = "-" * text.startswith("-"), text.removeprefix("-")
    factor, _, exponent = ("1·" * size.startswith("10") + size).rpartition("10")
    if set(size) & set("⁰¹²³⁴⁵⁶⁷⁸⁹"):
        read = float(f"{sign}{factor.rstrip('·')}e{exponent.translate(_RAISED)}")
    else:
        read = float(text)
    assert read == pytest.approx(number, rel=0.6 * 10.0 ** (2 - digits), abs=0.0)


@given(st.floats(-1e5, 1e5), st.integers(1, 6))
def test_every_power_reads_back_rounded(exponent: float, digits: int) -> None:
    factor, dot, ten = power(exponent, digits).translate(_RAISED).partition("·10")
    whole = int(ten) if dot else int(factor.removeprefix("10"))
    read = whole + log10(float(factor) if dot else 1.0)
    assert read == pytest.approx(exponent, abs=0.5 * 10.0 ** (1 - digits))
    assert floor(exponent) <= whole <= floor(exponent) + 1


@given(st.floats(), st.floats())
def test_nothing_raises(value: float, size: float) -> None:
    assert scientific(value, size)
    assert scientific(value, size, digits=1)
    assert short(value)
