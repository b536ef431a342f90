"""What the chain is: how many neurons, which activation and cost, and where its values are from."""

from PySide6.QtCore import QEvent, QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from engine.activations import HIDDEN
from engine.chain.draws import Draw
from engine.chain.edits import change, draw_again, redraw, set_length
from engine.chain.spec import CHAIN_COSTS, LONGEST, ChainSpec, start_chain
from engine.chain.trace import ChainTrace
from engine.hyper import Hyper, hypers
from gui.chain.controls.part import ControlPart
from gui.common.number_field import NumberField
from gui.common.table_combo import TableCombo
from gui.common.value_gesture import Gesture
from gui.document import ChainDocument
from gui.theme import Theme

NEURONS = Hyper(
    "neurons", "neurons", 4, 1, LONGEST, False,
    "in a row, one per layer; up to 12 have sliders, longer chains are drawn at random",
)  # fmt: skip
SEED = next(h for h in hypers(Draw()) if h.name == "seed")
ACTIVATION_TIP = "The activation σ of every neuron"
COST_TIP = (
    "The cost C of the last neuron's activation. Cross-entropy is made for a sigmoid: with it the"
    " last neuron is a sigmoid one, whatever the others are"
)
REDRAW = "Redraw", "⟳", "Redraw: other weights and biases from the same distributions · N"
RESET = "Reset", "↺", "Reset: the four neurons of the start · R"
GAP = 8
SHORT = 3  # what is left out before the buttons lose their words


class ChainHeader(ControlPart):
    """Leaves out words, then the rarer controls, where it is narrow: menus and keys have them."""

    def __init__(self, document: ChainDocument, theme: Theme) -> None:
        super().__init__(document, theme)
        self._chain: ChainSpec | None = None
        self._counting, self._drawing = Gesture(), Gesture()
        self.neurons, self.seed = NumberField(NEURONS), NumberField(SEED)
        self.fewer, self.more = _step("−", "One neuron fewer"), _step("+", "One neuron more")
        self.activation = TableCombo("activation", HIDDEN, ACTIVATION_TIP)
        self.cost = TableCombo("cost", CHAIN_COSTS, COST_TIP)
        for combo in (self.activation, self.cost):
            combo.setSizeAdjustPolicy(TableCombo.SizeAdjustPolicy.AdjustToContents)
        self.last = _dim("")
        self.redraw, self.reset = _Button(*REDRAW), _Button(*RESET)
        self._words = _dim("neurons"), _dim("seed")
        self._drops: tuple[tuple[QWidget, ...], ...] = (
            (self.last,), self._words, (self.fewer, self.more), (), (self.seed,), (self.reset,),
            (self.redraw,),
        )  # fmt: skip
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for word, field in zip(self._words, (self.neurons, self.seed), strict=True):
            word.setBuddy(field)
            field.setProperty("role", "count")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._widgets = (
            self.fewer, self.neurons, self.more, self._words[0], self.activation, self.cost,
            self.last, self._words[1], self.seed, self.redraw, self.reset,
        )  # fmt: skip
        for widget in self._widgets:
            self._row.addWidget(widget)
        self._row.addStretch(1)  # at the end: nothing moves when the words beside it change
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _connect(self) -> None:
        self.neurons.number_changed.connect(self._on_number_changed)
        self.neurons.refused.connect(self.refused)
        self.fewer.clicked.connect(self._on_fewer)
        self.more.clicked.connect(self._on_more)
        self.activation.key_chosen.connect(self._on_activation_chosen)
        self.cost.key_chosen.connect(self._on_cost_chosen)
        self.seed.number_changed.connect(self._on_seed_changed)
        self.seed.refused.connect(self.refused)
        self.redraw.clicked.connect(self._on_redraw)
        self.reset.clicked.connect(self._on_reset)

    # -- what is shown ---------------------------------------------------------------------

    def show_trace(self, t: ChainTrace) -> None:
        if t.chain is not self._chain:
            self.show_chain(t.chain)

    def show_chain(self, chain: ChainSpec) -> None:
        self._chain = chain
        self.neurons.set_number(chain.neurons)
        self.seed.set_number(chain.draw.seed)
        if chain.activation != self.activation.key:
            self.activation.set_key(chain.activation)
        if chain.cost != self.cost.key:
            self.cost.set_key(chain.cost)
        self.fewer.setEnabled(chain.neurons > 1)
        self.more.setEnabled(chain.neurons < LONGEST)
        own = chain.output == chain.activation
        last = "" if own else f"last neuron: {HIDDEN[chain.output].label}"
        if last != self.last.text():
            self.last.setText(last)
            self.last.setToolTip(COST_TIP if last else "")

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    # -- room ------------------------------------------------------------------------------

    def fit(self) -> None:
        levels = range(len(self._drops) + 1)
        level = next((k for k in levels if self._width(k) <= self.width()), levels[-1])
        for k, widgets in enumerate(self._drops):
            for widget in widgets:
                widget.setVisible(k >= level)
        for button in (self.redraw, self.reset):
            button.set_short(level > SHORT)

    def _width(self, level: int) -> int:
        """Pixels that it needs when so much is left out."""
        dropped = {widget for widgets in self._drops[:level] for widget in widgets}
        shown = [widget for widget in self._widgets if widget not in dropped]
        return sum(_width(widget, level > SHORT) for widget in shown) + GAP * len(shown)

    def minimumSizeHint(self) -> QSize:
        kept = (self.neurons, self.activation, self.cost)
        width = sum(widget.minimumSizeHint().width() + GAP for widget in kept)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()  # another size of type, another text
        return super().event(event)

    # -- hands -----------------------------------------------------------------------------

    @Slot(str, object)
    def _on_number_changed(self, _name: str, neurons: int) -> None:
        text = "1 neuron" if neurons == 1 else f"{neurons:,} neurons"
        self.change(text, lambda chain: set_length(chain, neurons), self._counting.step())

    @Slot()
    def _on_fewer(self) -> None:
        self._on_number_changed("", self._document.chain.neurons - 1)

    @Slot()
    def _on_more(self) -> None:
        self._on_number_changed("", self._document.chain.neurons + 1)

    @Slot(str)
    def _on_activation_chosen(self, key: str) -> None:
        text = f"Set the activation to {HIDDEN[key].label}"
        self.change(text, lambda chain: change(chain, activation=key))

    @Slot(str)
    def _on_cost_chosen(self, key: str) -> None:
        text = f"Set the cost to {CHAIN_COSTS[key].label}"
        self.change(text, lambda chain: change(chain, cost=key))

    @Slot(str, object)
    def _on_seed_changed(self, _name: str, seed: int) -> None:
        def drawn(chain: ChainSpec) -> ChainSpec:
            return redraw(chain, chain.draw.with_seed(seed))

        self.change("Draw new values", drawn, self._drawing.step())

    @Slot()
    def _on_redraw(self) -> None:
        self.change("Draw new values", draw_again)

    @Slot()
    def _on_reset(self) -> None:
        self.change("Reset the chain", lambda _chain: start_chain())


class _Button(QPushButton):
    """Says what it does, or shows a sign of it where there is no room."""

    def __init__(self, text: str, sign: str, tip: str) -> None:
        super().__init__(text)
        self._text, self._sign = text, sign
        self.setToolTip(tip)
        self.setAccessibleName(text)

    def set_short(self, short: bool) -> None:
        self.setText(self._sign if short else self._text)

    def width_of(self, short: bool) -> int:
        advance = self.fontMetrics().horizontalAdvance
        text = self._sign if short else self._text
        return self.sizeHint().width() - advance(self.text()) + advance(text)


def _width(widget: QWidget, short: bool) -> int:
    return widget.width_of(short) if isinstance(widget, _Button) else widget.sizeHint().width()


def _step(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", "step")
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setAutoRepeat(True)
    return button


def _dim(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "dim")
    return label
