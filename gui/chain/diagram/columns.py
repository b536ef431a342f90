"""Where the neurons of a chain stand, and how large its formula can be above them."""

from dataclasses import dataclass

FORMULA = 30  # pixels, before the user's scale
SMALLEST = 12.5  # a formula below that cannot be read: neurons are left out instead
MOST = 12  # neurons that are drawn; of a longer chain its ends
ENDS = 9  # places for the ends of a longer chain, with one for what is between
AIR = 0.28  # em between two terms
WIDEST = 9.5  # em from neuron to neuron
FIRST, LAST = 0.94, 0.57  # of that, from a_0 to the first and from the last to C

INSET = 0.03  # of the width: the margins where there is room
EARLIER = 1 / 6  # of the pitch: what stands for the neurons that are left out

Slot = int | None  # a neuron, from 1; None stands for those that are left out


@dataclass(frozen=True, slots=True)
class Ems:
    """Widths of the terms, in em of the formula."""

    result: float  # ∂C/∂b_1
    equals: float
    prime: float
    weight: float
    slope: float
    ascent: float  # of a fraction
    descent: float

    @property
    def pitch(self) -> float:
        return self.prime + self.weight + 2 * AIR

    @property
    def first(self) -> float:
        """From the middle of ∂C/∂b_1 to that of σ′(z_1)."""
        return self.result / 2 + self.equals + self.prime / 2 + 2 * AIR

    @property
    def last(self) -> float:
        return self.prime / 2 + AIR + self.slope / 2

    def total(self, slots: int) -> float:
        ends = self.result / 2 + self.slope / 2
        return ends + self.first + (slots - 1) * self.pitch + self.last


@dataclass(frozen=True, slots=True)
class Columns:
    """Pixels from the left; ``x`` are the middles of the slots, ``em`` is the formula's size."""

    slots: tuple[Slot, ...]
    x: tuple[float, ...]
    input: float
    cost: float
    equals: float
    pitch: float
    em: float

    def before(self, place: int) -> float:
        """The middle of what stands left of this place."""
        return self.x[place - 1] if place else self.input

    def edge(self, place: int) -> float:
        """The middle of the edge that leads to this place."""
        return (self.before(place) + self.x[place]) / 2


def choose(neurons: int, ems: Ems, width: float) -> tuple[Slot, ...]:
    """All neurons, or the first and the last of them, as many as can be read."""
    room = width / SMALLEST - ems.total(1)
    most = max(3, int(room / ems.pitch) + 1)
    if neurons <= min(MOST, most):
        return tuple(range(1, neurons + 1))
    places = min(ENDS, most)
    head = places // 2
    tail = places - 1 - head
    return (*range(1, head + 1), None, *range(neurons - tail + 1, neurons + 1))


def place(slots: tuple[Slot, ...], ems: Ems, left: float, width: float, largest: float) -> Columns:
    """Spread over ``width``, with the formula as large as fits and not above ``largest``."""
    n = len(slots)
    em = min(largest, width / ems.total(n))
    inset = min(INSET * width, (width - ems.total(n) * em) / 6)
    left, width = left + inset, width - 2 * inset
    ends = (ems.result + ems.slope) / 2 * em
    pitch, first, last = _spread(n, ems, em, width - ends)
    spare = max(0.0, width - ends - first - (n - 1) * pitch - last) / 2
    a0 = left + spare + ems.result / 2 * em
    earlier = EARLIER * pitch  # no term stands before the neurons that are left out
    x = tuple(a0 + first + k * pitch - earlier * (slot is None) for k, slot in enumerate(slots))
    right, beside = a0 + ems.result / 2 * em, x[0] - ems.prime / 2 * em
    return Columns(slots, x, a0, x[-1] + last, (right + beside) / 2, pitch, em)


def _spread(n: int, ems: Ems, em: float, room: float) -> tuple[float, float, float]:
    """Pitch and the distances of the two ends, none below what the terms need."""
    first, last = ems.first * em, ems.last * em
    pitch = room / (n - 1 + FIRST + LAST)
    if pitch * FIRST < first:
        pitch = (room - first) / (n - 1 + LAST)
    if pitch * LAST < last:
        pitch = (room - last) / (n - 1 + FIRST)
        if pitch * FIRST < first:
            pitch = (room - first - last) / max(1, n - 1)
    pitch = min(pitch, WIDEST * em)
    return pitch, max(first, FIRST * pitch), max(last, LAST * pitch)
