"""A thousand damaged files are opened: one message each, and what was open stays."""

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.edits import change_training
from engine.experiment_file import read
from engine.faults import InputError
from engine.spec import Experiment
from gui.document import ExperimentDocument
from gui.files import Files
from gui.recent_files import RecentFiles
from gui.settings import Settings
from tests.engine.damage import damaged
from tests.engine.test_damaged_files import ENOUGH, assert_clear


def test_a_thousand_damaged_files_change_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    document = ExperimentDocument(Experiment(dense(2, 3, 2)), window)
    files = Files((document,), window, RecentFiles(settings))
    files.current.path = tmp_path / "open.toml"
    for eta in (0.25, 0.5):
        document.change("η", change_training(document.experiment, eta=eta))
    document.undo_stack.undo()
    before, stack = (document.experiment, document.version), document.undo_stack
    said: list[str] = []
    opened: list[object] = []
    files.complained.connect(said.append)
    files.opened.connect(opened.append)
    for path in refused_files(tmp_path, seed=4):
        files.open(path)
        assert_clear(said[-1], path.name)
        assert (document.experiment, document.version) == before
        assert (stack.count(), stack.index(), stack.isClean()) == (2, 1, False)
        assert files.current.path == tmp_path / "open.toml"
        if len(said) == ENOUGH:
            break
    assert not opened
    assert files.recent.paths == []
    stack.redo()
    assert document.experiment.training.eta == 0.5


def refused_files(folder: Path, seed: int):
    path = folder / "mine.toml"
    for _kind, data in damaged(seed):
        path.write_bytes(data)
        try:
            read(path)
        except InputError:
            yield path
