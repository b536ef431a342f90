"""Another activation, one whose derivative is larger: does that help?"""

import numpy as np
from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.activations import HIDDEN
from engine.chain.comparison import same_weights
from engine.chain.edits import change
from engine.chain.trace import ChainTrace
from gui.chain.studies.activations_answer import answer
from gui.chain.studies.activations_plot import ProfilePlot
from gui.chain.studies.activations_tile import ActivationTile, RowLabels
from gui.chain.study import Study
from gui.common.card import Card, caption, card_title
from gui.common.scale import LogScale, Range
from gui.common.throttle import Throttle
from gui.common.typeface import typeface
from gui.document import ChainDocument
from gui.theme import TEXT, Theme

MARGIN = 14
LOWEST = 15  # lines of text that the rows with a label and the title need
NARROWEST = 230  # pixels of the plot, before the user's scale
EACH = 33  # ms between two comparisons: eleven traces
SCALE = LogScale()


class ActivationsStudy(Study):
    """The chain's weights, biases, input and target with every activation, side by side."""

    def __init__(self, document: ChainDocument, theme: Theme) -> None:
        super().__init__(document, theme)
        self._trace: ChainTrace | None = None
        self._range: Range | None = None
        self._sentences: tuple[str, ...] = ()
        self._soon = Throttle(self, EACH)
        self._soon.due.connect(self._on_due)
        self.labels = RowLabels(theme)
        self.tiles = {key: ActivationTile(key, theme) for key in HIDDEN}
        self.plot = ProfilePlot(theme)
        self.title = card_title("Another activation: does it help?")
        self.caption = caption("same weights, biases, input and target · a click chooses one")
        self.answer = QLabel()
        for label in (self.title, self.caption, self.answer):
            label.setMinimumWidth(10)
        for tile in self.tiles.values():
            tile.clicked.connect(self._on_clicked)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QWidget()
        tiles = QHBoxLayout(row)
        tiles.setContentsMargins(0, 0, 0, 0)
        tiles.setSpacing(2)
        for tile in self.tiles.values():
            tiles.addWidget(tile, 1)
        middle = QHBoxLayout()
        middle.setSpacing(6)
        middle.addWidget(self.labels)
        middle.addWidget(row, 11)
        middle.addWidget(self.plot, 5)
        card = Card()
        card.column.setSpacing(2)
        card.add_row(self.title, self.caption)
        card.column.addLayout(middle, 1)
        card.column.addWidget(self.answer)
        around = QVBoxLayout(self)
        around.setContentsMargins(MARGIN, 4, MARGIN, 8)
        around.addWidget(card)

    def show_trace(self, t: ChainTrace) -> None:
        self._trace = t
        self._soon.request()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.labels.set_theme(theme)
        self.plot.set_theme(theme)
        for tile in self.tiles.values():
            tile.set_theme(theme)

    @Slot()
    def _on_due(self) -> None:
        if self._trace is None:
            return
        chosen = self._trace.chain.activation
        traces = {t.chain.activation: t for t in same_weights(self._trace.chain)}
        self._range = shown = _range(traces, self._range)
        for key, tile in self.tiles.items():
            tile.show_trace(traces[key], shown, key == chosen)
        self.plot.show_traces(traces, chosen, shown)
        self._sentences = answer(traces, chosen)
        self._fit_answer()

    @Slot()
    def _on_clicked(self) -> None:
        tile = self.sender()
        if not isinstance(tile, ActivationTile) or self._trace is None:
            return
        tile.setChecked(self._document.chain.activation == tile.key)  # until the trace comes
        words = f"Set the activation to {HIDDEN[tile.key].label}"
        self._document.change(words, change(self._document.chain, activation=tile.key))

    # -- room ------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "caption"):
            self._fit()

    def _fit(self) -> None:
        """The plot says again what the tiles say: it goes first, then the rows with a label."""
        size = typeface(self, TEXT).pixelSize()
        tiles = sum(tile.sizeHint().width() + 2 for tile in self.tiles.values())
        needed = tiles + self.labels.sizeHint().width() + 2 * MARGIN + 40
        self.plot.setVisible(self.width() >= needed + NARROWEST * size / TEXT)
        short = self.width() < needed or self.height() < LOWEST * size
        self.labels.setHidden(short)
        for tile in self.tiles.values():
            tile.set_short(short)
        self.title.setHidden(self.height() < LOWEST * size)
        self.caption.setHidden(short)
        self._fit_answer()

    def _fit_answer(self) -> None:
        """On one line, so that it does not push the picture about."""
        room = self.width() - 2 * MARGIN - 30
        metrics, said = self.answer.fontMetrics(), " ".join(self._sentences)
        whole = metrics.horizontalAdvance(said) <= room
        text = said if whole else (*self._sentences, "")[0]
        self.answer.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))
        self.answer.setToolTip(said)


def _range(traces: dict[str, ChainTrace], before: Range | None) -> Range:
    logs = np.concatenate([t.log10_delta for t in traces.values()])
    known = logs[np.isfinite(logs)]
    if not len(known):
        return before or (-4.0, 0.0)
    return SCALE.fit(float(known.min()), float(known.max()), before)
