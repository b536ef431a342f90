"""The proof, live: the nudge of b_1 on its way to the cost, and the witness of the product."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout

from engine.chain.edits import set_length
from engine.chain.examples import usual
from engine.chain.trace import ChainTrace
from gui.chain.proof.nudge_card import NudgeCard
from gui.chain.proof.witness_card import DEEP, WitnessCard
from gui.chain.study import Study
from gui.document import ChainDocument
from gui.theme import Theme

MARGIN = 14


class ProofStudy(Study):
    """Both cards follow the chain."""

    def __init__(self, document: ChainDocument, theme: Theme) -> None:
        super().__init__(document, theme)
        self.nudge = NudgeCard(theme)
        self.witness = WitnessCard(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 4, MARGIN, 8)
        row.setSpacing(MARGIN)
        row.addWidget(self.nudge, 2)
        row.addWidget(self.witness, 1)
        self.nudge.refused.connect(self.refused)
        self.witness.deep_wanted.connect(self._on_deep_wanted)

    def show_trace(self, t: ChainTrace) -> None:
        self.nudge.show_trace(t)
        self.witness.show_trace(t)

    def play(self) -> None:
        """Send the nudge on its way, or pause it."""
        self.nudge.reveal.toggle()
        self.nudge.view.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.nudge.reveal.finish()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.nudge.set_theme(theme)
        self.witness.set_theme(theme)

    @Slot()
    def _on_deep_wanted(self) -> None:
        chain = self._document.chain
        deep = usual(set_length(chain, DEEP), chain.draw.seed)
        self._document.change(f"Try {DEEP} neurons", deep)
