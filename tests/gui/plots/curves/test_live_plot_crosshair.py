"""What the crosshair and the cursor of a live plot tell."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.plots.curves.crosshair import Entry, Reading
from gui.plots.curves.live_plot import LivePlot
from tests.gui.plots.curves.conftest import RED, feed, read_from


def point_at(plot: LivePlot, share: float, kind=QEvent.Type.MouseMove, button=None) -> None:
    rect = plot.view.sceneBoundingRect()
    position = QPointF(rect.left() + share * rect.width(), rect.center().y())
    button = button or Qt.MouseButton.NoButton
    held = button if kind == QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
    event = QMouseEvent(
        kind, position, plot.viewport().mapToGlobal(position), button, held,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(plot.viewport(), event)


def click(plot: LivePlot, share: float) -> None:
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        point_at(plot, share, kind, Qt.MouseButton.LeftButton)


@pytest.fixture
def read(plot: LivePlot) -> LivePlot:
    plot.reader = read_from(plot)
    feed(plot, list(range(11)), [0.01 * 2**k for k in range(11)], [1] * 11)
    return plot


def test_pointing_tells_the_values_of_the_nearest_record(read: LivePlot):
    width = read.view.rect().width()
    share = read.layers[0].curves.across[4] / width
    point_at(read, share + 0.01)
    reading = read.crosshair.reading
    assert read.crosshair.isVisible()
    assert (reading.x, reading.words) == (4.0, "epoch 4: layer 1 0.16, layer 2 1")
    assert [entry.name for entry in read.crosshair.box.entries] == ["layer 2", "layer 1"]  # above
    box = read.crosshair.box.rect
    assert read.view.rect().contains(box)
    read.grab()
    QApplication.sendEvent(read.viewport(), QEvent(QEvent.Type.Leave))
    assert read.crosshair.reading is None
    assert not read.crosshair.isVisible()
    assert not read.hand.at_work


def test_nothing_is_read_while_the_pointer_is_elsewhere(read: LivePlot):
    asked = []
    inner = read.reader
    read.reader = lambda x: asked.append(x) or inner(x)
    feed(read, list(range(12)), [1] * 12, [1] * 12)
    assert not asked


@pytest.mark.qt_log_ignore("Mouse event .* not accepted")  # pyqtgraph's scene takes them
def test_a_click_leaves_the_cursor_there_and_a_second_takes_it(read: LivePlot):
    share = read.layers[0].curves.across[7] / read.view.rect().width()
    click(read, share)
    assert read.hand.cursor == 7.0
    assert read.hand.words.startswith("epoch 7: layer 1 1.28")
    QApplication.sendEvent(read.viewport(), QEvent(QEvent.Type.Leave))
    assert read.crosshair.isVisible()
    click(read, share)
    assert read.hand.cursor is None


@pytest.mark.qt_log_ignore("Mouse event .* not accepted")
def test_a_double_click_is_no_click(read: LivePlot):
    click(read, 0.3)
    assert read.hand.cursor is not None
    left = Qt.MouseButton.LeftButton
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        point_at(read, 0.3, kind, left)
    assert read.hand.cursor is None


def test_keys_move_the_cursor_from_record_to_record(read: LivePlot, qtbot: QtBot):
    held = read.view.viewRange()
    qtbot.keyClick(read, Qt.Key.Key_Return)
    assert read.hand.cursor == 10.0
    qtbot.keyClick(read, Qt.Key.Key_Left)
    assert read.hand.cursor == 9.0
    qtbot.keyClick(read, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert read.hand.cursor < 8.5
    at = read.hand.cursor
    qtbot.keyClick(read, Qt.Key.Key_Right)
    assert read.hand.cursor == at + 1
    assert read.view.viewRange() == held
    qtbot.keyClick(read, Qt.Key.Key_Escape)
    assert read.hand.cursor is None
    assert not read.crosshair.isVisible()
    qtbot.keyClick(read, Qt.Key.Key_Right)
    assert read.view.viewRange() != held


def test_of_many_curves_the_first_the_last_and_the_nearest_are_told(read: LivePlot):
    entries = tuple(Entry(f"layer {k}", "1", RED, 2.0 * k) for k in range(100))
    read.crosshair.show_reading(Reading(1.0, ("epoch 1",), entries), 50, read.view.rect(), 120.0)
    told = [int(e.name.split()[1]) for e in read.crosshair.box.entries]
    assert 5 < len(told) < 20
    assert (told[0], told[-1]) == (0, 99)
    assert 60 in told
    assert told == sorted(told)
    assert read.crosshair.box.rect.bottom() <= read.view.rect().height()
    read.grab()
