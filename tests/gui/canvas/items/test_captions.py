from itertools import pairwise

import pytest
from PySide6.QtGui import QColor, QFont

from engine.architecture import dense
from gui.canvas.items.captions import WAYS, fit_speeds
from gui.canvas.layout import arrange
from gui.canvas.look import Look
from gui.canvas.words.labels import column_texts, quantity, ratio
from gui.theme import THEMES, contrast


def measure(text, role, bold):
    return 7.5 * len(text)


def fitted(depth, width, before=WAYS[0]):
    layout = arrange(column_texts(dense(784, *[30] * depth, 10)), width, 600, measure)
    speeds = [10.0 ** -(k / 2) for k in range(depth)]
    values, ratios = [quantity(s) for s in speeds], [ratio(a, b) for a, b in pairwise(speeds)]
    return fit_speeds(values, ratios, layout, measure, before), layout


@pytest.mark.parametrize("width", [430, 700, 1200])
@pytest.mark.parametrize("depth", [1, 2, 3, 5, 8, 20, 50])
def test_speeds_neither_overlap_nor_leave_the_picture(depth, width):
    (_, row), layout = fitted(depth, width)
    assert all(a.right < b.left for a, b in pairwise(row))
    assert row[0].left >= 0
    assert row[-1].right <= layout.width
    told = [text.layer for text in row if text.layer is not None]
    assert told[-1] == depth - 1
    assert told[0] == 0


def test_rich_where_there_is_room():
    (_, row), _ = fitted(3, 1200)
    assert [text.text for text in row] == [
        "‖δ‖ = 1.00", "× 0.32", "‖δ‖ = 0.316", "× 0.32", "‖δ‖ = 0.100"
    ]  # fmt: skip


def test_what_was_poor_stays_poor():
    (way, _), _ = fitted(3, 1200, before=WAYS[2])
    assert way == WAYS[2]


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_colour_of_every_layer_can_be_read(theme, qapp):
    look = Look(theme, QFont())
    ground = QColor(theme.background)
    for k in range(12):
        assert contrast(look.theme.legible(look.layer(k + 1, 12)), ground) >= 4.5
