"""Takes close looks at a network: passes of its own, which training does not notice."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from engine.arrays import Floats, copies, read_only
from engine.distributions import histogram
from engine.examples import ExampleSet
from engine.inspection import Inspection, LayerDistributions, ParameterReading, Subject, Surface
from engine.look import MOST_PRODUCTS, LastStep, Look, Pass, Wish
from engine.network import Network, Workspace
from engine.parameters import Parameters, frozen
from engine.readings.surface import PlanarDecision, SurfaceWish, is_planar, surface_of


class Inspector:
    """Looks at one network with the first examples of its training data; one thread only."""

    def __init__(self, network: Network, examples: ExampleSet, probe: int) -> None:
        self._network = network
        self._look = Look(network, examples, probe)
        self._frozen = frozen(network.architecture)
        self._answers: dict[Wish[object], object] = {}  # the oldest first

    @property
    def count(self) -> int:
        """How many examples a look at the probe set takes."""
        return self._look.count

    def look(self, subject: Subject, last: LastStep | None = None) -> Inspection:
        """One pass forward and back; what is not there to be looked at is left out.

        ``last`` is None before the first step. An example beyond the probe set becomes its last.
        """
        subject = self._within_reach(subject)
        self._look.begin(last, subject.thorough)
        return self._inspection(subject, self._look.over(subject.example), last)

    def _inspection(self, subject: Subject, taken: Pass, last: LastStep | None) -> Inspection:
        ws, part, gradient = taken.ws, taken.examples, taken.gradient
        answers = self._answered(subject.wishes)
        slope = self._network.cost.slope(_double(ws.z[-1]), _double(ws.a[-1]), part.y.T)
        return Inspection(
            subject=subject,
            count=ws.batch,
            input=_mean(part.x.T),
            label=None if subject.example is None else int(part.labels[0]),
            z=tuple(map(_mean, ws.z)),
            a=tuple(map(_mean, ws.a)),
            prime=tuple(map(_mean, ws.prime)),
            delta=copies(gradient.b),
            pulled=(*self._pulled(gradient.b), _mean(slope)),
            sent=tuple(_root_mean_square(ws.batch * _double(d)) for d in ws.delta),
            dC_dW=copies(gradient.W),
            distributions=self._distributions(ws, subject.layer),
            reading=self._reading(subject.parameter, gradient, last),
            surface=self._surface(answers) if subject.surface else None,
            answers=answers,
        )

    def _answered(self, wishes: frozenset[Wish[object]]) -> Mapping[Wish[object], object]:
        """The wishes that have waited longest are answered first, one in any case."""
        known = {wish: answer for wish, answer in self._answers.items() if wish in wishes}
        spent, look = 0.0, self._look
        for wish in (*(wishes - known.keys()), *known):
            price = wish.products(look)
            if spent and spent + price > MOST_PRODUCTS and not look.thorough:
                break
            spent += price
            known.pop(wish, None)
            known[wish] = wish.answer(look)
        self._answers = known
        return MappingProxyType(dict(known))

    def _surface(self, answers: Mapping[Wish[object], object]) -> Surface | None:
        """An instrument may have asked for it already."""
        known = answers.get(SurfaceWish())
        if isinstance(known, PlanarDecision):
            return known.surface
        return surface_of(self._look) if is_planar(self._look) else None

    def _within_reach(self, subject: Subject) -> Subject:
        if subject.example is None:
            return subject
        example = min(max(0, subject.example), len(self._look.probe) - 1)
        return replace(subject, example=example)

    def _pulled(self, delta: list[Floats]) -> list[Floats]:
        """Of the hidden layers; linear in δ, so the mean over the examples needs the mean δ."""
        pulled = [np.empty_like(d) for d in delta[:-1]]
        for l, out in enumerate(pulled):
            self._network.pull(l, delta, out)
        return [read_only(array) for array in pulled]

    def _distributions(self, ws: Workspace, layer: int | None) -> LayerDistributions | None:
        if layer is None or not 0 <= layer < len(ws.z):
            return None
        arrays = ws.z[layer], ws.a[layer], ws.prime[layer], ws.batch * ws.delta[layer]
        return LayerDistributions(*(histogram(array) for array in arrays))

    def _reading(
        self,
        place: tuple[int, int, int] | None,
        looked: Parameters,
        last: LastStep | None,
    ) -> ParameterReading | None:
        parameters = self._network.parameters
        if place is None or not parameters.has(*place):
            return None
        gradient = looked if last is None else last.gradient
        value = float(parameters.one(*place)[0])
        still = self._frozen is not None and bool(self._frozen.one(*place)[0])
        change = 0.0 if last is None or still else _change(value, place, last)
        return ParameterReading(value, float(gradient.one(*place)[0]), change, still)


def _change(value: float, place: tuple[int, int, int], last: LastStep) -> float:
    """The move, and what decay took off a weight: a share of its value before the step."""
    move = float(last.move.one(*place)[0])
    kept = 1.0 - last.decay
    if last.decay == 0.0 or place[-1] < 0 or kept == 0.0:
        return move
    return move - last.decay * (value - move) / kept


def _double(array: Floats) -> Floats:
    return array.astype(np.float64)


def _mean(array: Floats) -> Floats:
    return read_only(array.mean(axis=1, dtype=np.float64))


def _root_mean_square(array: Floats) -> Floats:
    return read_only(np.sqrt(np.square(array).mean(axis=1)))
