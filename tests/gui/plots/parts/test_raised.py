import pytest
from PySide6.QtGui import QFont, QImage, QPainter

from gui.plots.parts.raised import Raised, RaisedLine, plain, power
from gui.plots.parts.spare_row import SpareRow


@pytest.mark.parametrize(
    ("exponent", "text"),
    [
        (-1.94, "10^{−1.9}"), (0.04, "10^{0.0}"), (-0.04, "10^{0.0}"), (12, "10^{12.0}"),
        (float("-inf"), "0"), (float("inf"), "∞"),
    ],
)  # fmt: skip
def test_powers(exponent, text):
    assert power(exponent) == text


def test_what_is_said_of_them():
    assert plain("shrinks by 10^{−1.9}: so") == "shrinks by 10 to the power −1.9: so"


def test_the_exponent_is_smaller_and_higher(qapp):
    font = QFont()
    font.setPixelSize(40)
    raised = Raised(font)
    assert raised.width("10^{5}") < raised.metrics.horizontalAdvance("105")
    image = QImage(200, 100, QImage.Format.Format_Grayscale8)

    def rows(text: str) -> tuple[int, int]:
        image.fill(255)
        painter = QPainter(image)
        raised.paint(painter, 10, 70, text)
        painter.end()
        dark = [
            y for y in range(100) if any(image.pixelColor(x, y).red() < 128 for x in range(200))
        ]
        return dark[0], dark[-1]

    (top, _), (raised_top, raised_bottom) = rows("5"), rows("^{5}")
    assert raised_top < top
    assert raised_bottom < 65


def test_the_line_shows_the_first_text_that_fits(qtbot):
    line = RaisedLine("what it is")
    qtbot.addWidget(line)
    line.set_texts("a long sentence about 10^{−1.9} and more", "10^{−1.9} only", "short")
    wide = Raised(line._font).width("a long sentence about 10^{−1.9} and more")
    line.resize(int(wide) + 2, 20)
    assert line.shown.startswith("a long")
    line.resize(int(wide) - 5, 20)
    assert line.shown == "10^{−1.9} only"
    line.resize(10, 20)
    assert line.shown == "short"
    line.grab()
    assert "to the power −1.9" in line.accessibleDescription()
    assert line.accessibleName() == "what it is"


def test_a_row_gives_the_lesser_up_first_and_takes_them_back(qtbot):
    from PySide6.QtWidgets import QLabel, QPushButton

    row = SpareRow()
    qtbot.addWidget(row)
    needed, first, second, rest = (
        QPushButton("needed"),
        QPushButton("first"),
        QPushButton("second"),
        QLabel("rest"),
    )
    row.add(needed)
    row.add(first, spare=True)
    row.add(rest, stretches=True)
    row.add(second, spare=True)
    row.resize(1000, 40)
    row.show()
    assert all(not w.isHidden() for w in (needed, first, second, rest))
    assert rest.x() + rest.width() < second.x()
    assert second.x() + second.width() <= 1000
    row.resize(needed.sizeHint().width() + first.sizeHint().width() + 12, 40)
    assert second.isHidden()
    assert not first.isHidden()
    row.resize(needed.sizeHint().width() + 4, 40)
    assert first.isHidden()
    assert not needed.isHidden()
    assert row.minimumSizeHint().width() == needed.sizeHint().width()
    row.resize(1000, 40)
    assert all(not w.isHidden() for w in (needed, first, second, rest))
