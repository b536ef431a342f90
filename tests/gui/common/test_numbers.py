from dataclasses import dataclass, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.hyper import hyper, hypers
from engine.numerals import short
from gui.common.numbers import parsed, stepped


@dataclass(frozen=True)
class Ranges:
    eta: float = hyper(0.1, "η", 1e-7, 1e4, log=True)
    lmbda: float = hyper(5.0, "λ", 0.0, 1e6)
    mu: float = hyper(0.9, "μ", 0.0, 0.9999)
    batch: int = hyper(10, "batch", 0, 1_000)
    gain: float = hyper(1.0, "gain", -100.0, 100.0)


H = {h.name: h for h in hypers(Ranges())}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.1, "0.1"), (1e-8, "1e-8"), (50_000, "50,000"), (5.0, "5"), (1e22, "1e22"),
        (0, "0"), (-2.5, "-2.5"),
    ],
)  # fmt: skip
def test_text_of_a_number(number: float, text: str):
    assert short(number) == text


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**9), 10**9))
def test_every_text_reads_back(number: float):
    assert parsed(short(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0,5", 0.5), ("50,000", 50_000), ("1,000,000", 1_000_000), ("1e-3", 1e-3), ("−2", -2),
        (" 3 ", 3), ("1 000", 1000), ("", None), ("e", None), ("1e999", None), ("nan", None),
        ("1.2.3", None),
    ],
)  # fmt: skip
def test_what_a_typed_text_means(text: str, number: float | None):
    assert parsed(text) == number


def test_a_whole_number_is_an_int():
    assert isinstance(parsed("10"), int)
    assert isinstance(parsed("10.5"), float)


@pytest.mark.parametrize(
    ("name", "number", "steps", "after"),
    [
        ("eta", 0.1, 1, 0.2), ("eta", 0.1, -1, 0.05), ("eta", 0.3, 1, 0.5), ("eta", 0.1, 3, 1.0),
        ("eta", 1e4, 1, 1e4), ("eta", 1e-7, -1, 1e-7), ("lmbda", 5.0, 1, 5.1),
        ("lmbda", 0.0, -1, 0.0), ("mu", 0.9, 1, 0.91), ("mu", 0.99, 5, 0.9999),
        ("batch", 10, 1, 11), ("batch", 0, -1, 0), ("gain", 0.0, -1, -0.1),
    ],
)  # fmt: skip
def test_a_step(name: str, number: float, steps: int, after: float):
    assert stepped(H[name], number, steps) == pytest.approx(after, rel=1e-12)


@given(st.sampled_from(fields(Ranges)), st.integers(-30, 30))
def test_steps_stay_in_the_range(field, steps: int):
    h = H[field.name]
    h.check(stepped(h, h.default, steps))
