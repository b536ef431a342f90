"""An experiment and a chain in one window: each with its file, its changes and its copy."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine import experiment_file
from engine.architecture import dense
from engine.chain import chain_file
from engine.chain.edits import set_weight
from engine.chain.spec import ChainSpec, drawn, start_chain
from engine.edits import change_training
from engine.spec import Experiment
from gui.common.message_bar import MessageBar
from gui.document import ChainDocument, ExperimentDocument
from gui.files import Files
from gui.recent_files import RecentFiles
from gui.recovery import RESTORE, Recovery
from gui.settings import Settings

SMALL = Experiment(dense(2, 3, 2))
Answer = QMessageBox.StandardButton


class Desk(QWidget):
    """Two documents, their files, and what was said and asked."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.experiment = ExperimentDocument(SMALL, self)
        self.chain = ChainDocument(start_chain(), self)
        store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        recent = RecentFiles(Settings(store))
        self.files = Files((self.experiment, self.chain), self, recent)
        self.complaints: list[str] = []
        self.opened: list[object] = []
        self.questions: list[str] = []
        self.answers: list[Answer] = []
        self.files.complained.connect(self.complaints.append)
        self.files.opened.connect(self.opened.append)

    def ask(self, _parent: QWidget, _title: str, text: str, *_: object) -> Answer:
        self.questions.append(text)
        return self.answers.pop(0)

    def edit_both(self) -> None:
        self.experiment.change("η", change_training(self.experiment.experiment, eta=0.25))
        self.chain.change("Set w₂", set_weight(self.chain.chain, 2, 7.0))


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(tmp_path)
    qtbot.addWidget(desk)
    monkeypatch.setattr(QMessageBox, "question", desk.ask)
    return desk


def test_the_format_decides_not_the_name(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "experiment.toml"
    chain_file.write(path, drawn(7))
    desk.files.open(path)
    assert desk.chain.chain == drawn(7)
    assert desk.experiment.experiment == SMALL
    assert desk.opened == [drawn(7)]
    assert desk.files.recent.paths == [path]
    assert desk.files.name == "untitled"  # what is looked at is the experiment
    desk.files.look_at(desk.chain)
    assert desk.files.name == "experiment.toml"


def test_a_damaged_chain_is_refused_as_a_chain(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text(chain_file.dumps(start_chain()).replace("-0.8", "'x'"), encoding="utf-8")
    desk.files.open(path)
    assert desk.complaints == ["c.toml, line 9: w_2 must be a number, not 'x'."]
    assert desk.chain.chain == start_chain()


def test_each_is_asked_about_by_itself(desk: Desk, tmp_path: Path) -> None:
    desk.edit_both()
    path = tmp_path / "small.toml"
    experiment_file.write(path, SMALL)
    desk.answers = [Answer.Discard]
    desk.files.open(path)
    assert len(desk.questions) == 1
    assert desk.experiment.undo_stack.isClean()
    assert desk.chain.chain.w[1] == 7.0
    assert not desk.chain.undo_stack.isClean()


def test_closing_asks_about_both_and_one_cancel_keeps_all(desk: Desk) -> None:
    desk.edit_both()
    desk.answers = [Answer.Discard, Answer.Cancel]
    assert not desk.files.may_discard()
    assert desk.questions == [
        "Save the changes to “untitled” first?",
        "Save the changes to the chain “untitled” first?",
    ]
    assert desk.chain.chain.w[1] == 7.0


def test_changes_are_given_up_after_the_last_answer(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    recovery = Recovery(desk.files, tmp_path / "unsaved", 20)
    desk.edit_both()
    qtbot.waitUntil(lambda: all(k.kept == k.file.document.version for k in recovery.keepers))
    desk.answers = [Answer.Discard, Answer.Cancel]
    assert not desk.files.may_discard()
    assert len(list((tmp_path / "unsaved").glob("*.toml"))) == 2  # a crash would lose neither
    desk.answers = [Answer.Discard, Answer.Discard]
    assert desk.files.may_discard()
    assert not list((tmp_path / "unsaved").iterdir())


def test_who_loses_its_file_to_the_other_does_not_take_it_back(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.toml"
    chain_file.write(path, drawn(7))
    desk.files.open(path)
    names = [str(tmp_path / "other" / ".." / "mine.toml"), ""]
    (tmp_path / "other").mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (names.pop(0), ""))
    assert desk.files.ask_and_save()  # the experiment; the dialog has asked whether to replace
    assert not desk.chain.undo_stack.isClean()
    assert desk.experiment.undo_stack.isClean()
    desk.files.look_at(desk.chain)
    assert not desk.files.save()  # asks where to
    assert not names
    assert experiment_file.read(path) == SMALL
    assert desk.chain.chain == drawn(7)


def test_saving_is_about_what_is_looked_at(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.edit_both()
    titles = []

    def chosen(_parent: QWidget, title: str, *_: object) -> tuple[str, str]:
        titles.append(title)
        return str(tmp_path / "mine"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    desk.files.look_at(desk.chain)
    assert desk.files.save()
    assert titles == ["Save chain"]
    assert chain_file.read(tmp_path / "mine.toml") == desk.chain.chain
    assert desk.chain.undo_stack.isClean()
    assert not desk.experiment.undo_stack.isClean()


def test_new_is_the_start_of_what_is_looked_at(desk: Desk) -> None:
    desk.files.look_at(desk.chain)
    desk.chain.replace(drawn(9))
    desk.files.new()
    assert desk.chain.chain == start_chain()
    assert desk.experiment.experiment == SMALL
    desk.files.look_at(desk.experiment)
    desk.files.new()
    assert desk.experiment.experiment.architecture.sizes == (784, 30, 30, 10)


def test_a_chain_outlives_a_crash(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    recovery = Recovery(desk.files, tmp_path / "unsaved", 20)
    desk.edit_both()
    qtbot.waitUntil(lambda: all(k.kept == k.file.document.version for k in recovery.keepers))
    copies = list((tmp_path / "unsaved").glob("*.toml"))
    assert len(copies) == 2
    for keeper in recovery.keepers:
        keeper._copy.release()  # as the end of the process does
    other = Desk(tmp_path)
    qtbot.addWidget(other)
    bar = MessageBar(other)
    left = Recovery(other.files, tmp_path / "unsaved", 20)
    left.offered.connect(bar.ask)
    bar.answered.connect(left.answer)
    other.show()
    left.look()
    for _ in copies:
        assert "without saving the " in bar.text
        button = _button(bar, RESTORE)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    other.hide()
    assert other.chain.chain == desk.chain.chain
    assert other.experiment.experiment == desk.experiment.experiment
    assert not other.chain.undo_stack.isClean()


def _button(bar: MessageBar, text: str) -> QWidget:
    return next(b for b in bar.findChildren(QPushButton) if b.text() == text and b.isVisible())


def test_chains_of_every_length_open_again(desk: Desk, tmp_path: Path) -> None:
    for chain in (ChainSpec((1.0,), (0.0,)), drawn(1_000)):
        path = tmp_path / f"{chain.neurons}.toml"
        chain_file.write(path, chain)
        desk.files.open(path)
        assert desk.chain.chain == chain
