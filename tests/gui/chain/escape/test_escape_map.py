"""What a hand sets on the map of the study of escape."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from engine.chain.spec import ChainSpec
from engine.chain.trace import trace
from gui.chain.studies.escape import EscapeStudy
from gui.document import ChainDocument
from tests.gui.chain.escape.conftest import STEEP, Button, move, pixel

Key, Shift = Qt.Key, Qt.KeyboardModifier.ShiftModifier


def click(qtbot: QtBot, study: EscapeStudy, a: float, y: float) -> None:
    qtbot.mouseClick(study.map, Button.LeftButton, pos=pixel(study, a, y))


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
