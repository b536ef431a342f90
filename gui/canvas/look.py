"""The colours and type that the picture of a network is painted with."""

from dataclasses import dataclass, field

from PySide6.QtGui import QColor, QFont, QFontMetricsF

from gui.canvas.layout import Role
from gui.theme import CAPTION, CARD, TEXT, TITLE, Theme

SIZES: dict[Role, int] = {"title": TITLE, "card": CARD, "text": TEXT, "caption": CAPTION}


@dataclass(eq=False)
class Look:
    """A theme and the window's font; fonts and widths of texts are made once."""

    theme: Theme
    font: QFont
    _fonts: dict[tuple[Role, bool], QFont] = field(default_factory=dict)
    _legible: dict[tuple[int, int], QColor] = field(default_factory=dict)
    _widths: dict[tuple[str, Role, bool], float] = field(default_factory=dict)

    @property
    def scale(self) -> float:
        """How much larger than in the theme the user wants type."""
        return self.font.pixelSize() / TEXT if self.font.pixelSize() > 0 else 1.0

    def face(self, role: Role, bold: bool = False) -> QFont:
        if (role, bold) not in self._fonts:
            font = QFont(self.font)
            font.setPixelSize(max(1, round(SIZES[role] * self.scale)))
            font.setBold(bold)
            self._fonts[role, bold] = font
        return self._fonts[role, bold]

    def measure(self, text: str, role: Role, bold: bool = False) -> float:
        key = (text, role, bold)
        if key not in self._widths:
            if len(self._widths) > 10_000:
                self._widths.clear()
            self._widths[key] = QFontMetricsF(self.face(role, bold)).horizontalAdvance(text)
        return self._widths[key]

    def layer(self, column: int, hidden: int) -> QColor:
        """The colour of a column: ink for the ends, the scale of layers between."""
        if 1 <= column <= hidden:
            return self.theme.layer(column - 1, hidden)
        return QColor(self.theme.dim)

    def legible_layer(self, column: int, hidden: int) -> QColor:
        """The colour of a column as that of a text."""
        key = column, hidden
        if key not in self._legible:
            self._legible[key] = self.theme.legible(self.layer(column, hidden))
        return self._legible[key]
