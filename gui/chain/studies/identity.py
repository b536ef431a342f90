"""The identity neuron: w_2 σ(w_1 x + b) ≈ x on [0, 1] (a problem of the chapter)."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.chain.edits import change, set_values
from engine.chain.identity import IdentityNeuron, best, hint
from engine.chain.spec import GREATEST
from engine.chain.trace import ChainTrace
from engine.faults import InputError
from engine.hyper import Hyper
from gui.chain.studies.identity_drawing import IdentityDrawing
from gui.chain.studies.identity_plots import ErrorPlot, OutputPlot
from gui.chain.studies.identity_words import explanation, verdict
from gui.chain.study import Study
from gui.common.card import Card, caption, card_title
from gui.common.fitting_label import FittingLabel
from gui.common.formula.boxes import Box
from gui.common.formula.symbols import italic, w
from gui.common.plane import Plane
from gui.common.steady_button import SteadyButton
from gui.common.value_slider import ValueSlider
from gui.document import ChainDocument
from gui.theme import Theme

FONT_EVENTS = QEvent.Type.FontChange, QEvent.Type.StyleChange
MARGIN, BETWEEN = 14, 12
START = 1.0  # w_1 of the hint
HYPERS = (
    Hyper("w1", "w₁", START, -GREATEST, GREATEST, False, "the weight from x to the neuron"),
    Hyper("b", "b", -START / 2, -GREATEST, GREATEST, False, "the bias of the neuron"),
    Hyper("w2", "w₂", 4 / START, -GREATEST, GREATEST, False, "the weight from the neuron on"),
)
RANGES = {"w1": (0.01, 10.0), "b": (-10.0, 10.0), "w2": (-10.0, 10.0)}  # until there is more
SYMBOLS: dict[str, Box] = {"w1": w(1), "b": italic("b"), "w2": w(2)}
QUESTION = "Which w₁, b and w₂ leave every x between 0 and 1 nearly as it is?"
OFFSET_TIP = (
    "The output is x plus a constant: 2/w₁ − 1/2 for the book's hint. The bias b₂ of the next"
    " neuron can take it up; if it does not, the constant is part of the error."
)
TIPS = {
    "The book's hint": "σ is nearly straight around 0: for a small w₁ take b = −w₁/2 and"
    " w₂ = 4/w₁, since σ′(0) = 1/4. While this is on, b and w₂ follow w₁.",
    "Best without offset": "The least greatest error that w₂ σ(w₁ x + b) itself can have: 0.056",
    "Best with offset": "A smaller w₁ is always better: this is the best one with w₁ = 0.01",
    "Reset": "The book's hint for w₁ = 1. These three numbers are not the chain's: they are"
    " neither saved nor undone with it",
    "Put into the chain": "A chain of two sigmoid neurons with these values: z₂ is nearly a₀",
}


class IdentityStudy(Study):
    """Its three numbers are a value of its own; the chain gets them only when told to."""

    def __init__(self, document: ChainDocument, theme: Theme) -> None:
        super().__init__(document, theme)
        self.neuron, self.with_offset = hint(START), True
        self.drawing = IdentityDrawing(theme)
        self.output_plot, self.error_plot = OutputPlot(theme), ErrorPlot(theme)
        self.title, self.question = QLabel("Identity neuron"), FittingLabel()
        self.verdict, self.explanation = FittingLabel(), FittingLabel()
        self.sliders = {h.name: ValueSlider(h, SYMBOLS[h.name]) for h in HYPERS}
        self.offset = QCheckBox("offset taken up by b₂")
        self.buttons = {text: _button(text, tip) for text, tip in TIPS.items()}
        self.hint, self.best_without, self.best_with, self.reset, self.to_chain = (
            self.buttons.values()
        )
        self.hint.setCheckable(True)
        self._lay_out()
        self._connect()
        self._on_reset()

    def _lay_out(self) -> None:
        self.title.setProperty("role", "title")
        self.verdict.setProperty("role", "title")
        self.verdict.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.question.setProperty("role", "dim")
        self.question.set_texts(QUESTION, "leaves x as it is")
        self.explanation.setProperty("role", "dim")
        self.explanation.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.offset.setToolTip(OFFSET_TIP)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # see minimumSizeHint
        column.setContentsMargins(MARGIN, 10, MARGIN, 10)
        column.setSpacing(6)
        header = _row(self.title)
        header.addWidget(self.question, 1)
        column.addLayout(header)
        for widget in (self.drawing, self.verdict, self.explanation):
            column.addWidget(widget)
        column.addLayout(_row(*self.sliders.values(), stretch=True))
        self.controls = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        left = _row(self.hint, self.best_without, self.best_with)
        left.addStretch(1)
        right = _row(self.offset, self.reset, self.to_chain)
        right.insertStretch(1, 1)
        self.controls.addLayout(left, 1)
        self.controls.addLayout(right)
        column.addLayout(self.controls)
        cards = _row(
            _card("Output", "for x in [0, 1]; dashed: x", self.output_plot),
            _card("Error", "output − x", self.error_plot), stretch=True,
        )  # fmt: skip
        column.addLayout(cards, 1)

    def _connect(self) -> None:
        for name, slider in self.sliders.items():
            slider.set_range(*RANGES[name])
            slider.value_changed.connect(self._on_value_changed)
            slider.refused.connect(self.refused)
        self.offset.toggled.connect(self._on_offset_toggled)
        self.hint.clicked.connect(self._on_hint_clicked)
        self.best_without.clicked.connect(self._on_best_without)
        self.best_with.clicked.connect(self._on_best_with)
        self.reset.clicked.connect(self._on_reset)
        self.to_chain.clicked.connect(self._on_to_chain)

    # -- what is shown -----------------------------------------------------------------------

    def show_trace(self, t: ChainTrace) -> None:
        """Nothing here is of the chain."""

    def show_neuron(self, neuron: IdentityNeuron, with_offset: bool) -> None:
        self.neuron, self.with_offset = neuron, with_offset
        for name, slider in self.sliders.items():
            slider.set_value(getattr(neuron, name))
        blocked = self.offset.blockSignals(True)
        self.offset.setChecked(with_offset)
        self.offset.blockSignals(blocked)
        for part in (self.drawing, self.output_plot, self.error_plot):
            part.show_neuron(neuron, with_offset)
        self.verdict.set_texts(*verdict(neuron, with_offset))
        self.explanation.set_texts(*explanation(neuron, with_offset))
        self._colour_sliders()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for part in (self.drawing, self.output_plot, self.error_plot):
            part.set_theme(theme)
        self._colour_sliders()

    def _colour_sliders(self) -> None:
        theme = self._theme
        for name, slider in self.sliders.items():
            negative = getattr(self.neuron, name) < 0
            sign = theme.negative if negative else theme.positive
            slider.set_colour(theme.layer(0, 2) if name == "b" else QColor(sign), theme)

    # -- from the hands ----------------------------------------------------------------------

    @Slot(float, object)
    def _on_value_changed(self, value: float, _gesture: object) -> None:
        name = next(name for name, slider in self.sliders.items() if slider is self.sender())
        follows = self.hint.isChecked() and name == "w1" and abs(value) * GREATEST >= 4.0
        self.hint.setChecked(follows)  # w_2 = 4/w_1 must be one that a chain can have
        neuron = hint(value) if follows else replace(self.neuron, **{name: value})
        self.show_neuron(neuron, self.with_offset)

    @Slot(bool)
    def _on_offset_toggled(self, with_offset: bool) -> None:
        self.show_neuron(self.neuron, with_offset)

    @Slot(bool)
    def _on_hint_clicked(self, on: bool) -> None:
        if on:
            w1 = self.neuron.w1 if abs(self.neuron.w1) * GREATEST >= 4.0 else START
            self.show_neuron(hint(w1), self.with_offset)

    @Slot()
    def _on_best_without(self) -> None:
        self.hint.setChecked(False)
        self.show_neuron(best(False), with_offset=False)

    @Slot()
    def _on_best_with(self) -> None:
        self.hint.setChecked(False)
        self.show_neuron(best(True), with_offset=True)

    @Slot()
    def _on_reset(self) -> None:
        self.hint.setChecked(True)
        self.show_neuron(hint(START), with_offset=True)

    @Slot()
    def _on_to_chain(self) -> None:
        neuron = self.neuron
        bias = 0.0 - neuron.offset if self.with_offset else 0.0
        try:
            chain = change(self._document.chain, activation="sigmoid", cost="quadratic")
            chain = set_values(chain, (neuron.w1, neuron.w2), (neuron.b, bias))
        except InputError as error:
            self.refused.emit(str(error))
            return
        self._document.change("Put the identity neuron into the chain", chain)
        self.explanation.set_texts(
            "The chain has these two neurons now: its z₂ is nearly a₀.", "Now z₂ ≈ a₀ in the chain."
        )

    # -- room --------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """The buttons stand in two rows where one is too long."""
        return QSize(480, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in FONT_EVENTS and hasattr(self, "controls"):
            self._fit()

    def _fit(self) -> None:
        widths = [item.sizeHint().width() + 8 for item in (*self.buttons.values(), self.offset)]
        fits = sum(widths) + 2 * MARGIN <= self.width()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.controls.setDirection(across if fits else down)


def _button(text: str, tip: str) -> QPushButton:
    button = SteadyButton(text)
    button.setProperty("role", "study")
    button.setToolTip(tip)
    return button


def _row(*widgets: QWidget, stretch: bool = False) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(BETWEEN if stretch else 8)
    for widget in widgets:
        row.addWidget(widget, int(stretch))
    return row


def _card(title: str, words: str, plot: Plane) -> Card:
    card = Card()
    card.add_row(card_title(title), caption(words), stretch_after=2)
    card.column.addWidget(plot, 1)
    return card
