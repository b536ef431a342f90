"""Zeros, infinities and what is no number, in a live plot."""

import numpy as np
import pytest

from gui.plots.curves.live_plot import LivePlot
from gui.plots.parts.marks import Kind
from tests.gui.plots.curves.conftest import BLUE, RED, feed


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
