"""Unsaved work of a process that has ended is offered, and comes back."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from engine import experiment_file
from engine.edits import change_training
from engine.faults import InputError
from gui.kept_copy import KeptCopy, Unsaved, usual_folder
from gui.recovery import DISCARD, RESTORE
from tests.gui.unsaved import ROOT, SMALL, Session, keep


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
session.files.current.path = Path(sys.argv[1]) / name if name else None
session.edit(float(sys.argv[3]))
session.edit_chain(float(sys.argv[4])) if sys.argv[4] else None
assert all(keeper.keep() for keeper in session.recovery.keepers)
print("kept", flush=True)
time.sleep(60)
"""


def running(folder: Path, name: str, eta: float, w: float | str = "") -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", CRASH, str(folder), name, str(eta), str(w)],
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
    assert session.bar.text.startswith(
        "Nablascope ended without saving the experiment “mine.toml” ("
    )
    qtbot.mouseClick(session.buttons()[RESTORE], Qt.MouseButton.LeftButton)
    assert session.eta == 0.25
    assert session.files.current.path == mine
    assert not session.document.undo_stack.isClean()
    assert not session.bar.text
    assert experiment_file.read(mine) == SMALL
    assert session.kept() == [".lock", ".toml"]  # its own copy now: a second crash loses nothing
    assert KeptCopy(next(session.folder.glob("*.toml"))).read().value.training.eta == 0.25
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
        eta = KeptCopy(path).read().value.training.eta
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


def test_an_experiment_and_a_chain_of_a_killed_process_both_come_back(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    kill(running(tmp_path, "mine.toml", 0.25, 7.5))
    session.recovery.look()
    offers = set()
    for _ in range(2):
        offers.add(session.bar.text.partition(" (")[0])
        qtbot.mouseClick(session.buttons()[RESTORE], Qt.MouseButton.LeftButton)
    told = "Nablascope ended without saving the"
    assert offers == {f"{told} experiment “mine.toml”", f"{told} chain “untitled”"}
    assert session.eta == 0.25
    assert session.chain_document.chain.w[1] == 7.5
    experiments, chains = session.files.each
    assert (experiments.path, chains.path) == (tmp_path / "mine.toml", None)
    assert session.kept() == [".lock", ".lock", ".toml", ".toml"]  # of this process, one of each
    session.chain_document.undo_stack.setClean()
    assert session.kept() == [".lock", ".toml"]
    assert not session.bar.text


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
    assert session.bar.text.startswith(
        "Nablascope ended without saving the experiment “a” (2026-11-20, "
    )


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
    assert copy.read().value == replace(SMALL, name="?")
    copy.remove()


def test_the_usual_folder_is_the_users() -> None:
    assert usual_folder().is_absolute()
    assert usual_folder().name == "unsaved"
