import pytest
from pytestqt.qtbot import QtBot

from gui.common.axes_view import AxesView
from gui.common.scale import LinearScale, LogScale
from gui.theme import DARK, LIGHT


@pytest.fixture
def view(qtbot: QtBot) -> AxesView:
    view = AxesView(LIGHT, "axes", LogScale())
    qtbot.addWidget(view)
    view.resize(400, 240)
    view.set_theme(LIGHT)
    view.show()
    view.set_range((0.0, 10.0), (-6.0, 0.0))
    return view


def texts_of(axis, low: float, high: float, pixels: float) -> list[str]:
    ((_, values),) = axis.tickValues(low, high, pixels)
    return axis.tickStrings(values, 1.0, 1.0)


def test_the_range_is_what_was_set(view: AxesView):
    assert view.view.viewRange() == [[0.0, 10.0], [-6.0, 0.0]]


def test_ticks_keep_between_start_and_end(view: AxesView):
    view.left_axis.start, view.left_axis.end = -4.0, -1.0
    assert view.left_axis.positions(-6.0, 0.0, 600.0) == [-4.0, -3.0, -2.0, -1.0]


def test_a_short_stretch_of_an_axis_has_few_ticks(view: AxesView):
    view.left_axis.start = -40.0
    assert view.left_axis.positions(-400.0, 0.0, 300.0) == [0.0]


def test_the_quantity_stands_in_place_of_the_last_label(view: AxesView):
    view.bottom_axis.quantity = "z"
    assert texts_of(view.bottom_axis, 0.0, 10.0, 300.0)[-1] == "z"
    view.bottom_axis.quantity, view.bottom_axis.ending = "", "epochs"
    assert texts_of(view.bottom_axis, 0.0, 11.5, 300.0)[-1] == "10 epochs"


def test_axes_grow_with_the_type(view: AxesView):
    axes = view.left_axis, view.bottom_axis
    before = axes[0].fixedWidth, axes[1].fixedHeight
    view.setStyleSheet("font-size: 26px")
    view.ensurePolished()
    assert (view.left_axis.fixedWidth, view.bottom_axis.fixedHeight) == (
        2 * before[0],
        2 * before[1],
    )


def test_the_theme_reaches_axes_and_ground(view: AxesView):
    view.set_theme(DARK)
    assert view.left_axis.textPen().color().name().upper() == DARK.dim
    assert view.grab().toImage().pixelColor(1, 1).name().upper() == DARK.panel


def test_x_may_have_a_scale_of_its_own(qtbot: QtBot):
    view = AxesView(LIGHT, "axes", LinearScale(), LogScale())
    qtbot.addWidget(view)
    assert texts_of(view.bottom_axis, -3.0, 0.0, 300.0) == ["10⁻³", "10⁻²", "10⁻¹", "10⁰"]
