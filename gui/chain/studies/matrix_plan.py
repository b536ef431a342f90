"""Where the factors of a network's row stand, and how large their matrices are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from engine.chain.matrices import MatrixFactor

NARROWEST = 66.0  # pixels of a column, before the user's scale
WIDEST = 190.0
LEAST_SIDE = 5.0  # pixels of a matrix
FILLED = 0.86  # of a column, by the widest matrix

Place = int | None  # of a factor in the row; None stands for those that are left out


@dataclass(frozen=True, slots=True)
class Columns:
    """Pixels from the left; ``places`` has the factor that stands in every column."""

    places: tuple[Place, ...]
    left: float
    pitch: float

    def middle(self, column: int) -> float:
        return self.left + (column + 0.5) * self.pitch

    def at(self, x: float) -> Place:
        """The factor there."""
        column = int((x - self.left) // self.pitch)
        return self.places[column] if 0 <= column < len(self.places) else None

    @property
    def shown(self) -> list[int]:
        return [place for place in self.places if place is not None]


def columns(factors: int, left: float, width: float, scale: float) -> Columns:
    """All factors, or the first and the last of them, in the room right of ``left``."""
    room = width - left
    most = max(5, int(room / (NARROWEST * scale)))
    places = _places(factors, most)
    pitch = min(room / len(places), WIDEST * scale)
    spare = room - pitch * len(places)
    return Columns(places, left + spare / 2, pitch)


def _places(factors: int, most: int) -> tuple[Place, ...]:
    if factors <= most:
        return tuple(range(factors))
    head = most // 2
    tail = most - 1 - head
    return (*range(head), None, *range(factors - tail, factors))


@dataclass(frozen=True, slots=True)
class Sides:
    """Pixels of the sides of matrices: in proportion, unless the smallest could not be seen.

    Then all are (n / greatest) to one power below 1.
    """

    greatest: int
    pixels: float
    power: float

    @classmethod
    def of(cls, row: Sequence[MatrixFactor], room: float) -> "Sides":
        sides = [n for factor in row for n in factor.shape if n > 1] or [1]
        least, greatest = min(sides), max(sides)
        if greatest == least or room <= LEAST_SIDE:
            return cls(greatest, room, 1.0)
        power = log(room / LEAST_SIDE) / log(greatest / least)
        return cls(greatest, room, min(1.0, power))

    def __call__(self, n: int) -> float:
        share: float = (n / self.greatest) ** self.power
        return max(LEAST_SIDE, self.pixels * share)
