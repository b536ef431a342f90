from dataclasses import replace
from math import log10, prod

import pytest
from PySide6.QtGui import QFont

from engine.chain.edits import change, set_all_weights, set_bias, set_weight
from engine.chain.spec import ChainSpec, drawn, start_chain
from engine.chain.trace import trace
from gui.chain.diagram.keys import ELIDED, PRODUCT_OF_ELIDED, PRODUCT_OF_SLOPE, RESULT, SLOPE, Key
from gui.chain.diagram.look import Look
from gui.chain.diagram.paint_chain import THICKEST, edge_width
from gui.chain.diagram.paint_formula import step_heights
from gui.chain.diagram.plan import Plan, Shape
from gui.chain.diagram.reading import Reading, product_key
from gui.chain.diagram.words import explanation, full
from gui.theme import LIGHT

pytestmark = pytest.mark.usefixtures("qtbot")


def reading_of(chain: ChainSpec, width: int = 1250, height: int = 330) -> tuple[Plan, Reading]:
    font = QFont()
    font.setPixelSize(13)
    plan = Plan(Shape.of(chain), Look(LIGHT, font, chain.neurons), width, height)
    return plan, Reading(plan, trace(chain))


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def test_the_values_of_the_start_chain() -> None:
    """By hand with σ(z) = 1/(1 + e^−z): the numbers of the first picture of this view."""
    _, reading = reading_of(start_chain())
    texts = reading.texts
    assert [texts["prime", j] for j in (1, 2, 3, 4)] == ["0.172", "0.212", "0.198", "0.246"]
    assert [texts["weight", j] for j in (2, 3, 4)] == ["−0.800", "1.60", "0.900"]
    assert texts[SLOPE] == "0.564"
    assert texts[RESULT] == "−0.001152"
    assert (texts["z", 1], texts["a", 1], texts["z", 2]) == ("1.26", "0.779", "−0.823")
    assert [texts["delta", j] for j in (1, 2, 3, 4)] == ["−0.0012", "0.0084", "0.025", "0.14"]


def test_a_term_with_all_at_its_right_is_the_product_beneath_it() -> None:
    plan, reading = reading_of(start_chain())
    row = [term.key for term in plan.terms[1:]]
    for at, key in enumerate(row):
        expected = prod(number(reading.texts[k]) for k in row[at:])  # rounded to 3 digits each
        assert number(reading.texts[product_key(key)]) == pytest.approx(expected, rel=0.06)
        assert reading.running[key] == pytest.approx(log10(abs(expected)), abs=0.02)


def test_exploding() -> None:
    """All w = 100 and z = 0: every σ′ is 1/4, every step 25, after two steps 625."""
    chain = ChainSpec((100.0,) * 3, (-50.0,) * 3, x=0.5)
    _, reading = reading_of(chain)
    texts = reading.texts
    assert {texts["prime", j] for j in (1, 2, 3)} == {"0.250"}
    assert {texts["term", j] for j in (1, 2, 3)} == {"25.0"}
    assert texts["delta", 3] == "0.12"  # 0.125, of a_3 − y = 1/2
    assert texts[RESULT] == "78.12"  # 0.125 · 625


def test_a_dead_neuron_is_shown_as_zero() -> None:
    chain = change(set_bias(start_chain(), 2, -9.0), activation="relu")
    _, reading = reading_of(chain)
    assert reading.texts["prime", 2] == "0"
    assert reading.texts["delta", 1] == reading.texts[RESULT] == "0"
    heights = step_heights(reading.running)
    assert heights["prime", 1] == heights["prime", 2] == 0
    assert heights["prime", 3] > 0


def test_infinite_and_not_a_number_are_shown() -> None:
    chain = change(set_all_weights(drawn(600), 1e6), activation="linear")
    _, reading = reading_of(chain)
    assert reading.texts["a", 600].lstrip("−") == "∞"
    assert reading.texts[RESULT].lstrip("−") == "∞"
    _, reading = reading_of(set_weight(chain, 600, 0.0))  # 0 · ∞
    assert reading.texts["a", 600] in ("not a number", "NaN")
    assert reading.texts[RESULT] == "not a number"
    assert step_heights(reading.running)["prime", 1] == 0


def test_what_no_float_holds_is_a_power_of_ten() -> None:
    plan, reading = reading_of(drawn(1000))
    assert reading.trace.delta[0] == 0.0
    assert "·10⁻¹⁰¹" in reading.texts[RESULT] or reading.texts[RESULT].startswith("−10⁻¹⁰¹")
    assert "10⁻¹⁰" in reading.texts[ELIDED]
    assert "no float" in explanation(reading.trace, RESULT, plan)


def test_steps_are_logarithmic() -> None:
    keys: list[Key] = [("prime", j) for j in (1, 2, 3)]
    low, middle, high = step_heights(dict(zip(keys, (-6.0, -4.0, -2.0), strict=True))).values()
    assert high == 1.0
    assert high - middle == pytest.approx(middle - low)
    assert low > 0  # small, but not 0
    near = step_heights(dict(zip(keys, (0.0, 0.1, 0.0), strict=True))).values()
    assert max(near) - min(near) < 0.06  # a difference of little is not made to look large


def test_edges_grow_with_the_weight_and_not_without_end() -> None:
    widths = [edge_width(w, 1.0) for w in (0.0, 0.5, -1.0, 4.0, 100.0, 1e6)]
    assert widths == sorted(widths)
    assert widths[-1] == THICKEST
    assert edge_width(-1.0, 1.0) == edge_width(1.0, 1.0)


def test_changed_is_what_is_written_otherwise() -> None:
    chain = start_chain()
    plan, before = reading_of(chain)
    after = Reading(plan, trace(set_weight(chain, 3, 1.7)))
    changed = set(after.changed(before))
    assert {("weight", 3), ("prime", 3), ("z", 4), ("delta", 3), SLOPE, RESULT} <= changed
    assert not {("prime", 1), ("prime", 2), ("weight", 2), ("z", 2)} & changed


@pytest.mark.parametrize("neurons", [1, 4, 40])
@pytest.mark.parametrize("tied", [False, True])
def test_everything_that_is_drawn_is_explained(neurons: int, tied: bool) -> None:
    chain = drawn(neurons)
    chain = replace(chain, w=chain.w[:1] * neurons, b=chain.b[:1] * neurons, tied=tied)
    plan, reading = reading_of(chain)
    for key in (*reading.texts, PRODUCT_OF_SLOPE):
        text = explanation(reading.trace, key, plan)
        assert text.startswith("<p><b>")
        assert text.count("<") == text.count(">")
    assert bool(explanation(reading.trace, PRODUCT_OF_ELIDED, plan)) == (neurons == 40)


def test_explanations_have_all_digits_and_their_source() -> None:
    plan, reading = reading_of(start_chain())
    t = reading.trace
    assert repr(float(t.prime[2])) in explanation(t, ("prime", 3), plan)
    assert "0.25" in explanation(t, ("prime", 3), plan)
    assert "equation 121" in explanation(t, ("prime", 3), plan)
    assert "1.6" in explanation(t, ("weight", 3), plan)
    assert repr(float(t.dC_dw[2])) in explanation(t, ("weight", 3), plan)
    assert "(BP4)" in explanation(t, ("weight", 3), plan)
    assert full(-0.5) == "−0.5"
    assert full(float("inf")) == "∞"
    assert full(float("nan")) == "not a number"
    assert full(0.0) == "0"
