from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from engine.chain.spec import ChainSpec, drawn
from engine.chain.trace import trace
from gui.chain.diagram.columns import SMALLEST
from gui.chain.diagram.hits import term_place
from gui.chain.diagram.keys import ELIDED, RESULT, SLOPE
from gui.chain.diagram.look import Look
from gui.chain.diagram.plan import Plan, Shape
from gui.chain.diagram.reading import Reading
from gui.chain.diagram.rows import LEVELS
from gui.theme import LIGHT

pytestmark = pytest.mark.usefixtures("qtbot")


def plan_of(chain: ChainSpec, width: int = 1250, height: int = 330, scale: float = 1.0) -> Plan:
    font = QFont()
    font.setPixelSize(round(13 * scale))
    return Plan(Shape.of(chain), Look(LIGHT, font, chain.neurons), width, height)


SIZES = [(1250, 330), (1000, 300), (1000, 230), (700, 220), (1800, 500)]


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("neurons", [1, 2, 3, 4, 8, 11, 12, 13, 40, 1000])
def test_nothing_overlaps_and_nothing_is_cut(
    neurons: int, size: tuple[int, int], scale: float, qtbot: QtBot
) -> None:
    chain = drawn(neurons)
    plan = plan_of(chain, *size, scale)
    letters = [
        QRectF(
            term.left, plan.baseline - term.laid.ascent,
            term.laid.width, term.laid.ascent + term.laid.descent,
        )
        for term in plan.terms
    ]  # fmt: skip
    equals = plan.columns.equals - plan.equals.width / 2
    letters.append(QRectF(equals, plan.baseline - 10, plan.equals.width, 10))
    whole = QRectF(0, 0, *size)
    assert all(whole.contains(place) for place in letters)
    assert not any(one.intersects(other) for one, other in combinations(letters, 2))
    bands = list(plan.rows.bands.values())
    assert bands[0][0] >= 0
    assert bands[-1][0] + bands[-1][1] <= size[1]
    assert all(top + height <= below for (top, height), (below, _) in pairwise(bands))
    _check_values(plan, Reading(plan, trace(chain)))


def _check_values(plan: Plan, reading: Reading) -> None:
    """What is written under the terms keeps clear of its neighbours in its line."""
    lines: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
    for term in plan.terms[1:]:
        face = plan.values
        if share := reading.wide.get(term.key):
            face = plan.look.face(max(7, int(face.font.pixelSize() * share)))
        half = face.width(reading.texts[term.key]) / 2
        lower = plan.rows.type.staggered and term.key[0] in ("weight", "slope")
        lines[lower].append((term.x - half, term.x + half))
    for line in lines.values():
        assert all(right < left for (_, right), (left, _) in pairwise(line))
        assert all(0 <= left <= right <= plan.width for left, right in line)


@pytest.mark.parametrize("neurons", [1, 4, 12, 40])
def test_every_term_stands_above_its_element(neurons: int) -> None:
    plan = plan_of(drawn(neurons))
    columns = plan.columns
    for at, j in enumerate(columns.slots):
        if j is None:
            assert plan.at[ELIDED].x == columns.x[at]
            continue
        assert plan.at["prime", j].x == columns.x[at]  # the middle of the circle
        if j > 1:
            middle = (columns.x[at - 1] + columns.x[at]) / 2  # of the edge between two circles
            assert plan.at["weight", j].x == pytest.approx(middle)
    assert plan.at[SLOPE].x == columns.cost
    assert plan.at[RESULT].x == columns.input
    assert ("weight", 1) not in plan.at


def test_the_formula_is_large_for_few_neurons_and_readable_for_twelve() -> None:
    assert plan_of(drawn(4)).columns.em == 30
    assert plan_of(drawn(4), height=400, scale=2.0).columns.em > 50  # all of the width
    assert plan_of(drawn(12), 1250).columns.em >= 17
    assert plan_of(drawn(12), 1000).columns.em >= 14
    assert None not in plan_of(drawn(12), 1000).columns.slots


def test_of_many_neurons_the_ends_are_drawn() -> None:
    plan = plan_of(drawn(1000))
    assert plan.columns.slots == (1, 2, 3, 4, None, 997, 998, 999, 1000)
    assert plan.elided == (5, 996)
    narrow = plan_of(drawn(12), 420)
    assert None in narrow.columns.slots
    assert narrow.columns.em >= SMALLEST - 1
    assert plan_of(drawn(12)).elided is None


def test_rows_go_from_the_least_important_where_it_is_low() -> None:
    shown = [tuple(plan_of(drawn(4), height=h).rows.bands) for h in range(600, 120, -5)]
    order = [next(k for k, (level, _) in enumerate(LEVELS) if level == rows) for rows in shown]
    assert order == sorted(order)
    assert order[0] == 0
    assert shown[-1] >= ("formula", "values", "chain")


def test_two_hundred_pixels_show_the_chain_and_what_comes_out() -> None:
    bands = plan_of(drawn(12), 1000, 200).rows.bands
    assert {"formula", "values", "chain", "result"} <= set(bands)


def test_a_line_above_the_neurons_only_where_it_says_something() -> None:
    chain = drawn(4)
    assert "names" not in plan_of(chain).rows.bands
    assert "names" in plan_of(replace(chain, activation="tanh", cost="cross_entropy")).rows.bands
    tied = replace(chain, w=(0.5,) * 4, b=(0.1,) * 4, tied=True)
    assert "names" in plan_of(tied).rows.bands


def test_places_of_terms_contain_their_letters() -> None:
    plan = plan_of(drawn(12))
    for term in plan.terms:
        place = term_place(plan, term)
        assert place.left() <= term.left
        assert place.right() >= term.left + term.laid.width
