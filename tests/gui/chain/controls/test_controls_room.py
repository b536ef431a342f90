"""The sliders in little room and in large type: nothing is cut, nothing overlaps."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from engine.chain.spec import drawn, start_chain
from gui.common.style import style_sheet
from gui.common.value_slider import Shape
from gui.theme import LIGHT
from tests.gui.chain.controls.conftest import (
    OpenPage,
    SlidersPage,
    settle,
)

CHAINS = {1: drawn(1), 4: start_chain(), 8: drawn(8), 12: drawn(12)}


def placed(page: SlidersPage) -> list[tuple[str, QWidget]]:
    """Everything that can be seen or pressed, with what it is."""
    parts: list[tuple[str, QWidget]] = [("tie", page.table.tie)]
    for k, slider in enumerate(page.table.sliders):
        for name in ("symbol", "field", "groove"):
            part = getattr(slider, name)
            if part.isVisible():
                parts.append((f"{name} {k}", part))
    return parts


@pytest.mark.parametrize("neurons", CHAINS)
@pytest.mark.parametrize(
    ("width", "scale"), [(1222, 1.0), (972, 1.0), (1222, 1.5), (972, 1.5), (996, 2.0), (600, 1.0)]
)
def test_nothing_is_cut_and_nothing_overlaps(
    open_page: OpenPage, neurons: int, width: int, scale: float
):
    page = open_page(CHAINS[neurons], width, scale)
    strip = page.sliders._strip
    bar = strip.horizontalScrollBar()
    assert not bar.isVisible() or (neurons == 12 and (width < 972 or scale == 2.0))
    assert page.sliders.height() <= 120 * scale
    boxes = []
    for name, part in placed(page):
        box = part.rect().translated(part.mapTo(page.table, QPoint()))
        assert page.table.rect().contains(box), name
        assert part.width() >= part.minimumSizeHint().width(), name
        assert not any(box.intersects(other) for other in boxes), name
        boxes.append(box)
    assert page.table.height() <= strip.viewport().height()
    for slider in page.table.sliders:
        line = slider.field.lineEdit()
        assert line.fontMetrics().horizontalAdvance(slider.field.text()) <= line.width()


def test_the_shape_follows_the_room(open_page: OpenPage):
    page = open_page(start_chain())
    shapes = []
    for width in (1222, 700, 430, 700, 1222):
        page.resize(width, 300)
        settle()
        shapes.append(page.table.shape)
    assert shapes[0] is shapes[4] is Shape.WIDE
    assert shapes[1] is shapes[3] is Shape.COMPACT
    assert shapes[2] is Shape.BARE


def test_another_size_of_type_arranges_anew(open_page: OpenPage):
    page = open_page(start_chain(), 996)
    assert page.table.shape is Shape.WIDE
    page.setStyleSheet(style_sheet(LIGHT, 1.5))
    settle()
    assert page.table.shape is Shape.COMPACT
    page.setStyleSheet(style_sheet(LIGHT, 1.0))
    settle()
    assert page.table.shape is Shape.WIDE
