"""Files in the real window: recent, foreign and unsaved ones, and what a crash leaves."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from engine import experiment_file
from engine.edits import change_training
from gui.main_window import MainWindow
from gui.menus import EXPERIMENTS
from gui.recent_files import RecentMenu
from gui.recovery import RESTORE, Recovery
from tests.gui.test_recovery import crash


def edit(window: MainWindow, eta: float) -> None:
    document = window.document
    document.change("η", change_training(document.experiment, eta=eta))


def eta(window: MainWindow) -> float:
    return window.document.experiment.training.eta


def drop(window: MainWindow, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(100, 100), Qt.DropAction.CopyAction, mime,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    window.dropEvent(event)


def choose_recent(window: MainWindow, key: Qt.Key, qtbot: QtBot) -> None:
    menu = window.findChild(RecentMenu)
    menu.popup(window.mapToGlobal(window.rect().center()))
    qtbot.keyClick(menu, key)
    assert menu.isHidden()


def test_saved_files_come_back_from_the_menu(
    quick: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("a", 0.125), ("b", 0.25), ("c", 0.5)):
        edit(quick, value)
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *_, n=name: (str(tmp_path / n), "")
        )
        quick.actions_by_name["save_as"].trigger()
    choose_recent(quick, Qt.Key.Key_3, qtbot)
    assert eta(quick) == 0.125
    assert "a.toml" in quick.windowTitle()
    (tmp_path / "c.toml").unlink()
    choose_recent(quick, Qt.Key.Key_2, qtbot)
    assert eta(quick) == 0.125
    said = "c.toml: there is no such file. It is no longer among the recent files."
    assert quick.message.text == said
    choose_recent(quick, Qt.Key.Key_2, qtbot)
    assert eta(quick) == 0.25


def test_the_menu_stands_below_open(window: MainWindow) -> None:
    menu = window.findChild(RecentMenu)
    file_menu = next(m for m in window.findChildren(QMenu) if m.title() == "&File")
    names = [action.objectName() or action.menu() for action in file_menu.actions()]
    assert names.index(menu) == names.index("open") + 1
    assert not menu.menuAction().isEnabled()


def test_cancel_keeps_what_is_open_whatever_was_about_to_replace_it(
    quick: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.toml"
    experiment_file.write(other, change_training(quick.document.experiment, eta=9.0))
    quick.files.open(other)
    quick.files.current.path = tmp_path / "mine.toml"
    edit(quick, 0.25)
    asked: list[str] = []

    def cancel(_parent: object, _title: str, text: str, *_: object) -> QMessageBox.StandardButton:
        asked.append(text)
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "question", cancel)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    book = next(m for m in quick.findChildren(QMenu) if m.title() == EXPERIMENTS)
    before, undo = quick.document.experiment, quick.document.undo_stack.count()
    for way in (
        lambda: quick.actions_by_name["new"].trigger(),
        lambda: quick.actions_by_name["open"].trigger(),
        lambda: choose_recent(quick, Qt.Key.Key_1, qtbot),
        lambda: book.actions()[0].trigger(),
        lambda: drop(quick, other),
        lambda: quick.close(),
    ):
        way()
        assert quick.document.experiment is before
        assert quick.document.undo_stack.count() == undo
        assert quick.files.current.path == tmp_path / "mine.toml"
        assert quick.isVisible()
        assert quick.isWindowModified()
    assert asked == ["Save the changes to “mine.toml” first?"] * 6


def test_a_close_that_cannot_save_stays_open_and_says_why(
    quick: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick.files.current.path = tmp_path / "none" / "mine.toml"
    edit(quick, 0.25)
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Save)
    assert not quick.close()
    assert quick.isVisible()
    assert quick.message.text.startswith("mine.toml: the file cannot be written (No such file")


def test_data_dropped_on_the_window_is_told_where_to_go(quick: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "digits.csv"
    path.write_text("1,2\n")
    before = quick.document.experiment
    drop(quick, path)
    assert "digits.csv: this is no experiment; choose it in the settings" in quick.message.text
    assert quick.document.experiment is before


def test_after_a_crash_the_work_is_offered_and_goes_on(
    quick: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    crash(tmp_path, "mine.toml", 0.375)
    recovery = Recovery(quick.files, tmp_path / "unsaved")
    offers: list[str] = []
    recovery.offered.connect(lambda sentence, _answers: offers.append(sentence))
    recovery.look()
    assert "“mine.toml”" in offers[0]
    recovery.answer(RESTORE)
    assert eta(quick) == 0.375
    assert quick.windowTitle().startswith("mine.toml")
    assert quick.isWindowModified()
    assert quick.files.save()
    assert list((tmp_path / "unsaved").iterdir()) == []
