"""The size of each term, as bars from the line 1."""

from math import log10

import pytest

from engine.chain.spec import start_chain
from gui.chain.plots.study import PlotsStudy
from gui.theme import LIGHT
from tests.gui.chain.conftest import y_of
from tests.gui.chain.plots.conftest import EXPLODING, by_hand, show


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
