"""The input as an image, in the place of the input neurons that are left out."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.inspection import Inspection
from gui.canvas.items.neurons import INPUT_SHARE
from gui.canvas.layout import Layout
from gui.canvas.look import Look
from gui.common.input_picture import input_image

LEAST, AROUND = 12.0, 3.0  # pixels: smaller it is not drawn; free between it and the neurons
COVERED = 20.0  # pixels: half the number of neurons left out, which it stands for


class InputImageItem(QGraphicsItem):
    """The current example, or the mean image of the probe set."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(2)
        self._room = QRectF()
        self.image: QImage | None = None

    def place(self, layout: Layout, look: Look) -> None:
        self.prepareGeometryChange()
        self._look = look
        column = layout.columns[0]
        self._room = QRectF()
        if column.dots is not None:
            half = min(
                column.row - INPUT_SHARE * layout.radius - AROUND, layout.frame_half - AROUND
            )
            if 2 * half >= LEAST:
                self._room = QRectF(column.x - half, column.dots - half, 2 * half, 2 * half)
        self.update()

    def show_input(self, inspection: Inspection | None, shape: tuple[int, int] | None) -> None:
        """Nothing is shown where the inputs are no image."""
        if inspection is None or shape is None:
            self.image = None
        else:
            self.image = input_image(inspection.input, shape, self._look.theme)
        self.setVisible(self.image is not None and not self._room.isEmpty())
        self.update()

    def boundingRect(self) -> QRectF:
        beside = max(2.0, COVERED - self._room.width() / 2)
        return self._room.adjusted(-beside, -2, beside, 2)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if self.image is None:
            return
        theme = self._look.theme
        painter.fillRect(self.boundingRect(), QColor(theme.background))  # over dots and count
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._room, self.image)
        painter.setPen(QPen(QColor(theme.dim), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self._room)
