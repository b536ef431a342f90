"""The same derivative by two ways, digit under digit: those that agree are marked."""

from dataclasses import dataclass
from math import floor, isfinite

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.numerals import scientific
from gui.common.scale import power_of_ten
from gui.common.typeface import typeface
from gui.theme import CAPTION, TEXT, Theme

SIGNIFICANT = 17  # decimal digits that tell every float from its neighbours
SHORT = ("product", "witness")
LEAST, SMALLEST = 0.85, 0.6  # of the size of captions and of text: with names, and without


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number as sign, digits with a point, and power of ten; no digits where it has none."""

    sign: str
    digits: str
    power: str

    @classmethod
    def of(cls, value: float, size: float) -> "Spelled":
        """``size`` is log₁₀ of its absolute value, also where that is no float."""
        if not value or not isfinite(value):
            return cls("", "", scientific(value, size))
        mantissa, exponent = f"{abs(value):.{SIGNIFICANT - 1}e}".split("e")
        power = f"·{power_of_ten(int(exponent))}" if int(exponent) else ""
        return cls("−" if value < 0 else "", mantissa, power)


def agreeing(one: Spelled, other: Spelled, digits: float) -> int:
    """How many characters agree from the first on, no more than ``digits`` say."""
    if one.sign != other.sign or one.power != other.power or not digits > 0:
        return 0
    same = next(
        (k for k, (a, b) in enumerate(zip(one.digits, other.digits, strict=False)) if a != b),
        min(len(one.digits), len(other.digits)),
    )
    most = floor(digits)
    return min(same, most + 1 if most > 1 else most)  # the point is a character too


class DigitRows(QWidget):
    """Two rows: a name, and the number."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows: tuple[tuple[str, Spelled], ...] = ()
        self.marked = 0
        self.setObjectName("digits")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_numbers(
        self, product: tuple[str, Spelled], other: tuple[str, Spelled], digits: float
    ) -> None:
        self.rows = (product, other)
        self.marked = agreeing(product[1], other[1], digits)
        self.setAccessibleName("; ".join(f"{n} {s.sign}{s.digits}{s.power}" for n, s in self.rows))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        line = QFontMetricsF(typeface(self, TEXT)).height() + 2
        return QSize(240, round(2 * line))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names, left = self._names()
        font = self._font(self.width() - left)
        height = self.height() / 2
        for k, (name, (_, spelled)) in enumerate(zip(names, self.rows, strict=True)):
            row = QRectF(0, k * height, self.width(), height)
            painter.setFont(typeface(self, CAPTION))
            painter.setPen(QColor(self._theme.dim))
            painter.drawText(row, int(Qt.AlignmentFlag.AlignVCenter), name)
            self._paint_number(painter, row, left, spelled, font)
        painter.end()

    def _names(self) -> tuple[tuple[str, ...], float]:
        """The longest that leave room for the numbers, and where these begin."""
        own = tuple(name for name, _ in self.rows)
        caption = typeface(self, CAPTION)
        room = self.width() - self._width(int(LEAST * caption.pixelSize()))
        for names in (own, SHORT[: len(own)]):
            width = max(map(QFontMetricsF(caption).horizontalAdvance, names), default=0.0) + 8
            if width <= room:
                return names, width
        return ("",) * len(own), 0.0  # the tooltip has them

    def _font(self, room: float) -> QFont:
        """Digits of equal width, in a size at which the longer number fits."""
        pixels = typeface(self, TEXT).pixelSize()
        share = room / self._width(pixels)
        return _fixed(int(pixels * min(1.0, max(SMALLEST, share))))

    def _width(self, pixels: int) -> float:
        """Of the longer number in this size of type."""
        letters = max((1 + len(s.digits) + len(s.power) for _, s in self.rows), default=1)
        return letters * QFontMetricsF(_fixed(pixels)).horizontalAdvance("0")

    def _paint_number(
        self, painter: QPainter, row: QRectF, left: float, spelled: Spelled, font: QFont
    ) -> None:
        theme = self._theme
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        step = metrics.horizontalAdvance("0")
        baseline = row.center().y() + (metrics.ascent() - metrics.descent()) / 2
        ground = theme.blend(theme.balanced, 0.14, theme.panel)
        if self.marked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            mark = QRectF(left + step - 1, row.top(), self.marked * step + 2, row.height() + 1)
            painter.drawRect(mark)
        same, rest = spelled.digits[: self.marked], spelled.digits[self.marked :]
        x = left
        for text, colour in (
            (spelled.sign or " ", QColor(theme.ink)),
            (same, theme.legible(theme.balanced, ground.name())),
            (rest, QColor(theme.dim)),
            (spelled.power, QColor(theme.ink)),
        ):
            painter.setPen(colour)
            painter.drawText(QPointF(x, baseline), text)
            x += len(text) * step


def _fixed(pixels: int) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(pixels)
    return font
