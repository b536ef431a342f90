"""Does an activation with a larger derivative help? The answer for one chain, from its numbers."""

from collections.abc import Mapping
from dataclasses import replace
from math import inf, isfinite, isnan

import numpy as np

from engine.activations import HIDDEN
from engine.chain.spec import GREATEST
from engine.chain.trace import ChainTrace, trace
from engine.numerals import scientific, short
from gui.common.subscript import subscripted

CHAPTER, RIVAL = "sigmoid", "tanh"
LARGER = 10.0  # times the weights: what the caveat tries
_WORDS = {2: "twice", 3: "three times", 4: "four times", 5: "five times"}

Traces = Mapping[str, ChainTrace]


def answer(traces: Traces, chosen: str) -> tuple[str, ...]:
    """What the chosen activation gains over the sigmoid, and where a larger derivative fails."""
    if traces[CHAPTER].chain.neurons < 2:
        return ("One neuron: no step from neuron to neuron, so nothing shrinks or grows.",)
    key = RIVAL if chosen == CHAPTER else chosen
    return _gain(traces, key), _caveat(traces, key)


def step_text(t: ChainTrace) -> str:
    return "–" if isnan(t.step) else scientific(t.step, digits=2)


def _gain(traces: Traces, key: str) -> str:
    t, base = traces[key], traces[CHAPTER]
    head = f"{_label(key)}: max σ′ = {short(HIDDEN[key].max_prime, 3)}, {_times(key)}"
    if isnan(t.step):
        return f"{head}; but no gradient leaves the last neuron."
    if t.step > base.step or isnan(base.step):
        return f"{head}: each step × {step_text(t)} instead of × {step_text(base)}."
    return f"{head}; yet each step × {step_text(t)}, not × {step_text(base)}: {_least(t)}."


def _caveat(traces: Traces, key: str) -> str:
    base = traces[CHAPTER].step
    dead = [k for k, t in traces.items() if k != key and t.log10_delta[0] == -inf]
    if dead:
        return f"Not every one helps: {_label(dead[0])} × 0 ({_least(traces[dead[0]])})."
    steps = {k: t.step for k, t in traces.items() if k not in (key, CHAPTER) and isfinite(t.step)}
    if steps and min(steps.values()) < base:
        worst = min(steps, key=steps.__getitem__)
        return f"Not every one helps: {_label(worst)} × {step_text(traces[worst])}" + (
            f" ({_least(traces[worst])})."
        )
    return _with_larger_weights(traces[key], key)


def _with_larger_weights(t: ChainTrace, key: str) -> str:
    """A term is w_j σ′(z_j): other weights can take back what σ′ gives."""
    if max(map(abs, t.chain.w)) * LARGER > GREATEST:
        return "A step is w σ′, not σ′ alone."
    other = trace(replace(t.chain, w=tuple(LARGER * w for w in t.chain.w)))
    what = f"With weights ten times as large {_label(key)} gives × {step_text(other)}"
    if other.step < t.step:
        return f"{what}: its neurons saturate ({_least(other)})."
    return f"{what}: a step is w σ′, not σ′ alone."


def _least(t: ChainTrace) -> str:
    """The neuron whose derivative is smallest; the last is in no step, but it may pass nothing."""
    sizes = np.abs(t.prime if t.prime[-1] == 0.0 else t.prime[:-1])
    j = int(np.nanargmin(sizes)) if not np.isnan(sizes).all() else 0
    z, prime = float(t.z[j]), float(t.prime[j])
    name = subscripted("z", j + 1)
    return f"{name} = {scientific(z, digits=2)}, σ′ = {scientific(prime, digits=2)}"


def _times(key: str) -> str:
    ratio = HIDDEN[key].max_prime / HIDDEN[CHAPTER].max_prime
    words = _WORDS.get(round(ratio)) if ratio == round(ratio) else None
    return f"{words or f'{short(ratio, 2)} times'} the sigmoid's"


def _label(key: str) -> str:
    return HIDDEN[key].label
