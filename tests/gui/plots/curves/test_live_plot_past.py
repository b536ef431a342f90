"""Earlier runs behind the curves of a live plot."""

import numpy as np
from PySide6.QtGui import QColor

from gui.plots.curves.live_plot import LivePlot
from gui.plots.curves.past import PastCurves
from gui.theme import DARK
from tests.gui.plots.curves.conftest import RED, feed


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
