"""What a symbol of the chain is, where it is from, and its value with all its digits."""

from collections.abc import Callable
from functools import partial
from math import isfinite, isnan

from engine.activations import HIDDEN
from engine.chain.elided import elided, elided_size
from engine.chain.trace import ChainTrace, factors
from engine.costs import COSTS
from engine.numerals import power, short
from gui.chain.diagram.keys import (
    COST,
    ELIDED,
    INPUT,
    PRODUCT_OF_ELIDED,
    PRODUCT_OF_SLOPE,
    RESULT,
    SHARED_BIAS,
    SHARED_WEIGHT,
    SLOPE,
    SPEED,
    TARGET,
    Key,
)
from gui.chain.diagram.plan import Plan

Words = tuple[str, str, str]  # the symbol, its value, what it is


def explanation(t: ChainTrace, key: Key, plan: Plan) -> str:
    """Rich text for a tooltip; empty where there is nothing to say."""
    kind, j = key
    if kind in _OF_NEURON:
        words = _OF_NEURON[kind](t, j)
    elif key == PRODUCT_OF_ELIDED and plan.elided is not None:
        words = _pulled(t, plan.elided[0])
    elif key == ELIDED and plan.elided is not None:
        words = _elided(t, *plan.elided)
    elif key in _OF_CHAIN:
        words = _OF_CHAIN[key](t)
    else:
        return ""
    symbol, value, meaning = words
    equals = f" = {value}" if value else ""
    return f"<p><b>{symbol}{equals}</b></p><p>{meaning}</p>"


def full(value: float, size: float | None = None) -> str:
    """Every digit; ``size`` is log₁₀ of the absolute value where no float holds it."""
    if isnan(value):
        return "not a number"
    if (value == 0.0 or not isfinite(value)) and size is not None and isfinite(size):
        return f"±{power(size, 6)} (no float holds it)"
    return short(value).replace("-", "−") if isfinite(value) else "∞" if value > 0 else "−∞"


def _weight(t: ChainTrace, j: int) -> Words:
    tied = t.chain.tied
    meaning = (
        f"The weight from {'neuron ' + str(j - 1) if j > 1 else 'the input'} to neuron {j}"
        f"{', the same at every step' * tied}: z<sub>{j}</sub> = w<sub>{j}</sub>"
        f" a<sub>{j - 1}</sub> + b<sub>{j}</sub>."
    )
    factor = "A factor of ∂C/∂b₁ (equation 121)." if j > 1 else "∂C/∂b₁ begins after it."
    gradient = f"∂C/∂w<sub>{j}</sub> = {full(float(t.dC_dw[j - 1]))} (BP4)."
    return _name("w", 0 if tied else j), full(t.chain.w[j - 1]), f"{meaning}<br>{factor} {gradient}"


def _bias(t: ChainTrace, j: int) -> Words:
    tied = t.chain.tied
    meaning = f"The bias of neuron {j}{', the same at every step' * tied}."
    return _name("b", 0 if tied else j), full(t.chain.b[j - 1]), f"{meaning}<br>{_gradient(t, j)}"


def _prime(t: ChainTrace, j: int) -> Words:
    last = j == t.chain.neurons
    activation = HIDDEN[t.chain.output if last else t.chain.activation]
    meaning = (
        f"How much neuron {j} gives more when its weighted input grows: the derivative of"
        f" {activation.label}, {activation.formula}, at z<sub>{j}</sub> ="
        f" {full(float(t.z[j - 1]))}.<br>It is never above {short(activation.max_prime, 4)}."
        " A factor of ∂C/∂b₁ (equation 121)."
    )
    return f"σ′(z<sub>{j}</sub>)", full(float(t.prime[j - 1])), meaning


def _z(t: ChainTrace, j: int) -> Words:
    formula = f"w<sub>{j}</sub> a<sub>{j - 1}</sub> + b<sub>{j}</sub>"
    return _name("z", j), full(float(t.z[j - 1])), f"The weighted input of neuron {j}: {formula}."


def _a(t: ChainTrace, j: int) -> Words:
    return _name("a", j), full(float(t.a[j])), f"What neuron {j} gives: σ(z<sub>{j}</sub>)."


def _term(t: ChainTrace, j: int) -> Words:
    meaning = (
        f"What neuron {j} multiplies the gradient of the layer before it with: below 1 it shrinks,"
        " above 1 it grows (equations 122 and 123)."
    )
    return f"w<sub>{j}</sub> σ′(z<sub>{j}</sub>)", full(float(t.term[j - 1])), meaning


def _delta(t: ChainTrace, j: int) -> Words:
    value = full(float(t.delta[j - 1]), float(t.log10_delta[j - 1]))
    meaning = (
        f"The product of all terms from the right up to σ′(z<sub>{j}</sub>): the gradient of the"
        f" bias of neuron {j}, δ<sub>{j}</sub> (BP2, BP3)."
    )
    return f"∂C/∂b<sub>{j}</sub>", value, meaning


def _pulled(t: ChainTrace, j: int) -> Words:
    factor = factors(t)[2 * (j - 1) - 1]
    meaning = (
        f"The product of all terms from the right up to w<sub>{j}</sub>: how the cost follows what"
        f" neuron {j - 1} gives."
    )
    return f"∂C/∂a<sub>{j - 1}</sub>", full(factor.running, factor.log10_running), meaning


def _slope(t: ChainTrace) -> Words:
    cost, n = COSTS[t.chain.cost], t.chain.neurons
    meaning = (
        f"How the {cost.label} cost follows what the last neuron gives: here the product begins,"
        " from the right to the left."
    )
    return f"∂C/∂a<sub>{n}</sub>", full(t.slope), meaning


def _cost(t: ChainTrace) -> Words:
    cost, n = COSTS[t.chain.cost], t.chain.neurons
    meaning = (
        f"The {cost.label} cost, {cost.formula}, with a<sub>{n}</sub> = {full(float(t.a[-1]))} and"
        f" the target y = {full(t.chain.y)}."
    )
    return "C", full(t.cost), meaning


def _target(t: ChainTrace) -> Words:
    return "y", full(t.chain.y), "The target: what the last neuron should give."


def _input(t: ChainTrace) -> Words:
    return _name("a", 0), full(t.chain.x), "The input of the first neuron."


def _result(t: ChainTrace) -> Words:
    value = full(float(t.delta[0]), float(t.log10_delta[0]))
    meaning = (
        "The gradient of the bias of the first neuron: the product of the terms at its right"
        " (equation 121). Each of them stands above the part of the chain that it comes from."
    )
    return "∂C/∂b<sub>1</sub>", value, meaning


def _speed(t: ChainTrace) -> Words:
    n = t.chain.neurons
    symbol = f"|∂C/∂b<sub>1</sub>| / |∂C/∂b<sub>{n}</sub>|"
    size = float(t.log10_ratio[0])
    meaning = "A bias learns at the speed of its gradient: Δb = −η ∂C/∂b."
    return symbol, full(t.ratio, size), meaning


def _shared(t: ChainTrace, letter: str) -> Words:
    shared = t.shared
    if shared is None:
        return "", "", ""
    value, gradient = shared.dC_db, "∂C/∂b<sub>j</sub>"
    if letter == "w":
        value, gradient = shared.dC_dw, "∂C/∂w<sub>j</sub> = a<sub>j−1</sub> ∂C/∂b<sub>j</sub>"
    meaning = f"The gradient of the one {letter} of all steps: the sum of {gradient} over them."
    return f"∂C/∂{letter}", full(value), meaning


def _elided(t: ChainTrace, first: int, last: int) -> Words:
    value = full(elided(t, first, last).value, elided_size(t, first, last))
    meaning = f"The product of the terms of the neurons {first} to {last:,}, which are not drawn."
    return f"w<sub>j</sub> σ′(z<sub>j</sub>), j = {first} … {last}", value, meaning


def _gradient(t: ChainTrace, j: int) -> str:
    value = full(float(t.delta[j - 1]), float(t.log10_delta[j - 1]))
    return f"∂C/∂b<sub>{j}</sub> = {value} (BP3)."


def _name(letter: str, j: int) -> str:
    return f"{letter}<sub>{j}</sub>" if j or letter == "a" else letter


_OF_NEURON: dict[str, Callable[[ChainTrace, int], Words]] = {
    "weight": _weight, "bias": _bias, "prime": _prime, "z": _z, "a": _a, "term": _term,
    "delta": _delta, "pulled": _pulled,
}  # fmt: skip
_OF_CHAIN: dict[Key, Callable[[ChainTrace], Words]] = {
    RESULT: _result, SLOPE: _slope, PRODUCT_OF_SLOPE: _slope, COST: _cost, TARGET: _target,
    INPUT: _input, SPEED: _speed, SHARED_WEIGHT: partial(_shared, letter="w"),
    SHARED_BIAS: partial(_shared, letter="b"),
}  # fmt: skip
