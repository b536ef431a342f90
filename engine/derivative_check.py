"""The gradient again, by ways that know nothing of backpropagation.

The complex step (Squire and Trapp, 1998) is exact to rounding where the cost is analytic; central
differences serve elsewhere, and show why they fail on deep networks.
"""

from collections.abc import Callable

import numpy as np

from engine.architecture import ArchitectureSpec
from engine.arrays import Floats, Numbers
from engine.network import Network

STEP = 1e-30  # nothing is subtracted, so the step may be as small as one likes


def complex_step(f: Callable[[Numbers], complex], at: Floats) -> Floats:
    """The gradient of an analytic real function: Im f(x + ih) / h for every component."""
    point = at.astype(np.complex128)
    gradient = np.empty(at.shape)
    for k in np.ndindex(at.shape):
        point[k] += 1j * STEP
        gradient[k] = f(point).imag / STEP
        point[k] = at[k]
    return gradient


def central_differences(f: Callable[[Numbers], complex], at: Floats, h: float = 1e-6) -> Floats:
    """(f(x + h) - f(x - h)) / 2h for every component: good to about 1e-9 of the greatest value."""
    point = at.astype(np.float64)
    gradient = np.empty(at.shape)
    for k in np.ndindex(at.shape):
        point[k] = at[k] + h
        above = f(point).real
        point[k] = at[k] - h
        gradient[k] = (above - f(point).real) / (2 * h)
        point[k] = at[k]
    return gradient


def cost_function(
    architecture: ArchitectureSpec, cost: str, x: Floats, y: Floats, dtype: type = np.complex128
) -> Callable[[Numbers], complex]:
    """The mean cost of x (inputs, batch) with y (outputs, batch), of the parameter vector."""
    network = Network(architecture, cost, dtype)
    ws = network.workspace(x.shape[1])
    inputs: Numbers = x.astype(dtype)

    def f(vector: Numbers) -> complex:
        np.copyto(network.parameters.vector, vector)
        network.forward(ws, inputs)
        return network.mean_cost(ws, y)

    return f
