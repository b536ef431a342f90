"""The gradients: numbers, zeros, and what is no number."""

from dataclasses import replace
from itertools import pairwise
from math import exp, log10, nan

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from engine.chain.spec import ChainSpec, drawn, start_chain
from engine.chain.trace import trace
from gui.chain.plots.study import WEIGHTS, PlotsStudy
from gui.common.formula.boxes import plain
from gui.theme import LIGHT
from tests.gui.chain.conftest import in_window, y_of
from tests.gui.chain.plots.conftest import by_hand, show


def test_dots_are_the_gradients_of_the_biases(study: PlotsStudy):
    _, _, _, gradients = by_hand(start_chain())
    chart = study.gradients
    assert [y_of(chart, at.y()) for at, _ in chart.dots] == pytest.approx(
        [log10(abs(g)) for g in gradients]
    )
    assert [value.text for value in chart.values] == ["0.0012", "0.0084", "0.025", "0.14"]
    assert all(rect.bottom() == chart.view.rect().height() for rect, _ in chart.columns)
    assert [plain(box) for box in next(iter(chart.column_names()))] == ["b₁", "b₂", "b₃", "b₄"]


def test_the_gradients_of_the_weights_are_one_choice_away(study: PlotsStudy, qtbot: QtBot):
    study.parameter.setFocus()
    qtbot.keyClick(study.parameter, Qt.Key.Key_Down)
    assert study.parameter.key == WEIGHTS
    _, _, _, gradients = by_hand(start_chain())
    z = by_hand(start_chain())[0]
    a = [0.8, *(1 / (1 + exp(-v)) for v in z[:-1])]
    expected = [log10(abs(g * v)) for g, v in zip(gradients, a, strict=True)]
    chart = study.gradients
    assert [y_of(chart, at.y()) for at, _ in chart.dots] == pytest.approx(expected)
    assert study.cards[2].title.text() == "Gradient of every weight"
    assert [plain(box) for box in next(iter(chart.column_names()))] == ["w₁", "w₂", "w₃", "w₄"]


def test_zeros_stand_at_the_lower_edge(study: PlotsStudy):
    show(study, ChainSpec((1.0, -1.0, 1.0, 2.0), (0.3, -0.2, 0.5, -0.4), "relu", x=0.8))
    edges = study.gradients.edges
    assert [(edge.kind, edge.first, edge.last, edge.text) for edge in edges] == [("0", 0, 1, "0")]
    assert list(edges[0].xs) == pytest.approx(
        [0.5 * study.gradients.slot, 1.5 * study.gradients.slot]
    )
    image = study.gradients.grab().toImage()
    foot = QPointF(edges[0].xs[0], study.gradients.view.rect().height() - 4)
    assert image.pixelColor(in_window(study.gradients, foot)) == QColor(LIGHT.layer(0, 4))
    assert [edge.kind for edge in study.terms.edges] == ["0"]
    assert study.terms.edges[0].first == 1


def test_infinite_and_not_a_number_are_shown(study: PlotsStudy):
    t = trace(start_chain())
    sizes = t.log10_delta.copy()
    sizes[:] = [nan, nan, np.inf, -1.0]
    study.show_trace(replace(t, log10_delta=sizes))
    edges = study.gradients.edges
    assert [(edge.kind, edge.first, edge.last) for edge in edges] == [
        ("not a number", 0, 1), ("∞", 2, 2),
    ]  # fmt: skip
    assert len(study.gradients.dots) == 1
    image = study.gradients.grab().toImage()
    top = in_window(study.gradients, QPointF(edges[1].xs[0], 6))
    ink = LIGHT.legible(LIGHT.layer(2, 4), LIGHT.panel)
    assert image.pixelColor(top).name() == ink.name()


def test_a_long_chain_counts_its_zeros(study: PlotsStudy):
    chain = replace(drawn(40), activation="relu")
    t = show(study, chain)
    zeros = int(np.isneginf(t.log10_delta).sum())
    assert zeros > 30
    assert f"0: {zeros} neurons" in [edge.text for edge in study.gradients.edges]
    shown = [edge for edge in study.terms.edges if edge.text]
    for side in pairwise(shown):
        widths = [study.terms.width_of(edge.text) / 2 for edge in side]
        assert side[1].left + side[1].right - side[0].left - side[0].right > 2 * min(widths)


def test_a_thousand_neurons(study: PlotsStudy):
    t = show(study, drawn(1000))
    chart = study.gradients
    assert chart.view.viewRange()[1][0] <= t.log10_delta.min() < -900
    assert len(chart.columns) <= chart.view.rect().width() / 2
    tops = [y_of(chart, rect.top()) for rect, _ in chart.columns]
    assert max(tops) == pytest.approx(t.log10_delta.max(), abs=1e-6)
    assert chart.values == []
    assert chart.left_axis.fixedWidth >= chart.width_of("10⁻¹⁰⁰⁰")
    study.grab()
