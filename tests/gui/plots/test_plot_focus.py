"""Whatever in the plots can be reached with Tab shows that it has the focus, in both themes."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from gui.common.focus_ring import FocusRing
from gui.common.style import style_sheet
from gui.plots.export.export import Picture
from gui.plots.table import PLOTS
from gui.theme import DARK, LIGHT, contrast

TAB = Qt.FocusReason.TabFocusReason


@pytest.fixture(params=[LIGHT, DARK], ids=lambda theme: theme.name)
def all_plots(panel, request, qtbot, experiment):
    theme = request.param
    panel.setStyleSheet(style_sheet(theme))
    panel.set_theme(theme)
    panel.resize(1280, 900)
    panel.show_every()
    panel.feed.set_experiment(experiment(2, 5, 5, 2))
    panel.activateWindow()
    qtbot.wait(50)
    return panel


def reached(card) -> list[QWidget]:
    within = [*card.header.findChildren(QWidget), *card.findChildren(QWidget)]
    return [
        w for w in within
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.focusProxy() is None
    ]  # fmt: skip


def ring_of(widget: QWidget) -> FocusRing | None:
    rings = widget.parentWidget().findChildren(FocusRing)
    return next((ring for ring in rings if ring.around is widget), None)


def differing(a, b) -> int:
    size = a.size()
    colours = (
        (a.pixelColor(x, y), b.pixelColor(x, y))
        for x in range(size.width())
        for y in range(size.height())
    )
    return sum(contrast(one, other) > 1.5 for one, other in colours)


def test_everything_that_takes_the_focus_shows_it(all_plots, qtbot):
    elsewhere = QWidget(all_plots)
    elsewhere.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    elsewhere.show()
    count = 0
    for plot in PLOTS:
        for widget in reached(all_plots.card(plot.key)):
            elsewhere.setFocus()
            if ring_of(widget) is not None:
                assert not ring_of(widget).isVisible()
                widget.setFocus(TAB)
                assert ring_of(widget).isVisible(), (plot.key, widget)
            else:
                before = widget.grab().toImage()
                widget.setFocus(TAB)
                assert widget.hasFocus()
                assert differing(before, widget.grab().toImage()) > 10, (plot.key, widget)
            count += 1
    assert count > 3 * len(PLOTS)


def test_a_picture_for_other_programs_has_no_ring(all_plots):
    card = all_plots.card("heat_map")
    bare = Picture(card, "").data("png")
    card.picture.setFocus(TAB)
    assert ring_of(card.picture).isVisible()
    assert Picture(card, "").data("png") == bare
    assert ring_of(card.picture).isVisible()


def test_a_click_into_a_picture_draws_none(all_plots, qtbot):
    picture = all_plots.card("profile").picture
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert picture.hasFocus()
    assert not ring_of(picture).isVisible()
