"""The decision surface of two-dimensional data: what the network says everywhere in the plane."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from engine.arrays import Floats, Ints, read_only
from engine.inspection import Surface
from engine.look import MOST_PRODUCTS, Look

SIDES = (16, 48)  # cells of a side, at least and at most
FINE = 128  # at most where there is time
SLICE = 2_048  # cells in one pass
MOST_POINTS = 1_000
MARGIN = 1.1  # of the surface's square around the points


@dataclass(frozen=True, slots=True, eq=False)
class PlanarDecision:
    """A surface, and the classes that the network says of its points, ``said`` (n,)."""

    surface: Surface
    said: Ints
    class_names: tuple[str, ...]

    @property
    def wrong(self) -> Ints:
        """Which of the points are on the wrong side: their places in ``surface.points``."""
        return np.flatnonzero(self.said != self.surface.labels.astype(np.intp))


@dataclass(frozen=True, slots=True)
class SurfaceWish:
    """The answer is None where the data are not two-dimensional."""

    def products(self, look: Look) -> float:
        passes = side_of(look) ** 2 + MOST_POINTS
        return float(len(look.network.parameters.weights)) * passes * is_planar(look)

    def answer(self, look: Look) -> PlanarDecision | None:
        if not is_planar(look):
            return None
        surface = surface_of(look)
        said = look.forward(surface.points).a[-1].argmax(axis=0)
        return PlanarDecision(surface, read_only(said), look.examples.class_names)


def is_planar(look: Look) -> bool:
    return look.network.architecture.inputs == 2


def side_of(look: Look) -> int:
    """How many cells a side has."""
    low, high = SIDES
    room = MOST_PRODUCTS
    if look.thorough:
        room, high = 10 * room, FINE
    return min(max(low, int(sqrt(room / len(look.network.parameters.weights)))), high)


def surface_of(look: Look) -> Surface:
    """Of a network with two inputs."""
    train, side = look.examples.train, side_of(look)
    extent = x0, x1, y0, y1 = _extent(train.x)
    grid = np.meshgrid(np.linspace(x0, x1, side), np.linspace(y0, y1, side))
    cells = np.column_stack([g.ravel() for g in grid])
    parts = (cells[start : start + SLICE] for start in range(0, len(cells), SLICE))
    scores = np.concatenate([look.forward(part).a[-1].copy() for part in parts], axis=1)
    points = train.first(MOST_POINTS)
    return Surface(
        read_only(scores.reshape(-1, side, side)),
        extent,
        read_only(points.x),
        read_only(points.labels.astype(float)),
    )


def _extent(x: Floats) -> tuple[float, float, float, float]:
    low, high = x.min(axis=0), x.max(axis=0)
    (x0, y0), half = (low + high) / 2, MARGIN * float((high - low).max()) / 2 or 1.0
    return float(x0 - half), float(x0 + half), float(y0 - half), float(y0 + half)
