"""Letters shaped once: what painting a formula again costs is only its pixels."""

from dataclasses import dataclass, field
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QStaticText, QTextLayout, QTransform

KEPT = 4096  # runs


@dataclass(frozen=True, slots=True)
class Face:
    """A font that can be a key."""

    key: str
    font: QFont = field(compare=False)

    @property
    def em(self) -> float:
        """Pixels."""
        return float(self.font.pixelSize())

    def styled(self, italic: bool, bold: bool) -> "Face":
        font = QFont(self.font)
        font.setItalic(italic)
        font.setBold(bold or font.bold())
        return face(font)

    def scaled(self, share: float) -> "Face":
        font = QFont(self.font)
        font.setPixelSize(max(1, round(self.em * share)))
        return face(font)


@dataclass(frozen=True, slots=True)
class Run:
    """Shaped letters: how far they reach, and where their ink is (from the baseline's start)."""

    face: Face
    letters: QStaticText
    top: float  # from the baseline to what Qt takes for the upper left corner: negative
    advance: float
    ink: QRectF


def face(font: QFont) -> Face:
    """With its size in pixels, whatever it was given in."""
    if font.pixelSize() <= 0:
        font = QFont(font)
        font.setPixelSize(max(1, QFontInfo(font).pixelSize()))
    return Face(font.key(), font)


@lru_cache(maxsize=KEPT)
def run(text: str, face: Face) -> Run:
    letters = QStaticText(text)
    letters.setTextFormat(Qt.TextFormat.PlainText)
    letters.prepare(QTransform(), face.font)
    metrics = QFontMetricsF(face.font)
    layout = QTextLayout(text, face.font)
    layout.beginLayout()
    line = layout.createLine()
    line.setPosition(QPointF())
    layout.endLayout()
    ink = metrics.tightBoundingRect(text)
    return Run(face, letters, -line.ascent(), metrics.horizontalAdvance(text), ink)
