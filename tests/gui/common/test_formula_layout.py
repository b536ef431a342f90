from itertools import pairwise

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from gui.common.formula.boxes import Box, Fraction, Row, Space, Sub, Sup, Text, plain
from gui.common.formula.layout import LaidOut, lay_out
from gui.common.formula.symbols import (
    EQUALS,
    a,
    b,
    italic,
    partial,
    power_of_ten,
    sigma_prime,
    w,
    z,
)

WHITE, BLACK, RED = QColor("#ffffff"), QColor("#000000"), QColor("#d00000")


def font(pixels: int = 30) -> QFont:
    made = QFont(QApplication.font())
    made.setPixelSize(pixels)
    return made


def painted(laid: LaidOut, ink: QColor = BLACK) -> QImage:
    image = QImage(500, 200, QImage.Format.Format_RGB32)
    image.fill(WHITE)
    painter = QPainter(image)
    laid.paint(painter, 100, 100, ink)
    painter.end()
    return image


def reach(image: QImage) -> QRect:
    """Of all that is not white."""
    width, height = image.width(), image.height()
    pixels = image.constBits()
    rows = [
        [x for x in range(width) if pixels[4 * (y * width + x) + 1] < 200] for y in range(height)
    ]
    inked = [(y, row) for y, row in enumerate(rows) if row]
    left, right = min(row[0] for _, row in inked), max(row[-1] for _, row in inked)
    return QRect(left, inked[0][0], right - left + 1, inked[-1][0] - inked[0][0] + 1)


@pytest.mark.parametrize(
    ("box", "text"),
    [
        (w(2), "w₂"),
        (b(12), "b₁₂"),
        (z("j"), "zⱼ"),
        (sigma_prime(3), "σ′(z₃)"),
        (partial("C", b(1)), "∂C/∂b₁"),
        (partial("C", a(4), slanted=True), "∂C/∂a₄"),
        (power_of_ten(-12), "10⁻¹²"),
        (Sub(italic("w"), Row(italic("j"), Text("+1"))), "wⱼ₊₁"),
        (Sup(Text("x"), Text("T")), "x^T"),
        (Row(Text("a"), Space(0.1), Text("b"), Space(0.5), Text("c")), "ab c"),
        (Row(w(1), EQUALS, Text("2")), "w₁ = 2"),
    ],
)
def test_plain_letters(box: Box, text: str) -> None:
    assert plain(box) == text


@pytest.mark.parametrize("box", [w(2), sigma_prime(12), partial("C", b(1)), Fraction(w(1), z(2))])
def test_ink_stays_in_the_box(box: Box) -> None:
    laid = lay_out(box, font())
    ink = reach(painted(laid))
    assert ink.left() >= 100 - 2
    assert ink.right() <= 100 + laid.width + 2
    assert ink.top() == pytest.approx(100 - laid.ascent, abs=2)
    assert ink.bottom() == pytest.approx(100 + laid.descent, abs=2)


def test_a_subscript_is_smaller_and_lower_a_superscript_higher() -> None:
    alone, sub, sup = (lay_out(box, font()) for box in (Text("1"), w(1), Sup(Text("w"), Text("1"))))
    (base, _, base_y, _), (script, x, y, _) = sub.runs
    assert base_y == 0
    assert 0.15 * 30 <= y <= 0.3 * 30
    assert x == pytest.approx(base.advance)
    assert script.advance == pytest.approx(0.7 * alone.width, rel=0.05)
    assert -0.5 * 30 <= sup.runs[1][2] <= -0.35 * 30


def test_letters_are_italic_and_digits_upright() -> None:
    faces = [run.face.font.italic() for run, *_ in lay_out(sigma_prime(1), font()).runs]
    assert faces == [True, False, False, True, False, False]  # σ ′ ( z 1 )


def test_the_rule_of_a_fraction_lies_between_its_parts() -> None:
    laid = lay_out(partial("C", b(1)), font())
    (rule, _), image = laid.rules[0], painted(laid)
    middle = QRect(100, round(100 + rule.top()), round(laid.width), round(rule.height()))
    row = [image.pixelColor(x, middle.center().y()) for x in range(middle.left(), middle.right())]
    assert all(pixel == BLACK for pixel in row)
    for y in (middle.top() - 2, middle.bottom() + 2):  # air above and below it
        assert all(image.pixelColor(x, y) == WHITE for x in range(95, 105 + middle.width()))
    for part in (laid.runs[:2], laid.runs[2:]):  # ∂C and ∂b_1 stand in the middle
        left = min(x for _, x, _, _ in part)
        right = max(x + run.advance for run, x, _, _ in part)
        assert (left + right) / 2 == pytest.approx(laid.width / 2, abs=1.5)


def test_colours_are_inherited_and_own_colours_kept() -> None:
    laid = lay_out(Row(Text("a"), Text("b", colour=RED), Fraction(Text("c"), Text("d"))), font())
    assert [colour for *_, colour in laid.runs] == [None, RED, None, None]
    inside = lay_out(Row(Text("a"), Text("b", colour=RED), w(1), colour=BLACK), font())
    assert [colour for *_, colour in inside.runs] == [BLACK, RED, BLACK, BLACK]
    image = painted(lay_out(Row(Text("■"), Text("■", colour=RED)), font()), QColor("#0000d0"))
    seen = {image.pixelColor(x, 95).name() for x in range(100, 160)}
    assert {"#0000d0", "#d00000"} <= seen


def test_tags_are_where_the_symbols_are() -> None:
    row = Row(w(1, tag="w"), Space(1), sigma_prime(2, tag="prime", argument="z"))
    laid = lay_out(row, font())
    places = dict(laid.tags)
    assert set(places) == {"w", "prime", "z"}
    assert places["prime"].contains(places["z"])
    assert places["w"].left() == 0
    assert places["prime"].left() == pytest.approx(places["w"].right() + 30, abs=0.5)
    assert places["prime"].right() == pytest.approx(laid.width, abs=0.5)


def test_everything_grows_with_the_font() -> None:
    box = Row(partial("C", b(1)), EQUALS, sigma_prime(1), w(2))
    sizes = [lay_out(box, font(pixels)) for pixels in (15, 30, 60)]
    for small, large in pairwise(sizes):
        assert large.width == pytest.approx(2 * small.width, rel=0.06)
        assert large.ascent + large.descent == pytest.approx(
            2 * (small.ascent + small.descent), rel=0.08
        )


def test_a_font_in_points_has_a_size_too() -> None:
    points = QFont(QApplication.font())
    points.setPointSizeF(18)
    assert lay_out(w(1), points).width > lay_out(w(1), font(10)).width


def test_no_box_and_no_letters() -> None:
    for box in (Row(), Text(""), Space(0)):
        laid = lay_out(box, font())
        assert (laid.width, laid.ascent, laid.descent) == (0, 0, 0)
        painted(laid)
