"""What hands and keys ask for in the table of runs."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from gui.plots.runs.runs import Runs
from tests.gui.plots.runs.conftest import LIVE, earlier, heard, row, titles

LEFT = Qt.MouseButton.LeftButton


def place(card: Runs, k: int, column: int = 0) -> QPoint:
    return card.view.visualRect(card.model.index(k, column)).center()


def choose(card: Runs, *rows: int, qtbot: QtBot) -> None:
    for n, k in enumerate(rows):
        held = Qt.KeyboardModifier.ControlModifier if n else Qt.KeyboardModifier.NoModifier
        qtbot.mouseClick(card.view.viewport(), LEFT, held, place(card, k, 1))


def check_box(card: Runs, k: int) -> QRect:
    option = QStyleOptionViewItem()
    card.view.initViewItemOption(option)
    index = card.model.index(k, 0)
    card.view.itemDelegate().initStyleOption(option, index)
    option.rect = card.view.visualRect(index)
    element = QStyle.SubElement.SE_ItemViewItemCheckIndicator
    return card.view.style().subElementRect(element, option, card.view)


def test_the_box_hides_and_shows(card: Runs, qtbot: QtBot):
    wanted = heard(card.shown_wanted)
    for k in (1, 2):
        qtbot.mouseClick(card.view.viewport(), LEFT, pos=check_box(card, k).center())
    assert wanted == [((1,), False), ((2,), True)]


def test_space_is_for_all_that_are_selected(card: Runs, qtbot: QtBot):
    wanted = heard(card.shown_wanted)
    choose(card, 1, 2, qtbot=qtbot)
    qtbot.keyClick(card.view, Qt.Key.Key_Space)
    choose(card, 1, 3, qtbot=qtbot)
    qtbot.keyClick(card.view, Qt.Key.Key_Space)
    assert wanted == [((1, 2), True), ((1, 3), False)]


def test_delete_never_takes_the_live_run(card: Runs, qtbot: QtBot):
    wanted = heard(card.delete_wanted)
    choose(card, 0, qtbot=qtbot)
    qtbot.keyClick(card.view, Qt.Key.Key_Delete)
    qtbot.keyClick(card.view, Qt.Key.Key_Space)
    assert wanted == []
    choose(card, 0, 3, qtbot=qtbot)
    qtbot.keyClick(card.view, Qt.Key.Key_Delete)
    assert wanted == [((3,),)]


def editor(card: Runs) -> QLineEdit:
    return card.view.findChild(QLineEdit)


def test_f2_renames_in_place(card: Runs, qtbot: QtBot):
    wanted = heard(card.rename_wanted)
    choose(card, 0, qtbot=qtbot)
    qtbot.keyClick(card.view, Qt.Key.Key_F2)
    assert editor(card).text() == "Run 9"
    qtbot.keyClicks(editor(card), "base line")
    qtbot.keyClick(editor(card), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wanted == [(9, "base line")])


def test_escape_renames_nothing(card: Runs, qtbot: QtBot):
    wanted = heard(card.rename_wanted)
    choose(card, 1, qtbot=qtbot)
    qtbot.keyClick(card.view, Qt.Key.Key_F2)
    qtbot.keyClicks(editor(card), "x")
    qtbot.keyClick(editor(card), Qt.Key.Key_Escape)
    assert wanted == []


def test_a_double_click_on_the_notes_edits_them(card: Runs, qtbot: QtBot):
    wanted = heard(card.notes_wanted)
    last = card.model.columnCount() - 1
    qtbot.mouseClick(card.view.viewport(), LEFT, pos=place(card, 2, last))
    qtbot.mouseDClick(card.view.viewport(), LEFT, pos=place(card, 2, last))
    qtbot.keyClicks(editor(card), "again")
    qtbot.keyClick(editor(card), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wanted == [(2, "again")])


def test_longer_notes(card: Runs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    wanted, asked = heard(card.notes_wanted), []

    def ask(_parent: object, _title: str, label: str, text: str) -> tuple[str, bool]:
        asked.append((label, text))
        return "a\nb", len(asked) == 1

    monkeypatch.setattr(QInputDialog, "getMultiLineText", ask)
    choose(card, 1, qtbot=qtbot)
    for _ in range(2):
        qtbot.keyClick(card.view, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert asked == [("Notes on Run 1:", "the book's")] * 2
    assert wanted == [(1, "a\nb")]


def test_keys_of_the_window_are_the_tables_while_it_has_the_focus(card: Runs, qtbot: QtBot):
    """Space plays and pauses elsewhere."""
    tapped = []
    action = card.addAction("play")
    action.setShortcut("Space")
    action.triggered.connect(lambda: tapped.append(1))
    wanted = heard(card.shown_wanted)
    card.activateWindow()
    card.view.setFocus()
    qtbot.waitUntil(card.view.hasFocus)
    choose(card, 1, qtbot=qtbot)
    qtbot.keyClick(card.view, Qt.Key.Key_Space)
    assert (len(wanted), tapped) == (1, [])
    card.maximise_button.setFocus()
    qtbot.keyClick(card.subtitle, Qt.Key.Key_Space)
    assert tapped == [1]


def test_a_title_sorts_and_the_live_run_stays_first(card: Runs, qtbot: QtBot):
    header, model = card.view.horizontalHeader(), card.model
    column = titles(card).index("η")

    def click() -> list[str]:
        at = QPoint(header.sectionViewportPosition(column) + 8, header.height() // 2)
        qtbot.mouseClick(header.viewport(), LEFT, pos=at)
        return [model.data(model.index(k, column)) for k in range(4)]

    assert [click(), click()] in (
        [["0.25", "0.02", "0.1", "0.5"], ["0.25", "0.5", "0.1", "0.02"]],
        [["0.25", "0.5", "0.1", "0.02"], ["0.25", "0.02", "0.1", "0.5"]],
    )
    card.reset()
    assert [row(card, k)[0] for k in range(4)] == ["Run 9 · live", "Run 1", "Run 2", "Run 3"]


def test_the_selection_stays_with_its_runs(card: Runs, qtbot: QtBot):
    choose(card, 1, 3, qtbot=qtbot)
    card.show_runs(LIVE, earlier()[1:])
    assert [run.name for run in card.chosen] == ["Run 3"]
    assert card.current is not None
    assert card.current.name == "Run 3"


def test_the_menu(card: Runs, qtbot: QtBot):
    calls = {
        name: heard(getattr(card, f"{name}_wanted"))
        for name in ("shown", "delete", "colour", "settings")
    }
    choose(card, 3, qtbot=qtbot)
    menu = card.menu_of(card.current)
    actions = {a.text().replace("&", "").partition("\t")[0]: a for a in menu.actions()}
    assert [a for a, action in actions.items() if a and action.isEnabled()] == [
        "Rename", "Notes…", "Colour", "Hide Run 3", "Take the settings of Run 3",
        "Delete Run 3", "Delete all other earlier runs",
    ]  # fmt: skip
    for name in list(actions)[3:]:
        if name and name != "Colour":
            actions[name].trigger()
    actions["Colour"].menu().actions()[5].trigger()
    assert calls == {
        "shown": [((3,), False)], "delete": [((3,),), ((1, 2),)], "colour": [(3, 5)],
        "settings": [(3,)],
    }  # fmt: skip
    choose(card, 0, qtbot=qtbot)
    live = card.menu_of(card.current)
    off = [
        a.text().replace("&", "").partition("\t")[0] for a in live.actions() if not a.isEnabled()
    ]
    assert [a for a in off if a] == [
        "Show Run 9", "Take the settings of Run 9", "Delete Run 9"
    ]  # fmt: skip


def test_the_menu_opens_where_the_pointer_is(card: Runs, qtbot: QtBot):
    choose(card, 2, qtbot=qtbot)
    card.view.customContextMenuRequested.emit(place(card, 2))
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert popup.objectName() == "run_menu"
    popup.close()
