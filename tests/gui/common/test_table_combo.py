from collections.abc import Mapping
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.activations import ACTIVATIONS, HIDDEN
from engine.costs import COSTS
from engine.datasets import DATA_SOURCES
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.optimizers import OPTIMIZERS
from gui.common.style import style_sheet
from gui.common.table_combo import TableCombo, about
from gui.theme import LIGHT

TABLES: dict[str, Mapping[str, Any]] = {
    "activations": ACTIVATIONS, "hidden": HIDDEN, "costs": COSTS, "data": DATA_SOURCES,
    "biases": BIAS_INITIALIZERS, "initializers": INITIALIZERS, "optimizers": OPTIMIZERS,
}  # fmt: skip
Key = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of the list
each_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


class Window(QWidget):
    def __init__(self, table: Mapping[str, Any] = COSTS) -> None:
        super().__init__()
        self.combo, self.other = TableCombo("cost", table, "what training makes small"), QLineEdit()
        self.chosen: list[str] = []
        self.combo.key_chosen.connect(self.chosen.append)
        column = QVBoxLayout(self)
        column.addWidget(self.combo)
        column.addWidget(self.other)


@each_table
def test_every_entry_and_its_tooltip(shown, table: Mapping[str, Any]):
    combo = (_window := shown(Window(table))).combo
    assert [combo.itemData(i) for i in range(combo.count())] == list(table)
    for i, (key, entry) in enumerate(table.items()):
        assert combo.itemText(i) == entry.label
        assert about(entry)
        assert combo.itemData(i, Qt.ItemDataRole.ToolTipRole) == about(entry)
        combo.set_key(key)
        assert (combo.key, combo.currentText()) == (key, entry.label)
        assert combo.toolTip() == f"what training makes small\n{entry.label}: {about(entry)}"


@each_table
def test_every_entry_is_chosen_by_the_arrow_keys(qtbot: QtBot, shown, table: Mapping[str, Any]):
    window = shown(Window(table))
    window.combo.setFocus()
    for _ in table:
        qtbot.keyClick(window.combo, Key.Key_Down)
    assert window.chosen[: len(table) - 1] == list(table)[1:]


def test_chosen_from_the_list_with_the_mouse(qtbot: QtBot, shown):
    combo = (window := shown(Window())).combo
    qtbot.mouseClick(combo, Qt.MouseButton.LeftButton)
    view = combo.view()
    qtbot.waitUntil(view.isVisible)
    place = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseMove(view.viewport(), place)
    qtbot.wait(QApplication.doubleClickInterval() + 50)  # a release before does not choose
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.chosen == [list(COSTS)[1]]
    qtbot.waitUntil(lambda: not view.isVisible())


def test_the_list_has_whole_labels(qtbot: QtBot, shown):
    window = Window(INITIALIZERS)
    window.combo.setProperty("role", "field")
    window.setStyleSheet(style_sheet(LIGHT))
    combo = shown(window).combo
    combo.showPopup()
    widest = max(combo.fontMetrics().horizontalAdvance(e.label) for e in INITIALIZERS.values())
    assert combo.view().viewport().width() >= widest
    combo.hidePopup()


def test_set_key_is_silent_and_refuses_what_is_unknown(shown):
    window = shown(Window())
    window.combo.set_key("quadratic")
    with pytest.raises(KeyError, match="absolute"):
        window.combo.set_key("absolute")
    assert window.combo.key == "quadratic"
    assert window.chosen == []


def test_another_table(shown):
    window = shown(Window(HIDDEN))
    window.combo.set_table(ACTIVATIONS)
    window.combo.set_key("softmax")
    assert window.combo.currentText() == ACTIVATIONS["softmax"].label
    assert window.chosen == []


@pytest.mark.parametrize(("key", "name"), [(Key.Key_S, "S"), (Key.Key_Space, "Space")])
def test_keys_of_the_window_are_not_swallowed(qtbot: QtBot, shown, key: Key, name: str):
    window = shown(Window())
    pressed: list[str] = []
    QShortcut(QKeySequence(name), window, lambda: pressed.append(name))
    window.combo.setFocus()
    qtbot.keyClick(window.combo, key)
    assert pressed == [name]
    assert window.chosen == []
    assert not window.combo.view().isVisible()


def test_the_wheel_only_in_focus(shown):
    window = shown(Window())
    combo = window.combo
    window.other.setFocus()
    _wheel(combo)
    assert window.chosen == []
    combo.setFocus()
    _wheel(combo)
    assert window.chosen == [list(COSTS)[1]]


def _wheel(widget: QWidget) -> None:
    middle = QPointF(widget.rect().center())
    QApplication.sendEvent(
        widget,
        QWheelEvent(
            middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip


@pytest.mark.parametrize("key", [Key.Key_Q, Key.Key_Space])
def test_other_letters_choose_nothing(qtbot: QtBot, shown, key: Key):
    window = shown(Window())
    window.combo.set_key("cross_entropy")
    window.combo.setFocus()
    qtbot.keyClick(window.combo, key)
    assert window.combo.key == "cross_entropy"
    assert window.chosen == []
    assert not window.combo.view().isVisible()
