"""The study of escape: what it says, and the neuron that its map sets."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import exp

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.chain.spec import ChainSpec, drawn, start_chain
from engine.chain.trace import trace
from gui.chain.studies.escape import EscapeStudy
from gui.common.style import style_sheet
from gui.document import ChainDocument
from gui.theme import DARK, LIGHT, THEMES

Key, Button, Shift = Qt.Key, Qt.MouseButton, Qt.KeyboardModifier.ShiftModifier
STEEP = replace(start_chain(), w=(1.2, -8.0, 16.0, 0.9), b=(0.3, 3.0, -8.0, -0.4))


def term(w: float, b: float, a: float) -> float:
    s = 1 / (1 + exp(-(w * a + b)))
    return abs(w * s * (1 - s))


@pytest.fixture
def document() -> ChainDocument:
    return ChainDocument(STEEP)


@pytest.fixture
def study(qtbot: QtBot, document: ChainDocument) -> Iterator[EscapeStudy]:
    study = EscapeStudy(document, LIGHT)
    qtbot.addWidget(study)
    study.resize(1250, 250)
    study.show()
    study.activateWindow()
    qtbot.waitUntil(study.isActiveWindow)
    document.changed.connect(lambda chain: study.show_trace(trace(chain)))
    study.neuron_chosen.connect(study.set_chosen)
    study.show_trace(trace(document.chain))
    yield study
    study.hide()


def pixel(study: EscapeStudy, a: float, y: float) -> QPoint:
    return QPointF(study.map.across(a), study.map.down(y)).toPoint()


def click(qtbot: QtBot, study: EscapeStudy, a: float, y: float) -> None:
    qtbot.mouseClick(study.map, Button.LeftButton, pos=pixel(study, a, y))


def move(study: EscapeStudy, at: QPoint, pressed: bool) -> None:
    button = Button.LeftButton if pressed else Button.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), study.map.mapToGlobal(QPointF(at)),
        Button.NoButton, button, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(study.map, event)


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


# -- what a hand sets --------------------------------------------------------------------------


def test_a_click_sets_weight_and_input_of_the_first(
    qtbot: QtBot, study: EscapeStudy, document: ChainDocument
) -> None:
    click(qtbot, study, 0.2, 6.0)
    assert document.chain.w[0] == pytest.approx(6.0, abs=0.2)
    assert document.chain.x == pytest.approx(0.2, abs=0.01)
    assert document.undo_stack.undoText() == "Set w₁ and a₀"
    document.undo_stack.undo()
    assert document.chain == STEEP


def test_a_click_leaves_the_input_of_others_to_the_chain(
    qtbot: QtBot, study: EscapeStudy, document: ChainDocument
) -> None:
    study.set_chosen(3)
    click(qtbot, study, 0.2, 6.0)
    assert document.chain.w[2] == pytest.approx(6.0, abs=0.4)
    assert replace(document.chain, w=STEEP.w) == STEEP
    assert document.undo_stack.undoText() == "Set w₃"
    assert "a₂ comes from the chain" in study.hint.text()
    assert study.map.point.x() == pytest.approx(study.map.across(trace(document.chain).a[2]))


def test_over_a_and_b_a_click_sets_the_bias(
    qtbot: QtBot, study: EscapeStudy, document: ChainDocument
) -> None:
    study.set_chosen(2)
    qtbot.mouseClick(study.axes.buttons["b"], Button.LeftButton)
    click(qtbot, study, 0.5, -5.0)
    assert document.chain.b[1] == pytest.approx(-5.0, abs=0.2)
    assert replace(document.chain, b=STEEP.b) == STEEP
    assert document.undo_stack.undoText() == "Set b₂"


def test_a_drag_is_one_step(qtbot: QtBot, study: EscapeStudy, document: ChainDocument) -> None:
    qtbot.mousePress(study.map, Button.LeftButton, pos=pixel(study, 0.5, 2.0))
    for w in (4.0, 6.0, 8.0):
        move(study, pixel(study, 0.5, w), pressed=True)
        assert document.chain.w[0] == pytest.approx(w, abs=0.2)
    qtbot.mouseRelease(study.map, Button.LeftButton, pos=pixel(study, 0.5, 8.0))
    assert document.undo_stack.count() == 1
    click(qtbot, study, 0.5, 3.0)
    assert document.undo_stack.count() == 2
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.chain == STEEP


def test_a_drag_beyond_the_map_stays_at_its_edge_and_the_edge_stays(
    qtbot: QtBot, study: EscapeStudy, document: ChainDocument
) -> None:
    before = study.map.extent.y
    qtbot.mousePress(study.map, Button.LeftButton, pos=pixel(study, 0.5, 2.0))
    move(study, QPoint(pixel(study, 0.5, 2.0).x(), -500), pressed=True)
    assert document.chain.w[0] == before[1]
    assert study.map.extent.y == before
    qtbot.mouseRelease(study.map, Button.LeftButton, pos=pixel(study, 0.5, 2.0))
    assert study.map.extent.y[1] > before[1]


def test_escape_takes_a_drag_back(
    qtbot: QtBot, study: EscapeStudy, document: ChainDocument
) -> None:
    qtbot.mousePress(study.map, Button.LeftButton, pos=pixel(study, 0.5, 2.0))
    move(study, pixel(study, 0.7, 8.0), pressed=True)
    qtbot.keyClick(study.map, Key.Key_Escape)
    assert document.chain == STEEP
    assert document.undo_stack.count() == 0


def test_arrows_move_the_point(qtbot: QtBot, study: EscapeStudy, document: ChainDocument) -> None:
    study.map.setFocus()
    qtbot.keyClick(study.map, Key.Key_Up)
    assert document.chain.w[0] == pytest.approx(1.3)
    qtbot.keyClick(study.map, Key.Key_Down, Shift)
    assert document.chain.w[0] == pytest.approx(0.3)
    qtbot.keyClick(study.map, Key.Key_Right)
    assert document.chain.x == pytest.approx(0.81)
    qtbot.keyClick(study.map, Key.Key_PageUp)
    assert document.chain.w[0] == pytest.approx(1.3)
    assert document.undo_stack.count() == 1  # a run of steps, as with the sliders
    document.undo_stack.undo()
    assert document.chain == STEEP


def test_left_and_right_do_nothing_to_an_input_that_the_chain_gives(
    qtbot: QtBot, study: EscapeStudy, document: ChainDocument
) -> None:
    study.set_chosen(2)
    study.map.setFocus()
    with qtbot.assertNotEmitted(study.map.moved):
        qtbot.keyClick(study.map, Key.Key_Right)
    assert document.chain == STEEP


def test_a_ring_shows_what_a_click_would_set(study: EscapeStudy) -> None:
    move(study, pixel(study, 0.5, 6.0), pressed=False)
    assert study.map.pointer == pytest.approx((0.5, 6.0), abs=0.2)
    study.set_chosen(3)
    move(study, pixel(study, 0.5, 6.0), pressed=False)
    assert study.map.pointer == pytest.approx((trace(STEEP).a[2], 6.0), abs=0.3)


def test_a_value_that_cannot_be_is_refused_and_nothing_is_lost(
    qtbot: QtBot, study: EscapeStudy, document: ChainDocument
) -> None:
    document.change("", replace(STEEP, w=(1e6, *STEEP.w[1:])))
    study.map.setFocus()
    before = document.chain
    with qtbot.waitSignal(study.refused) as refused:
        qtbot.keyClick(study.map, Key.Key_Up)
    assert "must lie between" in refused.args[0]
    assert document.chain == before


def test_a_tied_chain_keeps_one_weight(
    qtbot: QtBot, study: EscapeStudy, document: ChainDocument
) -> None:
    document.change("", ChainSpec((2.0,) * 4, (-1.0,) * 4, tied=True))
    study.set_chosen(3)
    click(qtbot, study, 0.5, 5.0)
    assert len({*document.chain.w}) == 1
    assert document.chain.w[0] == pytest.approx(5.0, abs=0.2)
    assert document.undo_stack.undoText() == "Set w"


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
