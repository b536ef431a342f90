"""What the gradient of a chain does from the last neuron to the first, in words."""

from dataclasses import dataclass
from math import isnan

from engine.activations import ACTIVATIONS
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

    @property
    def brief(self) -> str:
        """The words for a small chip: 'vanishing × 0.2'."""
        return self.words.replace(": each step", "").replace(" within 10 %", "")


def judge_chain(t: ChainTrace) -> ChainVerdict:
    """Thresholds: ``THRESHOLDS``. It is about the steps, even if the last gradient is 0."""
    steps, step = t.chain.neurons - 1, t.step
    if not steps:
        return ChainVerdict("unknown", "one neuron: no step", "One neuron: there is no step.")
    if isnan(step):
        return ChainVerdict(
            "unknown", "not a number", "No verdict: a value on the way is not a number."
        )
    if t.log10_ratio[0] == -float("inf"):
        return ChainVerdict("vanishing", "vanishing: a term is 0", _broken(t))
    kind = "vanishing" if step < 1 - WITHIN else "exploding" if step > 1 + WITHIN else "balanced"
    words = "balanced within 10 %" if kind == "balanced" else f"{kind}: each step × {_size(step)}"
    return ChainVerdict(kind, words, _sentence(t, steps, step) + _end(t))


def _sentence(t: ChainTrace, steps: int, step: float) -> str:
    after = f"after {steps:,} layer{'s' * (steps > 1)} {fraction(float(t.log10_ratio[0]))}"
    return f"Each step multiplies by about {_size(step)}: {after}."


def _end(t: ChainTrace) -> str:
    """What the last gradient is where it is no usual number: all others are its multiples."""
    if isnan(t.delta[-1]):
        return " But the last gradient is not a number."
    if t.delta[-1] == 0.0:
        why = "the last neuron gives the target" if t.a[-1] == t.chain.y else "σ′(z) is 0 there"
        return f" But the last gradient is 0, since {why}: so are all others."
    if abs(t.delta[-1]) == float("inf"):
        return " The activations exceed every float, and the last gradient too."
    return ""


def _broken(t: ChainTrace) -> str:
    """Which factor is 0, from the output back."""
    for j in range(t.chain.neurons - 1, 0, -1):
        if t.chain.w[j] == 0.0:
            return f"w_{j + 1} is 0: no gradient passes it."
        if t.prime[j - 1] == 0.0:
            return f"σ′(z_{j}) is 0, since {_why(t, j)}: no gradient passes neuron {j}."
    return "A term is 0: no gradient passes it."


def _why(t: ChainTrace, j: int) -> str:
    if isnan(t.z[j - 1]):
        return f"z_{j} is not a number"
    if t.chain.activation == "relu":
        return f"z_{j} is {short(float(t.z[j - 1]), 3)}"
    return f"{ACTIVATIONS[t.chain.activation].label} is saturated"


def fraction(log10_ratio: float) -> str:
    """10 to this power as 1/625, 39 or 10⁻⁴⁰."""
    size = abs(log10_ratio)
    if size >= 5:
        return power(log10_ratio)
    text = short(10.0**size, 3 if size >= 2 else 2) if size < 3 else scientific(10.0**size)
    return f"1/{text}" if log10_ratio < 0 and text != "1" else text


def _size(step: float) -> str:
    return short(step, 2) if 1e-3 <= step < 1e5 else scientific(step, digits=2)
