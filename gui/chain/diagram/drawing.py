"""A trace in one size and one look: what is painted, and what is where."""

from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFont, QPainter

from engine.chain.trace import ChainTrace
from gui.chain.diagram.hits import Hits
from gui.chain.diagram.keys import Key
from gui.chain.diagram.look import Look
from gui.chain.diagram.page import Marks, Page
from gui.chain.diagram.paint_chain import paint_chain
from gui.chain.diagram.paint_formula import paint_stairs, paint_terms
from gui.chain.diagram.paint_result import ResultLine, paint_result
from gui.chain.diagram.plan import Plan, Shape
from gui.chain.diagram.reading import Reading
from gui.chain.diagram.stamps import Stamps
from gui.theme import Theme


class Drawing:
    """Keeps its plan as long as only numbers change."""

    def __init__(self, t: ChainTrace, theme: Theme, font: QFont, size: QSize) -> None:
        look = Look(theme, font, t.chain.neurons)
        self.plan = Plan(Shape.of(t.chain), look, size.width(), size.height())
        self.reading = Reading(self.plan, t)
        self._size = size
        self._stamps = Stamps()

    @cached_property
    def hits(self) -> Hits:
        return Hits(self.plan)

    def at(self, point: QPointF) -> Key | None:
        """What is drawn there."""
        if "result" in self.plan.rows.bands and point.y() >= self.plan.rows.top("result"):
            return ResultLine(self.plan, self.reading).at(point)
        return self.hits.at(point)

    def place(self, key: Key) -> QRectF:
        """Of a thing that is drawn; empty where it is not."""
        place = self.hits.place(key)
        if "result" in self.plan.rows.bands and place.isEmpty():
            line = ResultLine(self.plan, self.reading).places()
            return next((at for piece, at in line if piece.key == key), place)
        return place

    def suits(self, t: ChainTrace, size: QSize) -> bool:
        """Whether this trace in this size needs no other drawing."""
        return self._size == size and self.plan.shape == Shape.of(t.chain)

    def show(self, t: ChainTrace) -> list[Key]:
        """Take over the numbers of a trace; return what is written otherwise than before."""
        before, self.reading = self.reading, Reading(self.plan, t)
        return self.reading.changed(before)

    def paint(self, painter: QPainter, marks: Marks, on_screen: bool = False) -> None:
        """What stays is painted once ``on_screen``; elsewhere letters stay letters."""
        stamps = self._stamps if on_screen else None
        page = Page(painter, self.plan, self.reading, marks, stamps)
        paint_terms(page)
        paint_stairs(page)
        paint_chain(page)
        paint_result(page)
