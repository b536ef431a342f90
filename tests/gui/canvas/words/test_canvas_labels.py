from dataclasses import replace
from math import inf, nan

import pytest

from engine.architecture import dense
from gui.canvas.words.labels import (
    broken,
    column_name,
    column_texts,
    edges_text,
    full_scale,
    quantity,
    ratio,
)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.012, "0.012"), (0.06, "0.060"), (0.2834, "0.283"), (0.00284, "0.0028"), (1.234, "1.23"),
        (45.67, "45.7"), (456.7, "457"), (1234.0, "1.2·10³"), (8.24e-5, "8.2·10⁻⁵"), (0.0, "0"),
        (9.96e-7, "1.0·10⁻⁶"), (5e-324, "4.9·10⁻³²⁴"), (inf, "∞"), (nan, "?"),
    ],
)  # fmt: skip
def test_quantities_are_short(number, text):
    assert quantity(number) == text


@pytest.mark.parametrize(
    ("slower", "faster", "text"),
    [(0.012, 0.06, "× 5.0"), (1.0, 0.5, "× 0.50"), (1e-9, 1.0, "× 1.0·10⁹"), (0, 1, ""),
     (nan, 1, ""), (1, inf, "")],
)  # fmt: skip
def test_ratios(slower, faster, text):
    assert ratio(slower, faster) == text


def test_headers_from_long_to_short():
    texts = column_texts(dense(784, 30, 10_000, 10))
    assert [text.number for text in texts] == ["784", "30", "10,000", "10"]
    assert texts[2].captions == ("hidden 2 · sigmoid", "hidden 2", "h2")
    assert texts[0].captions[0] == "input"
    assert texts[3].captions[0] == "output · sigmoid"
    assert column_name(dense(4, 3, 2), 2) == "output"


def test_a_frozen_layer_says_so():
    architecture = dense(784, 30, 10)
    frozen, output = architecture.layers
    texts = column_texts(replace(architecture, layers=(replace(frozen, frozen=True), output)))
    assert texts[1].captions == ("❄ hidden 1 · sigmoid", "❄ hidden 1", "❄ h1")
    assert texts[2].captions[0] == "output · sigmoid"


def test_what_is_drawn_of_the_edges():
    assert edges_text(20, 20, 20) == "edges: all 20"
    assert edges_text(160, 160, 25_620) == "edges: 160 between these neurons, of 25,620"
    assert edges_text(1500, 9000, 25_620) == "edges: 1,500 strongest of 25,620"


def test_full_scale():
    assert [full_scale(x) for x in (0.08, 3.0, 2e-7, 1e20)] == ["0.08", "3", "2·10⁻⁷", "1·10²⁰"]


def test_lines_break_at_the_dots():
    assert broken(["aaa", "bbb", "cc"], 9, len) == ["aaa · bbb", "cc"]
    assert broken(["a"], 0, len) == ["a"]
