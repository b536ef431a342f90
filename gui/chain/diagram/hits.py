"""Where everything in the drawing of a chain is, for the pointer."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF

from gui.chain.diagram.keys import COST, ELIDED, INPUT, RESULT, Key
from gui.chain.diagram.plan import Plan, Term
from gui.chain.diagram.reading import product_key

THICK = 9  # pixels on either side of an edge, before the user's scale


class Hits:
    """Places of a plan; what is looked for first is the smaller thing."""

    def __init__(self, plan: Plan) -> None:
        self.places: list[tuple[Key, QRectF]] = [
            *_symbols(plan), *_elements(plan), *_beneath(plan), *_terms(plan)
        ]  # fmt: skip

    def at(self, point: QPointF) -> Key | None:
        return next((key for key, place in self.places if place.contains(point)), None)

    def place(self, key: Key) -> QRectF:
        """Of a thing that is drawn; empty where it is not."""
        return next((place for at, place in self.places if at == key), QRectF())


def term_place(plan: Plan, term: Term) -> QRectF:
    """A term of the formula with its value."""
    rows, em = plan.rows, plan.columns.em
    top, height = rows.bands["formula"]
    if term.key[0] in ("prime", "weight", "elided"):  # not as high as a fraction
        top, height = plan.baseline - 0.95 * em, 1.35 * em
    if "values" in rows.bands and term.key != RESULT:
        height = rows.bottom("values") + 1 - top
    half = term.laid.width / 2 + 0.5 * em
    if term.key == ELIDED:
        half = max(half, term.room / 2)
    half = min(half, max(term.laid.width, term.room) / 2 + 2)
    return QRectF(term.x - half, top - 1, 2 * half, height + 2)


def _symbols(plan: Plan) -> Iterator[tuple[Key, QRectF]]:
    """z_j in σ′(z_j)."""
    for term in plan.terms:
        for tag, place in term.laid.tags:
            assert isinstance(tag, tuple)
            yield tag, place.translated(term.left, plan.baseline)


def _terms(plan: Plan) -> Iterator[tuple[Key, QRectF]]:
    rows = plan.rows
    for term in plan.terms:
        yield term.key, term_place(plan, term)
    shown = [name for name in ("stairs", "running") if name in rows.bands]
    if shown:
        top, bottom = rows.top(shown[0]), rows.bottom(shown[-1])
        for term in plan.terms[1:]:
            left, right = plan.bounds[term.key]
            yield product_key(term.key), QRectF(left, top, right - left, bottom - top)


def _elements(plan: Plan) -> Iterator[tuple[Key, QRectF]]:
    columns, rows = plan.columns, plan.rows
    y, radius, scale = rows.centre, rows.radius, plan.look.scale
    for x, j in zip(columns.x, columns.slots, strict=True):
        key: Key = ELIDED if j is None else ("bias", j)
        yield key, QRectF(x - radius, y - radius, 2 * radius, 2 * radius)
    for key, x in ((INPUT, columns.input), (COST, columns.cost)):
        wide = min(1.6 * plan.columns.em, 0.9 * (columns.cost - columns.x[-1] - radius) + 10)
        yield key, QRectF(x - wide / 2, y - 0.5 * columns.em, wide, radius + 0.5 * columns.em)
    for at, j in enumerate(columns.slots):
        if j is not None:
            left, right = columns.before(at), columns.x[at]
            top = y - max(THICK * scale, radius)
            yield ("weight", j), QRectF(left, top, right - left, y + THICK * scale - top)


def _beneath(plan: Plan) -> Iterator[tuple[Key, QRectF]]:
    rows, half = plan.rows, plan.columns.pitch / 2
    for x, j in zip(plan.columns.x, plan.columns.slots, strict=True):
        if j is None:
            continue
        if "states" in rows.bands:
            top, height = rows.bands["states"]
            if rows.type.stacked:
                yield ("z", j), QRectF(x - half, top, 2 * half, height / 2)
                yield ("a", j), QRectF(x - half, top + height / 2, 2 * half, height / 2)
            else:
                yield ("z", j), QRectF(x - half, top, half, height)
                yield ("a", j), QRectF(x, top, half, height)
        if "terms" in rows.bands:
            top, height = rows.bands["terms"]
            yield ("term", j), QRectF(x - half, top, 2 * half, height)
