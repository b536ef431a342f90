"""The first number that is not finite: where it began, and what to try."""

from dataclasses import dataclass

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Numbers
from engine.network import Network, Workspace
from engine.numerals import short
from engine.spec import TrainingSpec


@dataclass(frozen=True, slots=True)
class Divergence:
    """Training stopped before update number ``step``; ``layer`` counts from 1, 0 is the cost."""

    step: int
    layer: int
    quantity: str
    advice: str

    def __str__(self) -> str:
        where = f" of layer {self.layer}" if self.layer else ""
        what = f"{self.quantity}{where} is no longer finite"
        return f"Stopped at step {self.step}: {what}. {self.advice}"


def find(network: Network, ws: Workspace, step: int, training: TrainingSpec) -> Divergence:
    """Follow the pass from the weights to the gradient to the first number that is not finite."""
    quantity, layer = _first(network, ws)
    return Divergence(step, layer, quantity, _advice(network, training))


def _first(network: Network, ws: Workspace) -> tuple[str, int]:
    parameters, gradient = network.parameters, network.gradient
    for l in range(len(ws.z)):
        for quantity, array in (
            ("a weight", parameters.W[l]),
            ("a bias", parameters.b[l]),
            *(("a projection", P) for P in _into(network, l, parameters.projections)),
            ("the weighted input z", ws.z[l]),
            ("the activation", ws.a[l]),
        ):
            if not np.isfinite(array).all():
                return quantity, l + 1
    for l in reversed(range(len(ws.z))):
        for quantity, array in (
            ("the error δ", ws.delta[l]),
            ("the gradient ∂C/∂W", gradient.W[l]),
        ):
            if not np.isfinite(array).all():
                return quantity, l + 1
    return "the cost", 0


def _into(network: Network, l: int, projections: list[Numbers | None]) -> list[Numbers]:
    """The projections of the skip connections that end at layer l, from 0."""
    columns = network.architecture.skip_columns
    ends = zip(columns, projections, strict=True)
    return [P for (_, target), P in ends if target == l + 1 and P is not None]


def _advice(network: Network, training: TrainingSpec) -> str:
    layers, eta = network.architecture.layers, training.eta
    smaller = min(eta / 10, training.optimizer.usual_eta)
    large = any(layer.initializer == "large" or abs(layer.gain) > 2 for layer in layers)
    advice = f"Try a smaller learning rate: η = {short(smaller, 6)} instead of {short(eta)}"
    if large and any(_is_unbounded(layer.activation) for layer in layers):
        return f"{advice}, or smaller initial weights (He or 1/n)."
    return f"{advice}, or float64 as precision." if network.dtype == np.float32 else f"{advice}."


def _is_unbounded(activation: str) -> bool:
    far = np.full((1, 1), 1e3)
    out = np.empty_like(far)
    ACTIVATIONS[activation].fn(far, out)
    return bool(out[0, 0] > 10.0)
