"""The confusion matrix as a map with numbers: mistakes are shaded apart from right answers."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen

from engine.readings.predictions import Cell, PredictionsReading
from gui.plots.parts.pointed_plane import Place, PointedPlane
from gui.plots.predictions.predictions_words import class_name
from gui.theme import Theme

SHADES = 40
FAINT, RIGHT, WRONG = 0.10, 0.55, 0.85  # of accent, of 'exploding' in the panel
WIDE, HIGH = 2.4, 1.15  # most of a cell's width for its height, and the other way round
SMALLEST, GREATEST = 9.0, 24.0  # pixels of the numbers, before the user's scale
NUMBER, AIR = 0.62, 3.0  # of a cell's height; pixels around a number
GAP = 5.0
TITLED = 300.0  # pixels of width


class ConfusionMatrix(PointedPlane):
    """``pointed`` is (column, row); ``chosen`` the cell, (row, column), whose worst are shown."""

    cell_chosen = Signal(object)  # Cell, or None: all

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Confusion matrix")
        self.shown: PredictionsReading | None = None
        self.chosen: Cell | None = None

    def show_predictions(self, shown: PredictionsReading | None, chosen: Cell | None) -> None:
        before, self.shown, self.chosen = self.shown, shown, chosen
        if before is None or shown is None or before.confusion.shape != shown.confusion.shape:
            self.pointed = None
            self.renew()
        self.update()

    @property
    def classes(self) -> int:
        return 0 if self.shown is None else len(self.shown.confusion)

    @property
    def pointed_cell(self) -> Cell | None:
        return None if self.pointed is None else (self.pointed[1], int(self.pointed[0]))

    # -- places --------------------------------------------------------------------------------

    def cell_rect(self, cell: Cell) -> QRectF:
        rect, n = self.rect_of_plane, max(1, self.classes)
        wide, high = rect.width() / n, rect.height() / n
        left, top = rect.left() + cell[1] * wide, rect.top() + cell[0] * high
        right, bottom = round(left + wide), round(top + high)
        return QRectF(round(left), round(top), right - round(left), bottom - round(top))

    def place_at(self, at: QPointF) -> Place | None:
        rect, n = self.rect_of_plane, self.classes
        if not n or not rect.contains(at):
            return None
        column = int((at.x() - rect.left()) / rect.width() * n)
        row = int((at.y() - rect.top()) / rect.height() * n)
        return float(min(column, n - 1)), min(row, n - 1)

    def moved(self, place: Place | None, across: int, up: int) -> Place | None:
        if not self.classes:
            return None
        if place is None:
            return 0.0, 0
        last = self.classes - 1
        column = min(max(int(place[0]) + across, 0), last)
        return float(column), min(max(place[1] - up, 0), last)

    @property
    def _titled(self) -> bool:
        """Whether rows and columns are called what they are: numbers need the room more."""
        return self.width() >= TITLED * self.share

    def _placed(self) -> QRectF:
        shown, line = self.shown, self.metrics.height()
        if shown is None:
            return QRectF(self.rect())
        names = [class_name(shown, k) for k in range(self.classes)]
        if self._titled:
            names.append("true")
        wide = max(map(self.metrics.horizontalAdvance, names))
        left, top = min(wide, 0.25 * self.width()) + GAP, line + 2
        right = self.metrics.horizontalAdvance("said") + 2 * GAP if self._titled else 2.0
        width, height = self.width() - left - right, self.height() - top - 2
        width, height = min(width, WIDE * height), min(height, HIGH * width)
        return QRectF(left, top, max(width, 1.0), max(height, 1.0))

    # -- the hand ------------------------------------------------------------------------------

    def choose(self, cell: Cell | None) -> None:
        """The chosen one once more: none."""
        self.cell_chosen.emit(None if cell == self.chosen else cell)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.point(self.place_at(event.position()))
        if event.button() == Qt.MouseButton.LeftButton and self.pointed_cell is not None:
            self.choose(self.pointed_cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.pointed_cell is not None:
            self.choose(self.pointed_cell)
        elif event.key() == Qt.Key.Key_Escape and self.chosen is not None:
            self.cell_chosen.emit(None)
        else:
            super().keyPressEvent(event)

    # -- painting ------------------------------------------------------------------------------

    def _paint_rows(self, painter: QPainter) -> None:
        """The true classes, as many as have room."""
        shown, rect, line = self.shown, self.rect_of_plane, self.metrics.height()
        if shown is None:
            return
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if self._titled:
            painter.drawText(QRectF(0, 0, rect.left() - GAP, line), right, "true")
        every = max(1, -int(-line * 0.9 // (rect.height() / self.classes)))
        for k in range(0, self.classes, every):
            middle = self.cell_rect((k, 0)).center().y()
            room = QRectF(0, middle - line / 2, rect.left() - GAP, line)
            painter.drawText(room, right, self._fitting(class_name(shown, k), room.width()))

    def _paint_columns(self, painter: QPainter) -> None:
        """What is said."""
        shown, rect, line = self.shown, self.rect_of_plane, self.metrics.height()
        if shown is None:
            return
        if self._titled:
            painter.drawText(QPointF(rect.right() + GAP, self.metrics.ascent()), "said")
        cell = rect.width() / self.classes
        names = [class_name(shown, k) for k in range(self.classes)]
        widest = min(max(map(self.metrics.horizontalAdvance, names)), 4 * line)
        every = 1 if self.classes <= 12 and cell > line else max(1, -int(-(widest + 2) // cell))
        for k in range(0, self.classes, every):
            middle, half = self.cell_rect((0, k)).center().x(), every * cell / 2
            room = QRectF(middle - half, 0, 2 * half, line)
            text = self._fitting(names[k], room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)

    def _fitting(self, text: str, room: float) -> str:
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def paint_content(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self.shown is None:
            painter.setPen(QColor(self._theme.dim))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "not looked at yet")
            return
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect_of_plane)
        self._paint_cells(painter, self.shown)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for cell, width in ((self.chosen, 2.0), (self.pointed_cell, 1.2)):
            if cell is not None and max(cell) < self.classes:
                painter.setPen(QPen(QColor(self._theme.ink), width))
                painter.drawRect(self.cell_rect(cell))

    def _paint_cells(self, painter: QPainter, shown: PredictionsReading) -> None:
        font, of_class = self._number_font(shown), shown.of_class.clip(1)
        metrics, most = QFontMetricsF(font), max(1, shown.greatest_mistake)
        plane = self.rect_of_plane
        high = metrics.capHeight() <= plane.height() // self.classes - AIR
        room = plane.width() // self.classes - AIR
        painter.setFont(font)
        for row, counts in enumerate(shown.confusion.tolist()):
            for column, count in enumerate(counts):
                if not count:
                    continue
                rect, right = self.cell_rect((row, column)), row == column
                share = count / (int(of_class[row]) if right else most)
                colour, ink = _shade(self._theme, right, round(share * SHADES))
                painter.fillRect(rect.adjusted(0, 0, -1, -1), colour)
                text = str(count)
                if high and metrics.horizontalAdvance(text) <= room:
                    painter.setPen(ink)
                    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        painter.setFont(self.caption)

    def _number_font(self, shown: PredictionsReading) -> QFont:
        """As large as the cells allow."""
        cell, font = self.cell_rect((0, 0)), QFont(self.caption)
        digits = len(str(int(shown.confusion.max(initial=0))))
        pixels = min(NUMBER * cell.height(), (cell.width() - AIR) / (0.66 * digits))
        pixels = max(min(pixels, GREATEST * self.share), SMALLEST * self.share)
        font.setPixelSize(max(1, int(pixels)))
        return font


@lru_cache(maxsize=256)
def _shade(theme: Theme, right: bool, shade: int) -> tuple[QColor, QColor]:
    """Of a cell, and of the number in it."""
    colour, strongest = (theme.accent, RIGHT) if right else (theme.exploding, WRONG)
    ground = theme.blend(colour, FAINT + (strongest - FAINT) * shade / SHADES, theme.panel)
    return ground, theme.legible(theme.ink, ground.name())
