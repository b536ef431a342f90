"""The chapter's two examples of unstable gradients, made from any chain."""

from dataclasses import replace

import numpy as np

from engine.activations import ACTIVATIONS
from engine.chain.draws import Draw
from engine.chain.edits import redraw
from engine.chain.spec import ChainSpec

LARGE = 100.0  # the chapter's weight that makes a gradient explode


def usual(chain: ChainSpec, seed: int) -> ChainSpec:
    """Sigmoid neurons with independent weights and biases, Gaussian: mean 0, deviation 1.

    Every term is then below |w|/4: under 1/4 wherever |w| < 1.
    """
    return redraw(replace(chain, activation="sigmoid", tied=False), Draw(seed=seed))


def exploding(chain: ChainSpec) -> ChainSpec:
    """All w = 100, and biases that make every z_j = 0: all terms are 25.

    b_1 = −100 a_0; the others are −50, since a neuron with z = 0 gives 1/2.
    """
    half = np.empty(1)
    ACTIVATIONS["sigmoid"].fn(np.zeros(1), half)
    n, rest = chain.neurons, -LARGE * float(half[0])
    b = (0.0 - LARGE * chain.x, *(rest,) * (n - 1))
    return replace(chain, w=(LARGE,) * n, b=b, activation="sigmoid", tied=False)
