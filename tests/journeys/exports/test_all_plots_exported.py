"""All plots in a folder, one after the other, from the real window."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QFileDialog,
    QMessageBox,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from gui import all_plots
from gui.plot_exports import PlotExports
from gui.plots.export.export import file_name
from gui.plots.export.export_dialog import Order
from tests.journeys.exports.conftest import SPEED, accept


def export_all(exports: PlotExports, folder: Path, order: Order, qtbot: QtBot) -> None:
    exports.order = order
    exports.export_all(folder)
    qtbot.waitUntil(lambda: not exports.all._slices.isActive(), timeout=20_000)


def test_every_open_plot_as_a_file(window, exports, folder, qtbot) -> None:
    export_all(exports, folder, Order(("png", "csv"), "paper", 1), qtbot)
    open_ones = [key for key in window.network.plots.docks if window.network.plots.is_shown(key)]
    assert {path.name for path in folder.iterdir()} == {
        file_name(key, kind) for key in open_ones for kind in ("png", "csv")
    }
    image = QImage(str(folder / "cost-accuracy.png"))
    assert (image.width(), image.height()) == (900, 560)
    table = window.network.plots.card(SPEED).table()
    assert (folder / "speed-of-learning.csv").read_text() == table.csv()
    assert window.message.text == f"Exported {2 * len(open_ones)} files."
    assert exports.all.bar is None


def test_closed_plots_know_what_they_wished_to_know(window, exports, folder, qtbot) -> None:
    plots = window.network.plots
    seen = [dock.plot.key for dock in plots.seen]
    export_all(exports, folder, Order(("csv",), closed=True), qtbot)
    assert {path.name for path in folder.iterdir()} == {
        file_name(key, "csv") for key in plots.docks
    }
    for key in ("waterfall", "spectrum"):  # of a close look that only a seen plot gets
        assert len((folder / file_name(key, "csv")).read_text().splitlines()) > 2
    assert [dock.plot.key for dock in plots.seen] == seen
    assert plots.feed.wishes() == frozenset().union(*(dock.card.wishes() for dock in plots.seen))


def test_training_rests_meanwhile_and_goes_on(window, exports, folder, qtbot) -> None:
    window.actions_by_name["play"].trigger()
    qtbot.waitUntil(lambda: window.session.snapshot.step > 10)
    exports.order = Order(("svg",))
    exports.export_all(folder)
    assert not window.session.is_running
    qtbot.waitUntil(lambda: not exports.all._slices.isActive(), timeout=20_000)
    assert window.session.is_running
    window.session.pause()
    captions = [re.findall(r"· step ([\d,]+) ·", path.read_text()) for path in folder.iterdir()]
    assert len(captions) == len(window.network.plots.seen)
    assert all(caption == captions[0] and len(caption) == 1 for caption in captions)


def test_it_can_be_cancelled(window, exports, folder, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(all_plots, "SILENT_MS", 0)
    exports.order = Order(("png", "svg", "pdf", "csv"), closed=True)
    exports.export_all(folder)
    bar = exports.all.bar
    qtbot.waitUntil(lambda: bar.isVisible(), timeout=5_000)
    qtbot.waitUntil(lambda: len(list(folder.iterdir())) > 1, timeout=10_000)
    qtbot.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
    written = len(list(folder.iterdir()))
    assert window.message.text.startswith(f"Cancelled: {written} of ")
    qtbot.wait(200)
    assert len(list(folder.iterdir())) == written
    assert exports.all.bar is None


def test_a_folder_that_goes_away(window, exports, folder, qtbot) -> None:
    export_all(exports, folder / "gone", Order(("csv",)), qtbot)
    assert "the file cannot be written" in window.message.text
    assert window.message.text.endswith("files were exported.")


@pytest.mark.parametrize("may", [True, False])
def test_what_is_there_is_replaced_only_if_said(
    window, exports, folder, qtbot, monkeypatch, may: bool
) -> None:
    (folder / "speed-of-learning.csv").write_text("old")
    (folder / "cost-accuracy.csv").write_text("old")
    asked: list[str] = []
    buttons = QMessageBox.StandardButton

    def question(_parent: object, _title: str, text: str) -> QMessageBox.StandardButton:
        asked.append(text)
        return buttons.Yes if may else buttons.No

    monkeypatch.setattr(QMessageBox, "question", question)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.actions_by_name["export_plots"].trigger()
    accept(exports, Order(("csv",)))
    assert asked == ["speed-of-learning.csv and 1 more: there already. Replace what is there?"]
    if may:
        qtbot.waitUntil(lambda: not exports.all._slices.isActive(), timeout=20_000)
    assert ((folder / "speed-of-learning.csv").read_text() == "old") == (not may)


def test_the_key_opens_the_dialog(window, exports, qtbot) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(window, Qt.Key.Key_E, modifiers)
    assert exports._dialog.isVisible()
    assert exports._dialog.several
    exports._dialog.reject()


def test_before_there_is_a_run(window, exports, monkeypatch) -> None:
    monkeypatch.setattr(type(window.session), "newest", None)
    exports.ask_all()
    exports.ask(window.network.plots.card(SPEED))
    assert "nothing to export yet" in window.message.text
    assert exports._dialog is None


def test_a_table_at_fault_ends_it_and_is_no_file(
    window, exports, folder, qtbot, monkeypatch
) -> None:
    whole = exports.pieces

    def pieces(card, kind):
        def broken():
            yield b"step"
            raise IndexError("a row that is not there")

        key = next(k for k, dock in window.network.plots.docks.items() if dock.card is card)
        return (broken(), 2) if key == "profile" else whole(card, kind)

    monkeypatch.setattr(exports, "pieces", pieces)
    exports.order = Order(("csv",))
    with qtbot.captureExceptions() as raised:
        exports.export_all(folder)
        qtbot.waitUntil(lambda: not exports.all.is_going_on, timeout=20_000)
    assert [kind for kind, *_ in raised] == [IndexError]
    assert not (folder / file_name("profile", "csv")).exists()
    assert "Exported" not in window.message.text
    assert exports.all.bar is None
