"""Plots behind one another: the titles of their tabs are whole, and every tab can be reached."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QTabBar, QToolButton

from gui.common.style import style_sheet
from gui.theme import DARK


def tab_bars(panel) -> list[QTabBar]:
    return [bar for bar in panel.findChildren(QTabBar) if bar.isVisible()]


@pytest.fixture
def crowded(panel, qtbot):
    def crowd(scale: float):
        panel.setStyleSheet(style_sheet(DARK, scale))
        panel.set_theme(DARK)
        panel.resize(1024, 540)
        panel.show_every()
        qtbot.waitUntil(lambda: bool(tab_bars(panel)))
        qtbot.wait(50)
        return tab_bars(panel)

    return crowd


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_a_title_has_all_the_room_it_needs(crowded, panel, scale):
    titles = {dock.plot.title for dock in panel.docks.values()}
    for bar in crowded(scale):
        assert bar.elideMode() is Qt.TextElideMode.ElideNone
        bar.setCurrentIndex(bar.count() - 1)
        for k in range(bar.count()):
            font = QFont(bar.font())
            font.setBold(k == bar.currentIndex())
            assert bar.tabText(k) in titles
            assert bar.tabToolTip(k) == bar.tabText(k)
            advance = QFontMetrics(font).horizontalAdvance(bar.tabText(k))
            assert bar.tabRect(k).width() >= advance + 20 * scale


def test_what_has_no_room_is_scrolled_to(crowded, panel, qtbot):
    bar = max(crowded(2.0), key=QTabBar.count)
    last = bar.count() - 1
    assert bar.tabRect(last).right() > bar.width()
    left, right = (b for b in bar.findChildren(QToolButton) if b.isVisible())
    assert min(left.width(), right.width()) >= 24
    for _ in range(bar.count()):
        qtbot.mouseClick(right, Qt.MouseButton.LeftButton)
    assert bar.tabRect(last).right() <= bar.width()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(last).center())
    assert bar.currentIndex() == last
    titles = [dock.plot.title for dock in panel.seen]
    assert bar.tabText(last) in titles


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_in_large_type_no_header_is_wider_than_its_place(panel, qtbot, scale):
    panel.setStyleSheet(style_sheet(DARK, scale))
    panel.set_theme(DARK)
    panel.show_usual()
    panel.resize(QSize(392, 540))
    qtbot.wait(50)
    for dock in panel.seen:
        assert panel.rect().contains(dock.geometry()), dock.plot.title
        header = dock.card.header
        shown = [w for w in header.findChildren(QToolButton) if w.isVisible()]
        assert len(shown) == 2
        for button in shown:
            at = button.mapTo(panel, button.rect().bottomRight())
            assert panel.rect().contains(at), dock.plot.title
