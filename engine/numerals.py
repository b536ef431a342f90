"""Numbers as sentences and fields write them."""

import re
from math import copysign, floor, inf, isnan, log10

EXPONENT = re.compile(r"e([+-])0*(\d)")
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
WRITTEN_OUT = 1e16  # from here on, neighbouring whole numbers are the same float


def short(number: float, digits: int = 17) -> str:
    """The shortest text that reads back as the same number, or as rounded: 50,000, 0.1, 1e-8."""
    if abs(number) < WRITTEN_OUT and number == int(number):
        return f"{int(number):,}"
    try:
        rounded = float(f"{float(number):.{digits}g}")
    except OverflowError:  # a whole number beyond every float
        return "∞" if number > 0 else "-∞"
    if abs(rounded) < WRITTEN_OUT and rounded == int(rounded):
        return f"{int(rounded):,}"
    text = repr(rounded)
    return EXPONENT.sub(lambda m: f"e{m[1].replace('+', '')}{m[2]}", text)


def power(exponent: float, digits: int = 2) -> str:
    """10 to this power as 3.2·10⁻⁷¹²: also what no float can hold."""
    whole = floor(exponent)
    after_point = max(0, digits - 1)
    factor = f"{10.0 ** (exponent - whole):.{after_point}f}"
    if factor.startswith("10"):
        whole, factor = whole + 1, f"{1:.{after_point}f}"
    ten = "10" + str(whole).translate(_SUPERSCRIPT)
    return ten if float(factor) == 1 else f"{factor}·{ten}"


def scientific(value: float, size: float | None = None, digits: int = 3) -> str:
    """A number to be read in a lecture: 0.172, −0.0042, 3.2·10⁻⁷¹², ∞, not a number.

    ``size`` is log₁₀ of its absolute value, where ``value`` has become 0 or infinite by rounding.
    """
    if isnan(value):
        return "not a number"
    size = (log10(abs(value)) if value else -inf) if size is None or isnan(size) else size
    sign = "−" if copysign(1.0, value) < 0 else ""
    if size == -inf:
        return "0"
    if size == inf:
        return f"{sign}∞"
    if -3 <= size < 5 and value:
        return f"{sign}{abs(value):,.{max(0, digits - 1 - floor(size))}f}"
    return sign + power(size, digits - 1)
