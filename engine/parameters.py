"""All parameters of a network in one contiguous vector, and the views that give them names."""

import hashlib
from typing import Any

import numpy as np

from engine.arrays import Numbers
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.spec import ArchitectureSpec


class Parameters:
    """``vector`` holds every W, layer after layer, then every b; ``W[l]``, ``b[l]`` are views.

    W[l] is (n_out, n_in), b[l] is (n_out,). ``weights`` and ``biases`` are the two halves of
    the vector: an optimizer is a few array operations, whatever the depth.
    """

    def __init__(self, architecture: ArchitectureSpec, dtype: Any) -> None:
        pairs = list(zip(architecture.sizes, architecture.sizes[1:], strict=False))
        n_weights = sum(i * o for i, o in pairs)
        self.vector: Numbers = np.zeros(architecture.parameters, dtype)
        self.weights = self.vector[:n_weights]
        self.biases = self.vector[n_weights:]
        self.W: list[Numbers] = []
        self.b: list[Numbers] = []
        w_at = b_at = 0
        for i, o in pairs:
            self.W.append(self.weights[w_at : w_at + i * o].reshape(o, i))
            self.b.append(self.biases[b_at : b_at + o])
            w_at, b_at = w_at + i * o, b_at + o


def stream(seed: int, name: str) -> np.random.Generator:
    """A random stream of its own for every name: drawing from one never shifts another."""
    digest = hashlib.blake2b(name.encode(), digest_size=16).digest()
    key = tuple(int.from_bytes(digest[k : k + 4], "little") for k in range(0, 16, 4))
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def draw(parameters: Parameters, architecture: ArchitectureSpec, seed: int) -> None:
    """Give every parameter its initial value."""
    for layer, W, b in zip(architecture.layers, parameters.W, parameters.b, strict=True):
        o, i = W.shape
        weights = INITIALIZERS[layer.initializer].draw(stream(seed, f"W {layer.id}"), o, i)
        W[...] = layer.gain * weights
        b[...] = BIAS_INITIALIZERS[layer.bias].draw(stream(seed, f"b {layer.id}"), o)
