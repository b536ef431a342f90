import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.common.scale import LogScale
from gui.plots.live_plot import LivePlot
from gui.theme import DARK, LIGHT

RED, BLUE = QColor("red"), QColor("blue")


@pytest.fixture
def plot(qtbot: QtBot) -> LivePlot:
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
    marks = [point.x() for point, colour in plot.labels.zeros if colour == RED]
    assert marks == pytest.approx(plot.layers[0].curves.across[[2, 4]])
    assert [end.dot for end in plot.labels.ends] == [False, True]


def test_a_run_of_nothing_but_zeros_is_drawn(plot: LivePlot):
    feed(plot, [0, 4, 8], [0, 0, 0], [0, 0, 0])
    assert np.isfinite(plot.layers[0].curves.down).all()
    assert plot.labels.zeros
    plot.grab()


def test_nan_leaves_a_gap_and_infinity_lies_on_the_upper_edge(plot: LivePlot):
    feed(plot, [0, 2, 4, 6], [0.1, np.nan, 0.1, 0.1], [0.1, np.inf, 0.1, 0.1])
    down = plot.layers[0].curves.down
    assert np.isnan(down[:, 0]).tolist() == [False, True, False, False]
    assert down[1, 1] < 3
    plot.grab()


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
    feed(plot, [0, 8], [1, 1], [1, 1])
    centre = plot.viewport().rect().center()
    qtbot.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    for k in (5, 20, 40):
        qtbot.mouseMove(plot.viewport(), centre + QPoint(k, 0))
    qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=centre + QPoint(40, 0))
    assert not plot.follows
    assert plot.view.viewRange()[0][0] < 0
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
