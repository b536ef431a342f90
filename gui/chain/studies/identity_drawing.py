"""The identity neuron as a formula with its values, and as a drawing beside it."""

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from engine.chain.identity import IdentityNeuron
from gui.chain.studies.escape_neuron import number
from gui.common.formula.boxes import Box, Row, Space, Text
from gui.common.formula.layout import LaidOut, lay_out
from gui.common.formula.symbols import b, italic, w
from gui.common.typeface import typeface
from gui.theme import TEXT, Theme

FORMULA, NAME = 30, 20  # pixels of type, before the user's scale
RADIUS, REACH = 18, 96  # of a neuron, and from one to the next
NEAREST = 3.4  # radii from one to the next, without which there is no drawing
BETWEEN = 44  # formula and drawing
WIDEST = 5.0  # pixels of a line
HEIGHT = 68
OUT_OF = Row(Space(0.22), Text("≈"), Space(0.22), italic("x"))


class IdentityDrawing(QWidget):
    """w_2 σ(w_1 x + b) ≈ x; with the offset taken up, b_2 of the next neuron is in it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._neuron, self._with_offset = IdentityNeuron(1.0, 0.0, 1.0), False
        self._values: dict[object, float] = {}
        self._laid = LaidOut()
        self._measure()

    def show_neuron(self, neuron: IdentityNeuron, with_offset: bool) -> None:
        self._neuron, self._with_offset = neuron, with_offset
        self._values = {"w1": neuron.w1, "b": neuron.b, "w2": neuron.w2, "b2": -neuron.offset}
        self._laid = lay_out(self.formula, self._large)
        self.setAccessibleName(self.spoken)
        self.update()

    @property
    def formula(self) -> Box:
        inner = Row(italic("σ"), Text("("), w(1, self._ink("w1"), "w1"), italic("x"), _PLUS,
                    Row(italic("b"), colour=self._ink("b"), tag="b"), Text(")"))  # fmt: skip
        bias = Row(_PLUS, b(2, self._ink("b2"), "b2")) if self._with_offset else Space(0.0)
        return Row(w(2, self._ink("w2"), "w2"), Space(0.12), inner, bias, OUT_OF)

    @property
    def spoken(self) -> str:
        values = ", ".join(f"{name} {number(value)}" for name, value in self._shown.items())
        return f"The identity neuron with {values}"

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._measure()

    def sizeHint(self) -> QSize:
        return QSize(520, round(HEIGHT * self._share))

    def minimumSizeHint(self) -> QSize:
        return QSize(360, round(HEIGHT * self._share))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chain = self._chain_width()
        left = (
            self.width() - self._laid.width - chain - (BETWEEN * self._share if chain else 0)
        ) / 2
        self._paint_formula(painter, left)
        if chain:
            self._paint_chain(painter, self.width() - left - chain, chain)
        painter.end()

    # -- formula -----------------------------------------------------------------------------

    @property
    def _shown(self) -> dict[object, float]:
        hidden = () if self._with_offset else ("b2",)
        return {name: value for name, value in self._values.items() if name not in hidden}

    def _paint_formula(self, painter: QPainter, left: float) -> None:
        baseline = QFontMetricsF(self._large).ascent()
        self._laid.paint(painter, left, baseline, QColor(self._theme.ink))
        painter.setFont(self._text)
        painter.setPen(QColor(self._theme.ink))
        line = QFontMetricsF(self._text).height()
        top = baseline + self._laid.descent + 2
        for tag, place in self._laid.tags:
            if tag in self._shown:
                middle = left + place.center().x()
                room = QRectF(middle - 60, top, 120, line)
                text = number(self._values[tag], 4)
                painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, text)

    # -- drawing -----------------------------------------------------------------------------

    @property
    def _neurons(self) -> int:
        return 2 if self._with_offset else 1

    def _chain_width(self) -> float:
        """0 where there is no room for it."""
        room = self.width() - self._laid.width - (BETWEEN + 2 * RADIUS) * self._share
        ends = 1.6 * RADIUS * self._share
        reach = min(REACH * self._share, (room - ends) / (self._neurons + 1))
        if reach < NEAREST * RADIUS * self._share:
            return 0.0
        return reach * (self._neurons + 1) + ends

    def _paint_chain(self, painter: QPainter, left: float, width: float) -> None:
        radius, neurons = RADIUS * self._share, self._neurons
        first = left + 0.5 * radius
        reach = (width - 1.6 * radius) / (neurons + 1)
        row = self.height() / 2 + 0.35 * radius
        places = [QPointF(first + k * reach, row) for k in range(neurons + 2)]
        starts = [radius * 0.7, *[radius] * neurons]
        for k, name in enumerate(("w1", "w2", "")[: neurons + 1]):
            line = QLineF(places[k].x() + starts[k], row, places[k + 1].x() - radius, row)
            self._paint_line(painter, line, name)
        self._paint_name(painter, places[0], italic("x"))
        self._paint_name(painter, places[-1], OUT_OF)
        for k in range(neurons):
            colour = self._theme.layer(k, 2)
            painter.setPen(QPen(colour, 2.5 * self._share))
            painter.setBrush(QColor(self._theme.panel))
            painter.drawEllipse(places[k + 1], radius, radius)
            self._paint_name(painter, places[k + 1], b(2) if k else italic("b"))

    def _paint_line(self, painter: QPainter, line: QLineF, name: str) -> None:
        if not name:
            painter.setPen(QPen(QColor(self._theme.dim), 1.5))
            painter.drawLine(line)
            return
        size = min(abs(self._values.get(name, 0.0)), WIDEST)
        painter.setPen(QPen(self._ink(name), 1.5 + size * 0.7 * self._share))
        painter.drawLine(line)
        above = line.center() - QPointF(0, 0.75 * NAME * self._share)
        self._paint_name(painter, above, w(int(name[1]), self._ink(name)))

    def _paint_name(self, painter: QPainter, middle: QPointF, box: Box) -> None:
        laid = lay_out(box, self._medium)
        x_height = QFontMetricsF(self._medium).xHeight()
        at = middle.x() - laid.width / 2
        laid.paint(painter, at, middle.y() + x_height / 2, QColor(self._theme.ink))

    def _ink(self, name: str) -> QColor:
        theme = self._theme
        if name in ("b", "b2"):
            return theme.legible(theme.layer(int(name == "b2"), 2), theme.background)
        negative = self._values.get(name, 1.0) < 0
        return theme.legible(theme.negative if negative else theme.positive, theme.background)

    def _measure(self) -> None:
        self._large, self._medium = typeface(self, FORMULA), typeface(self, NAME)
        self._text = typeface(self, TEXT)
        self._share = self._text.pixelSize() / TEXT
        self.show_neuron(self._neuron, self._with_offset)
        self.updateGeometry()


_PLUS = Row(Space(0.22), Text("+"), Space(0.22))
