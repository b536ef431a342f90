"""The sliders of the chain, or the distribution of its values where it is long."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from engine.chain.spec import WITH_SLIDERS, ChainSpec
from engine.chain.trace import ChainTrace
from gui.chain.controls.draw_controls import DrawControls
from gui.chain.controls.home import is_another
from gui.chain.controls.slider_table import SliderTable
from gui.document import ChainDocument
from gui.theme import Theme


class ChainSliders(QWidget):
    """Shows what has changed of a trace's chain, and edits the document's."""

    refused = Signal(str)
    neuron_chosen = Signal(int)  # from 1

    def __init__(self, document: ChainDocument, theme: Theme) -> None:
        super().__init__()
        self._chain: ChainSpec | None = None
        self._chosen = 0
        self.table, self.draw = SliderTable(document, theme), DrawControls(document, theme)
        self._strip = _Strip(self.table)
        self.draw.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._strip)
        column.addWidget(self.draw)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for part in (self.table, self.draw):
            part.refused.connect(self.refused)
            part.neuron_chosen.connect(self._on_neuron_chosen)

    def show_trace(self, t: ChainTrace) -> None:
        chain, before = t.chain, self._chain
        if chain is before:
            return
        self._chain = chain
        part = self.table if chain.neurons <= WITH_SLIDERS else self.draw
        self._strip.setVisible(part is self.table)
        self.draw.setVisible(part is self.draw)
        part.show_chain(chain)
        ours = chain is self.table.edited or chain is self.draw.edited
        if before is None or (not ours and is_another(chain, before)):
            part.show_home(chain)

    def set_chosen(self, j: int) -> None:
        """The neuron whose values can be set in a long chain."""
        self._chosen = j
        self.draw.set_chosen(j)

    @Slot(int)
    def _on_neuron_chosen(self, j: int) -> None:
        if j != self._chosen:  # a drag chooses once
            self._chosen = j
            self.neuron_chosen.emit(j)

    def set_theme(self, theme: Theme) -> None:
        self.table.set_theme(theme)
        self.draw.set_theme(theme)


class _Strip(QScrollArea):
    """As high as what is in it; where that is wider, it moves sideways."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        inside = self._inside.minimumSizeHint()
        bar = self.horizontalScrollBar().sizeHint().height()
        return QSize(0, inside.height() + bar * (inside.width() > self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().viewportEvent(event)
