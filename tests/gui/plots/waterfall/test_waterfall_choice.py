"""Of which example and which layer the waterfall is: by hand, by keys, and after another run."""

import numpy as np
from PySide6.QtCore import QPoint, Qt

from engine.architecture import dense
from engine.inspection import Subject
from engine.readings.waterfall import WaterfallWish, WorstWish
from gui.plots.waterfall.waterfall import COMMON
from tests.gui.plots.answered import look, noise_run
from tests.gui.plots.waterfall.conftest import reading_of, shown


def test_it_asks_for_its_example_only(card):
    assert card.wishes() == {WaterfallWish(0)}
    assert card.picture.is_empty
    card.grab()


def test_the_next_example_by_button_and_by_keys(card, qtbot):
    with qtbot.waitSignal(card.wishes_changed):
        qtbot.mouseClick(card.choice.on, Qt.MouseButton.LeftButton)
    assert card.wishes() == {WaterfallWish(1)}
    with qtbot.waitSignal(card.wishes_changed):
        qtbot.keyClick(card.choice.field, Qt.Key.Key_Up)
    assert card.wishes() == {WaterfallWish(2)}
    qtbot.mouseClick(card.choice.back, Qt.MouseButton.LeftButton)
    assert card.example == 1
    card.choice.field.selectAll()
    qtbot.keyClicks(card.choice.field, "30")
    qtbot.keyClick(card.choice.field, Qt.Key.Key_Return)
    assert card.wishes() == {WaterfallWish(29)}


def test_the_old_example_is_never_shown_as_the_new_one(card):
    run = noise_run(dense(4, 6, 5, 3))
    old = look(run, card)
    card.show_snapshot(old)
    card.choice.on.click()
    assert card.reading is None
    card.show_snapshot(old)
    assert card.reading is None
    card.show_snapshot(look(run, card))
    assert card.reading.example == 1


def test_beyond_the_probe_set_is_its_last(card):
    run = noise_run(dense(4, 6, 3))
    card.choice.field.setValue(5000)
    card.show_snapshot(look(run, card))
    card.texts.at_once()
    assert card.reading.example == 39
    assert card.choice.example == 39
    card.choice.on.click()
    card.choice.back.click()
    assert card.choice.example == 39


def test_the_worst_example(card, qtbot):
    run = noise_run(dense(4, 6, 3))
    with qtbot.waitSignal(card.wishes_changed):
        qtbot.mouseClick(card.worst, Qt.MouseButton.LeftButton)
    assert WorstWish() in card.wishes()
    snapshot = look(run, card)
    worst = snapshot.inspection.answer(WorstWish())
    with qtbot.waitSignal(card.wishes_changed):
        card.show_snapshot(snapshot)
    assert card.wishes() == {WaterfallWish(worst)}
    assert card.choice.example == worst
    costs = []
    for k in range(40):
        wish = WaterfallWish(k)
        costs.append(run.inspect(Subject(wishes=frozenset({wish}))).answer(wish).cost)
    assert worst == int(np.argmax(costs))


def test_a_layer_under_the_mouse_is_told(card, qtbot):
    card.resize(900, 300)
    shown(card, reading_of(dense(4, 6, 5, 3)))
    left, right = card.picture.frame.places[2]
    qtbot.mouseMove(card.picture, QPoint(round((left + right) / 2), 60))
    assert card.picture.chosen == 0
    assert card.sentence.shown.startswith("layer 1: ‖δ‖ 10^{")
    assert "at most 0.25" in card.sentence.shown


def test_layers_by_keys(card, qtbot):
    shown(card, reading_of(dense(4, 6, 5, 3)))
    card.picture.setFocus()
    chosen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Escape):
        qtbot.keyClick(card.picture, key)
        chosen.append(card.picture.chosen)
    assert chosen == [2, 1, 2, None]
    card.grab()


def test_reset(card):
    shown(card, reading_of(dense(4, 6, 5, 3)))
    card.scale.set_key(COMMON)
    card.choice.field.setValue(9)
    card.reset()
    assert card.wishes() == {WaterfallWish(0)}
    assert card.picture.own_scale
    assert card.choice.example == 0
