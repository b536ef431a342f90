"""The plots of the chain together: their labels, scales, type and look."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.chain.spec import drawn, start_chain
from gui.chain.plots.study import PlotsStudy
from gui.common.formula.boxes import plain
from gui.theme import DARK, LIGHT
from tests.gui.chain.plots.conftest import EXPLODING, by_hand, show


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


def test_pointing_at_columns_tells_their_numbers(study: PlotsStudy):
    _, _, terms, gradients = by_hand(start_chain())
    for k, term in enumerate(terms):
        told = study.terms.told(QPointF((k + 0.5) * study.terms.slot, 40))
        assert f"{abs(term):.3f}"[:4] in told
        assert study.terms.neuron_at(QPointF((k + 0.5) * study.terms.slot, 40)) == (k + 1) % 5
    told = study.gradients.told(QPointF(0.5 * study.gradients.slot, 40))
    assert "∂C/∂b<sub>1</sub> = −0.00115" in told
    assert gradients[0] == pytest.approx(-0.00115, rel=0.01)


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
