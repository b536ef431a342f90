"""Every command of the menus, by its key, in the whole window."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenuBar
from pytestqt.qtbot import QtBot

from gui.actions import ENTRIES
from gui.main_window import MainWindow
from gui.view_switch import VIEWS

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def sizes(window: MainWindow) -> tuple[int, ...]:
    return window.document.experiment.architecture.sizes


@pytest.mark.parametrize("view", VIEWS)
def test_no_key_means_two_things(quick: MainWindow, view: str) -> None:
    quick.show_view(view)
    actions = [a for a in quick.findChildren(QAction) if a.shortcuts() and a.isEnabled()]
    keys = Counter(
        key.toString(QKeySequence.SequenceFormat.PortableText)
        for action in set(actions) for key in set(action.shortcuts())
    )  # fmt: skip
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_entry_is_in_a_menu_and_explains_itself(quick: MainWindow) -> None:
    bar = quick.findChild(QMenuBar)
    assert bar is not None
    shown = [action for menu in bar.actions() for action in (menu.menu().actions())]
    for entry in ENTRIES:
        action = quick.actions_by_name[entry.name]
        assert action in shown
        assert action.toolTip().startswith(entry.text.replace("&", "").rstrip("…"))


def test_edit_commands_by_their_keys(quick: MainWindow, qtbot: QtBot) -> None:
    canvas = quick.network.canvas
    qtbot.keyClick(canvas, Key.Key_A, CTRL)
    assert canvas.selected_layers == (0, 1)
    qtbot.keyClick(canvas, Key.Key_C, CTRL)
    qtbot.keyClick(canvas, Key.Key_V, CTRL)
    assert sizes(quick) == (2, 8, 8, 8, 8, 2)
    qtbot.keyClick(canvas, Key.Key_D, CTRL)
    assert sizes(quick) == (2, 8, 8, 8, 8, 8, 8, 2)
    qtbot.keyClick(canvas, Key.Key_X, CTRL)
    qtbot.keyClick(canvas, Key.Key_Z, CTRL)
    qtbot.keyClick(canvas, Key.Key_Z, CTRL)
    qtbot.keyClick(canvas, Key.Key_Z, CTRL)
    assert sizes(quick) == (2, 8, 8, 2)
    quick.actions_by_name["select_all"].trigger()
    quick.actions_by_name["remove"].trigger()
    assert sizes(quick) == (2, 2)
    assert quick.document.undo_stack.undoText() == "Remove hidden 1 and 2"


def test_the_architecture_is_typed(quick: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(quick.network.canvas, Key.Key_L, CTRL)
    field = quick.architecture
    assert field.hasFocus()
    field.selectAll()
    qtbot.keyClicks(field, "2-[5 relu]*3-2 +1>3")
    qtbot.keyClick(field, Key.Key_Return)
    architecture = quick.document.experiment.architecture
    assert architecture.sizes == (2, 5, 5, 5, 2)
    assert architecture.skip_columns == ((1, 3),)
    assert quick.network.canvas.hasFocus()
    assert [item.text for item in quick.network.canvas.network.skips] == ["+"]


def test_copying_text_in_a_field_is_the_fields(quick: MainWindow, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("before")
    quick.network.canvas.select_layers((0,))
    field = quick.architecture
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "2-8-8-2"


def test_zoom_by_keys(quick: MainWindow, qtbot: QtBot) -> None:
    navigation = quick.network.canvas.navigation
    qtbot.keyClick(quick.network.canvas, Key.Key_Plus, CTRL)
    assert navigation.zoom > 1
    qtbot.keyClick(quick.network.canvas, Key.Key_0, CTRL)
    assert navigation.zoom == 1
    scale = quick.scale
    quick.actions_by_name["larger"].trigger()
    assert quick.scale > scale
    assert navigation.zoom == 1


def test_the_palette_adds_after_the_selected_layer(quick: MainWindow, qtbot: QtBot) -> None:
    quick.network.canvas.select_layers((0,))
    tile = next(tile for tile in quick.network.panel.palette_strip.tiles if tile.key == "relu")
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert [layer.activation for layer in quick.document.experiment.architecture.layers] == [
        "sigmoid", "relu", "sigmoid", "sigmoid",
    ]  # fmt: skip


@pytest.mark.parametrize("keys", ["space", "play"])
def test_space_plays_when_it_comes_up(quick: MainWindow, qtbot: QtBot, keys: str) -> None:
    if keys == "space":
        qtbot.keyClick(quick.network.canvas, Key.Key_Space)
    else:
        quick.actions_by_name["play"].trigger()
    qtbot.waitUntil(lambda: quick.session.snapshot is not None and quick.session.snapshot.step > 0)
    quick.session.pause()


def test_several_layers_change_through_the_settings(quick: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(quick.network.canvas, Key.Key_A, CTRL)
    section = quick.network.settings_panel.layer
    assert section.title.text() == "2 LAYERS"
    combo = section.combos["activation"]
    combo.setFocus()
    qtbot.keyClick(combo, Key.Key_Down)
    layers = quick.document.experiment.architecture.layers
    assert layers[0].activation == layers[1].activation != "sigmoid"
