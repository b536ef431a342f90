import pytest

from engine.numerals import short


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
