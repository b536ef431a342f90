"""The gradient of the first bias as LaTeX: the product in symbols, in numbers, and its value."""

from collections.abc import Callable
from math import copysign, floor, inf, isfinite, isinf, isnan

from engine.activations import ACTIVATIONS
from engine.chain.spec import WITH_SLIDERS, ChainSpec
from engine.chain.trace import ChainTrace, Factor, factors
from engine.numerals import short

SHOWN = 6  # factors at either end of a long product


def as_latex(t: ChainTrace) -> str:
    r"""An ``align*`` of the definitions and of ∂C/∂b_1; a long product has ``\cdots`` inside."""
    n, row = t.chain.neurons, factors(t)
    value = number(t.delta[0], float(t.log10_delta[0]))
    return "\n".join(
        (
            r"\begin{align*}",
            rf"  z_j &= w_j a_{{j-1}} + b_j, \quad a_j = \sigma(z_j), \quad {_cost(t.chain)} \\",
            rf"  \frac{{\partial C}}{{\partial b_1}} &= {_product(row, n, _symbol)} \\",
            rf"  &= {_product(row, n, _value)} \\",
            rf"  &= {value}",
            r"\end{align*}",
            _comment(t),
        )
    )


def number(value: float, size: float) -> str:
    """Four digits; ``size`` is log₁₀|value|, also where ``value`` is no float."""
    if isnan(value):
        return r"\text{not a number}"
    sign = "-" if copysign(1.0, value) < 0 else ""
    if size == -inf:
        return "0"
    if size == inf:
        return rf"{sign}\infty"
    exponent = floor(size)
    factor = f"{10.0 ** (size - exponent):.3f}"
    if factor == "10.000":
        exponent, factor = exponent + 1, "1.000"
    if -3 <= exponent < 4:
        return f"{value:.4g}"
    return rf"{sign}{factor} \times 10^{{{exponent}}}"


def _product(row: tuple[Factor, ...], neurons: int, text: Callable[[Factor], str]) -> str:
    texts = [text(factor) for factor in row]
    if neurons > WITH_SLIDERS:
        texts[SHOWN:-SHOWN] = [r"\cdots"]
    joint = r" \, " if text is _symbol else r" \cdot "
    return joint.join(texts)


def _symbol(factor: Factor) -> str:
    if factor.kind == "weight":
        return f"w_{{{factor.j}}}"
    if factor.kind == "prime":
        return rf"\sigma'(z_{{{factor.j}}})"
    return rf"\frac{{\partial C}}{{\partial a_{{{factor.j}}}}}"


def _value(factor: Factor) -> str:
    text = f"{factor.value + 0.0:.4g}"  # no -0
    if "e" in text:
        factor_text, exponent = text.split("e")
        text = rf"{factor_text} \times 10^{{{int(exponent)}}}"
    text = text.replace("inf", r"\infty").replace("nan", r"\text{not a number}")
    return f"({text})" if text.startswith("-") else text


def _cost(chain: ChainSpec) -> str:
    a = f"a_{{{chain.neurons}}}"
    if chain.cost == "quadratic":
        return rf"C = \tfrac12 ({a} - y)^2"
    return rf"C = -y \ln {a} - (1 - y) \ln(1 - {a})"


def _comment(t: ChainTrace) -> str:
    """What the formula does not say."""
    chain, n = t.chain, t.chain.neurons
    words = [f"sigma: {ACTIVATIONS[chain.activation].label}"]
    if chain.output != chain.activation:
        words.append(f"the last neuron: {ACTIVATIONS[chain.output].label}")
    words += [f"a_0 = {short(chain.x)}", f"y = {short(chain.y)}"]
    if chain.tied:
        words.append("one weight and one bias for all j (unrolled in time)")
    if isinf(t.slope) and isfinite(t.delta[-1]):  # 0 times infinity stands in the numbers
        words.append(f"sigma'(z_{n}) dC/da_{n} = a_{n} - y = {t.delta[-1]:.4g}")
    return "% " + "; ".join(words)
