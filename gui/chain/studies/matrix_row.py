"""δ¹ as a row of factors: their symbols, their matrices as blocks, and their norms."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.chain.matrices import MatrixFactor
from gui.chain.studies.matrix_image import diagonal_colours, elements, matrix_image
from gui.chain.studies.matrix_plan import FILLED, Columns, Sides, columns
from gui.chain.studies.matrix_words import CAPTIONS, result, symbol, tip, values
from gui.chain.studies.matrix_work import NetworkRow
from gui.common.formula.boxes import Box
from gui.common.formula.layout import LaidOut, lay_out
from gui.common.typeface import typeface
from gui.theme import CAPTION, TEXT, Theme

FORMULA, LEAST_FORMULA = 28, 13  # pixels, before the user's scale
GAP = 6.0
LEAST_BLOCKS = 44.0  # pixels, before the user's scale: below that, numbers are left out
DROPPED = ("shape", "running", "vector")  # in this order
CAPTION_SHARE = 0.17  # of the width, for the names of the numbers


class MatrixRowView(QWidget):
    """Of a long network the first and the last factors."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("matrix_row")
        self.setAccessibleName("The error of the first layer as a product of matrices")
        self._theme = theme
        self.row: NetworkRow | None = None
        self.columns: Columns | None = None
        self._images: dict[tuple[int, int, int], QImage] = {}
        self._laid: dict[tuple[Box, int, bool], LaidOut] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_row(self, row: NetworkRow) -> None:
        self.row = row
        self._images.clear()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._images.clear()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(900, 280)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 110)

    def factor_at(self, point: QPointF) -> MatrixFactor | None:
        place = self.columns.at(point.x()) if self.columns else None
        return None if place is None or self.row is None else self.row.factors[place]

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            factor = self.factor_at(QPointF(event.pos()))
            if factor is not None and self.row is not None:
                QToolTip.showText(event.globalPos(), tip(self.row, factor), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._laid.clear()
            self.update()

    # -- places ----------------------------------------------------------------------------

    @property
    def _scale(self) -> float:
        return typeface(self, 100).pixelSize() / 100

    def _captions(self) -> dict[str, str]:
        """The names of the numbers, long or short."""
        metrics = QFontMetricsF(typeface(self, CAPTION))
        widest = max(metrics.horizontalAdvance(long) for long, _ in CAPTIONS.values())
        short = widest > CAPTION_SHARE * self.width()
        return {name: pair[short] for name, pair in CAPTIONS.items()}

    def _plan(self, row: NetworkRow, captions: dict[str, str]) -> Columns:
        metrics = QFontMetricsF(typeface(self, CAPTION))
        left = max(map(metrics.horizontalAdvance, captions.values())) + 2 * GAP
        return columns(len(row.factors), left, self.width() - GAP, self._scale)

    def _pixels(self, row: NetworkRow, plan: Columns) -> int:
        """The size of the formula."""
        at = typeface(self, 100)
        widest = max(self._box(symbol(row.factors[k]), 100).width for k in plan.shown)
        fits = plan.pitch * 0.9 / widest * 100 * 100 / at.pixelSize()
        return round(min(FORMULA, max(LEAST_FORMULA, fits)))

    def _lines(self, line: float, above: float) -> list[str]:
        """The numbers that there is room for."""
        names = list(CAPTIONS)
        for name in DROPPED:
            if self.height() - above - len(names) * line >= LEAST_BLOCKS * self._scale:
                break
            names.remove(name)
        return names

    # -- painting --------------------------------------------------------------------------

    def _box(self, box: Box, pixels: int, bold: bool = False) -> LaidOut:
        key = (box, pixels, bold)
        if key not in self._laid:
            self._laid[key] = lay_out(box, typeface(self, pixels, bold))
        return self._laid[key]

    def paintEvent(self, _event: QPaintEvent) -> None:
        row = self.row
        if row is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        captions = self._captions()
        self.columns = plan = self._plan(row, captions)
        pixels = self._pixels(row, plan)
        baseline = 1.15 * pixels * self._scale
        line = QFontMetricsF(typeface(self, TEXT)).height() * 1.12
        above = baseline + 0.45 * pixels * self._scale + GAP
        lines = self._lines(line, above)
        below = self.height() - len(lines) * line
        room = min(max(10.0, below - above - 2 * GAP), FILLED * plan.pitch)
        spare = max(0.0, below - above - room - 2 * GAP) / 2  # keeps all of it together
        below, above, baseline = below - spare, above + spare, baseline + spare
        band = QRectF(0, above, self.width(), max(10.0, below - above - GAP))
        self._paint_gutter(painter, captions, lines, below, line, baseline, pixels)
        sides = Sides.of([row.factors[k] for k in plan.shown], room)
        for column, place in enumerate(plan.places):
            middle = plan.middle(column)
            if place is None:
                self._paint_gap(painter, middle, baseline, pixels, band, plan)
                continue
            factor = row.factors[place]
            self._paint_symbol(painter, factor, middle, baseline, pixels)
            self._paint_block(painter, place, factor, middle, band, sides)
            self._paint_values(painter, factor, middle, below, line, lines, plan.pitch)
        painter.end()

    def _colour(self, factor: MatrixFactor) -> QColor:
        if factor.kind in ("prime", "delta") and self.row is not None:
            return self._theme.layer(factor.l - 1, self.row.layers)
        return QColor(self._theme.ink)

    def _paint_gutter(
        self, painter: QPainter, captions: dict[str, str], lines: list[str], below: float,
        line: float, baseline: float, pixels: int,
    ) -> None:  # fmt: skip
        laid, ink = self._box(result(), pixels), QColor(self._theme.ink)
        right = self.columns.left - GAP if self.columns else 0.0
        laid.paint(painter, max(0.0, right - laid.width), baseline, ink)
        painter.setFont(typeface(self, CAPTION))
        painter.setPen(self._theme.legible(self._theme.dim))
        end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for k, name in enumerate(lines):
            painter.drawText(QRectF(0, below + k * line, right, line), int(end), captions[name])

    def _paint_symbol(
        self, painter: QPainter, factor: MatrixFactor, middle: float, baseline: float, pixels: int
    ) -> None:
        laid = self._box(symbol(factor), pixels)
        ink = self._theme.legible(self._colour(factor), large=pixels * self._scale >= 24)
        laid.paint(painter, middle - laid.width / 2, baseline, ink)

    def _paint_gap(
        self, painter: QPainter, middle: float, baseline: float, pixels: int, band: QRectF,
        plan: Columns,
    ) -> None:  # fmt: skip
        assert self.row is not None
        left_out = len(self.row.factors) - len(plan.shown)
        painter.setPen(self._theme.legible(self._theme.dim))
        painter.setFont(typeface(self, pixels))
        centre = int(Qt.AlignmentFlag.AlignHCenter)
        half = plan.pitch / 2
        dots = QRectF(middle - half, baseline - 2 * pixels, 2 * half, 2 * pixels)
        painter.drawText(dots, centre | Qt.AlignmentFlag.AlignBottom, "⋯")
        painter.setFont(typeface(self, CAPTION))
        text = f"{left_out:,}\nfactors\nmore"
        both = int(Qt.AlignmentFlag.AlignCenter)
        painter.drawText(QRectF(middle - half, band.top(), 2 * half, band.height()), both, text)

    def _paint_block(
        self, painter: QPainter, place: int, factor: MatrixFactor, middle: float, band: QRectF,
        sides: Sides,
    ) -> None:  # fmt: skip
        high, wide = sides(factor.shape[0]), sides(factor.shape[1])
        if factor.shape[1] == 1:
            wide = max(wide, 7.0 * self._scale)
        rect = QRectF(middle - wide / 2, band.center().y() - high / 2, wide, high)
        if factor.kind == "prime":
            self._paint_diagonal(painter, factor, rect)
        else:
            painter.drawImage(rect, self._image(place, factor, rect))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.blend(self._colour(factor), 0.6), 1))
        painter.drawRect(rect)

    def _image(self, place: int, factor: MatrixFactor, rect: QRectF) -> QImage:
        assert self.row is not None
        ratio = self.devicePixelRatio()
        width, height = max(1, round(rect.width() * ratio)), max(1, round(rect.height() * ratio))
        key = place, width, height
        if key not in self._images:
            values_ = elements(self.row, factor)
            self._images[key] = matrix_image(values_, width, height, self._theme)
        return self._images[key]

    def _paint_diagonal(self, painter: QPainter, factor: MatrixFactor, rect: QRectF) -> None:
        assert self.row is not None
        painter.fillRect(rect, QColor(self._theme.panel))
        count = max(1, min(factor.shape[0], int(rect.height() / 2)))
        cell = rect.height() / count
        values_ = elements(self.row, factor)
        colours = diagonal_colours(values_, count, self._colour(factor), self._theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for k, colour in enumerate(colours):
            painter.fillRect(
                QRectF(rect.left() + k * cell, rect.top() + k * cell, cell + 0.5, cell + 0.5),
                colour,
            )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_values(
        self, painter: QPainter, factor: MatrixFactor, middle: float, below: float, line: float,
        lines: list[str], pitch: float,
    ) -> None:  # fmt: skip
        texts, centre = values(factor), int(Qt.AlignmentFlag.AlignCenter)
        for k, name in enumerate(lines):
            strong = name == "norm" or (name == "vector" and factor.kind in ("prime", "delta"))
            painter.setFont(typeface(self, CAPTION if name == "shape" else TEXT, name == "norm"))
            ink = self._theme.legible(self._colour(factor) if strong else QColor(self._theme.dim))
            painter.setPen(ink)
            rect = QRectF(middle - pitch / 2, below + k * line, pitch, line)
            painter.drawText(rect, centre, texts[name])
