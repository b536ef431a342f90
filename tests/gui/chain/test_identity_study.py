"""The study of the identity neuron: its numbers, its buttons, and what it puts into the chain."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.chain.spec import start_chain
from engine.chain.trace import trace
from gui.chain.studies.identity import IdentityStudy
from gui.common.formula.boxes import plain
from gui.common.style import style_sheet
from gui.document import ChainDocument
from gui.theme import LIGHT, THEMES, Theme

Key, Button = Qt.Key, Qt.MouseButton
X = np.linspace(0.0, 1.0, 100_001)


@pytest.fixture
def document() -> ChainDocument:
    return ChainDocument(start_chain())


@pytest.fixture
def study(
    shown: Callable[[IdentityStudy], IdentityStudy], document: ChainDocument
) -> IdentityStudy:
    study = IdentityStudy(document, LIGHT)
    study.setStyleSheet(style_sheet(LIGHT))
    study.resize(1250, 650)
    shown(study)
    study.show_trace(trace(document.chain))
    return study


def greatest(w1: float, b: float, w2: float, bias: float = 0.0) -> float:
    output = w2 / (1 + np.exp(-(w1 * X + b))) + bias
    return float(np.abs(output - X).max())


def values(study: IdentityStudy) -> tuple[float, float, float]:
    sliders = study.sliders
    return sliders["w1"].value, sliders["b"].value, sliders["w2"].value


def told(study: IdentityStudy) -> float:
    """The greatest error in words."""
    text = study.verdict.text()
    found = re.search(r"error on \[0, 1\]: ([^,]+)", text)
    assert found, text
    factor, _, power = found[1].rpartition("10⁻")
    size = "⁰¹²³⁴⁵⁶⁷⁸⁹".index(power) if _ else 0
    return float(factor.rstrip("·") or "1") / 10**size if _ else float(found[1])


def enter(qtbot: QtBot, study: IdentityStudy, name: str, text: str) -> None:
    field = study.sliders[name].field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Key.Key_Return)


def test_the_hint_with_w1_of_1_has_an_error_of_a_hundredth(study: IdentityStudy) -> None:
    assert values(study) == (1.0, -0.5, 4.0)
    assert study.offset.isChecked()
    assert told(study) == pytest.approx(greatest(1, -0.5, 4, bias=-1.5), rel=0.005)
    assert study.verdict.text().endswith("with b₂ = −1.5")
    assert "w₁²/96 = 0.0104" in study.explanation.text()  # its bound, and the known number


def test_the_hint_follows_w1_and_ends_where_another_number_is_set(
    qtbot: QtBot, study: IdentityStudy
) -> None:
    enter(qtbot, study, "w1", "0.1")
    assert values(study) == pytest.approx((0.1, -0.05, 40.0))
    assert told(study) == pytest.approx(1e-4, rel=0.05)
    assert "b₂ = −19.5" in study.verdict.text()
    enter(qtbot, study, "b", "0.2")
    assert not study.hint.isChecked()
    enter(qtbot, study, "w1", "2")
    assert values(study) == pytest.approx((2.0, 0.2, 40.0))
    qtbot.mouseClick(study.hint, Button.LeftButton)
    assert values(study) == pytest.approx((2.0, -1.0, 2.0))


def test_a_drag_of_the_slider_moves_the_numbers(qtbot: QtBot, study: IdentityStudy) -> None:
    groove = study.sliders["w1"].groove
    row = groove.height() // 2
    qtbot.mousePress(groove, Button.LeftButton, pos=QPoint(groove.width() // 2, row))
    qtbot.mouseRelease(groove, Button.LeftButton, pos=QPoint(groove.width() // 2, row))
    w1, b, w2 = values(study)
    assert w1 == pytest.approx(5.0, abs=0.3)
    assert (b, w2) == pytest.approx((-w1 / 2, 4 / w1))
    assert told(study) == pytest.approx(greatest(w1, b, w2, -study.neuron.offset), rel=0.005)


def test_without_the_offset_the_constant_is_an_error(qtbot: QtBot, study: IdentityStudy) -> None:
    qtbot.keyClick(study.offset, Key.Key_Space)
    assert told(study) == pytest.approx(greatest(1, -0.5, 4), rel=0.005)
    assert told(study) > 1.5
    assert "b₂ = −1.5" in study.explanation.text()
    assert "b₂" not in plain(study.drawing.formula)
    qtbot.keyClick(study.offset, Key.Key_Space)
    assert "b₂" in plain(study.drawing.formula)


def test_best_without_offset_is_the_known_one(qtbot: QtBot, study: IdentityStudy) -> None:
    qtbot.mouseClick(study.best_without, Button.LeftButton)
    assert values(study) == pytest.approx((5.648, -2.824, 1.0), abs=1e-3)
    assert not study.offset.isChecked()
    assert told(study) == pytest.approx(0.056, abs=5e-4)
    assert told(study) == pytest.approx(greatest(*values(study)), rel=0.005)
    assert "w₁ = 5.648, b = −2.824, w₂ = 1" in study.explanation.text()


@pytest.mark.parametrize("change", [(0.05, 0, 0), (0, 0.05, 0), (0, 0, 0.02), (0.1, -0.05, 0)])
def test_around_the_best_nothing_is_better(
    study: IdentityStudy, change: tuple[float, float, float]
) -> None:
    study.best_without.click()
    least, there = greatest(*values(study)), np.array(values(study))
    assert greatest(*(there + change)) > least < greatest(*(there - change))


def test_best_with_offset_says_that_it_is_not_best_of_all(
    qtbot: QtBot, study: IdentityStudy
) -> None:
    qtbot.mouseClick(study.best_with, Button.LeftButton)
    assert study.offset.isChecked()
    w1, b, w2 = values(study)
    assert told(study) == pytest.approx(greatest(w1, b, w2, -study.neuron.offset), rel=0.01)
    assert told(study) < 1e-6
    assert "a smaller w₁ is always better" in study.explanation.text()


def test_reset(qtbot: QtBot, study: IdentityStudy) -> None:
    qtbot.mouseClick(study.best_without, Button.LeftButton)
    qtbot.mouseClick(study.reset, Button.LeftButton)
    assert values(study) == (1.0, -0.5, 4.0)
    assert study.hint.isChecked()
    assert study.offset.isChecked()


def test_nothing_of_it_is_the_chains_until_it_is_told_to(
    qtbot: QtBot, study: IdentityStudy, document: ChainDocument
) -> None:
    enter(qtbot, study, "w1", "0.5")
    assert document.undo_stack.count() == 0
    qtbot.mouseClick(study.to_chain, Button.LeftButton)
    for x in (0.0, 0.3, 1.0):
        t = trace(document.chain.__class__(document.chain.w, document.chain.b, x=x))
        assert t.z[1] == pytest.approx(x, abs=0.0027)  # 0.5²/96
    assert document.chain.activation == "sigmoid"
    document.undo_stack.undo()
    assert document.chain == start_chain()


def test_a_neuron_that_no_chain_can_have_is_refused(
    qtbot: QtBot, study: IdentityStudy, document: ChainDocument
) -> None:
    enter(qtbot, study, "w1", "0.000001")  # 4/w₁ were too large: the hint ends
    assert not study.hint.isChecked()
    assert study.neuron.w2 == 4.0
    enter(qtbot, study, "w2", "1000000")
    enter(qtbot, study, "b", "40")
    assert study.neuron.offset == pytest.approx(1e6, rel=1e-3)
    study.sliders["w2"].value_changed.emit(1e6, None)
    qtbot.mouseClick(study.to_chain, Button.LeftButton)
    assert document.chain.b[1] == -study.neuron.offset


@pytest.mark.parametrize("text", ["0", "-3", "1000000", "-1000000", "1e-5"])
@pytest.mark.parametrize("name", ["w1", "b", "w2"])
@pytest.mark.parametrize("with_offset", [True, False])
def test_what_is_zero_or_huge_is_shown(
    qtbot: QtBot, study: IdentityStudy, name: str, text: str, with_offset: bool
) -> None:
    study.offset.setChecked(with_offset)
    enter(qtbot, study, name, text)
    assert getattr(study.neuron, name) == float(text)
    study.grab()
    w1, b, w2 = values(study)
    with np.errstate(over="ignore"):
        expected = greatest(w1, b, w2, -study.neuron.offset if with_offset else 0.0)
    shown = study.neuron.greatest_error(with_offset)
    assert shown == pytest.approx(expected, rel=1e-3, abs=1e-9)


def test_the_curves_are_drawn_where_they_are(study: IdentityStudy) -> None:
    study.best_without.click()
    plot = study.output_plot
    image = plot.grab().toImage()
    y = 1 / (1 + np.exp(-(5.648 * 0.25 - 2.824)))
    at = QPoint(round(plot.across(0.25)), round(plot.down(y)))
    accent = QColor(LIGHT.accent)
    near = [image.pixelColor(at.x(), at.y() + k) for k in (-1, 0, 1)]
    assert any(abs(c.red() - accent.red()) + abs(c.blue() - accent.blue()) < 60 for c in near)


def test_the_error_is_marked_at_its_four_extremes(study: IdentityStudy) -> None:
    study.best_without.click()
    plot, ink = study.error_plot, QColor(LIGHT.ink)
    image = plot.grab().toImage()
    error = 1 / (1 + np.exp(-(5.648 * X - 2.824))) - X
    for part in (slice(0, 1), slice(1, 50_000), slice(50_000, -1), slice(-1, None)):
        k = X[part][np.abs(error[part]).argmax()]
        y = error[np.searchsorted(X, k)]
        colour = image.pixelColor(round(plot.across(k)), round(plot.down(y)))
        assert abs(colour.lightness() - ink.lightness()) < 30


def test_the_error_is_the_one_with_the_offset_taken_up(study: IdentityStudy) -> None:
    plot = study.error_plot
    image = plot.grab().toImage()
    left = 4 / (1 + np.exp(0.5)) - 1.5  # at x = 0
    colour = image.pixelColor(round(plot.across(0.0)), round(plot.down(left)))
    assert abs(colour.lightness() - QColor(LIGHT.ink).lightness()) < 30


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(("size", "scale"), [((1000, 600), 1.0), ((1000, 600), 1.5)])
def test_everything_has_room(
    study: IdentityStudy, theme: Theme, size: tuple[int, int], scale: float
) -> None:
    study.setStyleSheet(style_sheet(theme, scale))
    study.set_theme(theme)
    study.resize(*size)
    QApplication.processEvents()
    assert (study.width(), study.height()) == size
    for button in (*study.buttons.values(), study.offset):
        assert button.width() >= button.sizeHint().width()
        assert study.rect().contains(button.geometry())
    assert not study.verdict.shown.endswith("…")
    assert not study.explanation.shown.endswith("…")
    assert study.error_plot.rect_of_plane.height() > 60
    study.grab()


def test_the_hint_stays_as_wide_when_it_is_on(study: IdentityStudy) -> None:
    on = study.hint.width()
    study.best_with.click()
    QApplication.processEvents()
    assert study.hint.width() == on
