"""What is copied: every number of every neuron, and the formula that they make."""

import re
from dataclasses import replace
from math import prod

import pytest

from engine.chain.edits import change, set_weight, tie
from engine.chain.latex import as_latex
from engine.chain.spec import ChainSpec, drawn, start_chain
from engine.chain.text import HEADER, as_text
from engine.chain.trace import trace


def table(text: str) -> list[list[str]]:
    rows = [line.split("\t") for line in text.split("\n") if "\t" in line]
    assert rows[0] == list(HEADER)
    return rows[1:]


def test_the_table_has_the_numbers_of_every_neuron() -> None:
    t = trace(start_chain())
    rows = table(as_text(t))
    assert [row[0] for row in rows] == ["1", "2", "3", "4"]
    for k, row in enumerate(rows):
        numbers = [float(cell) for cell in row[1:]]
        right = (
            t.chain.w[k], t.chain.b[k], t.z[k], t.a[k + 1], t.prime[k], t.term[k], t.delta[k],
            t.dC_dw[k],
        )  # fmt: skip
        assert numbers == pytest.approx(right, rel=1e-5)


def test_what_no_float_holds_is_written_all_the_same() -> None:
    t = trace(drawn(800))
    assert t.delta[0] == 0.0
    first = table(as_text(t))[0][7]
    mantissa, exponent = first.split("e")
    assert 1 <= abs(float(mantissa)) < 10
    assert int(exponent) == pytest.approx(t.log10_delta[0], abs=1)


def test_latex_is_the_product_in_symbols_and_in_numbers() -> None:
    t = trace(start_chain())
    lines = as_latex(t).split("\n")
    symbols, numbers, value = (line.partition("&= ")[2].rstrip(" \\") for line in lines[2:5])
    assert symbols.split(r" \, ") == [
        r"\sigma'(z_{1})", "w_{2}", r"\sigma'(z_{2})", "w_{3}", r"\sigma'(z_{3})", "w_{4}",
        r"\sigma'(z_{4})", r"\frac{\partial C}{\partial a_{4}}",
    ]  # fmt: skip
    product = prod(float(x.strip("()")) for x in numbers.split(r" \cdot "))
    assert product == pytest.approx(t.delta[0], rel=2e-3)
    assert float(value) == pytest.approx(t.delta[0], rel=1e-3)


def test_a_long_product_leaves_out_its_middle() -> None:
    latex = as_latex(trace(drawn(40)))
    assert latex.count(r"\cdots") == 2
    assert r"w_{40}" in latex
    assert r"z_{20}" not in latex
    exponent = re.search(r"\\times 10\^\{(-\d+)\}\n\\end", latex)
    assert exponent is not None


def test_braces_close_and_environments_end() -> None:
    for chain in (start_chain(), drawn(40), change(start_chain(), cost="cross_entropy")):
        latex = as_latex(trace(chain))
        assert latex.count("{") == latex.count("}")
        assert latex.count(r"\begin") == latex.count(r"\end") == 1


def test_words_for_what_the_formula_does_not_say() -> None:
    chain = change(start_chain(), activation="tanh", cost="cross_entropy")
    assert as_latex(trace(chain)).endswith(
        "sigma: tanh; the last neuron: sigmoid; a_0 = 0.8; y = 0"
    )
    assert r"\ln a_{4}" in as_latex(trace(chain))
    tied = trace(tie(start_chain(), True))
    assert "unrolled in time" in as_latex(tied)
    assert f"∂C/∂b = {tied.delta.sum():.6g}" in as_text(tied)


def test_zero_times_infinity_is_explained() -> None:
    chain = ChainSpec((1.0, 1e3), (0.0, -5e3), cost="cross_entropy", y=1.0)
    latex = as_latex(trace(chain))
    assert r"\cdot 0 \cdot (-\infty)" in latex  # σ'(z_2) and ∂C/∂a_2 of a saturated neuron
    assert latex.endswith("; sigma'(z_2) dC/da_2 = a_2 - y = -1")
    assert "dC/da_2" not in as_latex(trace(replace(chain, b=(0.0, -500.0))))


def test_no_factor_is_minus_zero() -> None:
    dead = ChainSpec((1.0, -1.0), (0.0, 0.0), activation="relu", x=1.0)
    assert r"(-0)" not in as_latex(trace(dead))


def test_zero_and_infinity() -> None:
    assert r"&= 0" in as_latex(trace(set_weight(start_chain(), 3, 0.0))).replace("-", "")
    grows = change(drawn(1_000), activation="linear")
    for j in range(1, 1_001):
        grows = set_weight(grows, j, 1e6) if j < 3 else grows
    assert as_text(trace(grows)).count("\t") == 8 * 1_001
