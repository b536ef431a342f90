from collections.abc import Callable

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QLabel

from gui.common.formula.label import FormulaLabel
from gui.common.formula.symbols import b, partial, w


def font(pixels: int) -> QFont:
    made = QFont()
    made.setPixelSize(pixels)
    return made


def test_the_name_is_the_formula_in_letters(shown: Callable[..., FormulaLabel]) -> None:
    label = shown(FormulaLabel(w(2)))
    assert label.accessibleName() == "w₂"
    label.set_formula(partial("C", b(1)))
    assert label.accessibleName() == "∂C/∂b₁"


def test_it_has_room_for_its_formula(shown: Callable[..., FormulaLabel]) -> None:
    label = FormulaLabel(w(2))
    label.setFont(font(13))
    line = QLabel("w")
    line.setFont(font(13))
    assert abs(label.sizeHint().height() - line.sizeHint().height()) <= 3
    before = label.sizeHint()
    label.set_formula(partial("C", b(1)))
    assert label.sizeHint().height() > before.height()
    label.set_pixels(26)
    doubled = label.sizeHint()
    label.set_pixels(13)
    label.setFont(font(26))  # the user's scale
    assert label.sizeHint() == doubled
    assert label.minimumSizeHint() == doubled


def test_it_is_painted_whole_in_the_ink_of_the_palette(shown: Callable[..., FormulaLabel]) -> None:
    label = FormulaLabel(partial("C", b(1)))
    label.setFont(font(30))
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#c00000"))
    palette.setColor(QPalette.ColorRole.Window, QColor("#ffffff"))
    label.setPalette(palette)
    label.resize(label.sizeHint().width() + 20, label.sizeHint().height() + 20)
    image = shown(label).grab().toImage()
    inked = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).green() < 100
    ]
    assert all(image.pixelColor(x, y).red() > 150 for x, y in inked)
    rows = {y for _, y in inked}
    assert min(rows) >= 8
    assert max(rows) <= image.height() - 8
