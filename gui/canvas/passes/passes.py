"""A pass through the network, told layer by layer: what has arrived where; no Qt."""

from dataclasses import dataclass
from math import hypot
from typing import Literal

import numpy as np

from engine.arrays import Floats
from engine.inspection import Inspection
from gui.canvas.words.labels import quantity, ratio

Direction = Literal["forward", "backward"]
Phase = Literal["pulled", "delta", "a"]
TRAVEL = 0.6  # of a stage: the way along the edges; then what arrives grows
SHARES: dict[Phase, float] = {"pulled": 0.6, "delta": 0.4, "a": 1.0}  # of the time of a layer


@dataclass(frozen=True, slots=True)
class Stage:
    """``pulled``: Wᵀδ arrives at ``layer``; ``delta``: times σ'(z); ``a``: a forward pass."""

    layer: int
    phase: Phase


@dataclass(frozen=True, slots=True)
class Norm:
    """What is written above a layer, and how many times the norm before it this is."""

    layer: int
    text: str
    ratio: str


def stages(direction: Direction, layers: int) -> tuple[Stage, ...]:
    """All stages in their order."""
    if direction == "forward":
        return tuple(Stage(l, "a") for l in range(layers))
    backward: tuple[Phase, ...] = ("pulled", "delta")
    return tuple(Stage(l, phase) for l in reversed(range(layers)) for phase in backward)


class Pass:
    """Where a pass is: stage ``at``, of which ``t`` (0 to 1) has been told."""

    def __init__(self, direction: Direction, inspection: Inspection) -> None:
        self.direction, self.inspection = direction, inspection
        self.stages = stages(direction, len(inspection.a))
        self.at, self.t = 0, 0.0

    @property
    def stage(self) -> Stage:
        return self.stages[self.at]

    @property
    def done(self) -> bool:
        return self.at == len(self.stages) - 1 and self.t >= 1

    def advance(self, layers: float) -> None:
        """Go on for so many layers' time."""
        while layers > 0 and not self.done:
            if self.t >= 1:
                self.at, self.t = self.at + 1, 0.0
            share = SHARES[self.stage.phase]
            step = min(layers, (1 - self.t) * share)
            self.t = 1.0 if step >= (1 - self.t) * share else self.t + step / share
            layers -= step

    def step(self, by: int) -> None:
        """To the end of this stage or, if it is told, of the next; back: to that of the last."""
        if by > 0 and self.t >= 1:
            self.at = min(self.at + 1, len(self.stages) - 1)
        elif by < 0 and self.at == 0:
            self.t = 0.0
            return
        elif by < 0:
            self.at -= 1
        self.t = 1.0

    # -- what is seen ----------------------------------------------------------------------

    def bars(self) -> list[Floats | None]:
        """Of every layer what its bars show; None where nothing has arrived."""
        return [self._bar(l) for l in range(len(self.inspection.a))]

    def _bar(self, layer: int) -> Floats | None:
        if self.direction == "forward" or self.stage.layer > layer:
            return None
        pulled, delta = (
            x[layer].astype(float) for x in (self.inspection.pulled, self.inspection.delta)
        )
        if self.stage.layer < layer:
            return delta
        if self.stage.phase == "delta":
            return _between(pulled, delta, self.t)
        return pulled * self.grown if self.grown > 0 else None

    def shades(self) -> list[float]:
        """Of every column, the input first, how much of its activation is seen, 0 to 1."""
        if self.direction == "backward":
            return [1.0] * (len(self.inspection.a) + 1)
        layer = self.stage.layer
        return [1.0] + [
            1.0 if l < layer else self.grown if l == layer else 0.0
            for l in range(len(self.inspection.a))
        ]

    @property
    def _travels(self) -> bool:
        if self.direction == "forward":
            return True
        return self.stage.phase == "pulled" and self.stage.layer < len(self.inspection.a) - 1

    @property
    def grown(self) -> float:
        """How much of what arrives at this stage is there."""
        begin = TRAVEL if self._travels else 0.0
        return min(max((self.t - begin) / (1 - begin), 0.0), 1.0)

    def pulse(self) -> tuple[int, float] | None:
        """The gap whose edges are lit, and where: 0 at its left end, 1 at its right."""
        if not self._travels or self.t >= TRAVEL:
            return None
        way = self.t / TRAVEL
        layer = self.stage.layer
        return (layer, way) if self.direction == "forward" else (layer + 1, 1 - way)

    # -- what is said ----------------------------------------------------------------------

    def norms(self) -> list[Norm]:
        """Of the layers reached, in the order in which they were; the last is the newest."""
        reached = range(self.at + (self.grown > 0))
        last = {self.stages[at].layer: at for at in reached}
        return [self._norm(at) for at in last.values()]

    def _norm(self, at: int) -> Norm:
        stage = self.stages[at]
        size, before = self._size(at), self._size(self._before(at))
        symbol = {"pulled": "‖Wᵀδ‖", "delta": "‖δ‖", "a": "‖a‖"}[stage.phase]
        if stage.phase == "pulled" and stage.layer == len(self.inspection.a) - 1:
            symbol = "‖∂C/∂a‖"
        return Norm(stage.layer, f"{symbol} = {quantity(size)}", ratio(before, size))

    def _before(self, at: int) -> int:
        """The stage whose norm this one's is compared with: that of the layer before."""
        if self.direction == "forward":
            return at - 1
        return at - 1 if self.stages[at].phase == "pulled" else at - 2

    def _size(self, at: int) -> float:
        if at < 0:
            is_input = self.direction == "forward"
            return _length(self.inspection.input) if is_input else 0.0
        stage = self.stages[at]
        arrays = {
            "pulled": self.inspection.pulled, "delta": self.inspection.delta,
            "a": self.inspection.a,
        }[stage.phase]  # fmt: skip
        return _length(arrays[stage.layer])

    def factor(self) -> str:
        """By how much this stage changes the norm: '× 0.23'; empty where that says nothing."""
        return ratio(self._size(self.at - 1), self._size(self.at))

    def formula(self) -> str:
        """What happens at this stage."""
        layer, last = self.stage.layer + 1, len(self.inspection.a)
        if self.stage.phase == "a":
            return "a = σ(W a + b)"
        if self.stage.phase == "delta":
            return "times σ'(z)"
        return "∂C/∂a" if layer == last else "Wᵀδ"


def _length(array: Floats) -> float:
    """The norm, also where the squares leave the range of numbers."""
    return hypot(*array.tolist())


def _between(start: Floats, end: Floats, share: float) -> Floats:
    """At ``share`` of the way; both ends as they are, also where they are no finite numbers."""
    if share in (0.0, 1.0):
        return end if share else start
    with np.errstate(invalid="ignore"):  # between ∞ and −∞ lies no number
        way: Floats = (1.0 - share) * start + share * end
    return way
