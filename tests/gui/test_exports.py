from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.datasets import DATA_SOURCES
from engine.edits import add_skip
from engine.export import EXPORTS
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start
from gui.document import ExperimentDocument
from gui.exports import Exports

SMALL = add_skip(
    Experiment(dense(2, 4, 3, 2), TrainingSpec(data=DATA_SOURCES["spirals"](examples=100))), 1, 3
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def exports(window: QWidget) -> Exports:
    return Exports(ExperimentDocument(SMALL, window), window)


@pytest.fixture
def told(exports: Exports) -> list[str]:
    said: list[str] = []
    exports.told.connect(said.append)
    exports.complained.connect(said.append)
    return said


@pytest.mark.parametrize("key", EXPORTS)
def test_the_menu_copies_every_format(exports: Exports, told: list[str], key: str) -> None:
    menu: QMenu = exports.menu()
    assert [action.objectName() for action in menu.actions()] == list(EXPORTS)
    next(action for action in menu.actions() if action.objectName() == key).trigger()
    assert QGuiApplication.clipboard().text() == EXPORTS[key].code(SMALL)
    assert EXPORTS[key].label in told[0]


def test_weights_go_to_a_file(exports: Exports, told: list[str], tmp_path: Path) -> None:
    trainer = start(SMALL)
    trainer.step()
    exports.show_snapshot(trainer.snapshot(weights=True))
    trainer.step()
    exports.show_snapshot(trainer.snapshot())  # carries none
    exports.write_weights(tmp_path / "weights.npz")
    assert told == ["Saved the weights of step 1 to weights.npz."]
    with np.load(tmp_path / "weights.npz") as saved:
        assert set(saved) == {"W1", "b1", "W2", "b2", "W3", "b3", "P1"}
        assert saved["W1"].shape == (4, 2)


def test_what_cannot_be_written_is_told(exports: Exports, told: list[str], tmp_path: Path) -> None:
    exports.write_weights(tmp_path / "weights.npz")
    assert "no weights yet" in told[0]
    exports.show_snapshot(start(Experiment(dense(2, 2), SMALL.training)).snapshot(weights=True))
    exports.write_weights(tmp_path / "weights.npz")
    assert "do not belong to the network" in told[1]
    exports.show_snapshot(start(SMALL).snapshot(weights=True))
    exports.write_weights(tmp_path)
    assert tmp_path.name in told[2]
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_asked_for(
    exports: Exports, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports.show_snapshot(start(SMALL).snapshot(weights=True))
    answers = iter([("", ""), (str(tmp_path / "w.npz"), "")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: next(answers))
    exports.ask_and_write_weights()
    assert told == []
    exports.ask_and_write_weights()
    assert (tmp_path / "w.npz").exists()
