"""The range of a live plot: it follows the run, a hand takes it, it eases to the next one."""

from itertools import count

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.common.scale import LogScale
from gui.plots.curves import live_plot
from gui.plots.curves.live_plot import LivePlot
from gui.theme import LIGHT
from tests.gui.plots.curves.conftest import feed, read_from, shown

EPOCHS = np.linspace(0, 10, 100)
FALLING = np.where(EPOCHS < 5, 1.0, 1e-9)[:, None] * np.ones(2)  # both layers, half-way


def go_on(plot: LivePlot, records: int) -> None:
    """So far into a run of sizes that fall."""
    x, values = EPOCHS[:records], FALLING[:records]
    plot.layers[0].trace.take(values, x, values)
    plot.advance(float(x[-1]))


@pytest.fixture
def easing(plot: LivePlot, monkeypatch: pytest.MonkeyPatch) -> LivePlot:
    """Ranges move to what they become."""
    monkeypatch.setattr(live_plot, "less_motion", lambda: False)
    return plot


def wheel(plot: LivePlot) -> None:
    centre = QPointF(plot.viewport().rect().center())
    event = QWheelEvent(
        centre, plot.viewport().mapToGlobal(centre), QPoint(), QPoint(0, 240),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plot.viewport(), event)


def test_the_window_grows_with_the_run_and_ends_at_its_last_epoch(plot: LivePlot):
    ends = []
    for epoch in (0.01, 0.3, 2.0, 9.0, 10.0):
        feed(plot, [0, epoch], [1, 1], [1, 1])
        ends.append(plot.run.end)
    assert ends == sorted(ends)
    assert ends[0] < 0.1
    assert ends[-1] == 10.0
    assert plot.bottom_axis.end == 10.0


def test_the_wheel_takes_the_range_and_double_click_gives_it_back(plot: LivePlot, qtbot: QtBot):
    feed(plot, [0, 8], [1, 1], [1, 1])
    followed = plot.view.viewRange()
    wheel(plot)
    assert not plot.follows
    assert plot.reset_button.isVisible()
    taken = plot.view.viewRange()
    feed(plot, [0, 8, 10], [1, 1, 1e-9], [1, 1, 1])
    assert plot.view.viewRange() == taken
    qtbot.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton)
    assert plot.follows
    assert not plot.reset_button.isVisible()
    assert plot.view.viewRange()[0] == pytest.approx(followed[0])
    assert plot.view.viewRange()[1][0] <= -9


@pytest.mark.qt_log_ignore("Mouse event .* not accepted")  # pyqtgraph's scene takes them
def test_dragging_takes_the_range_and_the_button_gives_it_back(plot: LivePlot, qtbot: QtBot):
    plot.reader = read_from(plot)
    feed(plot, [0, 8], [1, 1], [1, 1])
    centre = plot.viewport().rect().center()
    qtbot.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    for k in (5, 20, 40):
        qtbot.mouseMove(plot.viewport(), centre + QPoint(k, 0))
    qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=centre + QPoint(40, 0))
    assert not plot.follows
    assert plot.view.viewRange()[0][0] < 0
    assert plot.hand.cursor is None
    qtbot.mouseClick(plot.reset_button, Qt.MouseButton.LeftButton)
    assert plot.follows


def test_keys_zoom_and_move_and_home_shows_the_run(plot: LivePlot, qtbot: QtBot):
    feed(plot, [0, 8], [1, 1], [1, 1])
    (left, right), _ = plot.view.viewRange()
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    zoomed = plot.view.viewRange()[0]
    assert zoomed[1] - zoomed[0] == pytest.approx((right - left) / 1.25)
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.view.viewRange()[0][0] > zoomed[0]
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert plot.view.viewRange()[0] == [left, right]


def test_a_view_far_from_the_data_shows_nothing_and_does_not_fail(plot: LivePlot):
    feed(plot, [0, 8], [1, 1], [1, 1])
    plot.take_x(1e6, 1e6 + 1)
    plot.grab()
    assert plot.labels.ends == []


def test_two_plots_move_along_x_together(plot: LivePlot, qtbot: QtBot):
    other = LivePlot(LIGHT, LogScale(), "another")
    qtbot.addWidget(other)
    plot.share_x(other)
    feed(plot, [0, 8], [1, 1], [1, 1])
    qtbot.keyClick(other, Qt.Key.Key_Plus)
    assert plot.view.viewRange()[0] == other.view.viewRange()[0]
    assert not plot.follows
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert other.follows


def test_the_range_stays_while_one_looks_back(plot: LivePlot):
    x = np.linspace(0, 10, 101)
    values = 10.0 ** -np.linspace(0, 6, 101)[:, None] * np.ones(2)
    trace = plot.layers[0].trace
    trace.take(values, x, values)
    plot.advance(10.0)
    shown_range = plot.view.viewRange()
    for n in (80, 20, 3, 50, 101):
        trace.take(values[:n], x[:n], values[:n])
        plot.advance(float(x[n - 1]))
        assert plot.view.viewRange() == shown_range
        assert shown(plot)[0][-1] == pytest.approx(x[n - 1], abs=0.1)
        assert plot.labels.ends[0].x == plot.layers[0].curves.across[-1]
    plot.restart(10.0)
    assert plot.run.end < 1


def test_a_range_eases_to_the_next_one_and_arrives(easing: LivePlot, qtbot: QtBot, monkeypatch):
    hundredths = count()  # of a second, one a look: the machine may be slow
    monkeypatch.setattr(live_plot, "monotonic", lambda: next(hundredths) / 100)
    go_on(easing, 40)
    before = easing.view.viewRange()
    go_on(easing, 100)
    under_way = easing.view.viewRange()
    assert under_way[1][0] > -9
    seen = []
    qtbot.waitUntil(
        lambda: seen.append(easing.view.viewRange()[1][0]) or seen[-1] == -10, timeout=10_000
    )
    assert easing.view.viewRange()[0][1] > before[0][1]
    assert len(set(seen)) > 2
    assert seen == sorted(seen, reverse=True)


def test_a_hand_on_the_axis_ends_the_easing(easing: LivePlot, qtbot: QtBot):
    go_on(easing, 40)
    go_on(easing, 100)
    wheel(easing)
    taken = easing.view.viewRange()
    qtbot.wait(300)
    assert easing.view.viewRange() == taken


def test_many_points_do_not_ease(easing: LivePlot, monkeypatch):
    monkeypatch.setattr(live_plot, "EASED", 10)
    for records in (40, 100):
        go_on(easing, records)
    assert easing.view.viewRange()[1][0] == -10
