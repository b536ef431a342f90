"""Names of what can be pointed at in the drawing of a chain, and of what belongs together in it."""

from typing import TypeAlias

Key: TypeAlias = tuple[str, int]  # what it is; of which neuron, from 1, or 0

RESULT: Key = ("result", 0)  # ∂C/∂b_1
SLOPE: Key = ("slope", 0)  # ∂C/∂a_N
COST: Key = ("cost", 0)
TARGET: Key = ("target", 0)
INPUT: Key = ("input", 0)
ELIDED: Key = ("elided", 0)
PRODUCT_OF_SLOPE: Key = ("product", 0)  # with nothing at its right: ∂C/∂a_N itself
PRODUCT_OF_ELIDED: Key = ("passed", 0)  # up to the last neuron that is drawn before them
SPEED: Key = ("speed", 0)
SHARED_WEIGHT: Key = ("shared weight", 0)  # ∂C/∂w of a tied chain
SHARED_BIAS: Key = ("shared bias", 0)

_SAME = {
    SLOPE: COST, TARGET: COST, PRODUCT_OF_SLOPE: COST, PRODUCT_OF_ELIDED: ELIDED, SPEED: RESULT
}  # fmt: skip
_NEURON = {"prime", "bias", "z", "a", "term", "delta"}
_WEIGHT = {"weight", "pulled"}


def group(key: Key) -> Key:
    """A term of the formula and its element in the drawing have one group."""
    kind, j = key
    if kind in _NEURON:
        return ("neuron", j)
    if kind in _WEIGHT:
        return ("weight", j)
    return _SAME.get(key, key)
