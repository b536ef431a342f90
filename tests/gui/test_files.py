"""New, open, save: what is asked, what is refused, and that what was open is never lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from engine import experiment_file
from engine.architecture import dense
from engine.edits import change_training
from engine.spec import Experiment
from gui.document import ExperimentDocument
from gui.files import Files
from gui.recent_files import RecentFiles
from gui.settings import Settings

SMALL = Experiment(dense(2, 3, 2))
Answer = QMessageBox.StandardButton


class Office:
    """A document and its file, and what was said and asked."""

    def __init__(self, folder: Path, window: QWidget) -> None:
        self.folder = folder
        store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.document = ExperimentDocument(SMALL, window)
        self.files = Files((self.document,), window, RecentFiles(Settings(store)))
        self.said: list[str] = []
        self.complaints: list[str] = []
        self.questions: list[str] = []
        self.files.saved.connect(self.said.append)
        self.files.complained.connect(self.complaints.append)

    def edit(self, eta: float = 0.25) -> None:
        self.document.change("η", change_training(self.document.experiment, eta=eta))

    def experiment(self, name: str, eta: float = 0.5) -> Path:
        path = self.folder / name
        experiment_file.write(path, change_training(SMALL, eta=eta))
        return path

    def state(self) -> tuple[object, ...]:
        stack = self.document.undo_stack
        undo = stack.count(), stack.index(), stack.isClean(), stack.undoText()
        return self.document.experiment, self.document.version, self.files.current.path, undo

    def answer(self, button: Answer) -> None:
        """Click a button of the dialog that comes next."""
        QTimer.singleShot(0, lambda: self._click(button))

    def _click(self, button: Answer) -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        self.questions.append(box.text())
        box.button(button).click()


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Office:
    window = QWidget()
    qtbot.addWidget(window)
    return Office(tmp_path, window)


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[str]:
    """The file dialogs answer with ``path``; what they began with is returned."""
    began = []

    def chosen(_window: QWidget, _title: str, start: str, _filter: str) -> tuple[str, str]:
        began.append(start)
        return ("" if path is None else str(path)), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    return began


WAYS: dict[str, Callable[[Office], object]] = {
    "new": lambda office: office.files.new(),
    "show": lambda office: office.files.show(Experiment(dense(4, 4))),
    "open": lambda office: office.files.open(office.experiment("other.toml")),
    "ask": lambda office: office.files.ask_and_open(),
    "close": lambda office: office.files.may_discard(),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_cancel_keeps_everything(
    office: Office, way: Callable[[Office], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, office.experiment("other.toml"))
    office.files.current.path = office.folder / "mine.toml"
    office.edit()
    before = office.state()
    office.answer(Answer.Cancel)
    assert not way(office)
    assert office.questions == ["Save the changes to “mine.toml” first?"]
    assert office.state() == before
    assert office.complaints == []
    assert not (office.folder / "mine.toml").exists()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_what_is_clean_goes_without_a_question(
    office: Office, way: Callable[[Office], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, office.experiment("other.toml"))
    way(office)
    assert office.document.undo_stack.isClean()


@pytest.mark.parametrize("way", [WAYS["new"], WAYS["open"]])
def test_save_then_go(office: Office, way: Callable[[Office], object]) -> None:
    mine = office.files.current.path = office.folder / "mine.toml"
    office.edit(0.125)
    office.answer(Answer.Save)
    way(office)
    assert experiment_file.read(mine).training.eta == 0.125
    assert office.files.current.path != mine
    assert office.document.experiment.training.eta != 0.125
    assert office.said == ["Saved to mine.toml."]


def test_discard_then_go(office: Office, qtbot: QtBot) -> None:
    office.edit()
    office.answer(Answer.Discard)
    with qtbot.waitSignal(office.files.current.discarded):
        office.files.open(office.experiment("other.toml"))
    assert office.questions == ["Save the changes to “untitled” first?"]
    assert office.files.current.path == office.folder / "other.toml"
    assert office.document.experiment.training.eta == 0.5


def test_a_save_that_fails_keeps_the_window_and_says_why(office: Office) -> None:
    office.files.current.path = office.folder / "none" / "mine.toml"
    office.edit()
    before = office.state()
    office.answer(Answer.Save)
    assert not office.files.may_discard()
    assert office.state() == before
    reason = "mine.toml: the file cannot be written (No such file or directory)."
    assert office.complaints == [reason]


def test_a_save_dialog_that_is_closed_keeps_the_window(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, None)
    office.edit()
    office.answer(Answer.Save)
    assert not office.files.may_discard()
    assert not office.document.undo_stack.isClean()


def test_opening_the_file_that_is_open_after_saving_it_shows_what_was_saved(
    office: Office,
) -> None:
    path = office.experiment("mine.toml")
    office.files.open(path)
    office.edit(0.75)
    office.answer(Answer.Save)
    office.files.open(path)
    assert office.document.experiment.training.eta == 0.75


def test_names_get_their_ending_and_no_file_is_replaced_unasked(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, office.folder / "eta 0.5")
    assert office.files.ask_and_save()
    assert office.files.current.path == office.folder / "eta 0.5.toml"
    office.edit(3.0)
    office.answer(Answer.Cancel)
    assert not office.files.ask_and_save()
    assert office.questions == ["“eta 0.5.toml” exists already. Replace it?"]
    assert experiment_file.read(office.files.current.path) == SMALL
    office.answer(Answer.Yes)
    assert office.files.ask_and_save()
    assert experiment_file.read(office.files.current.path).training.eta == 3.0


def test_the_dialogs_begin_where_the_last_file_was(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = choose(monkeypatch, None)
    office.files.ask_and_open()
    office.files.open(office.experiment("mine.toml"))
    office.files.ask_and_save()
    office.files.new()
    office.files.ask_and_open()
    assert began == [str(Path.home()), str(office.folder / "mine.toml"), str(office.folder)]


def test_what_is_shown_unsaved_stays_so_whatever_is_undone(office: Office) -> None:
    assert office.files.show(SMALL, office.folder / "mine.toml", saved=False)
    stack = office.document.undo_stack
    assert not stack.isClean()
    office.edit()
    stack.undo()
    assert not stack.isClean()
    assert office.files.save()
    assert stack.isClean()


FOREIGN = {
    "digits.csv": (b"1,2\n3,4\n", "digits.csv: this is no experiment; choose it in the settings"),
    "digits.NPZ": (b"PK\3\4", "digits.NPZ: this is no experiment; choose it in the settings"),
    "t10k-labels-idx1-ubyte": (b"\0\0\x08\1", "t10k-labels-idx1-ubyte: this is no experiment; "),
    "photo.png": (
        b"\x89PNG\r\n",
        "photo.png: the file is not text in UTF-8. Experiments and chains are .toml",
    ),
    "notes.txt": (b"dear\ndiary", "notes.txt, line 1: this is not TOML: "),
    "pyproject.toml": (b"[project]\nname='x'\n", "pyproject.toml: this is no experiment: it lacks"),
    "empty.toml": (b"", "empty.toml: the file is empty."),
    "newer.toml": (
        b"format='nablascope experiment'\nversion=99\n",
        "newer.toml, line 2: this file ",
    ),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_file_is_refused_unasked_and_nothing_changes(office: Office, name: str) -> None:
    data, sentence = FOREIGN[name]
    path = office.folder / name
    path.write_bytes(data)
    office.edit()
    before = office.state()
    office.files.open(path)
    assert office.state() == before
    assert [said.startswith(sentence) for said in office.complaints] == [True], office.complaints
    assert office.complaints[0].isprintable()


def test_what_is_no_file_is_refused(office: Office) -> None:
    for path in (office.folder, office.folder / "none.csv", Path("a\0b.csv"), Path("x" * 300)):
        office.files.open(path)
    assert len(office.complaints) == 4
    assert "this is a folder" in office.complaints[0]
    assert office.complaints[1] == "none.csv: there is no such file."
