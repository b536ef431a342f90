"""The singular values of what stands between a layer and the output."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Floats, read_only
from engine.look import MOST_PRODUCTS, Look
from engine.singular_value import SMALL, largest_singular_value
from engine.way_back import LOG10_2, Scaled, WayBack, scaled

POOL = 8  # examples that are averaged over
MOST = 2e9  # multiplications that one example may take, a fifth of a second
SVD = 20.0  # multiplications for every element times the smaller side, all singular values
PER_LAYER = 6e5  # multiplications in the time that the calls for one layer take


@dataclass(frozen=True, slots=True, eq=False)
class LayerSpectrum:
    """log10 of the singular values of J = ∂z^L/∂z^l of one layer, in falling order.

    ``values`` (examples, k), ``mean`` (k,) is half the log10 of the mean square over the examples.
    k is the smaller of n_l and n_L, or 1 where only the largest was to be had. −∞ stands for what
    is 0 as far as ``resolved`` (examples,) tells: smaller ones drown in rounding.
    """

    values: Floats
    mean: Floats
    resolved: Floats

    @property
    def log10_condition(self) -> float:
        """The largest of ``mean`` over its smallest: infinite where that is 0."""
        if not np.isfinite(self.mean[0]):
            return float("nan")
        return float(self.mean[0] - self.mean[-1])


@dataclass(frozen=True, slots=True, eq=False)
class SpectrumReading:
    """One entry for every hidden layer, from the first; none where it would take too long.

    ``count`` examples, or one of the probe set, the ``example``, whose class is ``label``.
    ``complete`` is false where only the largest singular value is told. ``input_square`` is the
    inputs' mean square.
    """

    layers: tuple[LayerSpectrum, ...]
    count: int
    example: int | None
    label: int | None
    complete: bool
    input_square: float


@dataclass(frozen=True, slots=True)
class SpectrumWish:
    """δ^l = Jᵀ δ^L with J = ∂z^L/∂z^l, all ways included that skip connections open.

    Jᵀ = Σ'(z^l) (W^{l+1})ᵀ ... Σ'(z^{L−1}) (W^L)ᵀ without them. ``example`` is an index into the
    probe set, None: the first of it, ``POOL`` at most.
    """

    example: int | None = None

    def products(self, look: Look) -> float:
        return self._price(look, POOL if self.example is None else 1)

    def answer(self, look: Look) -> SpectrumReading:
        taken = look.over(self.example)
        count = min(POOL, taken.ws.batch)
        while count > 1 and self._price(look, count) > MOST_PRODUCTS:
            count //= 2
        x = np.asarray(taken.examples.x[:count], np.float64)
        outputs = len(taken.ws.z[-1])
        layers: tuple[LayerSpectrum, ...] = ()
        if self._price(look, count) <= MOST:
            way = WayBack(look.network, [z[:, :count] for z in taken.ws.z])
            deltas = way.back(scaled(np.tile(np.eye(outputs), count)))
            layers = tuple(_spectrum(delta, count) for delta in deltas[:-1])
        return SpectrumReading(
            layers=layers,
            count=count,
            example=self._within(look),
            label=None if self.example is None else int(taken.examples.labels[0]),
            complete=all(min(len(z), outputs) <= SMALL for z in taken.ws.z[:-1]),
            input_square=float(np.square(x).mean()),
        )

    def _within(self, look: Look) -> int | None:
        return None if self.example is None else min(max(0, self.example), len(look.probe) - 1)

    def _price(self, look: Look, count: int) -> float:
        sizes = look.network.architecture.sizes[1:]
        outputs = sizes[-1]
        weights = len(look.network.parameters.weights) - sizes[0] * look.network.architecture.inputs
        decomposed = sum(n * outputs * min(n, outputs) for n in sizes[:-1])
        return count * (outputs * weights + SVD * decomposed) + PER_LAYER * len(sizes)


def _spectrum(delta: Scaled, count: int) -> LayerSpectrum:
    """Of Jᵀ (n, count · outputs): the columns of one example stand beside one another."""
    J = delta.part.reshape(len(delta.part), count, -1).transpose(1, 0, 2)
    smaller = min(J.shape[1:])
    if not np.isfinite(J).all():
        values = np.full((count, smaller), np.nan)
    elif smaller <= SMALL:
        values = np.linalg.svd(J, compute_uv=False)
    else:
        values = np.array([[largest_singular_value(one)] for one in J])
    floor = max(J.shape[1:]) * np.finfo(np.float64).eps * values[:, :1]
    values = np.where(values < floor, 0.0, values)
    shift = delta.exponent * LOG10_2
    with np.errstate(all="ignore"):
        return LayerSpectrum(
            values=read_only(np.log10(values) + shift),
            mean=read_only(np.log10(np.square(values).mean(axis=0)) / 2.0 + shift),
            resolved=read_only(np.log10(floor[:, 0]) + shift),
        )
