"""The chain itself: a_0, edges, neurons, C, and what stands beneath each of them."""

from math import log2

from PySide6.QtCore import QLineF, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.activations import HIDDEN
from gui.chain.diagram.keys import COST, ELIDED, INPUT, TARGET, Key
from gui.chain.diagram.page import HOVER, MOVED, Page
from gui.common.formula.boxes import Box
from gui.common.formula.layout import LaidOut
from gui.common.formula.symbols import a, italic

THINNEST, THICKEST = 1.5, 8.0  # pixels of an edge, before the user's scale
LABEL = 0.64  # size of a symbol at an edge, of the formula's
INSIDE = 0.86  # of a symbol in a neuron, of the formula's
RING = 4.5  # pixels from a neuron to the ring of the chosen one
ACROSS = 4  # pixels that the sign of equal weights reaches over its edge
BESIDE = 7  # pixels between a_0 and its edge


def paint_chain(page: Page) -> None:
    _paint_ends(page)
    for at in range(len(page.plan.columns.slots)):
        _paint_edge(page, at)
    for at, j in enumerate(page.plan.columns.slots):
        if j is None:
            _paint_gap(page, at)
        else:
            _paint_neuron(page, j, page.plan.columns.x[at])
    if page.plan.shape.named and "names" in page.plan.rows.bands:
        _paint_names(page)
    if "states" in page.plan.rows.bands:
        _paint_states(page)
    if "terms" in page.plan.rows.bands:
        _paint_products(page)


def edge_width(w: float, scale: float) -> float:
    """Grows with |w|, ever more slowly."""
    return min(THICKEST, THINNEST + 1.9 * log2(1.0 + abs(w))) * scale


def edge_line(page: Page, at: int) -> QLineF:
    plan = page.plan
    y, radius = plan.rows.centre, plan.rows.radius
    left = plan.columns.before(at)
    left += radius if at else _end(page, a(0)).width / 2 + BESIDE * plan.stroke
    return QLineF(left, y, plan.columns.x[at] - radius, y)


def _end(page: Page, box: Box) -> LaidOut:
    return page.plan.small(box, INSIDE * page.plan.columns.em)


def _paint_ends(page: Page) -> None:
    plan, look = page.plan, page.look
    first, cost = _end(page, a(0)), _end(page, italic("C"))
    y = plan.rows.centre
    for key, laid, x in ((INPUT, first, plan.columns.input), (COST, cost, plan.columns.cost)):
        half = max(laid.width / 2 + 5, 0.5 * plan.columns.em)
        page.ground(key, QRectF(x - half, y - half, 2 * half, 2 * half))
        baseline = y + _end(page, italic("C" if key == COST else "a")).ascent / 2
        laid.paint(page.painter, x - laid.width / 2, baseline, look.ink)
        _paint_end_values(page, key, x, baseline + laid.descent)
    page.painter.setPen(QPen(look.dim, THINNEST * plan.stroke))
    left = plan.columns.x[-1] + plan.rows.radius
    right = plan.columns.cost - cost.width / 2 - BESIDE * plan.stroke
    page.painter.drawLine(QLineF(left, y, right, y))


def _paint_end_values(page: Page, key: Key, x: float, below: float) -> None:
    """Close to the symbol: beside it there is nothing."""
    face, dim = page.plan.captions, page.look.dim
    baseline = below + 1.15 * face.font.pixelSize()
    rows = page.plan.rows
    end = rows.bottom("states" if "states" in rows.bands else "chain") + 2
    if baseline > end:
        return
    page.painter.setPen(dim)
    page.number(key, face, x, baseline)
    if key == COST and baseline + line_height(page) <= end:
        text = f"y {page.reading.texts[TARGET]}"
        page.text(face, text, x, baseline + line_height(page), dim)


def _paint_edge(page: Page, at: int) -> None:
    plan, look, painter = page.plan, page.look, page.painter
    line, j = edge_line(page, at), plan.columns.slots[at]
    if j is None:
        painter.setPen(QPen(look.dim, THINNEST * plan.stroke, Qt.PenStyle.DotLine))
        painter.drawLine(line)
        return
    w = page.reading.trace.chain.w[j - 1]
    width = edge_width(w, plan.stroke)
    percent = page.marks.percent(("weight", j))
    if percent:
        painter.setPen(QPen(look.soft(look.theme.accent, percent), width + 10 * plan.stroke))
        painter.drawLine(line)
    painter.setPen(QPen(look.sign(w), width))
    painter.drawLine(line)
    if plan.shape.tied:
        _paint_equal(page, line, look.sign(w), width)
    _paint_edge_label(page, j, line, width)


def _paint_edge_label(page: Page, j: int, line: QLineF, width: float) -> None:
    plan, look = page.plan, page.look
    label = plan.small(plan.weight(j), edge_label_size(page))
    if label.width > line.length() + 0.5 * plan.rows.radius:
        return
    w = page.reading.trace.chain.w[j - 1]
    above = width / 2 + (ACROSS * plan.stroke if plan.shape.tied else 0.0)
    x, baseline = line.center().x(), line.y1() - above - label.descent - 4 * plan.stroke
    label.paint(page.painter, x - label.width / 2, baseline, look.sign_ink(w))


def edge_label_size(page: Page) -> float:
    plan = page.plan
    room = plan.columns.pitch - 2 * plan.rows.radius
    digits = 1 if plan.shape.tied else 1 + 0.45 * len(str(plan.shape.neurons))
    return max(10.0, min(max(12.5, LABEL * plan.columns.em), room / digits, 0.9 * plan.rows.radius))


def _paint_equal(page: Page, line: QLineF, colour: QColor, width: float) -> None:
    """Two strokes across, as on equal sides of a triangle: it is the same weight each time."""
    scale = page.plan.stroke
    reach = width / 2 + ACROSS * scale
    page.painter.setPen(QPen(colour, 1.5 * scale))
    for side in (-2.5 * scale, 2.5 * scale):
        x, y = line.center().x() + side, line.y1()
        page.painter.drawLine(QLineF(x - 1.5 * scale, y + reach, x + 1.5 * scale, y - reach))


def _paint_neuron(page: Page, j: int, x: float) -> None:
    plan, look, painter, marks = page.plan, page.look, page.painter, page.marks
    centre, radius = QPointF(x, plan.rows.centre), plan.rows.radius
    if j == marks.chosen:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.accent, (3.0 if marks.has_focus else 1.5) * plan.stroke))
        ring = radius + RING * plan.stroke
        painter.drawEllipse(centre, ring, ring)
    percent = max(marks.percent(("bias", j)), marks.percent(("prime", j)) * HOVER // MOVED)
    filling = look.soft_on_panel(percent) if percent else look.panel
    page.stamp(
        ("neuron", j, filling.rgb()), QRectF(x, centre.y(), 0, 0) + _all_round(radius),
        lambda painter: _paint_disc(page, painter, j, centre, filling),
    )  # fmt: skip


def _all_round(radius: float) -> QMarginsF:
    reach = 1.2 * radius + 2
    return QMarginsF(reach, reach, reach, reach)


def _paint_disc(page: Page, painter: QPainter, j: int, centre: QPointF, filling: QColor) -> None:
    plan, look = page.plan, page.look
    radius = plan.rows.radius
    half = max(1.5, min(2.8 * look.scale, radius / 8)) / 2
    painter.setPen(Qt.PenStyle.NoPen)  # two fillings take less time than a filling and a line
    painter.setBrush(look.layer(j))
    painter.drawEllipse(centre, radius + half, radius + half)
    painter.setBrush(filling)
    painter.drawEllipse(centre, radius - half, radius - half)
    size = min(INSIDE * plan.columns.em, 0.82 * radius)
    symbol = plan.small(plan.bias(j), size)
    symbol.paint(painter, centre.x() - symbol.width / 2, centre.y() + 0.36 * size, look.ink)


def _paint_gap(page: Page, at: int) -> None:
    """Dots for the neurons that are left out."""
    plan, look = page.plan, page.look
    x, y, step = plan.columns.x[at], plan.rows.centre, 0.5 * plan.rows.radius
    page.ground(ELIDED, QRectF(x - 2.2 * step, y - step, 4.4 * step, 2 * step))
    page.painter.setPen(Qt.PenStyle.NoPen)
    page.painter.setBrush(look.dim)
    for side in (-step, 0.0, step):
        page.painter.drawEllipse(QPointF(x + side, y), 0.14 * step + 1.5, 0.14 * step + 1.5)


def _paint_names(page: Page) -> None:
    plan = page.plan
    baseline = plan.rows.top("names") + plan.captions.font.pixelSize()
    for x, j in zip(plan.columns.x, plan.columns.slots, strict=True):
        if j is not None:
            text = " · ".join(filter(None, (_time(page, j), _activation(page, j))))
            page.text(plan.captions, text, x, baseline, page.look.dim)


def _time(page: Page, j: int) -> str:
    return f"t = {j}" if page.plan.shape.tied else ""


def _activation(page: Page, j: int) -> str:
    """Where the last neuron has another one than the rest."""
    hidden, last = page.plan.shape.names
    if hidden == last or page.plan.shape.neurons == 1:
        return ""
    return HIDDEN[last if j == page.plan.shape.neurons else hidden].label


def _paint_states(page: Page) -> None:
    plan, face = page.plan, page.plan.captions
    baseline = plan.rows.top("states") + face.font.pixelSize()
    for x, j in zip(plan.columns.x, plan.columns.slots, strict=True):
        if j is None:
            _paint_count(page, x, baseline)
        else:
            _paint_state(page, j, x, baseline)


def line_height(page: Page) -> float:
    return 1.25 * page.plan.rows.type.caption


def _paint_state(page: Page, j: int, x: float, baseline: float) -> None:
    face, texts, dim = page.plan.captions, page.reading.texts, page.look.dim
    z, a_j = f"z {texts['z', j]}", f"a {texts['a', j]}"
    if page.plan.rows.type.stacked:
        page.text(face, z, x, baseline, dim)
        page.text(face, a_j, x, baseline + line_height(page), dim)
        return
    half = face.width(" · ") / 2
    page.text(face, "·", x, baseline, dim)
    page.text(face, z, x - half, baseline, dim, 1.0)
    page.text(face, a_j, x + half, baseline, dim, 0.0)


def _paint_count(page: Page, x: float, baseline: float) -> None:
    first, last = page.plan.elided or (1, 0)
    for text in (f"{last - first + 1:,} more neurons", f"{last - first + 1:,} more"):
        if page.plan.captions.width(text) < page.plan.columns.pitch * 0.95:
            break
    page.text(page.plan.captions, text, x, baseline, page.look.dim)


def _paint_products(page: Page) -> None:
    """w_j σ'(z_j) of every neuron: what one layer does to the gradient of the one before."""
    plan = page.plan
    face = plan.captions
    baseline = plan.rows.top("terms") + face.font.pixelSize()
    for x, j in zip(plan.columns.x, plan.columns.slots, strict=True):
        if j is not None:
            text = f"wσ′ {page.reading.texts['term', j]}"
            page.text(face, text, x, baseline, page.look.dim)
