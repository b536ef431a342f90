"""Runs are saved, opened and let go with their document."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from engine import experiment_file, runs_file
from engine.edits import change_training
from gui.document import ExperimentDocument
from gui.document_file import DocumentFile
from gui.files import Files
from gui.recent_files import RecentFiles
from gui.recovery import RESTORE, Recovery
from gui.runs.beside import RunsBeside
from gui.runs.book import RunBook
from gui.settings import Settings
from tests.engine.trained_runs import SMALL
from tests.gui.runs.conftest import FakeControl, FakeSession


class Desk:
    """A document with its runs, and the file of both."""

    def __init__(self, folder: Path, window: QWidget) -> None:
        self.folder = folder
        store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.document = ExperimentDocument(SMALL, window)
        self.files = Files((self.document,), window, RecentFiles(Settings(store)))
        self.session = FakeSession()
        stack = self.document.undo_stack
        self.book = RunBook(self.session, FakeControl(), stack, self.session)
        self.file.beside = RunsBeside(self.book)
        self.said: list[str] = []
        self.complaints: list[str] = []
        self.files.saved.connect(self.said.append)
        self.files.complained.connect(self.complaints.append)

    @property
    def file(self) -> DocumentFile:
        return self.files.each[0]

    def save(self, name: str) -> bool:
        self.file.path = self.folder / name
        return self.files.save()

    def names(self) -> list[str]:
        return [run.name for run in self.book.earlier]

    def found(self) -> list[str]:
        return sorted(p.name for p in self.folder.iterdir() if p.suffix != ".ini")


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Desk:
    window = QWidget()
    qtbot.addWidget(window)
    return Desk(tmp_path, window)


def test_they_are_saved_and_come_back_with_the_document(desk: Desk):
    desk.session.show(1, 3)
    desk.session.show(2, 5)
    desk.book.set_notes(1, "first")
    assert desk.save("a.toml")
    assert desk.said == ["Saved to a.toml, its 2 runs to a.runs.npz."]
    assert desk.document.undo_stack.isClean()
    saved = [run.history.tobytes() for run in desk.book.trained]
    desk.files.new()
    assert desk.book.trained == ()
    desk.files.open(desk.folder / "a.toml")
    assert desk.names() == ["Run 1", "Run 2"]
    assert desk.book.earlier[0].notes == "first"
    assert [run.history.tobytes() for run in desk.book.earlier] == saved
    assert desk.document.undo_stack.isClean()
    assert desk.complaints == []


def test_save_as_writes_them_along_and_leaves_the_first_ones(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    desk.session.show(1, 3)
    desk.save("a.toml")
    target = str(desk.folder / "b")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (target, ""))
    assert desk.files.ask_and_save()
    assert desk.found() == ["a.runs.npz", "a.toml", "b.runs.npz", "b.toml"]
    assert desk.said[-1] == "Saved to b.toml, its run to b.runs.npz."


def test_without_runs_nothing_is_written_and_a_stale_file_goes(desk: Desk):
    assert desk.save("a.toml")
    assert desk.said == ["Saved to a.toml."]
    desk.session.show(1, 3)
    desk.session.show(2, 0)
    desk.save("a.toml")
    desk.book.delete([1])
    assert desk.save("a.toml")
    assert desk.found() == ["a.toml"]


@pytest.mark.parametrize("data", [b"", b"not a file of runs", b"PK\x03\x04"])
def test_damaged_runs_are_told_and_the_document_opens(desk: Desk, data: bytes):
    experiment_file.write(desk.folder / "a.toml", change_training(SMALL, eta=0.5))
    (desk.folder / "a.runs.npz").write_bytes(data)
    desk.session.show(1, 3)
    desk.files.open(desk.folder / "a.toml")
    assert desk.document.experiment.training.eta == 0.5
    assert desk.book.trained == ()
    assert len(desk.complaints) == 1
    assert desk.complaints[0].startswith("a.runs.npz: ")


def test_a_foreign_file_in_the_way_is_told_and_stays(desk: Desk):
    (desk.folder / "a.runs.npz").write_bytes(b"mine")
    desk.session.show(1, 3)
    desk.document.change("η", change_training(SMALL, eta=0.5))
    assert not desk.save("a.toml")
    assert desk.said == []
    assert desk.complaints[0].startswith("Saved to a.toml, but without its runs: a.runs.npz: this")
    assert (desk.folder / "a.runs.npz").read_bytes() == b"mine"
    assert experiment_file.read(desk.folder / "a.toml").training.eta == 0.5
    assert not desk.document.undo_stack.isClean()  # closing asks again


def test_a_close_with_runs_that_cannot_be_saved_asks_again(desk: Desk):
    (desk.folder / "a.runs.npz").write_bytes(b"mine")
    desk.file.path = desk.folder / "a.toml"
    desk.session.show(1, 3)
    desk.document.change("η", change_training(SMALL, eta=0.5))

    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        box.button(QMessageBox.StandardButton.Save).click()

    QTimer.singleShot(0, click)
    assert not desk.files.may_discard()


def test_a_crash_loses_no_runs_that_were_saved(desk: Desk, tmp_path: Path, qtbot: QtBot):
    desk.session.show(1, 3)
    desk.save("a.toml")
    desk.document.change("η", change_training(SMALL, eta=0.5))
    left = Recovery(desk.files, tmp_path / "unsaved", 0)
    assert left.keepers[0].keep()
    left.keepers[0]._copy.release()
    window = QWidget()
    qtbot.addWidget(window)
    again = Desk(tmp_path, window)
    recovery = Recovery(again.files, tmp_path / "unsaved", 0)
    recovery.look()
    recovery.answer(RESTORE)
    assert again.document.experiment.training.eta == 0.5
    assert again.names() == ["Run 1"]
    left.keepers[0].forget()
    for keeper in recovery.keepers:
        keeper.forget()


def test_only_some_fit_into_the_file(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    for run_id in (1, 2, 3):
        desk.session.show(run_id, 3)
    monkeypatch.setattr(runs_file, "MOST_RUNS", 2)
    desk.save("a.toml")
    assert desk.said == ["Saved to a.toml, its newest 2 runs to a.runs.npz."]
