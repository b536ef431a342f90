"""Plots on the clipboard, in a file, and all of them in a folder: in the real window."""

import csv
import re
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from engine.arrays import read_only
from engine.results import history_csv
from engine.snapshot import evaluation_columns, history_columns
from engine.tables import Rows, Table
from gui import all_plots
from gui.main_window import MainWindow
from gui.plot_exports import PlotExports
from gui.plots.export.export import file_name
from gui.plots.export.export_dialog import RUN, Order

SPEED, COST = "speed_of_learning", "cost_accuracy"


@pytest.fixture
def window(quick: MainWindow, qtbot: QtBot) -> MainWindow:
    """With a small run of a few steps."""
    for _ in range(5):
        quick.session.step_once()
    qtbot.waitUntil(lambda: quick.session.snapshot.step == 5)
    return quick


@pytest.fixture
def exports(window: MainWindow) -> PlotExports:
    return window.plot_exports


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "plots"
    folder.mkdir()
    return folder


def choose(window: MainWindow, key: str, tool: str) -> None:
    """In the menu of a plot."""
    menu = window.network.plots.card(key).menu
    next(action for action in menu.actions() if action.objectName() == tool).trigger()


def test_a_picture_on_the_clipboard(window: MainWindow) -> None:
    card = window.network.plots.card(SPEED)
    choose(window, SPEED, "copy_picture")
    mime = QGuiApplication.clipboard().mimeData()
    image = QImage(mime.imageData())
    assert image.width() == 2 * card.picture_size.width()
    assert b"2-8-8-2 \xc2\xb7 step 5 " in mime.data("image/svg+xml").data()
    size = f"{image.width():,} × {image.height():,} pixels"
    assert window.message.text.startswith(f"Copied the picture of Speed of learning: {size}")


def test_numbers_on_the_clipboard(window: MainWindow) -> None:
    choose(window, COST, "copy_numbers")
    mime = QGuiApplication.clipboard().mimeData()
    table = window.network.plots.card(COST).table()
    assert mime.text() == table.csv("\t")
    assert mime.data("text/csv").data().decode() == table.csv()
    assert f"{len(table.rows)} rows" in window.message.text


def accept(exports: PlotExports, order: Order) -> None:
    """Say this in the dialog that is open, and press Enter."""
    dialog = exports._dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog._show(order)
    dialog._on_changed()
    dialog.accept()


@pytest.mark.parametrize("kind", ["png", "svg", "pdf", "csv"])
def test_a_file_is_asked_for(window, exports, folder, monkeypatch, kind: str) -> None:
    asked: list[str] = []

    def answered(dialog: QFileDialog) -> QDialog.DialogCode:
        asked.extend([dialog.defaultSuffix(), Path(dialog.selectedFiles()[0]).name])
        return QDialog.DialogCode.Accepted

    exports.folder = folder
    monkeypatch.setattr(QFileDialog, "exec", answered)
    choose(window, SPEED, "export")
    accept(exports, Order((kind,), "slide"))
    assert asked == [kind, f"speed-of-learning.{kind}"]
    data = (folder / f"speed-of-learning.{kind}").read_bytes()
    begins = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF", "csv": b"run,step,epoch"}
    assert data.startswith(begins[kind])
    assert window.message.text == f"Exported Speed of learning to speed-of-learning.{kind}."


def test_the_file_dialog_asks_once_before_it_replaces(window, exports, folder, qtbot) -> None:
    """Qt's own dialog, with the name typed without its ending."""
    (folder / "mine.svg").write_text("old")
    exports.folder, questions = folder, []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QMessageBox):
            questions.append(dialog.text())
            QTimer.singleShot(50, answer)
            qtbot.keyClick(dialog.button(QMessageBox.StandardButton.Yes), Qt.Key.Key_Space)
        elif isinstance(dialog, QFileDialog):
            field = dialog.findChild(QLineEdit)
            field.setText("mine")
            QTimer.singleShot(200, answer)
            qtbot.keyClick(field, Qt.Key.Key_Return)

    choose(window, SPEED, "export")
    QTimer.singleShot(300, answer)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)
    accept(exports, Order(("svg",)))
    assert len(questions) == 1
    assert (folder / "mine.svg").read_bytes().startswith(b"<?xml")


def test_nothing_is_written_where_nothing_was_chosen(window, exports, folder, monkeypatch) -> None:
    exports.folder = folder
    monkeypatch.setattr(QFileDialog, "exec", lambda _: QDialog.DialogCode.Rejected)
    choose(window, SPEED, "export")
    accept(exports, Order(("svg",)))
    choose(window, SPEED, "export")
    exports._dialog.reject()
    assert list(folder.iterdir()) == []
    assert exports.order.kinds == ("svg",)  # the next proposal


def test_the_whole_run_as_numbers(window, exports, folder) -> None:
    exports.order = Order(("csv",), numbers=RUN)
    exports.export(window.network.plots.card(SPEED), folder / "run.csv")
    assert (folder / "run.csv").read_text() == history_csv(window.session.newest)
    rows = list(csv.reader((folder / "run.csv").read_text().splitlines()))
    exports._card = window.network.plots.card(SPEED)
    size = exports._measure(exports.order)
    assert (size.height(), size.width()) == (len(rows) - 1, len(rows[0]))


def test_the_name_decides_and_faults_are_one_sentence(window, exports, folder) -> None:
    card = window.network.plots.card(SPEED)
    exports.export(card, folder / "a.pdf")  # the order says PNG
    assert (folder / "a.pdf").read_bytes().startswith(b"%PDF")
    exports.export(card, folder / "missing" / "a.png")
    assert window.message.text.startswith("a.png: the file cannot be written")
    assert window.message.property("role") == "fault"


# -- all of them -------------------------------------------------------------------------------


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


def test_numbers_are_the_engines_bit_for_bit(window, exports, folder) -> None:
    exports.order = Order(("csv",))
    exports.export(window.network.plots.card(SPEED), folder / "speed.csv")
    rows = list(csv.DictReader((folder / "speed.csv").read_text().splitlines()))
    history = window.session.newest.history
    epochs = np.array([float(row["epoch"]) for row in rows])
    assert epochs.tobytes() == np.ascontiguousarray(history[:, 1]).tobytes()


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


# -- of a long run -----------------------------------------------------------------------------


@pytest.fixture
def long_run(window, monkeypatch):
    """A record of 24,000 rows of 30 layers: some 60 MB of text."""
    layers = 30
    history = np.random.default_rng(0).random((24_000, len(history_columns(layers))))
    history[:, 0] = np.arange(len(history))
    newest = replace(
        window.session.newest, history=read_only(history), delta=(np.zeros(1),) * layers,
        evaluations=read_only(np.empty((0, len(evaluation_columns(layers))))),
    )  # fmt: skip
    monkeypatch.setattr(type(window.session), "newest", newest)
    return newest


def test_a_long_run_is_written_while_the_window_lives(window, exports, folder, long_run, qtbot):
    path = folder / "run.csv"
    path.write_text("old")
    exports.order = Order(("csv",), numbers=RUN)
    began = perf_counter()
    exports.export(window.network.plots.card(SPEED), path)
    assert perf_counter() - began < 1
    bar = exports.work.bar
    assert bar is not None
    assert bar.maximum() == 24_001
    assert path.read_text() == "old"
    qtbot.waitUntil(lambda: bar.isVisible() and bar.value() > 500, timeout=5_000)
    assert bar.labelText() == "Exporting Speed of learning to run.csv"
    qtbot.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert path.read_text() == "old"
    assert list(folder.iterdir()) == [path]
    assert window.message.text == "Cancelled: run.csv is as it was before."


def test_a_long_run_is_written_whole(window, exports, folder, long_run, qtbot):
    short = replace(long_run, history=long_run.history[:3000])
    type(window.session).newest = short
    exports.order = Order(("csv",), numbers=RUN)
    exports.export(window.network.plots.card(SPEED), folder / "run.csv")
    qtbot.waitUntil(lambda: not exports.work.is_going_on, timeout=30_000)
    assert (folder / "run.csv").read_text() == history_csv(short)
    assert window.message.text == "Exported Speed of learning to run.csv."


def big_table(rows: int) -> Table:
    return Table(("step", "a", "b"), Rows((rows, lambda k: (k, 0.1 * k, 1 / (k + 1)))))


def test_many_numbers_are_copied_in_slices(window, exports, qtbot, monkeypatch):
    card, table = window.network.plots.card(COST), big_table(40_000)
    monkeypatch.setattr(card, "table", lambda: table)
    QGuiApplication.clipboard().setText("before")
    choose(window, COST, "copy_numbers")
    assert exports.work.is_going_on
    assert QGuiApplication.clipboard().text() == "before"
    qtbot.waitUntil(lambda: not exports.work.is_going_on, timeout=30_000)
    assert QGuiApplication.clipboard().mimeData().data("text/csv").data().decode() == table.csv()
    assert "Copied 40,000 rows of 3 columns" in window.message.text


def test_too_many_numbers_are_not_copied(window, exports, monkeypatch):
    monkeypatch.setattr(window.network.plots.card(COST), "table", lambda: big_table(400_000))
    QGuiApplication.clipboard().setText("before")
    choose(window, COST, "copy_numbers")
    assert QGuiApplication.clipboard().text() == "before"
    assert window.message.text == (
        "Cost and accuracy has 1,200,000 numbers, and the clipboard takes 1,000,000 at most:"
        " export them as CSV."
    )


def test_the_window_waits_for_an_export(window, exports, folder, long_run, qtbot) -> None:
    exports.order = Order(("csv",), numbers=RUN)
    path = folder / "run.csv"
    exports.export(window.network.plots.card(SPEED), path)
    assert exports.work.is_going_on
    assert not window.close()
    assert window.isVisible()
    assert "export is going on" in window.message.text
    exports.work.cancel()
    assert not path.exists()
    exports.order = Order(("csv",))
    exports.export_all(folder)
    assert not window.close()
    exports.all.cancel()
    window.document.undo_stack.setClean()
    assert window.close()


def test_all_of_a_long_run_can_be_cancelled_in_the_middle_of_a_file(
    window, exports, folder, qtbot, monkeypatch
):
    monkeypatch.setattr(all_plots, "SILENT_MS", 0)
    card = window.network.plots.card(SPEED)
    monkeypatch.setattr(card, "table", lambda: big_table(1_000_000))
    (folder / "speed-of-learning.csv").write_text("old")
    exports.order = Order(("csv",))
    exports.export_all(folder)
    bar = exports.all.bar
    qtbot.waitUntil(lambda: bar.isVisible() and exports.all._file is not None, timeout=10_000)
    qtbot.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert (folder / "speed-of-learning.csv").read_text() == "old"
    assert [path.name for path in folder.iterdir()] == ["speed-of-learning.csv"]
    assert window.message.text.startswith("Cancelled: 0 of ")
