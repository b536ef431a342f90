"""Many random chains: how the gradient of the first bias is spread, and what becomes of it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from engine.chain.draws import Draw
from engine.chain.edits import change
from engine.chain.ensemble import THRESHOLDS, Ensemble
from engine.chain.trace import ChainTrace
from engine.faults import InputError
from gui.chain.plots.plot_card import PlotCard
from gui.chain.studies.many_bands import ManyBands, kind_colours, share_words
from gui.chain.studies.many_histogram import ManyHistogram
from gui.chain.studies.many_settings import ManySettings
from gui.chain.studies.many_work import ManyChainsWork, Wanted
from gui.chain.study import Study
from gui.document import ChainDocument
from gui.theme import Theme

MARGIN, SPACING = 14, 14
HISTOGRAM_TIP = (
    "How many of the random chains have a |∂C/∂b<sub>1</sub>| of this size, on a logarithmic axis,"
    " in per cent. The line is the chain above. Exactly 0, infinite and not a number are counted in"
    " words. Click on the other picture, or use its arrow keys, for another number of neurons."
)
BANDS_TIP = (
    "|∂C/∂b<sub>1</sub>| of random chains against their number of neurons: 90 % of the chains lie"
    " in the band; the thick line is the median, the dots are the mean of the logarithm, the thin"
    " line is the mean that theory predicts without drawing a number. Beneath, the shares of the"
    f" chains that vanish, stay and explode.<br>{THRESHOLDS}"
)


class ManyChainsStudy(Study):
    """The distributions are the chain's own; its weights and biases stay as they are."""

    def __init__(self, document: ChainDocument, theme: Theme) -> None:
        super().__init__(document, theme)
        self.settings = ManySettings(document.chain.draw)
        self.histogram, self.bands = ManyHistogram(theme), ManyBands(theme)
        self.cards = (
            PlotCard("Gradient of the first bias", "∂C/∂b₁", "", HISTOGRAM_TIP, self.histogram),
            PlotCard(
                "Against the number of neurons",
                "Length",
                "",
                BANDS_TIP,
                self.bands,
                words_first=True,
            ),
        )  # fmt: skip
        self.work = ManyChainsWork(self)
        self._n: int | None = None  # that is looked at; None is the longest
        self._found: Ensemble | None = None
        self._lay_out()
        self.work.drawn.connect(self._on_drawn)
        self.settings.draw_changed.connect(self._on_draw_changed)
        self.settings.numbers_changed.connect(self._on_numbers_changed)
        self.settings.refused.connect(self.refused)
        self.bands.n_chosen.connect(self._on_n_chosen)
        self.set_theme(theme)

    @property
    def n(self) -> int:
        """Neurons of the chains that are looked at."""
        longest = self._found.neurons if self._found else self.settings.neurons
        return longest if self._n is None else min(self._n, longest)

    def show_trace(self, t: ChainTrace) -> None:
        if t.chain.draw != self.settings.draw:
            self.settings.show_draw(t.chain.draw)
        self.histogram.show_own(t)
        self._want()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.settings.set_type()
        self.histogram.set_theme(theme)
        self.bands.set_theme(theme)
        self._tell()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.work.stop()

    def _lay_out(self) -> None:
        cards = QHBoxLayout()
        cards.setSpacing(SPACING)
        cards.addWidget(self.cards[0], 2)
        cards.addWidget(self.cards[1], 3)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN // 2, MARGIN, MARGIN)
        rows.setSpacing(SPACING // 2)
        rows.addWidget(self.settings)
        rows.addLayout(cards, 1)
        self.cards[1].words.setTextFormat(Qt.TextFormat.RichText)

    # From the settings to the pictures

    def _want(self) -> None:
        neurons, chains = self.settings.neurons, self.settings.chains
        self.work.want(Wanted.of(self._document.chain, neurons, chains))

    @Slot(str, object)
    def _on_draw_changed(self, text: str, draw: Draw) -> None:
        try:
            self._document.change(text, change(self._document.chain, draw=draw))
        except InputError as error:
            self.refused.emit(str(error))

    @Slot()
    def _on_numbers_changed(self) -> None:
        self._want()

    @Slot(object)
    def _on_drawn(self, found: Ensemble) -> None:
        self._found = found
        self.bands.show_ensemble(found, self.n)
        self._show_n()

    @Slot(int)
    def _on_n_chosen(self, n: int) -> None:
        self._n = n if self._found is None or n < self._found.neurons else None
        self._show_n()

    def _show_n(self) -> None:
        if self._found is not None:
            self.histogram.show_ensemble(self._found, self.n)
            self._tell()

    def _tell(self) -> None:
        found = self._found
        if found is None:
            return
        self.cards[0].set_words(f"{found.chains:,} chains of {self.n} neurons")
        self.cards[1].set_words(self._coloured(found, True), self._coloured(found, False))
        for chart in (self.histogram, self.bands):
            chart.setAccessibleDescription(chart.spoken())

    def _coloured(self, found: Ensemble, limits: bool) -> str:
        """The shares, each in the colour that it has in the strip."""
        words = []
        parts = share_words(found, self.n, limits)
        for part, colour in zip(parts, kind_colours(self._theme), strict=True):
            if part:
                words.append(f"<b style='color:{self.bands.ink(colour).name()}'>{part}</b>")
        return ", ".join(words)
