"""What a tooltip says of one neuron of a chain: the numbers behind its marks."""

from math import isfinite, isnan

from engine.chain.trace import ChainTrace
from engine.numerals import power, scientific


def neuron_html(t: ChainTrace, j: int) -> str:
    """Neuron, z, σ(z) and σ′(z)."""
    z, a, prime = (scientific(float(v[k])) for v, k in ((t.z, j - 1), (t.a, j), (t.prime, j - 1)))
    at = f"z<sub>{j}</sub>"
    return f"<b>neuron {j}</b> · {at} = {z} · σ({at}) = {a} · σ′({at}) = {prime}"


def term_html(t: ChainTrace, k: int) -> str:
    """Term k of the product, from 0: σ′(z_1), then w_j σ′(z_j), the last is ∂C/∂a_N."""
    n, j = t.chain.neurons, k + 1
    if k == n:
        return f"<b>∂C/∂a<sub>{n}</sub> = {scientific(t.slope)}</b>"
    prime = f"σ′(z<sub>{j}</sub>)"
    slope = scientific(float(t.prime[k]))
    if not k:
        return f"<b>{prime} = {slope}</b>{_effect(float(t.prime[0]))}"
    w, term = f"w<sub>{j}</sub>", float(t.term[k])
    return (
        f"<b>{w} {prime} = {scientific(term)}</b>{_effect(term)}<br>"
        f"{w} = {scientific(t.chain.w[k])} · {prime} = {slope}"
    )


def gradient_html(t: ChainTrace, j: int, weights: bool) -> str:
    """∂C/∂b_j and ∂C/∂w_j, the shown one first."""
    bias = f"∂C/∂b<sub>{j}</sub> = {scientific(float(t.delta[j - 1]), float(t.log10_delta[j - 1]))}"
    size = float(t.log10_dC_dw[j - 1])
    weight = f"∂C/∂w<sub>{j}</sub> = {scientific(float(t.dC_dw[j - 1]), size)}"
    first, second = (weight, bias) if weights else (bias, weight)
    return f"<b>{first}</b><br>{second}"


def _effect(term: float) -> str:
    if isnan(term) or abs(term) == 1:
        return ""
    return f": the gradient becomes {'larger' if abs(term) > 1 else 'smaller'}"


def brief(value: float, size: float, digits: int) -> str:
    """A value at its mark, with so many digits; ``size`` is log₁₀ of its absolute value."""
    if -3 <= size < 5 or not isfinite(size):
        return scientific(value, size, digits)
    return ("−" if value < 0 else "") + power(size, digits)
