"""What is said of the changes that a nudge makes."""

import itertools
from math import inf, nan

import pytest

from engine.chain.cascade import Change, cascade
from engine.chain.spec import drawn, start_chain
from engine.chain.trace import trace
from gui.chain.proof.steps import (
    Gap,
    Step,
    derivation,
    elided,
    factor_name,
    name,
    percent,
    sentence,
    steps,
)


def of(neurons: int) -> tuple[Step, ...]:
    t = trace(drawn(neurons))
    return steps(t, cascade(t, 0.1))


def test_the_cascade_is_the_book_s() -> None:
    """Δb_1, Δa_1, Δz_2, Δa_2, …, ΔC: Δz_1 is Δb_1 itself."""
    t = trace(start_chain())
    names = [name(step.change) for step in steps(t, cascade(t, 0.1))]
    assert names == ["Δb₁", "Δa₁", "Δz₂", "Δa₂", "Δz₃", "Δa₃", "Δz₄", "Δa₄", "ΔC"]


def test_each_prediction_is_the_one_before_times_the_factor() -> None:
    row = of(6)
    for before, step in itertools.pairwise(row):
        product = before.change.predicted * step.value
        assert step.change.predicted == pytest.approx(product, rel=1e-12)


def test_the_factors_are_those_of_the_product() -> None:
    names = [factor_name(step) for step in of(2)[1:]]
    assert names == ["σ′(z₁)", "w₂", "σ′(z₂)", "∂C/∂a₂"]


def change(actual: float, predicted: float) -> Step:
    return Step(Change("C", 4, actual, predicted), "slope", 4, 1.0)


@pytest.mark.parametrize(
    ("actual", "predicted", "said"),
    [
        (0.1, 0.103, "ΔC = 0.1000, predicted 0.1030: 3.0 % off"),
        (0.1, 0.1, "ΔC = 0.1000, predicted 0.1000: exact"),
        (0.1, 0.100001, "ΔC = 0.1000, predicted 0.1000: agrees to 0.01 %"),
        (0.0, 1e-20, "ΔC = 0, predicted 10⁻²⁰: nothing changes in 16 digits"),
        (0.0, 0.0, "ΔC = 0, predicted 0: exact"),
        (-0.5, 0.25, "ΔC = −0.5000, predicted 0.2500: 150 % off, with the other sign"),
        (inf, 1.0, "ΔC = ∞, predicted 1.000: no float can hold it"),
        (nan, nan, "ΔC = not a number, predicted not a number: no float can hold it"),
    ],
)
def test_a_sentence_says_how_far_off(actual: float, predicted: float, said: str) -> None:
    assert sentence(change(actual, predicted)) == said


@pytest.mark.parametrize(
    ("off", "text", "short"),
    [(0.0, "0 %", "0 %"), (0.0312, "3.1 %", "3"), (0.6, "60 %", "60"), (inf, "∞", "∞"),
     (nan, "–", "–"), (1e5, "> 10⁴ %", "> 10⁴ %")],
)  # fmt: skip
def test_percent(off: float, text: str, short: str) -> None:
    assert (percent(off), percent(off, short=True)) == (text, short)


def test_a_tooltip_says_where_the_prediction_comes_from() -> None:
    first, second = of(2)[:2]
    assert derivation(second, first).startswith("Δa₁ ≈ σ′(z₁) Δb₁ = ")
    assert derivation(second, first).endswith("× 0.100 (equation 116)")


@pytest.mark.parametrize("neurons", [1, 4, 12, 30, 1000])
@pytest.mark.parametrize("most", [4, 9, 12, 25])
def test_a_long_chain_keeps_its_ends(neurons: int, most: int) -> None:
    row = of(neurons)
    shown = elided(row, most)
    assert len(shown) <= max(most, 8)
    assert shown[0] is row[0]
    assert shown[-1] is row[-1]
    gaps = [column for column in shown if isinstance(column, Gap)]
    left_out = len(row) - len(shown) + len(gaps)
    assert left_out == 2 * sum(gap.neurons for gap in gaps)
    if len(row) <= most:
        assert shown == row


def test_a_gap_lies_between_whole_neurons() -> None:
    shown = elided(of(30), 12)
    at = next(k for k, column in enumerate(shown) if isinstance(column, Gap))
    before, after = shown[at - 1], shown[at + 1]
    assert isinstance(before, Step)
    assert isinstance(after, Step)
    assert (before.change.kind, after.change.kind) == ("a", "z")
    gap = shown[at]
    assert isinstance(gap, Gap)
    assert after.change.j - before.change.j == gap.neurons + 1
