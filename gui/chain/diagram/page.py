"""What every part of the drawing paints with."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from gui.chain.diagram.keys import Key, group
from gui.chain.diagram.look import Face, Look, put
from gui.chain.diagram.plan import Plan
from gui.chain.diagram.reading import Reading
from gui.chain.diagram.stamps import Paint, Stamps

HOVER = 16  # percent of the accent in the ground of what the pointer is on
MOVED = 26  # percent of the accent in the ground of what has just been moved


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands out: the group under the pointer, what moved lately (1 now, 0 no more)."""

    hovered: Key | None = None
    chosen: int = 0  # neuron
    has_focus: bool = False
    moved: dict[Key, float] = field(default_factory=dict)

    def percent(self, key: Key) -> int:
        """Of the accent in the ground of a thing."""
        hover = HOVER if self.hovered is not None and group(key) == self.hovered else 0
        return max(hover, round(MOVED * self.moved.get(key, 0.0)))


@dataclass(frozen=True, slots=True)
class Page:
    """A painter and what it paints."""

    painter: QPainter
    plan: Plan
    reading: Reading
    marks: Marks
    stamps: Stamps | None = None

    @property
    def look(self) -> Look:
        return self.plan.look

    def ground(self, key: Key, place: QRectF) -> None:
        """A soft patch behind what stands out."""
        percent = self.marks.percent(key)
        if percent:
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(self.look.soft(self.look.theme.accent, percent))
            round_by = min(6.0, place.height() / 3)
            self.painter.drawRoundedRect(place, round_by, round_by)

    def stamp(self, key: Hashable, place: QRectF, paint: Paint) -> None:
        """Paint something that no number changes; on a screen, once."""
        if self.stamps is None:
            paint(self.painter)
        else:
            self.stamps.put(self.painter, key, place, paint)

    def number(self, key: Key, face: Face, x: float, baseline: float) -> None:
        """What is written of ``key``, in the middle of x; narrower type where it must be."""
        text = self.reading.texts[key]
        share = self.reading.wide.get(key)
        if share is not None:
            face = self.look.face(max(7, int(face.font.pixelSize() * share)))
        self.painter.setFont(face.font)
        put(self.painter, face, text, x, baseline)

    def text(
        self, face: Face, text: str, x: float, baseline: float, colour: QColor, share: float = 0.5
    ) -> None:
        """``share`` of it left of x."""
        self.painter.setFont(face.font)
        self.painter.setPen(colour)
        put(self.painter, face, text, x, baseline, share)
