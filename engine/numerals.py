"""Numbers as sentences and fields write them."""

import re

EXPONENT = re.compile(r"e([+-])0*(\d)")
WRITTEN_OUT = 1e16  # from here on, neighbouring whole numbers are the same float


def short(number: float, digits: int = 17) -> str:
    """The shortest text that reads back as the same number, or as rounded: 50,000, 0.1, 1e-8."""
    if abs(number) < WRITTEN_OUT and number == int(number):
        return f"{int(number):,}"
    try:
        text = repr(float(f"{float(number):.{digits}g}"))
    except OverflowError:  # a whole number beyond every float
        return "∞" if number > 0 else "-∞"
    return EXPONENT.sub(lambda m: f"e{m[1].replace('+', '')}{m[2]}", text)
