"""What mean-field theory says of a network at the start of training.

For layers so wide that the z of their neurons are independent normal numbers, N(0, q^l):
B. Poole et al., "Exponential expressivity in deep neural networks through transient chaos" (2016);
S. Schoenholz et al., "Deep information propagation" (2017); J. Pennington, S. Schoenholz and
S. Ganguli, "Resurrecting the sigmoid in deep learning through dynamical isometry" (2017). It takes
the weights that δ meets on its way back for independent of those that made z; its error in a
layer of n neurons is of the order of 1/n for one square, and so for means over many networks. It
knows nothing of skip connections, of given weights or of weights whose mean is not 0: not-a-number.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, isfinite, log2, log10, nan, pi, sqrt

import numpy as np

from engine.activations import ACTIVATIONS, Activation
from engine.architecture import ArchitectureSpec, LayerSpec
from engine.arrays import Floats, read_only
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS

REACH = 10.0  # standard deviations that are integrated over
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(20)


@dataclass(frozen=True, slots=True, eq=False)
class MeanField:
    """Of every layer, (layers,): ``q`` is the mean z² of a neuron.

    Of every hidden layer l, (layers − 1,): ``mu1`` and ``mu2`` are the means of σ'(z)² and σ'(z)⁴,
    and ``chi`` is n_l Var(W^{l+1}) μ₁, by which ‖δ‖² shrinks or grows from layer l + 1 to l. With
    layers of equal width it is the χ of Schoenholz et al. (2017).
    """

    q: Floats
    chi: Floats
    mu1: Floats
    mu2: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Of the min(n_l, n_L) squared singular values of ∂z^L/∂z^l, of every hidden layer l.

    ``log10_mean`` of their mean, and ``relative``, their standard deviation over it.
    """

    log10_mean: Floats
    relative: Floats


def predicted_factors(architecture: ArchitectureSpec, input_square: float) -> Floats:
    """‖δ^l‖ / ‖δ^{l+1}‖ = √χ of every hidden layer, from the first, (layers − 1,).

    The root of the mean square over networks; ``input_square`` is the mean of the inputs' squares.
    """
    return read_only(np.sqrt(mean_field(architecture, input_square).chi))


@lru_cache(maxsize=16)
def mean_field(architecture: ArchitectureSpec, input_square: float) -> MeanField:
    """q^l = n_{l−1} Var(W^l) E[σ(√q^{l−1} ξ)²] + Var(b^l), ξ ~ N(0, 1); of the first layer the
    inputs' own mean square stands for the expectation.
    """
    layers, sizes = architecture.layers, architecture.sizes
    squares, mu1, mu2, q = [float(input_square)], [], [], []
    for layer, n_in in zip(layers, sizes, strict=False):
        sent = squares[-1] if not architecture.skips else nan
        q.append(n_in * _weight_variance(layer, n_in) * sent + _bias_variance(layer))
        if layer is not layers[-1]:
            a2, p2, p4 = moments(ACTIVATIONS[layer.activation], q[-1])
            squares.append(a2)
            mu1.append(p2)
            mu2.append(p4)
    above = [_weight_variance(layer, n) for layer, n in zip(layers[1:], sizes[1:], strict=False)]
    chi = np.array(sizes[1:-1]) * np.array(above) * np.array(mu1)
    return MeanField(*(read_only(np.asarray(part, float)) for part in (q, chi, mu1, mu2)))


def moments(sigma: Activation, q: float) -> tuple[float, float, float]:
    """E[σ(z)²], E[σ'(z)²] and E[σ'(z)⁴] of z ~ N(0, q)."""
    if not np.isfinite(q) or q < 0:
        return nan, nan, nan
    z, weights = _quadrature(q, sigma.kinks)
    a, prime = np.empty_like(z), np.empty_like(z)
    sigma.exact(z, a)
    sigma.exact_prime(z, a, prime)
    return float(weights @ a**2), float(weights @ prime**2), float(weights @ prime**4)


@lru_cache(maxsize=16)
def spectrum_spread(architecture: ArchitectureSpec, input_square: float) -> Spread:
    """Pennington et al. (2017): free products of the layers' weights and derivatives.

    Their mean is χ^{L−l}, their variance over its square, of layers of equal width,
    Σ (μ₂/μ₁² − 1 − s₁) with s₁ = −1 of independent weights and 0 of orthogonal ones. Here the
    widths may differ; in the place of tr 1/n of J Jᵀ stands that over min(n_l, n_L).
    """
    field, sizes = mean_field(architecture, input_square), architecture.sizes[1:]
    log_mean, ratio = 0.0, 1.0  # of Jᵀ J: log10 of tr/n_l, and tr (JᵀJ)² / n_l over its square
    means, relatives = [], []
    for l in range(len(sizes) - 2, -1, -1):
        above = architecture.layers[l + 1]
        n, n_above = sizes[l], sizes[l + 1]
        with np.errstate(divide="ignore", invalid="ignore"):
            log_mean += float(np.log10(field.chi[l] * n_above / n))
            ratio = _pulled_ratio(above, n, n_above, ratio)
            ratio += float(field.mu2[l] / field.mu1[l] ** 2) - 1.0
        share = n / min(n, sizes[-1])
        means.append(log_mean + log10(share))
        known = isfinite(log_mean) and isfinite(ratio)
        relatives.append(sqrt(max(0.0, ratio / share - 1.0)) if known else nan)
    return Spread(read_only(np.array(means[::-1])), read_only(np.array(relatives[::-1])))


def _pulled_ratio(above: LayerSpec, n: int, n_above: int, ratio: float) -> float:
    """Of Wᵀ B W, where ``ratio`` is that of B and W (n_above, n) is free from it."""
    wider = n / n_above
    if above.initializer != "orthogonal":
        return 1.0 + wider * ratio
    return wider * ratio + max(0.0, 1.0 - wider)


def _quadrature(q: float, kinks: tuple[float, ...]) -> tuple[Floats, Floats]:
    """Points and weights for the mean over N(0, q).

    Panels that double in width from the finer one of the scales 1 and √q on, and end at kinks.
    """
    if q == 0.0:
        return np.zeros(1), np.ones(1)
    root = sqrt(q)
    start = min(1.0, root) / 4.0
    half = start * 2.0 ** np.arange(ceil(log2(REACH * root / start)) + 1)
    edges = np.unique(np.concatenate((-half, [0.0], half, [k for k in kinks if abs(k) < half[-1]])))
    width = np.diff(edges)[:, None] / 2.0
    z = (edges[:-1, None] + width * (_NODES + 1.0)).ravel()
    weights = (width * _WEIGHTS).ravel() * np.exp(-0.5 * (z / root) ** 2) / (root * sqrt(2.0 * pi))
    return z, weights


def _weight_variance(layer: LayerSpec, n_in: int) -> float:
    return layer.gain**2 * INITIALIZERS[layer.initializer].variance(layer.neurons, n_in)


def _bias_variance(layer: LayerSpec) -> float:
    return BIAS_INITIALIZERS[layer.bias].variance
