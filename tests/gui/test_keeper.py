"""A copy of unsaved work is written soon, and gone when it is not needed any more."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from engine import experiment_file
from gui.kept_copy import KeptCopy
from tests.gui.unsaved import DELAY, SMALL, Session, keep


def test_a_copy_is_written_soon_and_holds_everything(session: Session, qtbot: QtBot) -> None:
    session.files.current.path = session.folder.parent / "mine ∇.toml"
    keep(session, 0.25, qtbot)
    assert session.kept() == [".lock", ".toml"]
    path = next(session.folder.glob("*.toml"))
    unsaved = KeptCopy(path).read()
    assert unsaved.value == session.document.experiment
    assert unsaved.path == session.files.current.path
    assert unsaved.name == "mine ∇.toml"
    assert abs(datetime.now().astimezone() - unsaved.time) < timedelta(seconds=30)
    assert experiment_file.read(path) == session.document.experiment  # by hand, if need be
    keep(session, 0.5, qtbot)
    assert KeptCopy(path).read().value.training.eta == 0.5
    assert session.kept() == [".lock", ".toml"]


def test_it_goes_when_the_work_is_saved_undone_or_discarded(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.files.current.path = session.folder.parent / "mine.toml"
    keep(session, 0.25, qtbot)
    session.files.save()
    assert session.kept() == []
    keep(session, 0.5, qtbot)
    session.document.undo_stack.undo()
    assert session.kept() == []
    session.document.undo_stack.redo()
    qtbot.waitUntil(lambda: session.kept() == [".lock", ".toml"])
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Discard)
    assert session.files.may_discard()
    assert session.kept() == []
    qtbot.wait(3 * DELAY)
    assert session.kept() == []


def test_another_experiment_needs_none(session: Session, qtbot: QtBot) -> None:
    keep(session, 0.25, qtbot)
    session.document.replace(SMALL)
    qtbot.wait(3 * DELAY)
    assert session.kept() == []


def test_not_in_the_middle_of_a_drag(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
    session.edit(0.25)
    qtbot.wait(4 * DELAY)
    assert session.kept() == []
    monkeypatch.undo()
    qtbot.waitUntil(lambda: session.kept() == [".lock", ".toml"])


def test_edits_that_never_rest_are_kept_all_the_same(session: Session, qtbot: QtBot) -> None:
    for number in range(20):
        session.edit(0.1 + number)
        qtbot.wait(DELAY // 6)
    assert session.kept() == [".lock", ".toml"]


def test_nothing_is_written_twice(session: Session, qtbot: QtBot) -> None:
    keep(session, 0.25, qtbot)
    path = next(session.folder.glob("*.toml"))
    path.write_text("changed from outside")
    assert session.recovery.keepers[0].keep()
    assert path.read_text() == "changed from outside"


def test_where_nothing_can_be_kept_it_is_said_once(session: Session, qtbot: QtBot) -> None:
    session.folder.write_text("a file is in the way")
    for eta in (0.25, 0.5, 0.75):
        session.edit(eta)
        qtbot.wait(2 * DELAY)
    assert len(session.complaints) == 1
    assert session.complaints[0].startswith(
        "No copy of your unsaved changes could be kept: unsaved"
    )
    session.folder.unlink()
    keep(session, 1.0, qtbot)
    assert len(session.complaints) == 1
