"""Numbers as they are typed, and the next one up or down; no widgets."""

import math
import re

from engine.hyper import Hyper

THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+")
LADDER = (1.0, 2.0, 5.0)  # a ratio of about two: what a log scale is felt by


def parsed(text: str) -> float | None:
    """The number that ``text`` means, an ``int`` where it is whole; a lone comma is a decimal one.

    None where it means no finite number.
    """
    text = text.strip().replace(" ", "").replace("−", "-")
    text = text.replace(",", "" if THOUSANDS.fullmatch(text) else ".")
    try:
        number = float(text)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else number


def stepped(h: Hyper, number: float, steps: int) -> float:
    """``number`` after that many steps up or down, within the range.

    Steps are 1-2-5 where a ratio counts, else 1 for whole numbers and a tenth of the leading
    digit's place for others.
    """
    for _ in range(abs(steps)):
        up = steps > 0
        if h.log:
            number = _next_rung(number, up)
        elif h.is_integer:
            number += 1 if up else -1
        else:
            number = _next_multiple(number, _place(h, number), up)
        number = min(max(number, h.low), h.high)
    return round(number) if h.is_integer else float(number)


def _next_rung(number: float, up: bool) -> float:
    decade = math.floor(math.log10(number))
    rungs = [float(f"{m}e{d}") for d in range(decade - 1, decade + 2) for m in LADDER]
    if up:
        return min(r for r in rungs if r > number * (1 + 1e-9))
    return max(r for r in rungs if r < number * (1 - 1e-9))


def _place(h: Hyper, number: float) -> int:
    """The power of ten of one step: a tenth of the number's, but never below the default's."""
    sizes = [abs(x) for x in (number, h.default or 1.0) if x]
    return max(math.floor(math.log10(size) + 1e-9) for size in sizes) - 1


def _next_multiple(number: float, place: int, up: bool) -> float:
    ticks = number / 10.0**place
    nearest = math.floor(ticks + 1e-6) + 1 if up else math.ceil(ticks - 1e-6) - 1
    return float(f"{nearest}e{place}")
