from importlib.resources import files

import pytest
from PySide6.QtGui import QColor, QIcon, QImage

from gui.common.icons import SIZES, icon, pixmap

NAMES = sorted(
    file.name.removesuffix(".svg")
    for file in files("resources").joinpath("icons").iterdir()
    if file.name.endswith(".svg")
)


def colours(picture: QImage) -> set[str]:
    """Of the pixels that are painted fully."""
    pixels = (
        picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())
    )
    return {colour.name() for colour in pixels if colour.alpha() == 255}


@pytest.mark.parametrize("name", NAMES)
def test_every_drawing_in_the_colour_asked_for(name: str):
    assert colours(pixmap(name, "#aa3300", 48).toImage()) == {"#aa3300"}
    assert colours(pixmap(name, QColor("#0033aa"), 20).toImage()) <= {"#0033aa"}


def test_there_are_drawings():
    assert {"play", "pause", "step", "epoch", "restart", "seed"} <= set(NAMES)


def test_all_sizes_and_the_disabled_colour():
    drawn = icon("play", "#aa3300", "#cccccc")
    assert {size.width() for size in drawn.availableSizes()} == set(SIZES)
    assert colours(drawn.pixmap(32).toImage()) == {"#aa3300"}
    assert colours(drawn.pixmap(32, QIcon.Mode.Disabled).toImage()) == {"#cccccc"}


def test_an_unknown_name():
    with pytest.raises(KeyError, match="unicorn"):
        icon("unicorn", "#000000")
