"""What a close look has at hand: the network, its examples, and passes over them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

import numpy as np

from engine.arrays import Floats
from engine.batches import make_room
from engine.examples import Examples, ExampleSet
from engine.network import Network, Workspace
from engine.parameters import Parameters

MOST_PRODUCTS = 1e8  # multiplications in one look: up to 10 ms
LEAST_EXAMPLES = 16
Answer = TypeVar("Answer", covariant=True)


@dataclass(frozen=True, slots=True, eq=False)
class LastStep:
    """What the last step did: its gradient, its move, and the share of the weights it took off."""

    gradient: Parameters
    move: Parameters
    decay: float


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """A pass forward and back without an update; ``gradient`` is that of the mean cost.

    ``ws.delta`` is δ divided by the number of examples. All this is valid for one look.
    """

    examples: Examples
    ws: Workspace
    gradient: Parameters


class Look:
    """One network at one moment; ``last_step`` is None before the first step.

    ``count`` is how many examples a pass over the probe set takes; ``thorough`` is whether there is
    time for all that can be said, as there is while training pauses.
    """

    def __init__(self, network: Network, examples: ExampleSet, probe: int) -> None:
        self.network, self.examples = network, examples
        self.probe = examples.train.first(probe)
        self.count = min(self.affordable(3), len(self.probe))
        self.last_step: LastStep | None = None
        self.thorough = False
        self._room: dict[int, tuple[Workspace, Parameters]] = {}
        self._passes: dict[int | None, Pass] = {}
        self._forward: dict[int, Workspace] = {}

    def affordable(self, products_per_weight: int) -> int:
        """How many examples can be looked at, at so many multiplications for every weight."""
        each = products_per_weight * len(self.network.parameters.weights)
        return max(LEAST_EXAMPLES, int(MOST_PRODUCTS / each))

    @cached_property
    def input_square(self) -> float:
        """The mean of the inputs' squares over the ``count`` examples: no step changes it."""
        return float(np.square(self.probe.x[: self.count], dtype=np.float64).mean())

    def begin(self, last_step: LastStep | None, thorough: bool) -> None:
        """The network has moved on: passes are to be made anew."""
        self.last_step, self.thorough = last_step, thorough
        self._passes.clear()

    def over(self, example: int | None) -> Pass:
        """A pass over one example of the probe set, or over its first ``count`` examples.

        An example beyond the probe set becomes its last.
        """
        if example is not None:
            example = min(max(0, example), len(self.probe) - 1)
        if example not in self._passes:
            self._passes[example] = self._pass(example)
        return self._passes[example]

    def forward(self, x: Floats) -> Workspace:
        """A pass forward over these inputs, a row each; valid until the next of as many."""
        if len(x) not in self._forward:
            make_room(self._forward)
            self._forward[len(x)] = self.network.workspace(len(x))
        ws = self._forward[len(x)]
        self.network.forward(ws, x.T.astype(self.network.dtype, copy=False))
        return ws

    def _pass(self, example: int | None) -> Pass:
        rows = slice(self.count) if example is None else slice(example, example + 1)
        part = Examples(self.probe.x[rows], self.probe.y[rows], self.probe.labels[rows])
        key = -1 if example is None else example
        if key not in self._room:
            make_room(self._room)
            gradient = Parameters(self.network.architecture, self.network.dtype)
            self._room[key] = self.network.workspace(len(part)), gradient
        ws, gradient = self._room[key]
        self.network.forward(ws, part.x.T)
        self.network.backward(ws, part.y.T, gradient)
        return Pass(part, ws, gradient)


class Wish(Protocol[Answer]):
    """What an instrument wants to know at every look: a frozen dataclass of ``engine.readings``."""

    def products(self, look: Look) -> float:
        """About how many multiplications its answer takes, beside the passes of the look."""

    def answer(self, look: Look) -> Answer:
        """A value that nobody changes any more; its arrays are copies, read-only."""
