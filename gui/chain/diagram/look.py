"""The colours and type that a chain is drawn with, made once for a theme, a font and a length."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from gui.theme import TEXT, Theme

Key = TypeVar("Key")
LINED_UP = QFont.Tag("tnum")
LARGE = 24  # pixels: text that may be paler


class Face:
    """A font whose widths of characters are measured once: numbers are typeset all the time."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetricsF(font)
        self._advances: dict[str, float] = {}

    @property
    def digit_height(self) -> float:
        return self._metrics.capHeight()

    def width(self, text: str) -> float:
        advances, total = self._advances, 0.0
        for letter in text:
            if letter not in advances:
                advances[letter] = self._metrics.horizontalAdvance(letter)
            total += advances[letter]
        return total


class Look:
    """Sizes are pixels; ``scale`` is how much larger than in the theme the user wants type."""

    def __init__(self, theme: Theme, font: QFont, neurons: int) -> None:
        self.theme, self.neurons = theme, neurons
        self._font = QFont(font)
        self.scale = font.pixelSize() / TEXT if font.pixelSize() > 0 else 1.0
        self.ink, self.dim = QColor(theme.ink), theme.legible(theme.dim)
        self.ground, self.panel = QColor(theme.background), QColor(theme.panel)
        self.line, self.accent = QColor(theme.line), QColor(theme.accent)
        self.signs = QColor(theme.dim), QColor(theme.positive), QColor(theme.negative)
        self._sign_inks = {
            large: tuple(theme.legible(colour, large=large) for colour in self.signs)
            for large in (False, True)
        }
        self.face = _kept(self._face)
        self._layer_ink = _kept(self._legible_layer)
        self.soft = _kept(self._soft)
        self.soft_on_panel = _kept(self._soft_on_panel)

    def formula_font(self, pixels: float) -> QFont:
        font = QFont(self._font)
        font.setPixelSize(max(1, int(pixels)))
        return font

    def layer(self, j: int) -> QColor:
        """The colour of neuron j, from 1."""
        return self.theme.layer(j - 1, self.neurons)

    def sign(self, w: float) -> QColor:
        return self.signs[(w > 0) - (w < 0)]

    def sign_ink(self, w: float, pixels: float = 0.0) -> QColor:
        """The same for text of this size."""
        return self._sign_inks[pixels >= LARGE][(w > 0) - (w < 0)]

    def layer_ink(self, j: int, pixels: float = 0.0) -> QColor:
        return self._layer_ink(j, pixels >= LARGE)

    def _face(self, pixels: int, bold: bool = False) -> Face:
        font = self.formula_font(pixels)
        font.setBold(bold)
        font.setFeature(LINED_UP, 1)
        return Face(font)

    def _legible_layer(self, j: int, large: bool) -> QColor:
        return self.theme.legible(self.layer(j), large=large)

    def _soft(self, name: str, percent: int) -> QColor:
        """A colour, by its name, laid over the ground."""
        return self.theme.blend(name, percent / 100)

    def _soft_on_panel(self, percent: int) -> QColor:
        return self.theme.blend(self.theme.accent, percent / 100, self.theme.panel)


def put(
    painter: QPainter, face: Face, text: str, x: float, baseline: float, share: float = 0.5
) -> None:
    """Text whose ``share`` lies left of x; pen and font are the painter's."""
    painter.drawText(round(x - face.width(text) * share), round(baseline), text)


def _kept(make: Callable[..., Key]) -> Callable[..., Key]:
    return lru_cache(maxsize=1024)(make)
