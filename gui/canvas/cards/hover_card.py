"""The card beside the layer under the mouse: what it is, and how its numbers are distributed."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.inspection import Inspection
from gui.canvas.cards.histograms import Histograms, signed
from gui.canvas.look import Look

PADDING = 12
WIDE = 264  # pixels inside the card, before the user's scale
IMAGE = 112  # pixels, before the user's scale


class HoverCard(QWidget):
    """Painted opaque, so that what changes beneath it costs nothing; it takes no clicks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("hover_card")
        self.setAccessibleName("Layer")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._look: Look | None = None
        self.text, self.numbers, self.picture = QLabel(), QLabel(), QLabel()
        self.text.setWordWrap(True)
        self.histograms = Histograms()
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, PADDING - 2, PADDING, PADDING)
        column.setSpacing(8)
        beside = QHBoxLayout()
        beside.addWidget(self.numbers)
        beside.addStretch(1)
        beside.addWidget(self.picture)
        column.addWidget(self.text)
        column.addLayout(beside)
        column.addWidget(self.histograms)
        self.hide()

    def set_look(self, look: Look, colour: QColor, room: QRect) -> None:
        """``colour`` is that of the layer; the card stands in ``room``."""
        self._look = look
        width = min(round(WIDE * look.scale), room.width() - 2 * PADDING - 8)
        self.text.setFixedWidth(width)
        self.histograms.set_look(look, colour, width)

    def show_content(
        self, text: str, numbers: str, image: QImage | None, inspection: Inspection | None
    ) -> None:
        """Rich texts; ``inspection`` has the distributions of this layer, None: not known yet."""
        self.text.setText(text)
        self.numbers.setText(numbers)
        self.numbers.setVisible(bool(numbers))
        self.picture.setVisible(image is not None)
        if image is not None and self._look is not None:
            side = round(IMAGE * self._look.scale)
            keep = Qt.AspectRatioMode.KeepAspectRatio
            self.picture.setPixmap(QPixmap.fromImage(image.scaled(side, side, keep)))
        self.histograms.show_distributions(inspection.distributions if inspection else None)
        self.setAccessibleDescription("; ".join(self.histograms.texts()))

    def show_histograms(self, wanted: bool) -> None:
        """The input has none."""
        self.histograms.setVisible(wanted)

    def show_beside(self, column: QRect, room: QRect) -> None:
        """Right of ``column``, or left of it, inside ``room``."""
        if (layout := self.layout()) is not None:
            layout.activate()  # what is shown has just changed
        self.resize(self.sizeHint())
        at = min(column.right() + 10, room.right() - 4 - self.width())
        left = max(room.left() + 4, column.left() - 10 - self.width())
        middle = column.center().x()
        if at < middle and left + self.width() - middle < middle - at:
            at = left  # neither side has room: there less of the column is covered
        top = min(max(column.top(), room.top() + 4), max(room.bottom() - 4 - self.height(), 0))
        self.move(QPoint(at, top))
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._look is None:
            return
        theme, painter = self._look.theme, QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.panel))
        painter.setPen(theme.blend(theme.dim, 0.6))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def neuron_numbers(inspection: Inspection, layer: int, neuron: int) -> str:
    """z, a, σ'(z) and δ of one neuron of layer ``layer``, from 0."""
    arrays = (
        ("z", inspection.z), ("a", inspection.a), ("σ'(z)", inspection.prime),
        ("δ", inspection.delta),
    )  # fmt: skip
    rows = "".join(
        f"<tr><td>{name}&nbsp;&nbsp;</td><td>{signed(float(of[layer][neuron]))}</td></tr>"
        for name, of in arrays
    )
    return f"<table cellspacing='0' cellpadding='1'>{rows}</table>"
