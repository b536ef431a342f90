"""Labels of an axis, as they are drawn."""

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from gui.common.axes_view import AxesView
from gui.common.axis import TickAxis
from gui.common.scale import LinearScale, LogScale
from gui.theme import LIGHT


class Pen:
    """A painter that notes what it is to write."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def setPen(self, _pen: object) -> None:
        pass

    def drawText(self, _rect: QRectF, _flags: int, text: str) -> None:
        self.texts.append(text)


@pytest.mark.parametrize(
    ("left", "drawn"),
    [
        (60.0, ["200", "400 epochs"]),
        (48.0, ["200", "400 epochs"]),
        (20.0, ["200", "300", "400 epochs"]),
    ],
)
def test_a_label_gives_way_to_the_one_with_the_quantity(
    qtbot: QtBot, left: float, drawn: list[str]
) -> None:
    view = AxesView(LIGHT, "cost", LinearScale())
    qtbot.addWidget(view)
    view.bottom_axis.ending = "epochs"
    texts = [
        (QRectF(-40, 0, 20, 10), 0, "200"), (QRectF(left, 0, 20, 10), 0, "300"),
        (QRectF(70, 0, 60, 10), 0, "400 epochs"),
    ]  # fmt: skip
    pen = Pen()
    view.bottom_axis.drawPicture(pen, None, None, texts)
    assert pen.texts == drawn


def test_lines_stand_at_the_labels(qtbot: QtBot) -> None:
    """pyqtgraph measures an axis two pixels longer than the box beside it."""
    view = AxesView(LIGHT, "cost", LogScale(plain=True))
    qtbot.addWidget(view)
    axis = view.left_axis
    for pixels in range(40, 400):
        lines = axis.lines(0.0, 1.0, float(pixels))
        ((_, labels),) = axis.tickValues(0.0, 1.0, pixels + 2.0)
        assert labels == lines


def test_of_labels_that_would_lie_upon_one_another_the_first_is_written(qtbot: QtBot) -> None:
    view = AxesView(LIGHT, "cost", LinearScale())
    qtbot.addWidget(view)
    texts = [(QRectF(0, top, 30, 20), 0, str(top)) for top in (60, 45, 30, 0)]
    pen = Pen()
    view.left_axis.drawPicture(pen, None, None, texts)
    assert pen.texts == ["60", "30", "0"]


@pytest.mark.parametrize("size", [0.1, 1.0, 3.9, 4.1, 100.0])
def test_an_axis_that_is_squeezed_to_nothing_has_labels_all_the_same(qtbot, size):
    axis = TickAxis("bottom", LinearScale())
    axis.lines(0.0, 1.0, 0.0)
    ((_, values),) = axis.tickValues(0.0, 1.0, size)
    assert all(0 <= value <= 1 for value in values)
