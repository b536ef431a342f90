"""Activation functions: one table; each entry carries σ and its derivative.

To add one, write an entry. It then appears in every menu, in the file format, in the
documentation and in the gradient check.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.arrays import Floats, Numbers
from engine.normal import cumulative, density, magnitude


@dataclass(frozen=True, slots=True)
class Activation:
    """``fn(z, out)`` writes σ(z), ``prime(z, a, out)`` writes σ'(z); a = σ(z).

    ``fn`` accepts complex z, near the real axis: the gradient check needs it. ``analytic`` is False
    where it is so in pieces only. ``max_prime`` is the greatest |σ'|, ``kinks`` the points where σ'
    jumps. An activation that is not ``elementwise`` mixes a layer's neurons and stands at the
    output only. ``fn`` and ``prime`` are for training. ``tail_fn(z, out)`` keeps all digits of an a
    that is nearly 0; ``tail_prime(z, out)`` does without a, which has lost the digits of 1 − a
    where the neuron is saturated.
    """

    key: str
    label: str
    formula: str
    fn: Callable[[Numbers, Numbers], None]
    prime: Callable[[Floats, Floats, Floats], None]
    max_prime: float
    kinks: tuple[float, ...] = ()
    elementwise: bool = True
    analytic: bool = True
    tail_prime: Callable[[Floats, Floats], None] | None = None
    tail_fn: Callable[[Numbers, Numbers], None] | None = None

    def exact(self, z: Numbers, out: Numbers) -> None:
        """Write σ(z) with all its digits, also where it is nearly 0."""
        (self.tail_fn or self.fn)(z, out)

    def exact_prime(self, z: Floats, a: Floats, out: Floats) -> None:
        """Write σ'(z) with all its digits, also where a is nearly an end of its range."""
        if self.tail_prime is None:
            self.prime(z, a, out)
        else:
            self.tail_prime(z, out)


# In the type of the array: a Python float costs every call on a small array more than the sum does.
_HALF = {code: np.array(0.5, code) for code in "fdFD"}


def sigmoid(z: Numbers, out: Numbers) -> None:
    half = _HALF[out.dtype.char]
    np.multiply(z, half, out)  # by tanh: exp(-z) overflows for very negative z
    np.tanh(out, out)
    np.multiply(out, half, out)
    np.add(out, half, out)


def _sigmoid_prime(z: Floats, a: Floats, out: Floats) -> None:
    np.multiply(a, a, out)
    np.subtract(a, out, out)


def _sigmoid_tail(z: Floats, out: Floats) -> None:
    t = np.exp(-np.abs(z))
    np.divide(t, (1.0 + t) ** 2, out)


def _logistic(z: Numbers, out: Numbers) -> None:
    """1 / (1 + e⁻ᶻ), with all its digits also where it is tiny."""
    sigmoid(z, out)
    tail = z.real < -2.0
    if tail.any():
        t = np.exp(z[tail])
        out[tail] = t / (1.0 + t)


def _tanh_prime(z: Floats, a: Floats, out: Floats) -> None:
    np.multiply(a, a, out)
    np.subtract(1.0, out, out)


def _tanh_tail(z: Floats, out: Floats) -> None:
    _sigmoid_tail(2.0 * z, out)  # tanh z = 2 / (1 + e⁻²ᶻ) − 1
    np.multiply(4.0, out, out)


def _leaky(z: Numbers, out: Numbers, slope: float) -> None:
    np.multiply(z, np.where(z.real > 0, 1.0, slope), out)


def _step(z: Floats, out: Floats, low: float) -> None:
    out[...] = np.where(z > 0, 1.0, low)


def _exponential(z: Numbers, out: Numbers, alpha: float, scale: float) -> None:
    negative = np.where(z.real > 0, 0.0, z)
    np.multiply(np.where(z.real > 0, z, alpha * np.expm1(negative)), scale, out)


def _exponential_prime(z: Floats, a: Floats, out: Floats, alpha: float, scale: float) -> None:
    out[...] = np.where(z > 0, scale, a + alpha * scale)


def _exponential_tail(z: Floats, out: Floats, alpha: float, scale: float) -> None:
    out[...] = np.where(z > 0, scale, alpha * scale * np.exp(np.minimum(z, 0.0)))


def softplus(z: Numbers, out: Numbers) -> None:
    positive = z.real > 0
    np.add(np.where(positive, z, 0.0), _log1p(np.exp(np.where(positive, -z, z))), out)


def _log1p(x: Numbers) -> Numbers:
    if x.dtype.kind != "c":
        return np.log1p(x)
    size = 0.5 * np.log1p(x.real * (2.0 + x.real) + x.imag * x.imag)  # NumPy's is log |1 + x|
    return np.asarray(size + 1j * np.arctan2(x.imag, 1.0 + x.real))


def _softplus_prime(z: Floats, a: Floats, out: Floats) -> None:
    sigmoid(z, out)


def _softsign(z: Numbers, out: Numbers) -> None:
    size = magnitude(z)
    np.divide(z, 1.0 + size, out)
    if z.dtype.kind == "c":  # Im z / (1 + z) cancels where z is great
        far = np.where(z.real < 0, -1.0, 1.0) * (1.0 - 1.0 / (1.0 + size))
        np.copyto(out, far, where=size.real > 1.0)


def _softsign_prime(z: Floats, a: Floats, out: Floats) -> None:
    np.subtract(1.0, np.abs(a), out)
    np.multiply(out, out, out)


def _softsign_tail(z: Floats, out: Floats) -> None:
    np.divide(1.0, 1.0 + np.abs(z), out)
    np.multiply(out, out, out)  # the square of 1 + |z| might be no float


def _silu(z: Numbers, out: Numbers) -> None:
    _logistic(z, out)
    np.multiply(out, z, out)


def _silu_prime(z: Floats, a: Floats, out: Floats) -> None:
    _logistic(z, out)  # σ' = s + a (1 - s)
    out += a * (1.0 - out)


def _gelu(z: Numbers, out: Numbers) -> None:
    np.multiply(z, cumulative(z), out)


def _gelu_prime(z: Floats, a: Floats, out: Floats) -> None:
    np.add(cumulative(z), z * density(z), out)


def _softmax(z: Numbers, out: Numbers) -> None:
    np.subtract(z, z.real.max(axis=0), out)
    np.exp(out, out)
    np.divide(out, out.sum(axis=0), out)


_ELU = (1.0, 1.0)
_SELU = (1.6732632423543772, 1.0507009873554805)  # Klambauer et al. (2017)

_TABLE = (
    Activation(
        "linear", "linear", "σ(z) = z",
        lambda z, out: np.copyto(out, z), lambda z, a, out: out.fill(1.0), 1.0,
    ),
    Activation(
        "sigmoid", "sigmoid", "σ(z) = 1 / (1 + e⁻ᶻ)", sigmoid, _sigmoid_prime, 0.25,
        tail_prime=_sigmoid_tail, tail_fn=_logistic,
    ),
    Activation(
        "tanh", "tanh", "σ(z) = tanh z",
        lambda z, out: np.copyto(out, np.tanh(z)), _tanh_prime, 1.0,
        tail_prime=_tanh_tail,
    ),
    Activation(
        "relu", "ReLU", "σ(z) = max(0, z)",
        lambda z, out: _leaky(z, out, 0.0), lambda z, a, out: _step(z, out, 0.0), 1.0, (0.0,),
        analytic=False,
    ),
    Activation(
        "leaky_relu", "leaky ReLU", "σ(z) = max(0.01 z, z)",
        lambda z, out: _leaky(z, out, 0.01), lambda z, a, out: _step(z, out, 0.01), 1.0, (0.0,),
        analytic=False,
    ),
    Activation(
        "elu", "ELU", "σ(z) = z for z > 0, eᶻ − 1 below",
        lambda z, out: _exponential(z, out, *_ELU),
        lambda z, a, out: _exponential_prime(z, a, out, *_ELU), 1.0,
        analytic=False, tail_prime=lambda z, out: _exponential_tail(z, out, *_ELU),
    ),
    Activation(
        "selu", "SELU", "σ(z) = 1.0507 z for z > 0, 1.7581 (eᶻ − 1) below",
        lambda z, out: _exponential(z, out, *_SELU),
        lambda z, a, out: _exponential_prime(z, a, out, *_SELU), _SELU[0] * _SELU[1], (0.0,),
        analytic=False, tail_prime=lambda z, out: _exponential_tail(z, out, *_SELU),
    ),
    Activation(
        "softplus", "softplus", "σ(z) = ln(1 + eᶻ)", softplus, _softplus_prime, 1.0,
        tail_prime=_logistic,
    ),
    Activation(
        "softsign", "softsign", "σ(z) = z / (1 + |z|)", _softsign, _softsign_prime, 1.0,
        analytic=False, tail_prime=_softsign_tail,
    ),
    Activation("silu", "SiLU", "σ(z) = z / (1 + e⁻ᶻ)", _silu, _silu_prime, 1.0998393194),
    Activation("gelu", "GELU", "σ(z) = z Φ(z)", _gelu, _gelu_prime, 1.1289041378),
    Activation(
        "softmax", "softmax", "aⱼ = exp zⱼ / Σₖ exp zₖ", _softmax, _sigmoid_prime, 0.25,
        elementwise=False,
    ),
)  # fmt: skip

ACTIVATIONS: dict[str, Activation] = {entry.key: entry for entry in _TABLE}
HIDDEN: dict[str, Activation] = {key: a for key, a in ACTIVATIONS.items() if a.elementwise}
