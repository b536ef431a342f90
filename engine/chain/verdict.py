"""What the gradient of a chain does from the last neuron to the first, in words."""

from dataclasses import dataclass
from math import inf, isfinite, isnan

from engine.chain.trace import ChainTrace
from engine.numerals import power, scientific, short

WITHIN = 0.1  # of 1: a mean step in this distance neither vanishes nor explodes
THRESHOLDS = (
    "The mean step is the geometric mean of |σ′(z_j) w_{j+1}| over the steps from the last neuron "
    "to the first. Below 0.9 the gradient vanishes, above 1.1 it explodes, between it is balanced."
)


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """``kind`` is vanishing, balanced, exploding or unknown; ``words`` fit into a chip."""

    kind: str
    words: str
    sentence: str


def judge_chain(t: ChainTrace) -> ChainVerdict:
    """Thresholds: ``THRESHOLDS``."""
    steps, step = t.chain.neurons - 1, t.step
    if not steps:
        return ChainVerdict("unknown", "one neuron: no product", "One neuron: there is no step.")
    if isnan(step):
        return _without_step(t)
    if step in (0.0, inf):
        word = "vanishing: a term is 0" if step == 0.0 else "exploding without bound"
        kind = "vanishing" if step == 0.0 else "exploding"
        return ChainVerdict(kind, word, f"{word.capitalize()}.")
    kind = "vanishing" if step < 1 - WITHIN else "exploding" if step > 1 + WITHIN else "balanced"
    words = "balanced within 10 %" if kind == "balanced" else f"{kind}: each step × {step:.2g}"
    return ChainVerdict(kind, words, _sentence(t, steps, step))


def _sentence(t: ChainTrace, steps: int, step: float) -> str:
    log10_ratio = float(t.log10_delta[0] - t.log10_delta[-1])
    after = f"after {steps} step{'s' * (steps > 1)} {fraction(log10_ratio)}"
    return f"Each step multiplies by about {short(step, 2)}: {after}."


def fraction(log10_ratio: float) -> str:
    """10 to this power as 1/625, 390 or 1/10⁴⁰."""
    size = abs(log10_ratio)
    text = f"{10.0**size:,.3g}" if size < 3 else scientific(10.0**size) if size < 5 else power(size)
    return f"1/{text}" if log10_ratio < 0 and text != "1" else text


def _without_step(t: ChainTrace) -> ChainVerdict:
    if not all(map(isfinite, t.a)):
        what = "the activations grow without bound"
    elif t.log10_delta[-1] == -inf:
        what = "the gradient of the last neuron is 0"
    else:
        what = "a term is not a number"
    return ChainVerdict("unknown", "no gradient", f"No verdict: {what}.")
