"""The study of escape: what it says and shows, of every chain and in every room."""

import re
from collections.abc import Callable
from dataclasses import replace
from math import exp

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.chain.spec import ChainSpec, drawn
from gui.chain.studies.escape import EscapeStudy
from gui.common.style import style_sheet
from gui.document import ChainDocument
from gui.theme import DARK, LIGHT, THEMES
from tests.gui.chain.escape.conftest import STEEP, Button, move, pixel

Key = Qt.Key


def term(w: float, b: float, a: float) -> float:
    s = 1 / (1 + exp(-(w * a + b)))
    return abs(w * s * (1 - s))


def number_after(text: str, name: str) -> float:
    found = re.search(rf"{name}[ =]*(−?[\d.]+)", text)
    assert found, text
    return float(found[1].replace("−", "-"))


# -- what it says ------------------------------------------------------------------------------


def test_the_interval_in_words_has_a_term_of_1_at_both_ends(study: EscapeStudy) -> None:
    study.set_chosen(2)
    text = study.words.text()
    low, high = map(float, re.findall(r"([\d.]+) ≤ a₁ ≤ ([\d.]+),", text)[0])
    assert term(-8, 3, low) == pytest.approx(1, abs=0.02)
    assert term(-8, 3, high) == pytest.approx(1, abs=0.02)
    assert number_after(text, "width ") == pytest.approx(high - low, abs=0.002)
    assert text.startswith("w₂ = −8, b₂ = 3: ")
    assert text.endswith("a₁ = 0.779 lies outside")


def test_below_4_no_input_helps_and_it_says_so(study: EscapeStudy) -> None:
    assert "no a₀ makes |term| ≥ 1: that needs |w| ≥ 4" in study.words.text()
    assert not study.map.escapes


def test_dots_stand_at_the_width_of_their_weights(study: EscapeStudy) -> None:
    plot = study.width_plot
    for j, w in ((2, 8.0), (3, 16.0)):
        z = 2 * np.arccosh(np.sqrt(w) / 2)  # sech²(z/2) = 4/w
        dot = plot.dot_of(j)
        assert dot.x() == pytest.approx(plot.across(np.log10(w)), abs=0.01)
        assert dot.y() == pytest.approx(plot.down(2 * z / w), abs=0.01)
    assert plot.dot_of(1).y() == plot.rect_of_plane.bottom()


def test_the_maximum_is_the_known_one(study: EscapeStudy) -> None:
    assert study.width_plot.widths.peak == pytest.approx((6.894, 0.4477), abs=1e-3)


def test_a_click_on_a_dot_looks_at_its_neuron(qtbot: QtBot, study: EscapeStudy) -> None:
    dot = study.width_plot.dot_of(3).toPoint()
    with qtbot.waitSignal(study.neuron_chosen) as chosen:
        qtbot.mouseClick(study.width_plot, Button.LeftButton, pos=dot)
    assert chosen.args == [3]
    assert study.combo.currentText() == "Neuron 3 of 4"
    assert study.words.text().startswith("w₃ = 16")


def test_the_list_looks_at_a_neuron(qtbot: QtBot, study: EscapeStudy) -> None:
    study.combo.setFocus()
    with qtbot.waitSignal(study.neuron_chosen):
        qtbot.keyClick(study.combo, Key.Key_Down)
    assert study.map.neuron is not None
    assert study.map.neuron.j == 2


@pytest.mark.parametrize("at", [(0.1, -8.0), (0.5, 6.0), (0.9, 10.0)])
def test_the_mouse_reads_the_map(study: EscapeStudy, at: tuple[float, float]) -> None:
    move(study, pixel(study, *at), pressed=False)
    text = study.readout.text()
    assert text.startswith("here")
    a, w = number_after(text, "a₀"), number_after(text, "w₁")
    assert (a, w) == pytest.approx(at, abs=0.2)
    assert number_after(text, r"\|term\|") == pytest.approx(term(w, 0.3, a), rel=0.05)
    QApplication.sendEvent(study.map, QEvent(QEvent.Type.Leave))
    assert study.readout.text().startswith("now")


def test_the_map_is_warm_where_the_term_is_above_1(study: EscapeStudy) -> None:
    study.set_chosen(2)
    image = study.map.grab().toImage()
    inside, outside = pixel(study, 0.3, -10.5), pixel(study, 0.3, 6.0)
    assert term(-10.5, 3, 0.3) > 1 > term(6.0, 3, 0.3)
    assert image.pixelColor(inside).red() > image.pixelColor(inside).blue()
    assert image.pixelColor(outside).blue() > image.pixelColor(outside).red()


# -- other chains ------------------------------------------------------------------------------


def test_the_map_is_computed_only_when_it_changes(
    study: EscapeStudy, document: ChainDocument
) -> None:
    study.set_chosen(2)
    before = study.map.recomputed
    document.change("", replace(document.chain, w=(1.3, -8.1, 15.0, 1.0)))
    document.change("", replace(document.chain, b=(0.3, 3.0, -2.0, 1.0), y=1.0))
    assert study.map.recomputed == before
    document.change("", replace(document.chain, b=(0.3, 3.1, -2.0, 1.0)))
    assert study.map.recomputed == before + 1


@pytest.mark.parametrize(
    ("activation", "words"),
    [("relu", "|term| ≥ 1 for a₁ ≤ 0.375"), ("tanh", " ≤ a₁ ≤ "), ("linear", "every a₁ shown")],
)
def test_other_activations(
    study: EscapeStudy, document: ChainDocument, activation: str, words: str
) -> None:
    study.set_chosen(2)
    document.change("", replace(STEEP, activation=activation))
    assert words in study.words.text()
    study.grab()


def test_the_interval_of_a_tanh_neuron_has_a_term_of_1_at_its_ends(
    study: EscapeStudy, document: ChainDocument
) -> None:
    study.set_chosen(2)
    document.change("", replace(STEEP, activation="tanh"))
    (low, high), = study.map.escapes  # fmt: skip
    for a in (low, high):
        assert 8 * (1 - np.tanh(-8 * a + 3) ** 2) == pytest.approx(1, abs=1e-4)


def test_a_shorter_chain_looks_at_its_last_neuron(
    study: EscapeStudy, document: ChainDocument
) -> None:
    study.set_chosen(4)
    document.change("", replace(STEEP, w=(2.0,), b=(1.0,)))
    assert study.combo.currentText() == "Neuron 1 of 1"
    document.change("", STEEP)
    assert study.combo.currentText() == "Neuron 4 of 4"


@pytest.mark.parametrize(
    "chain",
    [
        replace(STEEP, w=(0.0, 0.0, -0.0, 0.0)),
        replace(STEEP, w=(1e6, -1e6, 1e6, 1e6), b=(1e6,) * 4, activation="linear"),
        replace(STEEP, w=(1e6,) * 4, x=-1000.0),
        ChainSpec((1e6,) * 80, (1e6,) * 80, activation="relu"),  # infinite, then not a number
        drawn(1000),
    ],
)
def test_what_is_zero_huge_or_infinite_is_shown(
    study: EscapeStudy, document: ChainDocument, chain: ChainSpec
) -> None:
    document.change("", chain)
    for j in (1, 2, chain.neurons):
        study.set_chosen(j)
        for key in ("b", "w"):
            study.axes.buttons[key].click()
            study.grab()
            move(study, study.map.rect_of_plane.center().toPoint(), pressed=False)
            assert study.words.text()


# -- look --------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(("size", "scale"), [((600, 200), 1.0), ((1000, 230), 1.5)])
def test_nothing_is_cut_where_there_is_little_room(
    qtbot: QtBot, study: EscapeStudy, theme: object, size: tuple[int, int], scale: float
) -> None:
    study.setStyleSheet(style_sheet(DARK if theme is DARK else LIGHT, scale))
    study.resize(*size)
    study.set_chosen(2)
    study.set_theme(DARK if theme is DARK else LIGHT)
    QApplication.processEvents()
    study.grab()
    assert study.minimumSizeHint().width() <= size[0]
    assert study.minimumSizeHint().height() <= size[1]
    assert study.map.rect_of_plane.height() > 50
    assert not study.words.shown.endswith("…")
    fits: Callable[[str], int] = study.words.fontMetrics().horizontalAdvance
    assert fits(study.words.shown) <= study.words.width()
