"""Symbols with a number below the line, in running text: w₂, a₁₀."""

_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def subscripted(symbol: str, j: int) -> str:
    return symbol + str(j).translate(_BELOW)
