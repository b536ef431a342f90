"""The field that opens on a layer's header to type its number of neurons."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from engine.architecture import LayerSpec
from engine.hyper import hypers
from gui.common.number_field import NumberField

NEURONS = next(h for h in hypers(LayerSpec) if h.name == "neurons")
BORDER = 3
WIDTH = 76  # pixels, before the user's scale


class NumberEditor(NumberField):
    """Enter or a click elsewhere takes what is typed; Esc brings the old number back."""

    neurons_set = Signal(int, int)  # column, neurons
    finished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(NEURONS, parent=parent)
        self.setObjectName("neurons_editor")
        self.setAccessibleName("Number of neurons")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column = -1
        self._before = 0
        self.number_changed.connect(self._on_number_changed)
        self.editingFinished.connect(self._on_editing_finished)
        self.hide()

    def open(self, column: int, neurons: int, over: QRectF, scale: float) -> None:
        """Edit ``neurons`` of ``column`` above the header ``over``."""
        self.column, self._before = column, neurons
        self.set_number(neurons)
        self.setFixedWidth(round(WIDTH * scale))
        self.show_over(over)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.selectAll()

    def show_over(self, header: QRectF) -> None:
        """Stand over the header, within the widget."""
        size = self.sizeHint()
        width = self.width()
        parent = self.parentWidget()
        room = parent.width() - width if parent else 0
        left = min(max(round(header.center().x() - width / 2), 0), max(room, 0))
        self.move(left, max(0, round(header.center().y() - size.height() / 2)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.number != self._before:
                self.neurons_set.emit(self.column, self._before)
            self.give_up()
        else:
            super().keyPressEvent(event)
            event.accept()  # a spin box passes Enter on: the network would open it again

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        """A style sheet leaves the text of a spin box without buttons one pixel."""
        self.lineEdit().setGeometry(self.rect().adjusted(BORDER, BORDER, -BORDER, -BORDER))

    def give_up(self) -> None:
        """Close, and forget what is typed."""
        self.column = -1
        self._close()

    @Slot(str, object)
    def _on_number_changed(self, _name: str, neurons: int) -> None:
        if self.column >= 0:
            self.neurons_set.emit(self.column, neurons)

    @Slot()
    def _on_editing_finished(self) -> None:
        if self.column >= 0:
            self.column = -1
            self._close()

    def _close(self) -> None:
        self.hide()
        self.finished.emit()
