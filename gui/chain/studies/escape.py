"""Why it is hard to escape: where |w σ'(wa + b)| is at least 1 (a problem of the chapter)."""

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from engine.chain.edits import change, set_bias, set_weight
from engine.chain.spec import ChainSpec
from engine.chain.trace import ChainTrace
from engine.faults import InputError
from gui.chain.studies.escape_field import B, W, term_at
from gui.chain.studies.escape_hands import MovableMap
from gui.chain.studies.escape_map import axis_titles
from gui.chain.studies.escape_neuron import (
    EscapeNeuron,
    long_words,
    neuron_of,
    number,
    short_words,
    shortest_words,
)
from gui.chain.studies.escape_width import WidthPlot
from gui.chain.study import Study
from gui.common.card import Card, FlatCombo, card_title
from gui.common.fitting_label import FittingLabel
from gui.common.segments import Segments
from gui.common.table_combo import Choice
from gui.document import ChainDocument
from gui.theme import CARD, Theme

MARGIN, BETWEEN = 14, 14
PAD = "\N{FIGURE SPACE}"  # as wide as a digit
PROBLEM = (
    "The gradient can only keep its size where |w σ′(wa + b)| is at least 1. For sigmoid neurons"
    " σ′ is at most 1/4, so this needs |w| of at least 4, and then a must lie in an interval of"
    " width (2/|w|) ln(|w|(1 + √(1 − 4/|w|))/2 − 1): 0.45 at most (problem of the section"
    " 'The exploding gradient problem')."
)
AXES = {
    W: Choice("a, w", "Map the term over a and w, at the neuron's b. A click sets w."),
    B: Choice("a, b", "Map the term over a and b, at the neuron's w. A click sets b."),
}


class EscapeStudy(Study):
    """The width of the escape against |w|, and a map of the term that sets the chain's neuron."""

    def __init__(self, document: ChainDocument, theme: Theme) -> None:
        super().__init__(document, theme)
        self._chosen = 1
        self._trace: ChainTrace | None = None
        self._at: tuple[float, float] | None = None  # on the map, under the mouse
        self.width_plot, self.map = WidthPlot(theme), MovableMap(theme)
        self.subtitle, self.words = FittingLabel(), FittingLabel()
        self.readout, self.hint = FittingLabel(), FittingLabel()
        self.combo = FlatCombo("neuron", {"1": Choice("Neuron 1")}, "which neuron is looked at")
        self.combo.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.axes = Segments("Axes of the map", AXES)
        self._lay_out()
        self.width_plot.neuron_chosen.connect(self.neuron_chosen)
        self.combo.key_chosen.connect(self._on_neuron_chosen)
        self.axes.key_chosen.connect(self._on_axes_chosen)
        self.map.moved.connect(self._on_moved)
        self.map.pointed.connect(self._on_pointed)

    def _lay_out(self) -> None:
        left, right = Card(), Card()
        for label in (self.subtitle, self.readout, self.hint):
            label.setProperty("role", "caption")
        self.subtitle.set_texts("inputs a with |w σ′(wa + b)| ≥ 1", "of |w σ′(wa + b)| ≥ 1")
        title = card_title("Width of the escape")
        title.setToolTip(PROBLEM)
        left.column.addLayout(_header(title, self.subtitle))
        left.column.addWidget(self.width_plot, 1)
        left.column.addWidget(self.words)
        right.column.addLayout(_header(self.combo, self.hint, self.axes))
        right.column.addWidget(self.map, 1)
        right.column.addWidget(self.readout)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 4, MARGIN, 8)
        row.setSpacing(BETWEEN)
        row.addWidget(left, 1)
        row.addWidget(right, 1)
        self._set_type()

    # -- what is shown -----------------------------------------------------------------------

    def show_trace(self, t: ChainTrace) -> None:
        self._trace = t
        self._offer_neurons(t.chain.neurons)
        neurons = [neuron_of(t, j) for j in range(1, t.chain.neurons + 1)]
        chosen = min(self._chosen, len(neurons))
        neuron = neurons[chosen - 1]
        self.width_plot.show_neurons(neurons, chosen)
        titles = axis_titles(neuron, self.map.up)
        if (self.map.x_axis.title, self.map.y_axis.title) != titles:
            self.map.x_axis.title, self.map.y_axis.title = titles
            self.map.renew()
        self.map.show_neuron(neuron, [n for n in neurons if n.j != chosen])
        self._tell(neuron)

    def set_chosen(self, j: int) -> None:
        self._chosen = j
        if self._trace is not None:
            self.show_trace(self._trace)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.width_plot.set_theme(theme)
        self.map.set_theme(theme)

    def _offer_neurons(self, n: int) -> None:
        if self.combo.count() != n:
            table = {str(j): Choice(f"Neuron {j} of {n}") for j in range(1, n + 1)}
            self.combo.set_table(table)
        self.combo.set_key(str(min(self._chosen, n)))

    def _tell(self, neuron: EscapeNeuron) -> None:
        found, within = self.map.escapes, self.map.extent.a
        self.words.set_texts(
            long_words(neuron, found, within),
            short_words(neuron, found, within),
            *shortest_words(neuron, found),
        )
        self._hint(neuron)
        self._read(neuron)

    def _hint(self, neuron: EscapeNeuron) -> None:
        sets = neuron.w_name if self.map.up == W else neuron.b_name
        if neuron.j == 1:
            what, more = f"sets {sets} and a₀", ""
        else:
            what, more = f"sets {sets}", f"; {neuron.a_name} comes from the chain"
        self.hint.set_texts(f"click or drag {what}{more}", f"click or drag {what}", what, "")

    def _read(self, neuron: EscapeNeuron) -> None:
        """The numbers under the mouse, or those of the neuron."""
        a, w, b, term = neuron.a, neuron.w, neuron.b, neuron.term
        if self._at is not None:
            a, y = self._at
            w, b = (y, b) if self.map.up == W else (w, y)
            term = term_at(self.map.extent, a, y)
        names = (neuron.a_name, a), (neuron.w_name, w), (neuron.b_name, b)
        place = " ".join(f"{name} {number(value):{PAD}<6}" for name, value in names)
        size = f"|term| {number(term)}"
        self.readout.set_texts(f"{'here' if self._at else 'now'}:  {place} {size}", size)

    # -- from the hands ----------------------------------------------------------------------

    @Slot(str)
    def _on_neuron_chosen(self, key: str) -> None:
        self.neuron_chosen.emit(int(key))

    @Slot(str)
    def _on_axes_chosen(self, key: str) -> None:
        self.map.set_up(key)
        self.set_chosen(self._chosen)

    @Slot(float, float, object)
    def _on_moved(self, a: float, y: float, gesture: object) -> None:
        neuron = self.map.neuron
        if neuron is None:
            return
        try:
            text, chain = self._edited(self._document.chain, neuron, a, y)
        except InputError as error:
            self.refused.emit(str(error))
            return
        self._document.change(text, chain, gesture)

    def _edited(
        self, chain: ChainSpec, neuron: EscapeNeuron, a: float, y: float
    ) -> tuple[str, ChainSpec]:
        over_w = self.map.up == W
        edited = (set_weight if over_w else set_bias)(chain, neuron.j, y)
        name = neuron.w_name if over_w else neuron.b_name
        if neuron.j > 1 or a == chain.x:
            return f"Set {name}", edited
        text = f"Set {name} and a₀" if edited != chain else "Set a₀"
        return text, change(edited, x=a)

    @Slot(object)
    def _on_pointed(self, at: tuple[float, float] | None) -> None:
        self._at = at
        if self.map.neuron is not None:
            self._read(self.map.neuron)

    # -- look --------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "axes"):
            self._set_type()

    def _set_type(self) -> None:
        self.combo.set_type(self, CARD, bold=True)


def _header(first: QWidget, label: QWidget, *more: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(first)
    row.addWidget(label, 1)
    for widget in more:
        row.addWidget(widget)
    return row
