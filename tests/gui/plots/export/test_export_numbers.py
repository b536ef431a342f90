"""The exported numbers are the engine's."""

import csv as reader

import numpy as np
from PySide6.QtWidgets import QApplication

from engine.snapshot import COST, EPOCH, FIRST_MEASURE, STEP
from gui.plots.export.export import copying, csv
from gui.plots.panel import PlotsPanel
from tests.gui.plots.export.conftest import KEYS, SPEED


def rows_of(data: bytes) -> tuple[list[str], list[list[str]]]:
    header, *rows = reader.reader(data.decode().splitlines())
    return header, rows


def column(data: bytes, name: str) -> np.ndarray:
    header, rows = rows_of(data)
    return np.array([float(row[header.index(name)]) for row in rows])


def test_the_numbers_of_the_speeds_are_the_engines(window: PlotsPanel, trainer) -> None:
    history = trainer.snapshot().history
    data = csv(window.card(SPEED))
    assert column(data, "step").tobytes() == history[:, STEP].tobytes()
    assert column(data, "epoch").tobytes() == history[:, EPOCH].tobytes()
    header, rows = rows_of(data)
    drawn = np.array([[float(cell) for cell in row[-3:]] for row in rows])
    speeds = np.ascontiguousarray(history[:, FIRST_MEASURE : FIRST_MEASURE + 3])
    assert drawn.tobytes() == speeds.tobytes()
    assert [name.rpartition("_")[2] for name in header[-3:]] == ["1", "2", "3"]


def test_the_numbers_of_the_costs_are_the_engines(window: PlotsPanel, trainer) -> None:
    snapshot = trainer.snapshot()
    header, rows = rows_of(csv(window.card("cost_accuracy")))
    numbers = {cell for row in rows for cell in row}
    costs = [*snapshot.history[:, COST].tolist(), *snapshot.score("cost_train").tolist()]
    shares = snapshot.score("accuracy_train").tolist()
    for value in [*costs, *shares]:
        assert np.isnan(value) or repr(value) in numbers
    assert "step" in header


def test_the_clipboard_gets_the_same_numbers(window: PlotsPanel) -> None:
    for key in KEYS:
        card = window.card(key)
        assert list(copying(card.table()))
        mime = QApplication.clipboard().mimeData()
        assert bytes(mime.data("text/csv").data()) == csv(card)
        by_tabs = list(reader.reader(mime.text().splitlines(), delimiter="\t"))
        header, rows = rows_of(csv(card))
        assert by_tabs == [header, *rows], key
        assert all(len(row) == len(header) for row in rows), key
