"""The numbers of a trace as they are written in the drawing of a chain."""

from collections.abc import Iterable
from math import isnan

from engine.chain.elided import elided, elided_size
from engine.chain.trace import ChainTrace, Factor, factors
from engine.numerals import scientific
from gui.chain.diagram.keys import (
    COST,
    ELIDED,
    INPUT,
    PRODUCT_OF_ELIDED,
    PRODUCT_OF_SLOPE,
    RESULT,
    SLOPE,
    TARGET,
    Key,
)
from gui.chain.diagram.look import Face
from gui.chain.diagram.plan import Plan

PRODUCT = "−3.2·10⁻⁷ "  # the widest of usual products
NOT_A_NUMBER = "NaN"  # where there is no room for the words


class Reading:
    """``texts`` are what is written, by key; ``running`` are log₁₀ of the products from the right.

    ``wide`` are those that do not fit into their room in the usual size.
    """

    def __init__(self, plan: Plan, t: ChainTrace) -> None:
        self.trace = t
        self.texts: dict[Key, str] = {}
        self.wide: dict[Key, float] = {}
        self.running: dict[Key, float] = {}
        self._row = factors(t)
        self._read_terms(plan, t)
        self._read_states(plan, t)
        self._write(RESULT, float(t.delta[0]), float(t.log10_delta[0]), digits=(4,))

    def changed(self, before: "Reading") -> list[Key]:
        """What is written otherwise than in the reading before."""
        old = before.texts
        return [key for key, text in self.texts.items() if key in old and old[key] != text]

    def factor(self, key: Key) -> Factor:
        """That of a term of the formula which is drawn."""
        kind, j = key
        if key == SLOPE:
            return self._row[-1]
        return self._row[2 * (j - 1) - (kind == "weight")]

    def _read_terms(self, plan: Plan, t: ChainTrace) -> None:
        values = plan.values
        for term in plan.terms[1:]:
            if term.key == ELIDED:
                first, last = plan.elided or (1, 1)
                factor, size = elided(t, first, last), elided_size(t, first, last)
                self._write(ELIDED, factor.value, size, values, term.room)
            else:
                factor = self.factor(term.key)
                self._write(term.key, factor.value, None, values, term.room)
            self.running[term.key] = factor.log10_running
            self._read_product(plan, term.key, factor)

    def _read_product(self, plan: Plan, term: Key, factor: Factor) -> None:
        """Where columns are narrow, only those that are the gradient of a bias."""
        face = plan.captions
        air, all_fit = 0.6 * face.font.pixelSize(), plan.columns.pitch / 2 > face.width(PRODUCT)
        left, right = plan.bounds[term]
        x = plan.at[term].x
        room = 2 * min(right - x, x - left)
        if not all_fit:
            if term[0] in ("weight", "slope"):
                return
            room = plan.columns.pitch
        self._write(
            product_key(term), factor.running, factor.log10_running, face, room - air, (2,)
        )  # fmt: skip

    def _read_states(self, plan: Plan, t: ChainTrace) -> None:
        room = plan.columns.pitch * (1.0 if plan.rows.type.stacked else 0.5)
        captions = plan.captions
        room -= captions.width("z  ") + 2
        for j in filter(None, plan.columns.slots):
            self._write(("z", j), float(t.z[j - 1]), None, captions, room)
            self._write(("a", j), float(t.a[j]), None, captions, room)
            self._write(("term", j), float(t.term[j - 1]), None, captions, 0.6 * plan.columns.pitch)
        columns = plan.columns
        beside = 2 * min(
            columns.cost - columns.x[-1] - 0.8 * plan.rows.radius, plan.width - columns.cost - 3
        )
        for key, value in ((INPUT, t.chain.x), (COST, t.cost), (TARGET, t.chain.y)):
            self._write(key, value, None, captions, beside)

    def _write(
        self, key: Key, value: float, size: float | None, face: Face | None = None,
        room: float = 0.0, digits: Iterable[int] = (3, 2),
    ) -> None:  # fmt: skip
        text = ""
        for figures in digits:
            text = scientific(value, size, figures)
            if face is None or face.width(text) <= room:
                self.texts[key] = text
                return
        text = NOT_A_NUMBER if isnan(value) else text
        self.texts[key] = text
        if face is not None and (width := face.width(text)) > room:
            self.wide[key] = max(0.0, room) / width


def product_key(term: Key) -> Key:
    """The product from the right up to σ′(z_j) is ∂C/∂b_j, that up to w_j is ∂C/∂a_{j−1}."""
    kind, j = term
    if kind in _PRODUCTS:
        return _PRODUCTS[kind], j
    return PRODUCT_OF_SLOPE if term == SLOPE else PRODUCT_OF_ELIDED


_PRODUCTS = {"prime": "delta", "weight": "pulled"}
