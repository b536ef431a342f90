"""The middle of the window: palette, picture of the network, and what it is to show."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.canvas.close_look import CloseLook
from gui.canvas.palette import Palette
from gui.canvas.view import NetworkView
from gui.canvas.view_bar import ViewBar
from gui.document import ExperimentDocument
from gui.theme import Theme


class CanvasPanel(QWidget):
    """Puts the parts side by side and connects them."""

    subject_changed = Signal(object)  # engine.inspection.Subject
    refused = Signal(str)

    def __init__(
        self, document: ExperimentDocument, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.palette_strip = Palette(theme)
        self.view = NetworkView(document, theme)
        self.bar = ViewBar(theme)
        self.close_look = CloseLook(self.view, self.bar, document)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.palette_strip)
        row.addWidget(self.view, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self.bar)
        self.setFocusProxy(self.view)
        self.palette_strip.chosen.connect(self.view.add_layer)
        self.view.parameter_picked.connect(self.close_look.open_parameter)
        self.view.refused.connect(self.refused)
        self.close_look.refused.connect(self.refused)
        self.close_look.subject_changed.connect(self.subject_changed)

    def set_theme(self, theme: Theme) -> None:
        self.palette_strip.set_theme(theme)
        self.view.set_theme(theme)
        self.close_look.set_theme(theme)

    def play_pass(self, direction: str) -> None:
        """``forward`` or ``backward``, layer by layer."""
        self.close_look.begin_pass(direction)
