"""A witness beside the product: the same derivative by a way that knows nothing of it."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton

from engine.chain.trace import ChainTrace
from engine.chain.witness import Witness, witness
from gui.chain.proof.differences import DifferencesPlot
from gui.chain.proof.digits import DigitRows, Spelled
from gui.common.card import PADDING, Card, card_title
from gui.common.throttle import Throttle
from gui.common.typeface import typeface
from gui.theme import TEXT, Theme

EACH = 50  # ms between two witnesses
ROOM = 13  # lines of text that the card needs to hold the sentence too
DEEP = 20  # neurons, on which finite differences fail
DEEP_WORDS, DEEP_SHORT = f"Try it on {DEEP} neurons", f"{DEEP} neurons"


class WitnessCard(Card):
    """The product and the witness digit by digit; under them, why finite differences are none."""

    deep_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._trace: ChainTrace | None = None
        self.witness: Witness | None = None
        self.title = card_title("Witness")
        self.deep = QPushButton(DEEP_WORDS)
        self.deep.setProperty("role", "link")
        self.deep.setToolTip(
            f"Set {DEEP} sigmoid neurons with usual weights: finite differences fail there"
        )
        self.deep.clicked.connect(self.deep_wanted)
        self.digits = DigitRows(theme)
        self.plot = DifferencesPlot(theme)
        self.words = QLabel()
        self.words.setObjectName("witness_words")
        self.words.setProperty("role", "caption")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add_row(self.title, self.deep)
        self.column.addWidget(self.digits)
        self.column.addWidget(self.plot, 1)
        self.column.addWidget(self.words)
        self._soon = Throttle(self, EACH)
        self._soon.due.connect(self._on_due)

    def show_trace(self, t: ChainTrace) -> None:
        self._trace = t
        self._soon.request()

    def set_theme(self, theme: Theme) -> None:
        self.digits.set_theme(theme)
        self.plot.set_theme(theme)

    @Slot()
    def _on_due(self) -> None:
        if self._trace is None:
            return
        self.witness = w = witness(self._trace)
        t = self._trace
        product = Spelled.of(float(t.delta[0]), float(t.log10_delta[0]))
        other = Spelled.of(w.value, w.log10_value)
        self.digits.show_numbers(("product", product), (w.method, other), w.digits)
        self.digits.setToolTip(w.sentence)
        self.plot.show_witness(w)
        self.words.setText(w.sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "plot"):
            self._fit()

    def _fit(self) -> None:
        line = typeface(self, TEXT).pixelSize()
        self.words.setVisible(self.height() >= ROOM * 1.2 * line)
        long = self.deep.fontMetrics().horizontalAdvance(DEEP_WORDS)
        title = self.title.fontMetrics().horizontalAdvance(self.title.text())
        roomy = self.width() >= 1.15 * long + title + 4 * PADDING
        self.deep.setText(DEEP_WORDS if roomy else DEEP_SHORT)
        self.title.setVisible(self.width() >= ROOM * line)

    def minimumSizeHint(self) -> QSize:
        return QSize(150, 100)
