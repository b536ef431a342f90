"""The row of terms, their values, and the product from the right under them."""

from math import inf, isfinite

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPen

from gui.chain.diagram.hits import term_place
from gui.chain.diagram.keys import ELIDED, Key
from gui.chain.diagram.page import Page
from gui.chain.diagram.plan import Term
from gui.chain.diagram.reading import product_key

SLANT = 4  # pixels that slanted letters reach beyond their width
STEP = 22  # percent of a term's colour in its step of the stairs
BETWEEN = 11  # the same for a weight
DECADES = 2.0  # that the height of the stairs stands for, at least
LOWEST = 0.1  # of the height: the lowest step that is not 0


def paint_terms(page: Page) -> None:
    plan, painter = page.plan, page.painter
    rows = plan.rows
    for term in plan.terms:
        page.ground(term.key, term_place(plan, term))
    for term in plan.terms:
        _paint_term(page, term)
    columns = plan.columns
    left = columns.equals - plan.equals.width / 2
    plan.equals.paint(painter, left, plan.baseline, page.look.ink)
    painter.setPen(page.look.ink)
    if "values" in rows.bands:
        for term in plan.terms[1:]:
            page.number(term.key, plan.values, term.x, value_baseline(page, term.key))


def _paint_term(page: Page, term: Term) -> None:
    laid, baseline = term.laid, page.plan.baseline
    ink = _ink(page, term.key, page.plan.columns.em)
    place = QRectF(term.left, baseline - laid.ascent, laid.width, laid.ascent + laid.descent)
    page.stamp(
        ("term", term.key, ink.rgb()), place.adjusted(-SLANT, 0, SLANT, 0),
        lambda painter: laid.paint(painter, term.left, baseline, ink),
    )  # fmt: skip


def value_baseline(page: Page, key: Key) -> float:
    kind = page.plan.rows.type
    top = page.plan.rows.top("values")
    lower = kind.staggered and key[0] in ("weight", "slope")
    return top + kind.value * (1.0 + 1.25 * lower)


def paint_stairs(page: Page) -> None:
    """From the right to the left the gradient is multiplied by one term after the other."""
    rows = page.plan.rows
    if "stairs" in rows.bands:
        _paint_steps(page)
    if "running" in rows.bands:
        _paint_products(page)


def _paint_steps(page: Page) -> None:
    plan, painter, look = page.plan, page.painter, page.look
    top, height = plan.rows.bands["stairs"]
    heights = step_heights(page.reading.running)
    floor = round(top + height)
    treads: list[tuple[QLineF, QColor]] = []
    for term in plan.terms[1:]:
        left, right = (round(x) for x in plan.bounds[term.key])
        y = floor - round(height * heights[term.key])
        colour = _colour(page, term.key)
        percent = (STEP if term.key[0] == "prime" else BETWEEN) if heights[term.key] else 0
        painter.fillRect(
            QRectF(left, y, right - left, floor - y), look.soft(colour.name(), percent)
        )
        treads.append((QLineF(left, y, right, y), colour))
    for tread, colour in treads:
        painter.setPen(QPen(colour, max(1.5, 2 * look.scale)))
        painter.drawLine(tread)


def step_heights(running: dict[Key, float]) -> dict[Key, float]:
    """0..1 on a logarithmic scale; 0 is 0 itself, and what is not a number."""
    finite = [size for size in running.values() if isfinite(size)]
    low, high = (min(finite), max(finite)) if finite else (0.0, 0.0)
    span = max(DECADES, high - low)
    share = (1.0 - LOWEST) / span
    return {
        key: LOWEST + (size - (high - span)) * share if isfinite(size) else float(size == inf)
        for key, size in running.items()
    }


def _paint_products(page: Page) -> None:
    plan, look = page.plan, page.look
    baseline = plan.rows.top("running") + plan.captions.font.pixelSize()
    painter = page.painter
    for term in plan.terms[1:]:
        key = product_key(term.key)
        if key not in page.reading.texts:
            continue
        painter.setPen(_ink(page, term.key) if term.key[0] == "prime" else look.dim)
        page.number(key, plan.captions, term.x, baseline)
    first = plan.bounds[plan.terms[1].key][0]
    room = first - plan.columns.input + plan.terms[0].laid.width / 2
    for words in ("product from the right", "product so far", "product"):
        if plan.captions.width(words) <= room - 8:
            left = plan.columns.input - plan.terms[0].laid.width / 2
            page.text(plan.captions, words, left, baseline, look.dim, 0.0)
            return


def _ink(page: Page, key: Key, pixels: float = 0.0) -> QColor:
    kind, j = key
    if kind == "prime":
        return page.look.layer_ink(j, pixels)
    if kind == "weight":
        return page.look.sign_ink(page.reading.trace.chain.w[j - 1], pixels)
    return page.look.dim if key == ELIDED else page.look.ink


def _colour(page: Page, key: Key) -> QColor:
    """That of a step: the steps of the weights stay behind those of the neurons."""
    kind, j = key
    return page.look.layer(j) if kind == "prime" else page.look.signs[0]
