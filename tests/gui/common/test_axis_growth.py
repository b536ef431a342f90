"""An axis that grows shows its new labels only."""

from pytestqt.qtbot import QtBot

from gui.common.axes_view import AxesView
from gui.common.scale import LogScale
from gui.theme import LIGHT


def test_nothing_stays_of_the_smaller_axis(qtbot: QtBot) -> None:
    view = AxesView(LIGHT, "a plot", LogScale())
    view.set_theme(LIGHT)
    qtbot.addWidget(view)
    view.set_range((0.0, 1.0), (0.0, 2.0))
    view.resize(300, 120)
    view.show()
    view.grab()
    view.resize(300, 300)
    grown = view.grab().toImage()
    view.left_axis.refresh()
    assert view.grab().toImage() == grown
