"""A chart on a card, with a heading that loses words where there is little room."""

from functools import partial

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.common.card import PADDING, Card, caption, card_title
from gui.common.typeface import typeface

GAP = 8
ROW = 24  # pixels of the heading, with or without a choice
SMALLEST, USUAL = QSize(130, 90), QSize(400, 250)


class PlotCard(Card):
    """Title, caption and a choice in one row, the chart beneath; the tooltip defines what is drawn.

    Where they do not fit, the caption goes before the title becomes the short one, unless its
    ``words`` come ``first``.
    """

    def __init__(
        self, title: str, short: str, words: str, tip: str, chart: QWidget,
        choice: QWidget | None = None, words_first: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self._titles = title, short
        self._forms: tuple[str, ...] = (words,)
        self._choice, self._words_first = choice, words_first
        self.title, self.words = card_title(title), caption(words)
        self.setToolTip(f"<b>{title}</b><br>{tip}")
        chart.setToolTip(self.toolTip())
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.title)
        row.addWidget(self.words)
        row.addStretch(1)
        if choice is not None:
            row.addWidget(choice)
        self.column.addLayout(row)
        self.column.addWidget(chart, 1)
        self._fit()

    def set_titles(self, title: str, short: str) -> None:
        self._titles = title, short
        self._fit()

    def set_words(self, *forms: str) -> None:
        """Another caption, from its longest form to its shortest."""
        if forms != self._forms:
            self._forms = forms
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        changed = event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange)
        if changed and hasattr(self, "words"):
            self._fit()

    def sizeHint(self) -> QSize:
        return USUAL

    def minimumSizeHint(self) -> QSize:
        return SMALLEST

    def _fit(self) -> None:
        room = self.width() - 2 * PADDING + 4
        if self._choice is not None:
            room -= self._choice.sizeHint().width() + GAP
        title, words = next(filter(partial(self._fits, room), self._pairs()), (self._titles[1], ""))
        self.title.setMinimumHeight(typeface(self, ROW).pixelSize())
        self.title.setText(title)
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def _pairs(self) -> list[tuple[str, str]]:
        """Title and caption, the best first."""
        long, short = self._titles
        with_words = [(title, words) for title in self._titles for words in self._forms]
        if self._words_first:
            return [*with_words, (long, ""), (short, "")]
        return [*with_words[: len(self._forms)], (long, ""), (short, "")]

    def _fits(self, room: int, pair: tuple[str, str]) -> bool:
        title, words = pair
        wide = self.title.fontMetrics().horizontalAdvance(title)
        if words:
            self.words.setText(words)
            wide += GAP + self.words.sizeHint().width()
        return wide <= room
