"""The chain in the whole window: views, keys, undo, files, and the network behind it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.chain.chain_file import read
from engine.chain.edits import set_weight
from engine.chain.trace import trace
from engine.snapshot import EPOCH
from gui.chain.table import ENTRIES
from gui.main_window import MainWindow

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def chain_window(quick: MainWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with the chain shown."""
    qtbot.keyClick(quick.network.canvas, Key.Key_2, CTRL)
    qtbot.waitUntil(lambda: quick.chain.isVisible())
    yield quick
    quick.chain_document.undo_stack.setClean()


def test_keys_and_buttons_change_the_view(quick: MainWindow, qtbot: QtBot) -> None:
    actions = quick.actions_by_name
    qtbot.keyClick(quick.network.canvas, Key.Key_2, CTRL)
    assert quick.view == "chain"
    assert quick.chain.isVisible()
    assert not quick.network.isVisible()
    assert actions["nudge"].isEnabled()
    assert not actions["play"].isEnabled()
    assert not quick.architecture.isVisible()
    qtbot.keyClick(quick.chain, Key.Key_1, CTRL)
    assert quick.view == "network"
    assert actions["play"].isEnabled()
    assert not actions["nudge"].isEnabled()


class Windows(QObject):
    """Which widgets have been shown as windows: a part that is shown too early is one."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if is_shown and watched.isWindow():
            self.shown.append(repr(watched))
        return False


def test_no_part_flashes_up_as_a_window(quick: MainWindow, qtbot: QtBot) -> None:
    windows = Windows()
    QApplication.instance().installEventFilter(windows)
    quick.show_view("chain")
    for entry in ENTRIES:
        quick.chain.show_entry(entry.key)
        QApplication.processEvents()
    QApplication.instance().removeEventFilter(windows)
    quick.chain_document.undo_stack.setClean()
    assert windows.shown == []


def test_undo_is_that_of_the_view(chain_window: MainWindow, qtbot: QtBot) -> None:
    window = chain_window
    experiment, before = window.document.experiment, window.chain_document.chain
    window.chain_document.change("Set w₂", set_weight(before, 2, 3.0))
    assert window.isWindowModified()
    qtbot.keyClick(window.chain, Key.Key_1, CTRL)
    assert not window.isWindowModified()
    qtbot.keyClick(window.network, Key.Key_Z, CTRL)
    assert window.chain_document.chain.w[1] == 3.0
    qtbot.keyClick(window.network, Key.Key_2, CTRL)
    qtbot.keyClick(window.chain, Key.Key_Z, CTRL)
    assert window.chain_document.chain == before
    assert window.document.experiment == experiment


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.study], ids=lambda e: e.key)
def test_every_study_is_a_key_away(chain_window: MainWindow, qtbot: QtBot, entry: object) -> None:
    panel = chain_window.chain
    before = panel.study
    qtbot.keyClick(panel, getattr(Key, f"Key_{entry.keys}"))
    qtbot.waitUntil(lambda: panel.study is panel.studies[entry.key])
    assert panel.study.isVisible()
    assert panel.stage.isVisible() != entry.whole
    assert panel.bar.buttons[entry.key].isChecked()
    qtbot.keyClick(panel, Key.Key_0)
    assert panel.study is before


def test_the_chapters_two_examples(chain_window: MainWindow, qtbot: QtBot) -> None:
    panel, document = chain_window.chain, chain_window.chain_document
    qtbot.mouseClick(panel.bar.buttons["exploding"], Qt.MouseButton.LeftButton)
    assert trace(document.chain).term == pytest.approx(25.0)
    qtbot.waitUntil(lambda: "exploding" in panel.stage.verdict.text())
    first = document.chain
    qtbot.mouseClick(panel.bar.buttons["usual"], Qt.MouseButton.LeftButton)
    drawn = document.chain
    assert drawn != first
    assert (np.abs(trace(drawn).prime) <= 0.25).all()
    qtbot.mouseClick(panel.bar.buttons["usual"], Qt.MouseButton.LeftButton)
    assert document.chain.w != drawn.w
    qtbot.keyClick(panel, Key.Key_N)
    assert document.undo_stack.undoText() == "Draw new values"
    qtbot.keyClick(panel, Key.Key_R)
    assert document.chain.neurons == 4


def test_training_goes_on_behind_the_chain(chain_window: MainWindow, qtbot: QtBot) -> None:
    window = chain_window
    qtbot.keyClick(window.chain, Key.Key_1, CTRL)
    qtbot.keyClick(window.network.canvas, Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.is_running)
    qtbot.keyClick(window.network.canvas, Key.Key_2, CTRL)
    start = window.session.snapshot.step
    qtbot.waitUntil(lambda: window.session.snapshot.step > start + 20, timeout=20_000)
    qtbot.keyClick(window.chain, Key.Key_1, CTRL)
    window.session.pause()
    qtbot.waitUntil(lambda: not window.session.is_running)
    last = window.session.snapshot
    plot = window.network.plots.card("speed_of_learning").plot
    assert plot.layers[0].trace.x[-1] == pytest.approx(last.history[-1, EPOCH])


def test_the_network_of_the_window_as_a_row_of_factors(
    chain_window: MainWindow, qtbot: QtBot
) -> None:
    window = chain_window
    qtbot.keyClick(window.chain, Key.Key_7)
    study = window.chain.studies["matrices"]
    qtbot.waitUntil(lambda: window.session.snapshot.inspection.subject.example is not None)
    assert study.isVisible()
    qtbot.keyClick(window.chain, Key.Key_1, CTRL)
    qtbot.waitUntil(lambda: window.session.snapshot.inspection.subject.example is None)


def test_a_chain_is_saved_and_opened(
    chain_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, path = chain_window, tmp_path / "my chain.toml"
    document = window.chain_document
    document.change("Set w₂", set_weight(document.chain, 2, 3.0))
    monkeypatch.setattr(
        "gui.document_file.QFileDialog.getSaveFileName", lambda *_args: (str(path), "")
    )
    qtbot.keyClick(window.chain, Key.Key_S, CTRL)
    assert read(path) == document.chain
    assert not window.isWindowModified()
    assert window.windowTitle().startswith("my chain.toml")
    qtbot.keyClick(window.chain, Key.Key_1, CTRL)
    document.change("Set w₂", set_weight(document.chain, 2, -1.0))
    document.undo_stack.setClean()
    window.files.open(path)
    assert window.view == "chain"
    assert document.chain.w[1] == 3.0


def test_copies(chain_window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(chain_window.chain, Key.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    assert "1.2" in text
    assert r"\partial" in text
    qtbot.keyClick(chain_window.chain, Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text().count(r"\sigma'") >= 4


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_pictures(chain_window: MainWindow, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"chain.{ending}"
    chain_window.chain_exports.write_picture(path)
    assert path.stat().st_size > 5_000
    chain_window.chain_exports.write_picture(tmp_path / "no folder" / path.name)
    assert "no folder" in chain_window.message.text or path.name in chain_window.message.text
