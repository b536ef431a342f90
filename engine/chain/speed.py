"""How fast the first layer of a chain learns beside the last, in words."""

from math import inf, isnan, log10

from engine.chain.trace import ChainTrace
from engine.numerals import power, scientific

ALIKE = log10(1.1)  # of the logarithms: what a sentence would call as fast


def speed_sentence(t: ChainTrace) -> str:
    """Such as 'the first layer learns 120× slower than the last'; empty for one neuron."""
    first, last = float(t.log10_delta[0]), float(t.log10_delta[-1])
    ratio = float(t.log10_ratio[0])
    if t.chain.neurons == 1:
        return ""
    if isnan(first) or isnan(last):
        return "the gradient of the first layer is not a number"
    if last == -inf:
        return "no layer learns: the gradient of the last is 0"
    if first == -inf:
        return "the first layer does not learn: its gradient is 0"
    if inf in (first, last):
        return "the gradient grows without bound"
    return _compared(ratio)


def _compared(size: float) -> str:
    if abs(size) < ALIKE:
        return "the first layer learns about as fast as the last"
    times = scientific(10.0 ** abs(size)) if abs(size) < 5 else power(abs(size))
    return f"the first layer learns {times}× {'slower' if size < 0 else 'faster'} than the last"
