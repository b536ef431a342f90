"""A plot on the clipboard and in a file, from the real window."""

import csv
from pathlib import Path

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
)

from engine.results import history_csv
from gui.main_window import MainWindow
from gui.plots.export.export_dialog import RUN, Order
from tests.journeys.exports.conftest import COST, SPEED, accept, choose


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


def test_numbers_are_the_engines_bit_for_bit(window, exports, folder) -> None:
    exports.order = Order(("csv",))
    exports.export(window.network.plots.card(SPEED), folder / "speed.csv")
    rows = list(csv.DictReader((folder / "speed.csv").read_text().splitlines()))
    history = window.session.newest.history
    epochs = np.array([float(row["epoch"]) for row in rows])
    assert epochs.tobytes() == np.ascontiguousarray(history[:, 1]).tobytes()
