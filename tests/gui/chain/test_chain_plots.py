from dataclasses import replace
from itertools import pairwise
from math import exp, log10, nan

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from engine.chain.spec import ChainSpec, drawn, start_chain
from engine.chain.trace import ChainTrace, trace
from gui.chain.plots.chart import Chart
from gui.chain.plots.study import WEIGHTS, PlotsStudy
from gui.common.formula.boxes import plain
from gui.document import ChainDocument
from gui.theme import DARK, LIGHT

EXPLODING = ChainSpec((100.0,) * 4, (-80.0, -50.0, -50.0, -50.0), x=0.8)


def by_hand(chain: ChainSpec) -> tuple[list[float], list[float], list[float], list[float]]:
    """z, σ′(z), the terms and the gradients of a chain of sigmoids, as the chapter writes them."""
    a, z = chain.x, []
    for w, b in zip(chain.w, chain.b, strict=True):
        z.append(w * a + b)
        a = 1 / (1 + exp(-z[-1]))
    prime = [exp(-v) / (1 + exp(-v)) ** 2 for v in z]
    slope = a - chain.y
    terms = [prime[0], *(w * p for w, p in zip(chain.w[1:], prime[1:], strict=True)), slope]
    gradients, rest = [], slope
    for j in reversed(range(len(z))):
        rest *= prime[j]
        gradients.insert(0, rest)
        rest *= chain.w[j]
    return z, prime, terms, gradients


@pytest.fixture
def study(qtbot: QtBot) -> PlotsStudy:
    study = PlotsStudy(ChainDocument(start_chain()), LIGHT)
    qtbot.addWidget(study)
    study.resize(1250, 250)
    study.show()
    show(study, start_chain())
    return study


def show(study: PlotsStudy, chain: ChainSpec) -> ChainTrace:
    t = trace(chain)
    study.show_trace(t)
    QApplication.processEvents()
    return t


def x_of(chart: Chart, pixels: float) -> float:
    low, high = chart.view.viewRange()[0]
    return low + pixels * (high - low) / chart.view.rect().width()


def y_of(chart: Chart, pixels: float) -> float:
    low, high = chart.view.viewRange()[1]
    return high - pixels * (high - low) / chart.view.rect().height()


def in_window(chart: Chart, at: QPointF) -> QPoint:
    return chart.mapFromScene(chart.view.mapToScene(at))


# (a) σ′ at every neuron


def test_every_neuron_has_a_dot_at_its_z_on_the_derivative_and_on_sigma(study: PlotsStudy):
    chart = study.derivative
    z, prime, _, _ = by_hand(start_chain())
    assert [x_of(chart, dot.prime.x()) for dot in chart.dots] == pytest.approx(z)
    assert [y_of(chart, dot.prime.y()) for dot in chart.dots] == pytest.approx(prime)
    assert [y_of(chart, dot.value.y()) for dot in chart.dots if dot.value] == pytest.approx(
        [1 / (1 + exp(-v)) for v in z]
    )
    assert [dot.colour for dot in chart.dots] == [LIGHT.layer(j, 4) for j in range(4)]


def test_dots_are_painted_in_the_colours_of_their_neurons(study: PlotsStudy):
    image = study.derivative.grab().toImage()
    for dot in study.derivative.dots:
        assert image.pixelColor(in_window(study.derivative, dot.prime)) == dot.colour


def test_the_line_of_the_maximum_is_at_a_quarter(study: PlotsStudy):
    chart = study.derivative
    image = chart.grab().toImage()
    row = in_window(chart, QPointF(0, chart.down(0.25))).y()
    left = in_window(chart, QPointF(0, 0)).x()
    dashes = [
        sum(image.pixelColor(x, row + k) == QColor(LIGHT.dim) for x in range(left, left + 300))
        for k in (-1, 0, 1)
    ]
    assert max(dashes) > 80


def test_neurons_at_one_place_are_rings(study: PlotsStudy):
    show(study, EXPLODING)
    radii = [dot.radius for dot in study.derivative.dots]
    assert radii == sorted(radii)
    assert len(set(radii)) == 4
    at = study.derivative.dots[0].prime
    assert study.derivative.neurons_at(at) == [1, 2, 3, 4]


def test_the_range_of_z_follows_in_steps_and_what_is_beyond_is_listed(study: PlotsStudy):
    chart = study.derivative
    assert chart.view.viewRange()[0] == [-6.0, 6.0]
    show(study, replace(start_chain(), b=(6.5, -0.2, 0.5, -0.4)))
    assert chart.view.viewRange()[0] == [-8.0, 8.0]
    show(study, replace(start_chain(), b=(4.5, -0.2, 0.5, -0.4)))
    assert chart.view.viewRange()[0] == [-8.0, 8.0]
    show(study, replace(start_chain(), b=(60.0, -0.2, -700.0, -0.4)))
    assert chart.view.viewRange()[0] == [-12.0, 12.0]
    assert [row.text for row in chart.beyond[True]] == ["z₁ 61.0"]
    assert [row.j for row in chart.beyond[False]] == [3]
    assert chart.beyond[False][0].text == "z₃ −700"  # −699.6
    assert [dot.j for dot in chart.dots] == [2, 4]
    middle = chart.rows(True)[0].center()
    assert chart.neuron_at(middle) == 1


def test_many_neurons_beyond_are_counted(study: PlotsStudy):
    show(study, ChainSpec((1e6,) * 80, (0.0,) * 80, activation="linear"))
    rows = study.derivative.beyond[True]
    assert [row.text for row in rows[-1:]] == ["77 more"]
    assert len(rows) == 4
    study.grab()


def test_another_output_neuron_lies_on_its_own_curve(study: PlotsStudy):
    chain = replace(start_chain(), activation="tanh", cost="cross_entropy")
    t = show(study, chain)
    last = study.derivative.dots[-1]
    a = 1 / (1 + exp(-float(t.z[-1])))
    assert y_of(study.derivative, last.prime.y()) == pytest.approx(a * (1 - a))
    study.grab()


def test_pointing_at_a_dot_tells_its_neuron_and_a_click_chooses_it(study: PlotsStudy, qtbot: QtBot):
    chart = study.derivative
    place = in_window(chart, chart.dots[2].prime)
    qtbot.mouseMove(chart.viewport(), place)
    qtbot.waitUntil(QToolTip.isVisible)
    text = QToolTip.text()
    z, prime, _, _ = by_hand(start_chain())
    assert "neuron 3" in text
    assert f"{z[2]:.3g}" in text
    assert f"{prime[2]:.3g}" in text
    with qtbot.waitSignal(study.neuron_chosen) as chosen:
        qtbot.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [3]
    QToolTip.hideText()


# (b) The size of each term


def test_bars_are_the_terms_from_the_line_1(study: PlotsStudy):
    chart = study.terms
    _, _, terms, _ = by_hand(start_chain())
    line = chart.down(0.0)
    for (rect, _), term in zip(chart.columns, terms, strict=True):
        end = rect.bottom() if abs(term) < 1 else rect.top()
        start = rect.top() if abs(term) < 1 else rect.bottom()
        assert end == pytest.approx(chart.down(log10(abs(term))), abs=1)
        assert start == pytest.approx(line, abs=1)
        assert y_of(chart, chart.down(log10(abs(term)))) == pytest.approx(log10(abs(term)))
    assert [value.text for value in chart.values] == ["0.17", "−0.17", "0.32", "0.22", "0.56"]
    assert [colour for _, colour in chart.columns[:4]] == [LIGHT.layer(j, 4) for j in range(4)]


def test_the_exploding_chain_goes_up_by_25(study: PlotsStudy):
    show(study, EXPLODING)
    rects = [rect for rect, _ in study.terms.columns]
    assert [value.text for value in study.terms.values] == ["0.25", "25", "25", "25", "0.50"]
    for rect in rects[1:4]:
        assert y_of(study.terms, rect.top()) == pytest.approx(log10(25), abs=0.03)
        assert rect.bottom() == pytest.approx(study.terms.down(0.0), abs=1.5)
    assert rects[0].top() == pytest.approx(study.terms.down(0.0), abs=1)


def test_values_stand_at_the_ends_of_their_bars_and_clear_of_each_other(study: PlotsStudy):
    for chain in (start_chain(), EXPLODING, drawn(12)):
        show(study, chain)
        for chart in (study.terms, study.gradients):
            frame = chart.view.rect()
            for one, two in pairwise(chart.values):
                assert not one.rect.intersects(two.rect)
            assert all(frame.contains(value.rect) for value in chart.values)
    chart = study.terms
    for value in chart.values:
        bar = chart.columns[value.column][0]
        gap = min(abs(value.rect.top() - bar.bottom()), abs(value.rect.bottom() - bar.top()))
        assert gap < 6


def test_bars_are_labelled_as_far_as_there_is_room(study: PlotsStudy, qtbot: QtBot):
    names = [[plain(box) for box in boxes] for boxes in study.terms.column_names()]
    assert names[0] == ["σ′(z₁)", "w₂σ′(z₂)", "w₃σ′(z₃)", "w₄σ′(z₄)", "∂C/∂a₄"]
    for width in (1250, 1000, 800, 620):
        study.resize(width, 230)
        QApplication.processEvents()
        for chart in (study.terms, study.gradients):
            spans = [(at.x(), at.x() + label.width) for label, at, _ in chart.labels]
            assert spans == sorted(spans)
            for (_, end), (start, _) in pairwise(spans):
                assert end < start
            assert spans[-1][1] <= chart.view.rect().width() + 1
            assert len(spans) == len(chart.sizes)


def test_a_slider_does_not_make_the_scale_jump(study: PlotsStudy):
    ranges = {study.terms: [], study.gradients: [], study.derivative: []}
    for w in np.linspace(-5, 5, 201):
        show(study, replace(start_chain(), w=(1.2, float(w), 1.6, 0.9)))
        for chart, shown in ranges.items():
            shown.append(tuple(chart.view.viewRange()[1]))
    for shown in ranges.values():
        assert sum(a != b for a, b in pairwise(shown)) <= 14


# (c) The gradients


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


def test_pointing_at_columns_tells_their_numbers(study: PlotsStudy):
    _, _, terms, gradients = by_hand(start_chain())
    for k, term in enumerate(terms):
        told = study.terms.told(QPointF((k + 0.5) * study.terms.slot, 40))
        assert f"{abs(term):.3f}"[:4] in told
        assert study.terms.neuron_at(QPointF((k + 0.5) * study.terms.slot, 40)) == (k + 1) % 5
    told = study.gradients.told(QPointF(0.5 * study.gradients.slot, 40))
    assert "∂C/∂b<sub>1</sub> = −0.00115" in told
    assert gradients[0] == pytest.approx(-0.00115, rel=0.01)


# Size, type, look


def test_the_cards_keep_side_by_side_in_little_room(study: PlotsStudy):
    study.resize(600, 200)
    QApplication.processEvents()
    lefts = [card.x() for card in study.cards]
    assert lefts == sorted(lefts)
    assert all(card.geometry().right() < 600 for card in study.cards)
    assert len({card.y() for card in study.cards}) == 1
    for card in study.cards:
        wide = card.title.fontMetrics().horizontalAdvance(card.title.text())
        assert wide <= card.title.width()
        assert card.words.isHidden()
    study.resize(1250, 250)
    QApplication.processEvents()
    assert study.cards[0].title.text() == "Derivative at each neuron"
    assert study.cards[0].words.text() == "σ, σ′ against z"


@pytest.mark.parametrize("size", [13, 20, 26])
def test_large_type_loses_words_but_none_are_cut(study: PlotsStudy, size: int):
    study.resize(1000, 230)
    study.setStyleSheet(f"QWidget {{ font-size: {size}px }}")
    study.set_theme(LIGHT)
    QApplication.processEvents()
    for chart in study.charts:
        assert chart.caption.pixelSize() == round(11 * size / 13)
    for card in study.cards:
        wide = card.title.fontMetrics().horizontalAdvance(card.title.text())
        assert wide <= card.title.width()


def test_every_activation_and_both_themes_are_painted(study: PlotsStudy):
    for theme in (DARK, LIGHT):
        study.set_theme(theme)
        for key in ("linear", "tanh", "relu", "selu", "softplus", "softsign", "silu", "gelu"):
            show(study, replace(start_chain(), activation=key))
            image = study.derivative.grab().toImage()
            assert image.pixelColor(1, 1) == QColor(theme.panel)
    assert study.derivative.left_axis.textPen().color() == QColor(LIGHT.dim)


def test_titles_captions_tooltips_and_descriptions(study: PlotsStudy):
    study.texts.at_once()
    assert [card.title.text() for card in study.cards] == [
        "Derivative at each neuron", "Size of each term", "Gradient of every bias",
    ]  # fmt: skip
    assert "1/4" in study.cards[0].toolTip()
    assert "121" in study.cards[1].toolTip()
    assert "BP2" in study.cards[2].toolTip()
    assert "neuron 1: z 1.26" in study.derivative.accessibleDescription()
    assert "w₂σ′(z₂) −0.17" in study.terms.accessibleDescription()
    assert "b₁ 0.0012" in study.gradients.accessibleDescription()


def test_one_neuron_is_a_chain_too(study: PlotsStudy):
    show(study, drawn(1))
    assert len(study.terms.columns) == 2
    assert len(study.gradients.dots) == 1
