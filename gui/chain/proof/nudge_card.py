"""Nudge b_1 by Δb_1, and watch the change travel to the cost."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton

from engine.chain.cascade import cascade
from engine.chain.trace import ChainTrace
from engine.hyper import Hyper
from gui.chain.proof.cascade_view import KEYS_HELP, CascadeView
from gui.chain.proof.reveal import Reveal
from gui.chain.proof.steps import Step, sentence, steps
from gui.common.card import Card, caption, card_title
from gui.common.formula.boxes import Row, Text
from gui.common.formula.symbols import b
from gui.common.typeface import typeface
from gui.common.value_slider import Shape, ValueSlider
from gui.theme import TEXT, Theme

NUDGE = Hyper(
    "nudge", "Δb₁", 0.1, -1e3, 1e3, False,
    "How far b₁ is changed. It stands in no document: the chain stays as it is. Small: the linear"
    " prediction is good, and the better the smaller. Large: it is not (equations 114 to 121)",
)  # fmt: skip
TITLE, TITLE_TIED = "Nudge b₁", "Nudge b of the first step"
REACH = 2.0  # of the slider, until a number beyond it is typed
LEGEND = "■ actual  □ predicted"
NARROW, NARROWER = 620, 460  # pixels of the card, before the user's scale


class NudgeCard(Card):
    """Nothing in it changes the chain."""

    refused = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._trace: ChainTrace | None = None
        self._steps: tuple[Step, ...] = ()
        self._pointed = -1
        self.nudge = NUDGE.default
        self.reveal = Reveal(self)
        self.title = card_title(TITLE)
        self.slider = ValueSlider(NUDGE, Row(Text("Δ"), b(1)), Shape.LINE)
        self.play_button = QToolButton()
        self.play_button.setObjectName("nudge_play")
        self.play_button.setToolTip(KEYS_HELP)
        self.legend = caption(LEGEND)
        self.legend.setToolTip("each quantity's change, and Δb₁ times the product of the factors")
        self.view = CascadeView(theme)
        self.words = QLabel()
        self.words.setObjectName("nudge_words")
        for label in (self.title, self.legend, self.words):
            label.setMinimumWidth(10)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.title)
        row.addWidget(self.slider, 1)
        row.addWidget(self.play_button)
        row.addWidget(self.legend)
        self.column.addLayout(row)
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self.words)

    def _connect(self) -> None:
        self.slider.set_range(-REACH, REACH)
        self.slider.set_value(self.nudge)
        self.slider.refused.connect(self.refused)
        self.slider.value_changed.connect(self._on_nudged)
        self.play_button.clicked.connect(self.reveal.toggle)
        self.reveal.moved.connect(self._on_moved)
        self.reveal.toggled.connect(self._on_toggled)
        self.view.toggled.connect(self.reveal.toggle)
        self.view.stepped.connect(self.reveal.step)
        self.view.finished.connect(self.reveal.finish)
        self.view.pointed.connect(self._on_pointed)
        self.view.resized.connect(self._on_resized)
        self._on_toggled(False)

    # -- showing ---------------------------------------------------------------------------

    def show_trace(self, t: ChainTrace) -> None:
        self._trace = t
        self._steps = steps(t, cascade(t, self.nudge))
        self.title.setText(TITLE_TIED if t.chain.tied else TITLE)
        self.slider.set_colour(self._theme.layer(0, t.chain.neurons), self._theme)
        self._show_columns()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.view.set_theme(theme)
        if self._trace is not None:
            self.slider.set_colour(theme.layer(0, self._trace.chain.neurons), theme)

    def _show_columns(self) -> None:
        if self._trace is not None:
            self.view.show_steps(self._steps, self._trace.chain.neurons)
            self.reveal.set_columns(len(self.view.columns))
            self._on_moved()

    @property
    def marked(self) -> int:
        """The column that the words are about; -1 where it is the whole."""
        if 0 <= self._pointed < self.reveal.at:
            return self._pointed
        return -1 if self.reveal.is_complete else self.reveal.column

    @Slot()
    def _on_moved(self) -> None:
        marked = self.marked
        self.view.show_at(self.reveal.at, marked)
        step = self.view.columns[marked] if self.view.columns else None
        if isinstance(step, Step):
            self._tell(sentence(step), sentence(step, brief=True))

    def _tell(self, words: str, brief: str) -> None:
        wide = self.words.fontMetrics().horizontalAdvance(words) > self.words.width()
        self.words.setText(brief if wide else words)
        self.view.setAccessibleDescription(words)

    @Slot(float, object)
    def _on_nudged(self, value: float, _key: object) -> None:
        self.nudge = value
        if self._trace is not None:
            self.show_trace(self._trace)

    @Slot(bool)
    def _on_toggled(self, playing: bool) -> None:
        self.play_button.setText("❚❚" if playing else "▶")
        self.play_button.setAccessibleName("Pause" if playing else "Play the cascade")

    @Slot(int)
    def _on_pointed(self, k: int) -> None:
        if k != self._pointed:
            self._pointed = k
            self._on_moved()

    # -- room ------------------------------------------------------------------------------

    @Slot()
    def _on_resized(self) -> None:
        width = self.width() * TEXT / typeface(self, TEXT).pixelSize()
        self.legend.setVisible(width >= NARROW)
        self.title.setVisible(width >= NARROWER)
        self._show_columns()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "words"):
            self._on_resized()
