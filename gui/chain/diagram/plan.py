"""Everything in the drawing of a chain that does not depend on its numbers."""

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from PySide6.QtGui import QFont

from engine.chain.spec import ChainSpec
from gui.chain.diagram.columns import FORMULA, Columns, Ems, choose, place
from gui.chain.diagram.keys import ELIDED, RESULT, SLOPE, Key
from gui.chain.diagram.look import Face, Look
from gui.chain.diagram.rows import Rows, arrange
from gui.common.formula.boxes import Box, Text
from gui.common.formula.layout import LaidOut, lay_out
from gui.common.formula.runs import Face as RunFace
from gui.common.formula.runs import face
from gui.common.formula.symbols import a, b, italic, partial, sigma_prime, w

MARGIN = 10  # pixels at the left and right
REFERENCE = 100  # pixels at which symbols are measured


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a chain decides where things stand."""

    neurons: int
    tied: bool
    names: tuple[str, str]  # of the activations of the hidden neurons and of the last

    @classmethod
    def of(cls, chain: ChainSpec) -> "Shape":
        return cls(chain.neurons, chain.tied, (chain.activation, chain.output))

    @property
    def named(self) -> bool:
        """Whether there is something to write above the neurons."""
        return self.tied or (self.names[0] != self.names[1] and self.neurons > 1)


@dataclass(frozen=True, slots=True)
class Term:
    """One symbol of the formula, above the element of the drawing that it belongs to."""

    key: Key
    x: float  # its middle
    laid: LaidOut
    room: float  # pixels that what is written under it may be wide

    @property
    def left(self) -> float:
        return self.x - self.laid.width / 2


@dataclass(eq=False)
class Plan:
    """For one shape of chain, one look and one size of the picture."""

    shape: Shape
    look: Look
    width: float
    height: float
    columns: Columns = field(init=False)
    rows: Rows = field(init=False)
    terms: tuple[Term, ...] = field(init=False)
    at: dict[Key, Term] = field(init=False)
    equals: LaidOut = field(init=False)
    baseline: float = field(init=False)  # of the formula
    bounds: dict[Key, tuple[float, float]] = field(init=False)
    _small: dict[tuple[Box, int], LaidOut] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        look, shape = self.look, self.shape
        ems, room = _ems(look, shape), self.width - 2 * MARGIN
        slots = choose(shape.neurons, ems, room)
        digit = look.face(REFERENCE).width("0") / REFERENCE
        limit = FORMULA * look.scale
        self.columns = place(slots, ems, MARGIN, room, limit)
        self.rows = arrange(self.columns, ems, self.height, look.scale, digit, shape.named)
        if self.rows.type.formula < self.columns.em:
            self.columns = place(slots, ems, MARGIN, room, self.rows.type.formula)
        self.equals = lay_out(Text("="), self.formula_font)
        self.terms = tuple(self._terms())
        self.at = {term.key: term for term in self.terms}
        self.bounds = self._bounds()
        self.baseline = self.rows.top("formula") + ems.ascent * self.columns.em

    @property
    def formula_font(self) -> QFont:
        return self.look.formula_font(self.columns.em)

    @property
    def elided(self) -> tuple[int, int] | None:
        """The first and the last neuron that are left out."""
        slots = self.columns.slots
        if None not in slots:
            return None
        at = slots.index(None)
        first, last = slots[at - 1], slots[at + 1]
        assert first is not None
        assert last is not None
        return first + 1, last - 1

    @property
    def values(self) -> Face:
        return self.look.face(self.rows.type.value)

    @property
    def captions(self) -> Face:
        return self.look.face(self.rows.type.caption)

    @property
    def stroke(self) -> float:
        """What the widths of lines are multiplied with."""
        return min(self.look.scale, self.rows.radius / 20)

    def weight(self, j: int) -> Box:
        return italic("w") if self.shape.tied else w(j)

    def bias(self, j: int) -> Box:
        return italic("b") if self.shape.tied else b(j)

    def small(self, box: Box, size: float) -> LaidOut:
        """A symbol without colours in the drawing, laid out once."""
        key = box, int(size)
        if key not in self._small:
            self._small[key] = lay_out(box, self.look.formula_font(size))
        return self._small[key]

    def _terms(self) -> list[Term]:
        columns, n = self.columns, self.shape.neurons
        one = columns.pitch if self.rows.type.staggered else columns.pitch / 2
        one -= 0.35 * self.values.font.pixelSize()
        terms = [self._term(RESULT, columns.input, partial("C", b(1)), one)]
        for at, j in enumerate(columns.slots):
            x = columns.x[at]
            if j is None:
                room = 2 * (columns.edge(at + 1) - x) - one
                terms.append(self._term(ELIDED, x, Text("⋯"), room))
                continue
            if at:
                terms.append(self._term(("weight", j), columns.edge(at), self.weight(j), one))
            terms.append(self._term(("prime", j), x, sigma_prime(j, argument=("z", j)), one))
        beside = 2 * (self.width - columns.cost) - 6
        terms.append(self._term(SLOPE, columns.cost, partial("C", a(n)), min(one, beside)))
        return terms

    def _term(self, key: Key, x: float, box: Box, room: float) -> Term:
        return Term(key, x, lay_out(box, self.formula_font), room)

    def _bounds(self) -> dict[Key, tuple[float, float]]:
        """Where the column of each term but the first begins and ends."""
        row = self.terms[1:]
        middles = [(p.x + q.x) / 2 for p, q in pairwise(row)]
        first = row[0].x - (row[1].x - row[0].x) / 2
        last = row[-1].x + row[-1].laid.width / 2
        ends = [first, *middles, last]
        return {
            term.key: (left, right)
            for term, left, right in zip(row, ends, ends[1:], strict=False)
        }  # fmt: skip


def _ems(look: Look, shape: Shape) -> Ems:
    return _measured(
        face(look.formula_font(REFERENCE)), "8" * len(str(shape.neurons)), shape.tied
    )  # fmt: skip


@lru_cache(maxsize=64)
def _measured(letters: RunFace, index: str, tied: bool) -> Ems:
    fraction = lay_out(partial("C", b(1)), letters.font)
    boxes = (
        Text("="), sigma_prime(index), italic("w") if tied else w(index), partial("C", a(index))
    )  # fmt: skip
    widths = [lay_out(box, letters.font).width for box in boxes]
    sizes = (fraction.width, *widths, fraction.ascent, fraction.descent)
    return Ems(*(size / REFERENCE for size in sizes))
