"""The line that says what comes out, and what it means for the first layer."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from engine.chain.speed import speed_sentence
from engine.numerals import scientific
from gui.chain.diagram.keys import RESULT, SHARED_BIAS, SHARED_WEIGHT, SPEED, Key
from gui.chain.diagram.page import Page
from gui.chain.diagram.plan import Plan
from gui.chain.diagram.reading import Reading
from gui.common.formula.boxes import Box, Row
from gui.common.formula.symbols import EQUALS, b, italic, partial

RESERVED = "−0.000"  # the value does not push its neighbours about
LEAST = 0.62  # of the usual size


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, with the symbol that they are the value of if there is one."""

    key: Key
    words: str
    symbol: Box | None = None

    def width(self, plan: Plan, size: int) -> float:
        face = plan.look.face(size, self.symbol is not None)
        if self.symbol is None:
            return face.width(self.words)
        return max(face.width(self.words), face.width(RESERVED)) + self.indent(plan, size)

    def indent(self, plan: Plan, size: int) -> float:
        """Of the words, behind the symbol."""
        return plan.small(self.symbol, size).width if self.symbol is not None else 0.0


class ResultLine:
    """The pieces in their places; what does not fit is smaller, and at last left out."""

    def __init__(self, plan: Plan, reading: Reading) -> None:
        self._plan = plan
        self.pieces = _pieces(reading)
        self.size = plan.rows.type.result
        room, least = plan.width - 16, LEAST * self.size
        while self._width() > room and self.size > least:
            self.size -= 1
        if self._width() > room:
            self.pieces = self.pieces[:1]

    def places(self) -> list[tuple[Piece, QRectF]]:
        top, height = self._plan.rows.bands["result"]
        x, places = (self._plan.width - self._width()) / 2, []
        for piece in self.pieces:
            width = piece.width(self._plan, self.size)
            places.append((piece, QRectF(x, top, width, height)))
            x += width + self.size
        return places

    def at(self, point: QPointF) -> Key | None:
        return next((piece.key for piece, place in self.places() if place.contains(point)), None)

    def _width(self) -> float:
        widths = [piece.width(self._plan, self.size) for piece in self.pieces]
        return sum(widths) + self.size * (len(widths) - 1)


def paint_result(page: Page) -> None:
    plan = page.plan
    if "result" not in plan.rows.bands:
        return
    line = ResultLine(plan, page.reading)
    for piece, place in line.places():
        baseline = place.top() + 0.35 * plan.rows.type.result + 0.72 * line.size
        page.ground(piece.key, place.adjusted(-5, 0, 5, 0))
        ink = page.look.dim
        if piece.symbol is not None:
            ink = page.look.ink
            plan.small(piece.symbol, line.size).paint(page.painter, place.left(), baseline, ink)
        face = page.look.face(line.size, piece.symbol is not None)
        x = place.left() + piece.indent(plan, line.size)
        page.text(face, piece.words, x, baseline, ink, 0.0)


def _pieces(reading: Reading) -> list[Piece]:
    t = reading.trace
    pieces = [Piece(RESULT, reading.texts[RESULT], _gradient(b(1)))]
    if t.shared is not None:
        for key, letter, value in (
            (SHARED_WEIGHT, "w", t.shared.dC_dw), (SHARED_BIAS, "b", t.shared.dC_db)
        ):  # fmt: skip
            pieces.append(Piece(key, scientific(value), _gradient(italic(letter))))
    if words := speed_sentence(t):
        pieces.append(Piece(SPEED, words))
    return pieces


def _gradient(by: Box) -> Row:
    return Row(partial("C", by, slanted=True), EQUALS)
