"""Generated data sets in the plane: two numbers in, a class out, drawn as coloured points."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from engine.arrays import Floats, Ints
from engine.datasets.dataset import DataSet, Split
from engine.hyper import check_hypers, hyper

HELD_OUT = 100  # validation and test have at least so many examples each

Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class Planar(ABC):
    """What the sets in the plane share; a set says where the points of given classes lie.

    Without noise the points lie within [-1, 1] in both coordinates; noise, the standard deviation
    of a normal displacement, may carry some beyond. Class sizes differ by one at most. Validation
    and test, max(100, examples // 5) each, are drawn from the same random stream after training.
    """

    key: ClassVar[str]
    label: ClassVar[str]
    help: ClassVar[str]
    examples: int = hyper(500, "n", 10, 20_000, log=True, help="examples to train on")
    noise: float = hyper(0.05, "σ", 0.0, 0.5, help="standard deviation of the displacement")
    seed: int = hyper(1, "seed", 0, 2**31 - 1, help="start of the random stream")

    def __post_init__(self) -> None:
        check_hypers(self)

    @abstractmethod
    def points(self, labels: Ints, rng: Random) -> Floats:
        """One point, before noise, for each of the ``labels``: (n, 2)."""

    def shape(self) -> tuple[int, int]:
        return 2, 2

    def load(self) -> DataSet:
        rng = np.random.default_rng(self.seed)
        held_out = max(HELD_OUT, self.examples // 5)
        train, validation, test = (self._draw(n, rng) for n in (self.examples, held_out, held_out))
        names = tuple(str(c) for c in range(self.shape()[1]))
        return DataSet(self.label, train, validation, test, names)

    def _draw(self, n: int, rng: Random) -> Split:
        labels = rng.permutation(np.arange(n) % self.shape()[1])
        x = self.points(labels, rng)
        return Split(x + self.noise * rng.standard_normal((n, 2)), labels)


@dataclass(frozen=True, slots=True)
class Xor(Planar):
    """Four squares, one in each quadrant: class 1 where the signs of the coordinates differ."""

    key: ClassVar[str] = "xor"
    label: ClassVar[str] = "XOR"
    help: ClassVar[str] = "four squares of points; opposite corners share a class"

    def points(self, labels: Ints, rng: Random) -> Floats:
        sign = rng.choice([-1.0, 1.0], len(labels))
        signs = np.column_stack([sign, np.where(labels == 1, -sign, sign)])
        return signs * rng.uniform(0.1, 0.9, signs.shape)


@dataclass(frozen=True, slots=True)
class Circles(Planar):
    """Two circles about the origin, of radius 0.9 (class 0) and 0.45 (class 1)."""

    key: ClassVar[str] = "circles"
    label: ClassVar[str] = "Two circles"
    help: ClassVar[str] = "one circle within another"

    def points(self, labels: Ints, rng: Random) -> Floats:
        radius = np.where(labels == 0, 0.9, 0.45)
        return _polar(radius, rng.uniform(0.0, 2 * np.pi, len(labels)))


@dataclass(frozen=True, slots=True)
class Spirals(Planar):
    """Two Archimedean spirals of one and a half turns, each the other turned by 180 degrees."""

    key: ClassVar[str] = "spirals"
    label: ClassVar[str] = "Two spirals"
    help: ClassVar[str] = "two spirals wound into each other"
    noise: float = hyper(0.02, "σ", 0.0, 0.5, help="standard deviation of the displacement")

    def points(self, labels: Ints, rng: Random) -> Floats:
        # The root spreads the points evenly along the arm: its length grows with t squared.
        t = np.sqrt(rng.uniform(0.0, 1.0, len(labels)))
        return _polar(0.1 + 0.8 * t, 3 * np.pi * t + np.pi * labels)


@dataclass(frozen=True, slots=True)
class Moons(Planar):
    """Two half circles that reach into each other."""

    key: ClassVar[str] = "moons"
    label: ClassVar[str] = "Two moons"
    help: ClassVar[str] = "two half moons that reach into each other"

    def points(self, labels: Ints, rng: Random) -> Floats:
        upper = _polar(1.0, rng.uniform(0.0, np.pi, len(labels))) - [0.5, 0.25]
        return np.where(labels[:, None] == 0, upper, -upper) / 1.5


@dataclass(frozen=True, slots=True)
class Blobs(Planar):
    """Normal clouds of deviation ``noise`` about points evenly spread on a circle."""

    key: ClassVar[str] = "blobs"
    label: ClassVar[str] = "Gaussian blobs"
    help: ClassVar[str] = "2 to 8 clouds of points, one a class"
    noise: float = hyper(0.12, "σ", 0.0, 0.5, help="standard deviation of a cloud")
    classes: int = hyper(3, "k", 2, 8, help="number of clouds")

    def shape(self) -> tuple[int, int]:
        return 2, self.classes

    def points(self, labels: Ints, rng: Random) -> Floats:
        return _polar(0.7, 2 * np.pi * labels / self.classes)


def _polar(radius: Floats | float, angle: Floats) -> Floats:
    """Points (n, 2) at the given distances and angles from the origin."""
    points: Floats = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return points
