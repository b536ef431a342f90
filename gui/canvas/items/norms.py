"""The norms that a pass writes above the layers as it arrives."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.items.captions import BETWEEN, Written
from gui.canvas.layout import EDGE, Layout
from gui.canvas.look import Look
from gui.canvas.passes.passes import Norm

LINE = 16.0  # pixels, before the user's scale


class NormsItem(QGraphicsItem):
    """The newest always; of the others those that there is room for, the newer first."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(6)
        self._layout: Layout | None = None
        self._bounds = QRectF()
        self.row: list[Written] = []

    def place(self, layout: Layout, look: Look) -> None:
        self.prepareGeometryChange()
        self._layout, self._look = layout, look
        top = min(float(column.y[0]) for column in layout.columns[1:]) - layout.radius
        height = LINE * look.scale
        top = max(top - height - 3, layout.bands.frame[0] + 1)
        self._bounds = QRectF(0, top, layout.width, height)
        self.row = []
        self.update()

    def show_norms(self, norms: Sequence[Norm]) -> None:
        row: list[Written] = []
        for number, norm in enumerate(reversed(norms)):
            text = norm.text.rpartition("= ")[2] if number else norm.text
            self._add(row, text, norm.layer)
        if norms:
            self._add_ratios(row, norms)
        if row != self.row:
            self.row = row
            self.update()

    def _add_ratios(self, row: list[Written], norms: Sequence[Norm]) -> None:
        written = {text.layer for text in row}
        for before, norm in pairwise(norms):
            if norm.ratio and written.issuperset((before.layer, norm.layer)):
                self._add(row, norm.ratio, None, (before.layer + norm.layer) / 2)

    def _add(
        self, row: list[Written], text: str, layer: int | None, at: float | None = None
    ) -> None:
        layout, measure = self._layout, self._look.measure
        if layout is None:
            return
        place = layer if layer is not None else at or 0.0
        x = layout.columns[0].x + (place + 1) * layout.pitch
        width = measure(text, "text", layer is not None)
        left = min(max(x - width / 2, EDGE), layout.width - EDGE / 2 - width)
        right = left + width
        if all(right + BETWEEN <= w.left or w.right + BETWEEN <= left for w in row):
            row.append(Written(text, left, right, layer))

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        theme, hidden = self._look.theme, 0 if self._layout is None else len(self._layout.columns)
        align = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
        for text in self.row:
            room = QRectF(
                text.left, self._bounds.top(), text.right - text.left, self._bounds.height()
            )
            painter.fillRect(room.adjusted(-2, 0, 2, 0), QColor(theme.background))
            painter.setFont(self._look.face("text", text.layer is not None))
            colour = QColor(theme.dim)
            if text.layer is not None:
                colour = theme.legible(self._look.layer(text.layer + 1, hidden - 2))
            painter.setPen(colour)
            painter.drawText(room, align, text.text)
