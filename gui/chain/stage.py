"""The chain itself: what it is, its drawing under the formula, and its sliders."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.chain.trace import ChainTrace
from engine.chain.verdict import THRESHOLDS, judge_chain
from gui.chain.controls.header import ChainHeader
from gui.chain.controls.sliders import ChainSliders
from gui.chain.diagram.diagram import ChainDiagram
from gui.chain.proof.chip import WitnessChip
from gui.common.card import Chip
from gui.document import ChainDocument
from gui.theme import Theme

MARGIN = 14
CONTROLS = 30  # lines' heights that the controls beside the chips are wide


class Stage(QWidget):
    """Everything above the study; it belongs to every one that does not take the whole page."""

    refused = Signal(str)

    def __init__(self, document: ChainDocument, theme: Theme) -> None:
        super().__init__()
        self.header = ChainHeader(document, theme)
        self.verdict, self.witness = Chip(), WitnessChip()
        self.diagram = ChainDiagram(theme)
        self.sliders = ChainSliders(document, theme)
        self._lay_out()
        for part in (self.header, self.sliders):
            part.refused.connect(self.refused)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.header, 1)
        line.addWidget(self.verdict)
        line.addWidget(self.witness)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, 8, MARGIN, 0)
        rows.setSpacing(4)
        rows.addLayout(line)
        rows.addWidget(self.diagram, 1)
        rows.addWidget(self.sliders)

    def show_trace(self, t: ChainTrace) -> None:
        verdict = judge_chain(t)
        about = f"{verdict.sentence}<br>{THRESHOLDS}"
        self.verdict.tell(verdict.kind, verdict.words, about, verdict.brief)
        self.header.show_trace(t)
        self.diagram.show_trace(t)
        self.sliders.show_trace(t)
        self.witness.show_trace(t)
        self._fit_chips()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_chips()

    def _fit_chips(self) -> None:
        """They say less before the controls beside them do."""
        chips = (self.verdict, self.witness)
        needed = sum(chip.full_width for chip in chips) + CONTROLS * self.fontMetrics().height()
        for chip in chips:
            chip.set_brief(needed > self.width())

    def set_theme(self, theme: Theme) -> None:
        for part in (self.header, self.diagram, self.sliders):
            part.set_theme(theme)
