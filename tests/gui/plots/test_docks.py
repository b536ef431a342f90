"""The instruments as docks, with real events: opened, maximised, afloat, behind one another."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.look import Wish
from gui.plots.card import TOOLS
from gui.plots.menu import PlotsMenu
from gui.plots.panel import PlotsPanel
from gui.plots.table import BY_KEY, PLOTS, USUAL
from gui.theme import DARK

EPOCHS = np.linspace(0, 3, 50)
SPEED, COST = "speed_of_learning", "cost_accuracy"
USUAL_KEYS = {key for column in USUAL for key in column if key in BY_KEY}


@pytest.fixture
def shown(panel: PlotsPanel, qtbot: QtBot) -> Iterator[PlotsPanel]:
    qtbot.waitExposed(panel)
    qtbot.waitUntil(lambda: {dock.plot.key for dock in panel.seen} == USUAL_KEYS)
    yield panel
    for dock in panel.docks.values():
        dock.setFloating(False)


def keys(panel: PlotsPanel) -> set[str]:
    return {dock.plot.key for dock in panel.seen}


def test_the_first_layout_is_a_column_of_the_usual(shown: PlotsPanel) -> None:
    tops = [shown.docks[key].y() for key in USUAL[0] if key in BY_KEY]
    assert tops == sorted(tops)
    assert len(set(tops)) == len(tops)
    for key in USUAL_KEYS:
        assert shown.rect().contains(shown.docks[key].geometry())
    assert not shown.wide


def test_a_card_is_made_when_it_is_first_seen(shown: PlotsPanel) -> None:
    for key, dock in shown.docks.items():
        assert (dock.made is not None) == (key in USUAL_KEYS)


def test_the_title_maximises_on_a_double_click_and_again(shown: PlotsPanel, qtbot: QtBot) -> None:
    before = {key: shown.docks[key].geometry() for key in USUAL_KEYS}
    header = shown.card(COST).header
    with qtbot.waitSignal(shown.wide_changed):
        qtbot.mouseDClick(header, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: keys(shown) == {COST})
    assert shown.maximised == COST
    assert shown.docks[COST].height() > before[COST].height() + 100
    qtbot.mouseDClick(header, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: keys(shown) == USUAL_KEYS)
    qtbot.waitUntil(lambda: {key: shown.docks[key].geometry() for key in USUAL_KEYS} == before)
    assert not shown.wide


def test_escape_ends_being_maximised(shown: PlotsPanel, qtbot: QtBot) -> None:
    qtbot.mouseClick(shown.card(SPEED).maximise_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: keys(shown) == {SPEED})
    qtbot.keyClick(shown.card(SPEED), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: keys(shown) == USUAL_KEYS)


def test_what_is_not_seen_is_not_fed(shown, experiment, snapshot, qtbot):
    shown.feed.set_experiment(experiment(784, 30, 30, 10))
    shown.set_shown(COST, False)
    qtbot.waitUntil(lambda: COST not in keys(shown))
    shown.feed.show_snapshot(snapshot(EPOCHS, np.ones((50, 3))))
    trace = shown.card(COST).cost.layers[0].trace
    assert len(trace.x) == 0
    shown.set_shown(COST, True)
    qtbot.waitUntil(lambda: COST in keys(shown))
    assert len(trace.x) == 50  # what it has missed comes at once


def test_a_tab_behind_is_not_fed(shown, experiment, snapshot, qtbot):
    shown.tabifyDockWidget(shown.docks[COST], shown.docks[SPEED])
    shown.docks[SPEED].raise_()
    qtbot.waitUntil(lambda: SPEED in keys(shown) and COST not in keys(shown))
    shown.feed.set_experiment(experiment(784, 30, 30, 10))
    shown.feed.show_snapshot(snapshot(EPOCHS, np.ones((50, 3))))
    assert len(shown.card(COST).cost.layers[0].trace.x) == 0
    shown.docks[COST].raise_()
    qtbot.waitUntil(lambda: COST in keys(shown))
    assert len(shown.card(COST).cost.layers[0].trace.x) == 50


def test_a_maximised_one_set_afloat_leaves_the_others_in_their_places(shown: PlotsPanel) -> None:
    shown.maximise(SPEED)
    shown.card(SPEED).asked.emit("float")
    assert shown.maximised == ""
    assert shown.floating == [shown.docks[SPEED]]
    assert keys(shown) == USUAL_KEYS


def test_afloat_and_back(shown: PlotsPanel, qtbot: QtBot) -> None:
    dock = shown.docks[SPEED]
    dock.card.menu.actions()[[t.key for t in TOOLS].index("float")].trigger()
    qtbot.waitUntil(lambda: dock.isFloating() and dock.isWindow())
    assert shown.floating == [dock]
    shown.card(SPEED).asked.emit("float")
    assert shown.floating == []


def test_every_tool_of_the_menu_is_carried_out(shown: PlotsPanel, qtbot: QtBot) -> None:
    card = shown.card(SPEED)
    assert [a.objectName() for a in card.menu.actions() if a.objectName()] == [t.key for t in TOOLS]
    for tool in ("copy_picture", "copy_numbers", "export"):
        with qtbot.waitSignal(shown.export_asked) as asked:
            next(a for a in card.menu.actions() if a.objectName() == tool).trigger()
        assert asked.args == [card, tool]
    next(a for a in card.menu.actions() if a.objectName() == "close").trigger()
    qtbot.waitUntil(lambda: keys(shown) == USUAL_KEYS - {SPEED})


def test_the_menu_opens_and_closes(shown: PlotsPanel, qtbot: QtBot) -> None:
    menu = PlotsMenu(shown, shown)
    assert [a.objectName() for a in menu.actions()] == [plot.key for plot in PLOTS]
    checked = {a.objectName() for a in menu.actions() if a.isChecked()}
    assert checked == USUAL_KEYS
    entry = next(a for a in menu.actions() if a.objectName() == COST)
    entry.trigger()
    qtbot.waitUntil(lambda: keys(shown) == USUAL_KEYS - {COST})
    assert not entry.isChecked()
    entry.trigger()
    qtbot.waitUntil(lambda: keys(shown) == USUAL_KEYS)


@pytest.mark.parametrize("key", [plot.key for plot in PLOTS])
def test_every_plot_opens_and_has_its_wishes(shown, experiment, snapshot, qtbot, key):
    shown.feed.set_experiment(experiment(784, 30, 30, 10))
    shown.feed.show_snapshot(snapshot(EPOCHS, np.ones((50, 3))))
    shown.set_shown(key, True)
    qtbot.waitUntil(lambda: key in keys(shown))
    card = shown.card(key)
    assert card.accessibleName()
    wishes: frozenset[Wish[object]] = card.wishes()
    assert wishes <= shown.feed.wishes()
    card.reset()
    assert card.table().columns
    shown.set_theme(DARK)


def test_all_at_once_have_room_side_by_side(shown, experiment, snapshot, qtbot):
    shown.resize(1280, 680)
    shown.feed.set_experiment(experiment(784, 30, 30, 10))
    shown.feed.show_snapshot(snapshot(EPOCHS, np.ones((50, 3))))
    shown.show_every()
    qtbot.waitUntil(lambda: len(shown.seen) == len(PLOTS) - 1)
    assert not shown.is_shown("decision_surface")  # it is about the plane
    assert shown.wide
    boxes = [dock.geometry() for dock in shown.seen]
    assert all(shown.rect().contains(box) for box in boxes)
    assert not any(a.intersects(b) for k, a in enumerate(boxes) for b in boxes[:k])
    shown.show_usual()
    qtbot.waitUntil(lambda: keys(shown) == USUAL_KEYS)
    assert not shown.wide


def test_a_layout_comes_back(shown: PlotsPanel, qtbot: QtBot) -> None:
    shown.set_shown(COST, False)
    qtbot.waitUntil(lambda: COST not in keys(shown))
    state = shown.layout_state()
    shown.show_usual()
    qtbot.waitUntil(lambda: keys(shown) == USUAL_KEYS)
    shown.set_layout_state(QByteArray(b"nonsense"))
    assert keys(shown) == USUAL_KEYS
    shown.set_layout_state(state)
    qtbot.waitUntil(lambda: keys(shown) == USUAL_KEYS - {COST})


def test_what_was_closed_stays_closed_in_a_layout(shown: PlotsPanel, qtbot: QtBot) -> None:
    shown.show_every()
    shown.show_usual()
    qtbot.waitUntil(lambda: keys(shown) == USUAL_KEYS)
    state = shown.layout_state()
    shown.show_every()
    shown.set_layout_state(state)
    qtbot.waitUntil(lambda: keys(shown) == USUAL_KEYS)
    visible = {k for k, dock in shown.docks.items() if dock.isVisible()}
    assert visible == USUAL_KEYS


def test_a_layout_is_not_that_of_a_maximised_plot(shown: PlotsPanel, qtbot: QtBot) -> None:
    shown.maximise(SPEED)
    qtbot.waitUntil(lambda: keys(shown) == {SPEED})
    state = shown.layout_state()
    shown.restore()
    shown.set_layout_state(state)
    qtbot.waitUntil(lambda: keys(shown) == USUAL_KEYS)


def test_the_focused_plot_is_meant(shown: PlotsPanel, qtbot: QtBot) -> None:
    shown.activateWindow()
    shown.card(COST).cost.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    assert shown.focused() == COST


@pytest.mark.parametrize("key", ["runs", "spectrum"])
def test_one_that_was_never_open_can_be_maximised_and_leaves_no_trace(shown, qtbot, key):
    shown.resize(1300, 700)
    shown.show_every()
    shown.show_usual()
    qtbot.wait(50)  # the layout settles
    before = {k: shown.docks[k].geometry() for k in USUAL_KEYS}
    for _ in range(2):
        shown.maximise(key)
        qtbot.waitUntil(lambda: keys(shown) == {key})
        room = shown.contentsRect()
        qtbot.waitUntil(lambda room=room: shown.docks[key].geometry() == room)
        shown.restore()
        qtbot.waitUntil(lambda: keys(shown) == USUAL_KEYS)
        qtbot.waitUntil(lambda: {k: shown.docks[k].geometry() for k in USUAL_KEYS} == before)
    visible = {k for k, dock in shown.docks.items() if dock.isVisible()}
    assert visible == USUAL_KEYS


def test_all_at_once_become_tabs_where_there_is_no_room(shown: PlotsPanel, qtbot: QtBot) -> None:
    shown.resize(600, 480)
    shown.show_every()
    qtbot.wait(50)
    assert all(shown.is_shown(plot.key) for plot in PLOTS if not plot.inputs)
    seen = shown.seen
    assert 1 < len(seen) < len(PLOTS) - 1
    boxes = [dock.geometry() for dock in seen]
    assert not any(a.intersects(b) for k, a in enumerate(boxes) for b in boxes[:k])
