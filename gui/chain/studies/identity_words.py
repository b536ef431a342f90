"""What can be said of an identity neuron: how good it is, and why."""

from math import isclose

from engine.chain.identity import IdentityNeuron, best, hint, hint_bound
from engine.numerals import scientific
from gui.chain.studies.escape_neuron import number


def verdict(neuron: IdentityNeuron, with_offset: bool) -> tuple[str, ...]:
    """'Greatest error on [0, 1]: 0.0104, with b₂ = −1.5 taking up the offset'."""
    error = scientific(neuron.greatest_error(with_offset))
    bias = f", with b₂ = {number(-neuron.offset, 4)}" if with_offset else ""
    return f"Greatest error on [0, 1]: {error}{bias}", f"Greatest error: {error}"


def explanation(neuron: IdentityNeuron, with_offset: bool) -> tuple[str, ...]:
    """From long to short."""
    if with_offset:
        return _with_offset(neuron)
    least = best(False)
    error = scientific(least.greatest_error(False))
    if neuron == least:
        parts = (("w₁", least.w1), ("b", least.b), ("w₂", least.w2))
        values = ", ".join(f"{name} = {number(value, 4)}" for name, value in parts)
        end = f"no w₁, b, w₂ does better without an offset than {error}"
        return f"{values}: {end}.", f"{end.capitalize()}.", f"{error} is the least."
    rest = scientific(neuron.greatest_error(True))
    constant = f"{rest} of it would be left if b₂ = {number(-neuron.offset, 4)} took up the offset"
    return (
        f"{constant}. Without an offset the best possible is {error}.",
        f"Best possible without an offset: {error}.",
    )


def _with_offset(neuron: IdentityNeuron) -> tuple[str, ...]:
    offset = number(neuron.offset, 4)
    if is_hint(neuron):
        bound = scientific(hint_bound(neuron.w1))
        where = f"The output is x + 2/w₁ − 1/2, nearly: an offset of {offset}"
        return (
            f"{where}. What is left falls as w₁²/96 = {bound}: the smaller w₁, the better.",
            f"{where}; the rest falls as w₁²/96.",
            f"x + 2/w₁ − 1/2: an offset of {offset}.",
        )
    if neuron == best(True):
        return (
            f"The best for w₁ = {number(neuron.w1)}, with an offset of {offset}; a smaller w₁ is"
            " always better, so there is no best of all.",
            "The best for this w₁; a smaller one is always better.",
        )
    return f"The output is x plus an offset of {offset}, up to this error.", f"Offset {offset}."


def is_hint(neuron: IdentityNeuron) -> bool:
    if not neuron.w1:
        return False
    of_book = hint(neuron.w1)
    return isclose(neuron.b, of_book.b) and isclose(neuron.w2, of_book.w2)
