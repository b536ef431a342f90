"""All parameters of a network in one contiguous vector, and the views that give them names."""

import hashlib
from collections.abc import Iterable
from typing import Any

import numpy as np

from engine.architecture import BIAS, ArchitectureSpec, GivenParameter, LayerSpec, SkipSpec
from engine.arrays import Numbers
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS


class Parameters:
    """``vector`` holds every W, layer after layer, every projection, then every b, as views.

    W[l] is (n_out, n_in), b[l] is (n_out,); ``projections`` has one entry for every skip
    connection, None where it is the identity. ``weights`` and ``biases`` are the two halves of the
    vector: an optimizer is a few array operations, whatever the depth.
    """

    def __init__(self, architecture: ArchitectureSpec, dtype: Any) -> None:
        neurons, projections = architecture.sizes[1:], architecture.projections
        shapes = [*zip(neurons, architecture.sizes, strict=False), *filter(None, projections)]
        self.vector: Numbers = np.zeros(architecture.parameters, dtype)
        n_weights = len(self.vector) - sum(neurons)
        self.weights, self.biases = self.vector[:n_weights], self.vector[n_weights:]
        parts = np.split(self.weights, np.cumsum([o * i for o, i in shapes])[:-1])
        matrices = (part.reshape(shape) for part, shape in zip(parts, shapes, strict=True))
        self.W: list[Numbers] = [next(matrices) for _ in neurons]
        self.projections = [None if shape is None else next(matrices) for shape in projections]
        self.b: list[Numbers] = np.split(self.biases, np.cumsum(neurons)[:-1])

    def has(self, l: int, neuron: int, source: int) -> bool:
        """Whether there is such a parameter."""
        if not 0 <= l < len(self.W):
            return False
        n_out, n_in = self.W[l].shape
        return bool(0 <= neuron < n_out and BIAS <= source < n_in)

    def one(self, l: int, neuron: int, source: int) -> Numbers:
        """A view (1,) of one weight of W[l], or of a bias where ``source`` is ``BIAS``."""
        row = self.b[l] if source == BIAS else self.W[l][:, source]
        return row[neuron : neuron + 1]


def stream(seed: int, name: str) -> np.random.Generator:
    """A random stream of its own for every name: drawing from one never shifts another."""
    digest = hashlib.blake2b(name.encode(), digest_size=16).digest()
    key = tuple(int.from_bytes(digest[k : k + 4], "little") for k in range(0, 16, 4))
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def draw(parameters: Parameters, architecture: ArchitectureSpec, seed: int) -> None:
    """Give every parameter its initial value: drawn, or given by the architecture."""
    for layer, W, b in zip(architecture.layers, parameters.W, parameters.b, strict=True):
        W[...] = _weights(layer, W, seed, f"W {layer.id}")
        b[...] = BIAS_INITIALIZERS[layer.bias].draw(stream(seed, f"b {layer.id}"), len(b))
    for skip, (_, column), P in _skips(parameters, architecture):
        if P is not None:
            name = f"P {skip.source} > {skip.target}"
            P[...] = _weights(architecture.layers[column - 1], P, seed, name)
    give(parameters, architecture, architecture.given)


def give(
    parameters: Parameters, architecture: ArchitectureSpec, given: Iterable[GivenParameter]
) -> None:
    """Set the parameters that are given to their values."""
    for parameter in given:
        parameters.one(*_place(parameter, architecture))[...] = parameter.value


def frozen(architecture: ArchitectureSpec) -> Parameters | None:
    """A mask of those that training leaves as they are; None: it moves them all."""
    parts: tuple[LayerSpec | GivenParameter, ...] = (*architecture.layers, *architecture.given)
    if not any(part.frozen for part in parts):
        return None
    mask = Parameters(architecture, bool)
    for layer, W, b in zip(architecture.layers, mask.W, mask.b, strict=True):
        W[...] = b[...] = layer.frozen
    for _, (_, column), P in _skips(mask, architecture):
        if P is not None:
            P[...] = architecture.layers[column - 1].frozen
    for parameter in architecture.given:
        if parameter.frozen:
            mask.one(*_place(parameter, architecture))[...] = True
    return mask


def _weights(layer: LayerSpec, W: Numbers, seed: int, name: str) -> Numbers:
    return layer.gain * INITIALIZERS[layer.initializer].draw(stream(seed, name), *W.shape)


def _skips(
    parameters: Parameters, architecture: ArchitectureSpec
) -> Iterable[tuple[SkipSpec, tuple[int, int], Numbers | None]]:
    """Every skip connection with its columns and its projection."""
    columns = architecture.skip_columns
    return zip(architecture.skips, columns, parameters.projections, strict=True)


def _place(given: GivenParameter, architecture: ArchitectureSpec) -> tuple[int, int, int]:
    return architecture.columns[given.layer] - 1, given.neuron, given.source
