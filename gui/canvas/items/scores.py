"""What the output says of the examples looked at: a score beside every output neuron."""

from math import isfinite

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.inspection import Inspection
from gui.canvas.layout import Layout
from gui.canvas.look import Look
from gui.canvas.words.labels import quantity

BESIDE, APART = 4.0, 4.0  # pixels: from the neuron to the class, from the class to its score
BAR = 2.0  # pixels: the height of the line below a score


def score_text(a: float, room: int = 4) -> str:
    """An output in ``room`` characters where it lies between 0 and 1: 0.97, or .97 in three."""
    if 0 <= a <= 1:
        text = f"{a:.2f}"
        return text if room > 3 or a >= 0.995 else text[1:]
    return ("−" if a < 0 else "") + quantity(abs(a)) if isfinite(a) else "?"


class ScoresItem(QGraphicsItem):
    """Class numbers, scores, and a mark at the right class."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(2)
        self._bounds = QRectF()
        self.classes: list[str] = []
        self.texts: list[str] = []
        self.right: int | None = None

    def place(self, layout: Layout, look: Look) -> None:
        self.prepareGeometryChange()
        self._look, self._column = look, layout.columns[-1]
        line = 14 * look.scale
        gaps = self._column.y[1:] - self._column.y[:-1]
        self._fits = len(gaps) == 0 or float(gaps.min()) >= line
        left = self._column.x + layout.radius + BESIDE
        top, bottom = float(self._column.y[0]) - line, float(self._column.y[-1]) + line
        self._bounds = QRectF(left, top, layout.width - left - 2, bottom - top)
        self.classes = [str(k) for k in self._column.shown.tolist()] if self._fits else []
        self._number = max((look.measure(k, "caption", True) for k in self.classes), default=0.0)
        self._shares: list[float] = []
        self.texts, self.right = [], None
        self.update()

    def show_scores(self, inspection: Inspection | None) -> None:
        """The output activations, and the class of an example."""
        texts: list[str] = []
        shares: list[float] = []
        right = None if inspection is None else inspection.label
        if inspection is not None and self._fits:
            a = inspection.a[-1][self._column.shown].astype(float).tolist()
            texts = self._written(a)
            shares = [min(max(x, 0.0), 1.0) if isfinite(x) else 0.0 for x in a]
        if (texts, right) != (self.texts, self.right):
            self.texts, self.right, self._shares = texts, right, shares
            self.update()

    def _written(self, a: list[float]) -> list[str]:
        room = self._bounds.width() - self._number - APART
        for characters in (4, 3):
            texts = [score_text(x, characters) for x in a]
            if max(self._look.measure(text, "caption", True) for text in texts) <= room:
                return texts
        return []

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        theme = self._look.theme
        for row, (name, y) in enumerate(zip(self.classes, self._column.y.tolist(), strict=True)):
            is_right = self.right == int(name)
            painter.setFont(self._look.face("caption", is_right))
            painter.setPen(QColor(theme.accent if is_right else theme.ink))
            self._write(painter, name, self._bounds.left(), y)
            if not self.texts:
                continue
            at = self._bounds.left() + self._number + APART
            painter.setPen(QColor(theme.accent if is_right else theme.dim))
            self._write(painter, self.texts[row], at, y)
            self._underline(painter, at, y, self._shares[row], is_right)

    def _write(self, painter: QPainter, text: str, x: float, y: float) -> None:
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        room = QRectF(x, y - 10, self._bounds.right() - x, 20)
        painter.drawText(room, align | Qt.TextFlag.TextDontClip, text)

    def _underline(
        self, painter: QPainter, x: float, y: float, share: float, is_right: bool
    ) -> None:
        theme = self._look.theme
        full = min(self._look.measure("0.00", "caption"), self._bounds.right() - x)
        below = y + painter.fontMetrics().height() / 2
        painter.fillRect(QRectF(x, below, full, BAR), QColor(theme.line))
        painter.fillRect(
            QRectF(x, below, full * share, BAR), QColor(theme.accent if is_right else theme.dim)
        )
