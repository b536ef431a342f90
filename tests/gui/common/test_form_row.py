from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.hyper import hyper, hypers
from gui.common.form_row import NEEDS_RESTART, PIXELS_PER_STEP, DragName, FormRow
from gui.common.number_field import NumberField

Left = Qt.MouseButton.LeftButton


@dataclass(frozen=True)
class Numbers:
    batch: int = hyper(10, "batch", 0, 50_000, help="examples in a mini-batch")


@pytest.fixture
def row(shown) -> FormRow:
    return shown(FormRow("batch", NumberField(hypers(Numbers())[0])))


def drag(qtbot: QtBot, name: QLabel, *pixels: int) -> None:
    start = QPoint(4, 4)
    qtbot.mousePress(name, Left, pos=start)
    for x in pixels:
        qtbot.mouseMove(name, start + QPoint(x, 0))
    qtbot.mouseRelease(name, Left, pos=start)


def test_the_name_is_dragged(qtbot: QtBot, row: FormRow):
    assert isinstance(row.name, DragName)
    with qtbot.waitSignal(row.name.dragged):
        drag(qtbot, row.name, PIXELS_PER_STEP, 5 * PIXELS_PER_STEP)
    assert row.field.text() == "15"
    drag(qtbot, row.name, -2 * PIXELS_PER_STEP)
    assert row.field.text() == "13"
    qtbot.mouseMove(row.name, QPoint(90, 4))  # let go
    assert row.field.text() == "13"


def test_a_field_that_is_off_cannot_be_dragged(qtbot: QtBot, row: FormRow):
    row.field.setEnabled(False)
    drag(qtbot, row.name, 60)
    assert row.field.text() == "10"


def test_the_mark_moves_nothing(row: FormRow):
    before = row.field.geometry(), row.name.geometry()
    assert not row.is_marked
    row.set_mark(True)
    row.layout().activate()
    assert row.is_marked
    assert (row.field.geometry(), row.name.geometry()) == before
    assert row.field.accessibleDescription() == NEEDS_RESTART
    row.set_mark(False)
    assert not row.is_marked
    assert row.field.accessibleDescription() == ""


def test_the_name_belongs_to_the_field(row: FormRow):
    assert row.name.buddy() is row.field
    assert "examples in a mini-batch" in row.name.toolTip()
    row.field.setToolTip("other words")
    assert row.name.toolTip() == "other words"
