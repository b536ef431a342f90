"""Puts the boxes of a formula in their places, with the proportions of printed mathematics."""

from dataclasses import dataclass, field
from itertools import zip_longest

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from gui.common.formula.boxes import Box, Fraction, Row, Space, Sub, Sup, Text
from gui.common.formula.runs import Face, Run, face, run

SCRIPT = 0.7  # size of a sub- or superscript
IN_FRACTION = 0.88  # size of what stands over and under a rule
LOWERED, RAISED = 0.2, 0.42  # em from baseline to baseline
AFTER_SCRIPT = 0.05  # em
RULE, RULE_GAP, RULE_END = 0.055, 0.17, 0.1  # em: how thick, how far from the letters, how far out


@dataclass(slots=True)
class LaidOut:
    """A formula in pixels, from the left end of its baseline; y is downwards.

    ``ascent`` and ``descent`` are those of the ink. ``tags`` are the places of what is tagged.
    """

    width: float = 0.0
    ascent: float = 0.0
    descent: float = 0.0
    tags: list[tuple[object, QRectF]] = field(default_factory=list)
    runs: list[tuple[Run, float, float, QColor | None]] = field(default_factory=list)
    rules: list[tuple[QRectF, QColor | None]] = field(default_factory=list)

    def paint(self, painter: QPainter, x: float, baseline: float, ink: QColor) -> None:
        """With ``ink`` for all that has no colour of its own."""
        for letters, at, y, colour in self.runs:
            painter.setPen(colour or ink)
            painter.setFont(letters.face.font)
            corner = QPointF(x + at, round(baseline + y) + letters.top)
            painter.drawStaticText(corner, letters.letters)
        for rule, colour in self.rules:
            top = round(baseline + rule.top())
            painter.fillRect(
                QRectF(x + rule.left(), top, rule.width(), rule.height()), colour or ink
            )

    def put(self, other: "LaidOut", x: float, y: float = 0.0) -> None:
        """Take over what ``other`` is made of, moved by x and y."""
        self.runs += [(letters, x + at, y + dy, ink) for letters, at, dy, ink in other.runs]
        self.rules += [(rule.translated(x, y), colour) for rule, colour in other.rules]
        self.tags += [(tag, place.translated(x, y)) for tag, place in other.tags]
        self.width = max(self.width, x + other.width)
        self.ascent = max(self.ascent, other.ascent - y)
        self.descent = max(self.descent, other.descent + y)

    def tag(self, name: object) -> None:
        if name is not None:
            place = QRectF(0.0, -self.ascent, self.width, self.ascent + self.descent)
            self.tags.append((name, place))


def lay_out(box: Box, font: QFont) -> LaidOut:
    """``box`` in the size and family of ``font``."""
    return _placed(box, face(font), None)


def _placed(box: Box, face: Face, colour: QColor | None) -> LaidOut:
    match box:
        case Text():
            return _text(box, face, colour)
        case Space(ems):
            return LaidOut(width=ems * face.em)
        case Row():
            return _row(box, face, colour)
        case Sub(base, sub):
            return _script(base, sub, face, colour, -1)
        case Sup(base, sup):
            return _script(base, sup, face, colour, 1)
        case Fraction():
            return _fraction(box, face, colour)


def _text(box: Text, face: Face, colour: QColor | None) -> LaidOut:
    letters = run(box.text, face.styled(box.italic, box.bold))
    laid = LaidOut(letters.advance, max(0.0, -letters.ink.top()), max(0.0, letters.ink.bottom()))
    laid.runs.append((letters, 0.0, 0.0, box.colour or colour))
    laid.tag(box.tag)
    return laid


def _row(box: Row, face: Face, colour: QColor | None) -> LaidOut:
    laid = LaidOut()
    for part, following in zip_longest(box.boxes, box.boxes[1:]):
        laid.put(_placed(part, face, box.colour or colour), laid.width)
        if isinstance(following, Text) and not following.italic:
            laid.width += _overhang(part, face)
    laid.tag(box.tag)
    return laid


def _script(base: Box, script: Box, face: Face, colour: QColor | None, side: int) -> LaidOut:
    laid = LaidOut()
    laid.put(_placed(base, face, colour), 0.0)
    small = _placed(script, face.scaled(SCRIPT), colour)
    if side > 0:  # a superscript clears the slope of an italic letter
        shift = -max(RAISED * face.em, laid.ascent - 0.5 * face.em)
        at = laid.width + _overhang(base, face)
    else:
        shift, at = max(LOWERED * face.em, laid.descent - 0.1 * face.em), laid.width
    laid.put(small, at, shift)
    laid.width += AFTER_SCRIPT * face.em
    return laid


def _fraction(box: Fraction, face: Face, colour: QColor | None) -> LaidOut:
    small = face.scaled(IN_FRACTION)
    above, below = _placed(box.above, small, colour), _placed(box.below, small, colour)
    end, gap, thick = RULE_END * face.em, RULE_GAP * face.em, max(1, round(RULE * face.em))
    width = max(above.width, below.width) + 2 * end
    axis = QFontMetricsF(face.font).xHeight() / 2
    laid = LaidOut(width=width)
    laid.put(above, (width - above.width) / 2, -axis - thick / 2 - gap - above.descent)
    laid.put(below, (width - below.width) / 2, -axis + thick / 2 + gap + below.ascent)
    laid.rules.append((QRectF(0.0, -axis - thick / 2, width, thick), colour))
    laid.width = width
    return laid


def _overhang(box: Box, face: Face) -> float:
    """How far the ink of an italic letter reaches beyond its advance."""
    if not (isinstance(box, Text) and box.italic):
        return 0.0
    letters = run(box.text, face.styled(True, box.bold))
    return max(0.0, letters.ink.right() - letters.advance)
