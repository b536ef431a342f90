"""Curves of a live plot and the labels at their ends, as they are drawn."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from gui.plots.curves.live_plot import LivePlot
from gui.theme import DARK
from tests.gui.plots.curves.conftest import BLUE, RED, feed, shown


def on_screen(plot: LivePlot) -> QImage:
    """What has been painted so far: grab would paint everything anew."""
    QApplication.processEvents()
    return plot.screen().grabWindow(plot.winId()).toImage()


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
