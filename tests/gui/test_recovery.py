"""Unsaved work is kept, offered after a crash, and gone when it is not needed any more."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine import experiment_file
from engine.architecture import dense
from engine.edits import change_training
from engine.faults import InputError
from engine.spec import Experiment
from gui.common.message_bar import MessageBar
from gui.document import ExperimentDocument
from gui.files import ExperimentFiles
from gui.kept_copy import KeptCopy, Unsaved, usual_folder
from gui.recent_files import RecentFiles
from gui.recovery import DISCARD, RESTORE, Recovery
from gui.settings import Settings

ROOT = Path(__file__).parents[2]
SMALL = Experiment(dense(2, 3, 2))
DELAY = 30  # milliseconds, instead of seconds


class Session(QWidget):
    """What a window has of it: the document, its file, the offer in a bar, and complaints."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.document = ExperimentDocument(SMALL, self)
        self.files = ExperimentFiles(self.document, self, RecentFiles(Settings(store)))
        self.recovery = Recovery(self.document, self.files, folder / "unsaved", DELAY)
        self.bar = MessageBar(self)
        QVBoxLayout(self).addWidget(self.bar)
        self.complaints: list[str] = []
        self.recovery.offered.connect(self.bar.ask)
        self.bar.answered.connect(self.recovery.answer)
        self.recovery.complained.connect(self.complaints.append)
        self.folder = folder / "unsaved"
        self.show()

    def edit(self, eta: float) -> None:
        self.document.change("η", change_training(self.document.experiment, eta=eta))

    @property
    def eta(self) -> float:
        return self.document.experiment.training.eta

    def kept(self) -> list[str]:
        """Names of the files that are there, without the random part."""
        return sorted(path.suffix for path in self.folder.glob("*"))

    def buttons(self) -> dict[str, QPushButton]:
        return {b.text(): b for b in self.bar.findChildren(QPushButton) if b.isVisible()}


@pytest.fixture
def session(tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    session = Session(tmp_path)
    qtbot.addWidget(session)
    yield session
    session.hide()


def keep(session: Session, eta: float, qtbot: QtBot) -> None:
    session.edit(eta)
    qtbot.waitUntil(lambda: session.recovery._kept == session.document.version)


def test_a_copy_is_written_soon_and_holds_everything(session: Session, qtbot: QtBot) -> None:
    session.files.path = session.folder.parent / "mine ∇.toml"
    keep(session, 0.25, qtbot)
    assert session.kept() == [".lock", ".toml"]
    path = next(session.folder.glob("*.toml"))
    unsaved = KeptCopy(path).read()
    assert unsaved.experiment == session.document.experiment
    assert unsaved.path == session.files.path
    assert unsaved.name == "mine ∇.toml"
    assert abs(datetime.now().astimezone() - unsaved.time) < timedelta(seconds=30)
    assert experiment_file.read(path) == session.document.experiment  # by hand, if need be
    keep(session, 0.5, qtbot)
    assert KeptCopy(path).read().experiment.training.eta == 0.5
    assert session.kept() == [".lock", ".toml"]


def test_it_goes_when_the_work_is_saved_undone_or_discarded(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.files.path = session.folder.parent / "mine.toml"
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
    assert session.recovery.keep()
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


def test_the_own_copy_of_a_living_window_is_not_offered(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    keep(session, 0.25, qtbot)
    other = Session(tmp_path)
    qtbot.addWidget(other)
    other.recovery.look()
    assert not other.bar.text
    keep(other, 0.5, qtbot)
    assert session.kept() == [".lock", ".lock", ".toml", ".toml"]
    other.document.undo_stack.setClean()
    assert session.kept() == [".lock", ".toml"]
    other.hide()


CRASH = """
import os, sys, time
from pathlib import Path
sys.path.insert(0, os.getcwd())
from tests.gui.test_recovery import Session
from PySide6.QtWidgets import QApplication
app = QApplication([])
session = Session(Path(sys.argv[1]))
name = sys.argv[2]
session.files.path = Path(sys.argv[1]) / name if name else None
session.edit(float(sys.argv[3]))
assert session.recovery.keep()
print("kept", flush=True)
time.sleep(60)
"""


def running(folder: Path, name: str, eta: float) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", CRASH, str(folder), name, str(eta)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "kept\n"
    return process


def crash(folder: Path, name: str = "mine.toml", eta: float = 0.25) -> None:
    kill(running(folder, name, eta))


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_killed_process_is_offered_and_restored(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    mine = tmp_path / "mine.toml"
    experiment_file.write(mine, SMALL)
    process = running(tmp_path, "mine.toml", 0.25)
    session.recovery.look()
    assert not session.bar.text  # it lives
    kill(process)
    session.recovery.look()
    assert session.bar.text.startswith("Nablascope ended without saving “mine.toml” (")
    qtbot.mouseClick(session.buttons()[RESTORE], Qt.MouseButton.LeftButton)
    assert session.eta == 0.25
    assert session.files.path == mine
    assert not session.document.undo_stack.isClean()
    assert not session.bar.text
    assert experiment_file.read(mine) == SMALL
    assert session.kept() == [".lock", ".toml"]  # its own copy now: a second crash loses nothing
    assert KeptCopy(next(session.folder.glob("*.toml"))).read().experiment.training.eta == 0.25
    session.files.save()
    assert session.kept() == []
    assert experiment_file.read(mine).training.eta == 0.25


def test_discard(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    crash(tmp_path, name="")
    session.recovery.look()
    assert "“untitled”" in session.bar.text
    qtbot.mouseClick(session.buttons()[DISCARD], Qt.MouseButton.LeftButton)
    assert session.kept() == []
    assert session.document.experiment == SMALL
    assert session.document.undo_stack.isClean()
    session.recovery.look()
    assert not session.bar.text


def test_undecided_it_is_offered_again_but_not_to_two_at_once(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    crash(tmp_path)
    session.recovery.look()
    other = Session(tmp_path)
    qtbot.addWidget(other)
    other.recovery.look()
    assert not other.bar.text
    qtbot.mouseClick(session.buttons()["×"], Qt.MouseButton.LeftButton)
    assert not session.bar.text
    session.recovery._left[0][0].release()  # as the end of the process does
    other.recovery.look()
    assert "“mine.toml”" in other.bar.text
    other.hide()


def test_several_are_offered_one_after_the_other(
    session: Session, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(("one.toml", "two.toml", "three.toml")):
        crash(tmp_path, name, 1.0 + number)
    for path in session.folder.glob("*.toml"):  # the name begins with the second
        eta = KeptCopy(path).read().experiment.training.eta
        for ending in (".toml", ".lock"):
            path.with_suffix(ending).rename(path.with_name(f"{eta}{ending}"))
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Discard]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    session.recovery.look()
    assert "“one.toml”" in session.bar.text
    qtbot.mouseClick(session.buttons()[RESTORE], Qt.MouseButton.LeftButton)
    assert "“two.toml”" in session.bar.text
    qtbot.mouseClick(session.buttons()[RESTORE], Qt.MouseButton.LeftButton)  # but: cancel
    assert session.eta == 1.0
    assert "“two.toml”" in session.bar.text
    qtbot.mouseClick(session.buttons()[DISCARD], Qt.MouseButton.LeftButton)
    assert "“three.toml”" in session.bar.text
    qtbot.mouseClick(session.buttons()[RESTORE], Qt.MouseButton.LeftButton)
    assert session.eta == 3.0
    assert session.kept() == [".lock", ".toml"]


def test_without_room_for_a_new_copy_the_old_one_stays(
    session: Session, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash(tmp_path)
    session.recovery.look()

    def full(*_: object) -> None:
        raise InputError("the disk is full.")

    monkeypatch.setattr(KeptCopy, "write", full)
    qtbot.mouseClick(session.buttons()[RESTORE], Qt.MouseButton.LeftButton)
    assert session.eta == 0.25
    assert session.complaints == [
        "No copy of your unsaved changes could be kept: the disk is full."
    ]
    assert session.kept().count(".toml") == 1


TIME = "2026-11-20T14:32:00+00:00"
HEAD = f'# {{"name": "a", "path": null, "time": "{TIME}"}}\n'.encode()
GOOD = experiment_file.dumps(SMALL).encode()
DAMAGED = {
    "empty": b"",
    "no head": GOOD,
    "no experiment": HEAD,
    "cut": (HEAD + GOOD)[:300],
    "binary": bytes(range(256)) * 40,
    "another head": b"# [1, 2]\n" + GOOD,
    "numbers": b'# {"name": 1, "path": 2, "time": 3}\n' + GOOD,
    "no time": HEAD.replace(TIME.encode(), b"noon") + GOOD,
    "year 1": HEAD.replace(b"2026-11-20T14:32:00+00:00", b"0001-01-01T00:00:00+14:00") + GOOD,
    "deep": b"# " + b"[" * 100_000,
    "huge": b"# " + b"x" * 5_000_000,
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_copy_is_told_once_and_put_aside(session: Session, name: str) -> None:
    session.folder.mkdir()
    (session.folder / "a.toml").write_bytes(DAMAGED[name])
    session.recovery.look()
    session.recovery.look()
    assert len(session.complaints) == 1
    assert session.complaints[0].startswith("Unsaved work of an earlier session is lost: a.toml")
    assert session.complaints[0].isprintable()
    assert not session.bar.text
    assert session.kept() == [".damaged"]


def test_damaged_ones_do_not_hide_the_good_one(session: Session) -> None:
    session.folder.mkdir()
    for name in "abd":
        (session.folder / f"{name}.toml").write_bytes(b"?")
    (session.folder / "c.toml").write_bytes(HEAD + GOOD)
    (session.folder / "e.toml").mkdir()
    (session.folder / "f.lock").write_bytes(b"?")
    (session.folder / "readme.txt").write_bytes(b"not ours")
    session.recovery.look()
    assert len(session.complaints) == 1
    assert "(3 more)" in session.complaints[0]
    assert session.bar.text.startswith("Nablascope ended without saving “a” (2026-11-20, ")


@pytest.mark.parametrize("name", ["a\nb", '“quoted” \\ "', "\udcff", "ä" * 200])
def test_any_name_and_path_come_back(tmp_path: Path, name: str) -> None:
    experiment = change_training(SMALL, eta=0.5)
    unsaved = Unsaved(experiment, name, tmp_path / name, datetime.fromisoformat(TIME))
    copy = KeptCopy.new(tmp_path)
    copy.write(unsaved)
    assert copy.read() == unsaved
    copy.remove()


def test_what_cannot_be_written_is_written_as_a_question_mark(tmp_path: Path) -> None:
    copy = KeptCopy.new(tmp_path)
    copy.write(Unsaved(replace(SMALL, name="\udcff"), "a", None, datetime.fromisoformat(TIME)))
    assert copy.read().experiment == replace(SMALL, name="?")
    copy.remove()


def test_the_usual_folder_is_the_users() -> None:
    assert usual_folder().is_absolute()
    assert usual_folder().name == "unsaved"
