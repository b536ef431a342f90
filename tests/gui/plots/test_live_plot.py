import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.common.scale import LogScale
from gui.plots.curves import live_plot
from gui.plots.curves.crosshair import Entry, Reading
from gui.plots.curves.live_plot import LivePlot
from gui.plots.curves.marks import Kind
from gui.plots.curves.past import PastCurves
from gui.theme import DARK, LIGHT

RED, BLUE = QColor("red"), QColor("blue")


@pytest.fixture
def plot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> LivePlot:
    monkeypatch.setattr(live_plot, "less_motion", lambda: True)
    plot = LivePlot(LIGHT, LogScale(), "a plot")
    qtbot.addWidget(plot)
    plot.resize(400, 240)
    plot.show()
    plot.add_trace([RED, BLUE], ["layer 1", "layer 2"])
    plot.set_room(["layer 2"])
    plot.restart(10.0)
    return plot


def feed(plot: LivePlot, x: list[float], *columns: list[float]) -> None:
    values = np.column_stack(columns).astype(float)
    plot.layers[0].trace.take(values, np.array(x, float), values)
    plot.advance(x[-1])


def shown(plot: LivePlot) -> tuple[list[float], np.ndarray]:
    """The drawn points, back from pixels to the axes."""
    curves, rect = plot.layers[0].curves, plot.view.rect()
    (x0, x1), (y0, y1) = plot.view.viewRange()
    x = x0 + curves.across * (x1 - x0) / rect.width()
    return x.tolist(), y1 - curves.down * (y1 - y0) / rect.height()


def on_screen(plot: LivePlot) -> QImage:
    """What has been painted so far: grab would paint everything anew."""
    QApplication.processEvents()
    return plot.screen().grabWindow(plot.winId()).toImage()


def wheel(plot: LivePlot) -> None:
    centre = QPointF(plot.viewport().rect().center())
    event = QWheelEvent(
        centre, plot.viewport().mapToGlobal(centre), QPoint(), QPoint(0, 240),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plot.viewport(), event)


def test_what_is_drawn_is_what_was_given(plot: LivePlot):
    feed(plot, [0, 4, 8], [1e-3, 1e-2, 1e-1], [1, 1, 10])
    x, y = shown(plot)
    assert x == pytest.approx([0, 4, 8])
    np.testing.assert_allclose(y, [[-3, 0], [-2, 0], [-1, 1]], atol=1e-9)
    assert plot.view.viewRange()[1] == [-4.0, 1.0] or plot.view.viewRange()[1] == [-4.0, 2.0]


def test_labels_stand_at_the_ends_in_the_colours_of_their_curves(plot: LivePlot):
    feed(plot, [0, 8], [1e-3, 1e-3], [1, 0.1])
    ends = plot.labels.ends
    assert [(end.text, end.colour, end.dot) for end in ends] == [
        ("layer 1", RED, True),
        ("layer 2", BLUE, True),
    ]
    assert ends[0].x == pytest.approx(plot.layers[0].curves.across[-1])
    for end in ends:
        assert plot.labels.text_left(end) + plot.labels.width_of(end.text) < plot.view.width()


def test_labels_of_equal_curves_keep_clear_of_each_other(plot: LivePlot):
    feed(plot, [0, 8], [1e-2, 1e-2], [1e-2, 1e-2])
    first, second = sorted(plot.labels.rows)
    assert second - first > 10


def test_zeros_lie_on_the_lower_edge_under_a_triangle(plot: LivePlot):
    feed(plot, [0, 2, 4, 6, 8], [1e-2, 1e-2, 0, 0, 0], [1, 1, 1, 1, 1])
    down, height = plot.layers[0].curves.down, plot.view.rect().height()
    assert np.isfinite(down).all()
    assert (down[2:, 0] > height - 3).all()
    assert {mark.kind for mark in plot.labels.marks} == {Kind.ZERO}
    marks = [mark.x for mark in plot.labels.marks if mark.colour == RED]
    assert marks == pytest.approx(plot.layers[0].curves.across[[2, 4]])
    assert [end.dot for end in plot.labels.ends] == [False, True]


def test_a_run_of_nothing_but_zeros_is_drawn(plot: LivePlot):
    feed(plot, [0, 4, 8], [0, 0, 0], [0, 0, 0])
    assert np.isfinite(plot.layers[0].curves.down).all()
    assert plot.labels.marks
    assert [end.mark for end in plot.labels.ends] == [Kind.ZERO] * 2
    plot.grab()


def test_nan_leaves_a_gap_and_infinity_lies_on_the_upper_edge(plot: LivePlot):
    feed(plot, [0, 2, 4, 6], [0.1, np.nan, 0.1, 0.1], [0.1, np.inf, 0.1, 0.1])
    down = plot.layers[0].curves.down
    assert np.isnan(down[:, 0]).tolist() == [False, True, False, False]
    assert down[1, 1] < 3
    across = plot.layers[0].curves.across[1]
    told = {(mark.kind, mark.x, mark.colour.name()) for mark in plot.labels.marks}
    assert told == {
        (Kind.MISSING, across, RED.name()), (Kind.INFINITE, across, BLUE.name())
    }  # fmt: skip
    plot.grab()


def test_every_mark_is_painted_at_its_edge(plot: LivePlot):
    feed(plot, [0, 5, 10], [1, 0, 1], [1, np.inf, 1])
    image, view = plot.grab().toImage(), plot.view
    left = round(view.pos().x() + plot.layers[0].curves.across[1])
    top, bottom = view.pos().y() + 5, view.pos().y() + view.rect().height() - 5
    assert image.pixelColor(left, round(bottom)) == RED
    assert image.pixelColor(left, round(top)) == BLUE


def test_what_has_never_been_a_number_keeps_its_name(plot: LivePlot):
    feed(plot, [0, 2, 4], [np.nan] * 3, [0.1] * 3)
    first = plot.labels.ends[0]
    assert (first.text, first.mark, first.dot) == ("layer 1", Kind.MISSING, False)
    assert first.x == plot.layers[0].curves.across[2]


def test_it_paints_the_curves_in_their_colours(plot: LivePlot):
    feed(plot, list(range(9)), [1e-2] * 9, [1] * 9)
    image = plot.grab().toImage()
    down = plot.layers[0].curves.down[0]
    left = plot.view.pos().x() + plot.layers[0].curves.across[4]
    for row, colour in zip(down, (RED, BLUE), strict=True):
        top = round(plot.view.pos().y() + row)
        near = [image.pixelColor(round(left), top + k) for k in (-1, 0, 1)]
        assert any(abs(c.red() - colour.red()) + abs(c.blue() - colour.blue()) < 120 for c in near)


@pytest.mark.parametrize("texts", [["layer 1", "layer 2"], ["", ""]])
@pytest.mark.parametrize("records", [25, 400])
def test_growing_ends_in_the_same_picture_as_all_at_once(plot: LivePlot, texts, records: int):
    x = np.linspace(0, 10, records)
    values = 10.0 ** np.random.default_rng(2).normal(-2, 0.4, (records, 2))
    plot.set_looks(plot.layers[0], [RED, BLUE], texts)
    compared = 0
    for end in range(1, records + 1):
        plot.layers[0].trace.take(values[:end], x[:end], values[:end])
        plot.advance(float(x[end - 1]))
        if end % (records // 25) == 0:
            grown = on_screen(plot)
            plot.viewport().update()
            assert on_screen(plot) == grown
            compared += 1
    assert compared == 25


def test_a_shorter_label_leaves_nothing_of_a_longer_one(plot: LivePlot):
    feed(plot, [0, 8], [1e-3, 1e-3], [1, 1])
    layer = plot.layers[0]
    plot.set_looks(layer, layer.colours, ["layer 1", "layer 2"])
    before = on_screen(plot)
    plot.set_looks(layer, layer.colours, ["layer 1  underflow: 0", "layer 2"])
    assert on_screen(plot) != before
    plot.set_looks(layer, layer.colours, ["layer 1", "layer 2"])
    assert on_screen(plot) == before


def test_a_thinned_record_is_drawn_anew(plot: LivePlot):
    feed(plot, [0, 2, 4, 6, 8], [1, 1, 0.1, 1, 1], [1, 0.01, 1, 1, 1])
    before = plot.layers[0].curves.down
    feed(plot, [0, 4, 8], [1, 0.1, 1], [1, 0.01, 1])
    down = plot.layers[0].curves.down
    assert len(down) == 3
    assert sorted(set(down.ravel())) == pytest.approx(sorted(set(before.ravel())))


def test_the_window_grows_with_the_run_and_ends_at_its_last_epoch(plot: LivePlot):
    ends = []
    for epoch in (0.01, 0.3, 2.0, 9.0, 10.0):
        feed(plot, [0, epoch], [1, 1], [1, 1])
        ends.append(plot.window.end)
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


def test_the_theme_reaches_ground_text_and_grid(plot: LivePlot):
    feed(plot, [0, 8], [1e-3, 1e-3], [1, 1])
    plot.set_theme(DARK)
    image = plot.grab().toImage()
    assert image.pixelColor(1, 1) == QColor(DARK.panel)
    assert plot.left_axis.textPen().color() == QColor(DARK.dim)
    colours = {image.pixelColor(60, y).name().upper() for y in range(image.height())}
    assert DARK.line in colours


def test_type_grows_with_the_font_of_the_window(plot: LivePlot):
    before = plot.left_axis.fixedWidth, plot.labels.width_of("layer 1")
    plot.setStyleSheet("font-size: 26px")
    plot.ensurePolished()
    assert plot.left_axis.style["tickFont"].pixelSize() == 22
    assert plot.labels.width_of("layer 1") > 1.8 * before[1]
    assert plot.left_axis.fixedWidth > 1.8 * before[0]


def test_ticks_carry_powers_and_the_last_one_the_quantity(plot: LivePlot):
    feed(plot, [0, 10], [1e-3, 1e-3], [1, 1])
    x0, x1 = plot.view.viewRange()[0]
    (_, values), = plot.bottom_axis.tickValues(x0, x1, plot.view.rect().width())  # fmt: skip
    texts = plot.bottom_axis.tickStrings(values, 1.0, 1.0)
    assert texts[0] == "0"
    assert texts[-1] == "10 epochs"
    (_, beyond), = plot.bottom_axis.tickValues(0, 25, 500)  # fmt: skip
    assert max(beyond) == 10
    (_, powers), = plot.left_axis.tickValues(-3, 0, 200)  # fmt: skip
    assert plot.left_axis.tickStrings(powers, 1.0, 1.0) == ["10⁻³", "10⁻²", "10⁻¹", "10⁰"]


# -- looking back ------------------------------------------------------------------------------


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
    assert plot.window.end < 1


# -- easing ------------------------------------------------------------------------------------


def test_a_range_eases_to_the_next_one_and_arrives(plot: LivePlot, qtbot: QtBot, monkeypatch):
    monkeypatch.setattr(live_plot, "less_motion", lambda: False)
    values = np.ones((100, 2))
    values[50:] = 1e-9
    x = np.linspace(0, 10, 100)
    trace = plot.layers[0].trace
    trace.take(values[:40], x[:40], values[:40])
    plot.advance(4.0)
    before = plot.view.viewRange()
    trace.take(values, x, values)
    plot.advance(10.0)
    under_way = plot.view.viewRange()
    assert under_way[1][0] > -9
    seen = []
    qtbot.waitUntil(
        lambda: seen.append(plot.view.viewRange()[1][0]) or seen[-1] == -10, timeout=2000
    )
    assert plot.view.viewRange()[0][1] > before[0][1]
    assert len(set(seen)) > 2
    assert seen == sorted(seen, reverse=True)


def test_a_hand_on_the_axis_ends_the_easing(plot: LivePlot, qtbot: QtBot, monkeypatch):
    monkeypatch.setattr(live_plot, "less_motion", lambda: False)
    values = np.ones((100, 2))
    values[50:] = 1e-9
    x = np.linspace(0, 10, 100)
    trace = plot.layers[0].trace
    trace.take(values[:40], x[:40], values[:40])
    plot.advance(4.0)
    trace.take(values, x, values)
    plot.advance(10.0)
    wheel(plot)
    taken = plot.view.viewRange()
    qtbot.wait(300)
    assert plot.view.viewRange() == taken


def test_many_points_do_not_ease(plot: LivePlot, monkeypatch):
    monkeypatch.setattr(live_plot, "less_motion", lambda: False)
    monkeypatch.setattr(live_plot, "EASED", 10)
    x, values = np.linspace(0, 10, 100), np.ones((100, 2))
    values[50:] = 1e-9
    trace = plot.layers[0].trace
    for n in (40, 100):
        trace.take(values[:n], x[:n], values[:n])
        plot.advance(float(x[n - 1]))
    assert plot.view.viewRange()[1][0] == -10


# -- earlier runs ------------------------------------------------------------------------------


def past(levels: list[float], colour: str = "green") -> PastCurves:
    y = np.tile(np.array(levels), (50, 1))
    return PastCurves(np.linspace(0, 10, 50), y, tuple(QColor(colour) for _ in levels))


def test_earlier_runs_are_drawn_behind_and_widen_the_range(plot: LivePlot):
    feed(plot, list(range(9)), [1e-2] * 9, [1] * 9)
    plot.set_past([past([-7.0])])
    assert plot.view.viewRange()[1][0] <= -7
    assert plot.past.zValue() < plot.layers[0].curves.zValue()
    image, frame = plot.grab().toImage(), plot._frame()
    left = round(plot.view.pos().x() + frame.rect.width() / 3)
    top = round(plot.view.pos().y() + frame.down(np.array([-7.0]))[0])
    near = [image.pixelColor(left, top + k) for k in (-1, 0, 1)]
    assert any(c.green() > c.red() + 30 for c in near)
    plot.set_past([])
    assert plot.past.empty
    assert plot.view.viewRange()[1][0] > -7


def test_earlier_runs_cost_a_live_frame_nothing(plot: LivePlot):
    x, values = np.linspace(0, 9.9, 400), np.ones((400, 2))
    trace = plot.layers[0].trace
    trace.take(values[:390], x[:390], values[:390])
    plot.advance(float(x[389]))
    plot.set_past([past([-k / 10, -k / 9]) for k in range(50)])
    plot.grab()
    reduced, paths = plot.past._points, plot.past._paths
    for n in range(391, 401):
        trace.take(values[:n], x[:n], values[:n])
        plot.advance(float(x[n - 1]))
    assert plot.past._points is reduced
    assert plot.past._paths is paths
    values = np.full((401, 2), 1e-9)
    trace.take(values, np.append(x, 9.9), values)
    plot.advance(9.9)  # another range of y: what was reduced stays
    assert plot.past._points is reduced
    assert plot.past._paths is not paths
    plot.set_theme(DARK)
    assert plot.past._points is reduced


def test_flaws_of_earlier_runs_do_no_harm(plot: LivePlot):
    feed(plot, [0, 8], [1, 1], [1, 1])
    empty = PastCurves(np.empty(0), np.empty((0, 1)), (RED,))
    plot.set_past([past([np.nan]), past([-np.inf]), past([np.inf]), empty])
    plot.grab()
    assert np.isfinite(plot.view.viewRange()).all()


# -- crosshair ---------------------------------------------------------------------------------


def read_from(plot: LivePlot):
    def read(x: float) -> Reading | None:
        trace = plot.layers[0].trace
        if (row := trace.nearest(x)) < 0:
            return None
        values = trace.values[row]
        entries = tuple(
            Entry(f"layer {k + 1}", f"{v:g}", RED, plot.down_of(np.log10(v)))
            for k, v in enumerate(values)
        )
        return Reading(float(trace.x[row]), (f"epoch {trace.x[row]:g}",), entries)

    return read


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


def test_looking_back_leaves_earlier_runs_alone(plot: LivePlot):
    x, values = np.linspace(0, 9.9, 100), np.ones((100, 2))
    trace = plot.layers[0].trace
    trace.take(values, x, values)
    plot.advance(9.9)
    plot.set_past([past([-3.0])])
    paths = plot.past._paths
    for n in (70, 20, 100):
        trace.take(values[:n], x[:n], values[:n])
        plot.advance(float(x[n - 1]))
    assert plot.past._paths is paths
    plot.set_past([past([-3.0], "red")])
    assert plot.past._paths is not paths
    assert plot.past._paths[0][0].color() == RED
