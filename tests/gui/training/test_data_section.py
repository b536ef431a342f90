from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from engine.datasets import DATA_SOURCES
from engine.datasets.own import OwnData
from engine.datasets.planar import Xor
from engine.faults import InputError
from gui.document import ExperimentDocument
from gui.training import data_section
from gui.training.own_data_files import own_data
from gui.training.settings_panel import SettingsPanel

Key = Qt.Key
BUILT_IN = [key for key in DATA_SOURCES if key != OwnData.key]


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "flowers.csv"
    path.write_text("".join(f"{k / 10},{k % 7},{k % 3}\n" for k in range(60)))
    return path


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch):
    """What the user answers when asked for files."""
    asked: list[str] = []

    def answer(*paths: Path) -> list[str]:
        def ask(_parent: object, start: str) -> list[str]:
            asked.append(start)
            return [str(path) for path in paths]

        monkeypatch.setattr(data_section, "ask_for_files", ask)
        return asked

    return answer


def choose(qtbot: QtBot, panel: SettingsPanel, key: str) -> None:
    """With one arrow key: an entry on the way would be chosen too."""
    combo = panel.data.source
    there = combo.findData(key)
    combo.setFocus()
    up = there < combo.count() - 1
    combo.setCurrentIndex(there + (1 if up else -1))
    qtbot.keyClick(combo, Key.Key_Up if up else Key.Key_Down)


@pytest.mark.parametrize("key", BUILT_IN)
def test_a_data_set_brings_inputs_and_outputs(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument, key: str
):
    if key == "mnist":
        panel.data.source.set_key("xor")
        document.replace(document.experiment)
    before = document.experiment
    choose(qtbot, panel, key)
    features, classes = DATA_SOURCES[key]().shape()
    sizes = document.experiment.architecture.sizes
    assert (sizes[0], sizes[-1]) == (features, classes)
    assert sizes[1:-1] == (30, 20)
    assert document.experiment.training.data == DATA_SOURCES[key]()
    assert document.undo_stack.count() == (key != "mnist")
    document.undo_stack.undo()
    assert document.experiment == before
    assert panel.data.source.key == "mnist"


@pytest.mark.parametrize("key", BUILT_IN)
def test_every_number_is_one_edit(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument, key: str
):
    choose(qtbot, panel, key)
    for name in panel.data.numbers.rows:
        count = document.undo_stack.index()
        field = panel.data.numbers.field(name)
        before = field.text()
        field.setFocus()
        qtbot.keyClick(field, Key.Key_Down)
        if field.text() == before:
            qtbot.keyClick(field, Key.Key_Up)
        assert getattr(document.experiment.training.data, name) == field.number
        assert document.undo_stack.index() == count + 1
        document.undo_stack.undo()
        assert panel.data.numbers.field(name).text() == before


def test_own_data(qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument, answer, csv):
    answer(csv)
    assert not panel.data.file.isVisible()
    choose(qtbot, panel, "own")
    assert document.experiment.training.data == OwnData(str(csv))
    assert document.experiment.architecture.sizes == (2, 30, 20, 3)
    assert panel.data.file.isVisible()
    assert panel.data.file.text() == "flowers.csv"
    assert panel.data.file.toolTip() == str(csv)
    document.undo_stack.undo()
    assert panel.data.source.key == "mnist"
    assert not panel.data.file.isVisible()


def test_a_wrong_file_is_told_and_the_old_stays(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument, answer, tmp_path: Path
):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("1,2,a\n1,x,b\n")
    before = document.experiment
    answer(wrong)
    choose(qtbot, panel, "own")
    assert panel.foot.text().startswith("wrong.csv, line 2")
    assert panel.foot.property("role") == "fault"
    assert document.experiment is before
    assert panel.data.source.key == "mnist"
    assert QGuiApplication.overrideCursor() is None


def test_no_file_chosen(qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument, answer):
    answer()
    choose(qtbot, panel, "own")
    assert panel.data.source.key == "mnist"
    assert document.undo_stack.count() == 0
    assert panel.foot.isHidden()


def test_another_file_is_asked_for_where_the_last_one_lies(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument, answer, csv: Path
):
    answer(csv)
    choose(qtbot, panel, "own")
    other = csv.with_name("other.npz")
    np.savez(other, x=np.eye(4), y=np.arange(4))
    asked = answer(other)
    qtbot.mouseClick(panel.data.file, Qt.MouseButton.LeftButton)
    assert asked[-1] == str(csv)
    assert panel.data.file.text() == "other.npz"
    assert document.experiment.architecture.sizes == (4, 30, 20, 4)


def test_a_long_name_is_elided(qtbot: QtBot, panel: SettingsPanel, answer, csv: Path):
    long = csv.rename(csv.with_name("measurements-of-all-flowers-2024.csv"))
    answer(long)
    width = panel.sizeHint().width()
    choose(qtbot, panel, "own")
    shown = panel.data.file.text()
    assert shown.startswith("meas")
    assert shown.endswith(".csv")
    assert panel.data.file.toolTip() == str(long)
    assert panel.sizeHint().width() == width


def test_an_idx_pair_in_either_order(tmp_path: Path):
    images, labels = tmp_path / "images-idx3-ubyte", tmp_path / "labels-idx1-ubyte"
    images.write_bytes(bytes.fromhex("00000803 00000002 00000002 00000002") + bytes(range(8)))
    labels.write_bytes(bytes.fromhex("00000801 00000002") + bytes((0, 1)))
    right = OwnData(str(images), str(labels))
    assert own_data([str(images), str(labels)]) == right
    assert own_data([str(labels), str(images)]) == right
    with pytest.raises(InputError, match="not 3"):
        own_data(["a", "b", "c"])


def test_xor_is_shown_when_opened(panel: SettingsPanel, xor: ExperimentDocument):
    assert panel.data.source.key == Xor.key
