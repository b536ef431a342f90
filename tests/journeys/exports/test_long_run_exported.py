"""The numbers of a long run, in slices while the window lives, with a way to end it."""

from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QPushButton,
)

from engine.arrays import read_only
from engine.results import history_csv
from engine.snapshot import evaluation_columns, history_columns
from engine.tables import Rows, Table
from gui import all_plots
from gui.plots.export.export_dialog import RUN, Order
from tests.journeys.exports.conftest import COST, SPEED, choose


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
