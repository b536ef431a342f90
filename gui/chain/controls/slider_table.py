"""Sliders of a short chain: a column for each neuron, w over b, and the ends of the chain."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from engine.chain.edits import tie
from engine.chain.spec import ChainSpec
from gui.chain.controls import quantities as q
from gui.chain.controls.chain_slider import ChainSlider
from gui.chain.controls.part import ControlPart
from gui.common.formula.boxes import Row, Text
from gui.common.formula.label import FormulaLabel
from gui.common.formula.symbols import italic
from gui.common.throttle import Throttle
from gui.common.value_slider import Shape
from gui.document import ChainDocument
from gui.theme import CAPTION, Theme

HEAD, W, B = 0, 1, 2  # rows
ROW_GAP = 6
ENDS, NAMES, FIRST = 0, 1, 2  # columns; after the neurons come all of them together, and tie
AT_ONCE = 3  # fields that are written at every movement; more take their turn
GAP = {Shape.WIDE: 14, Shape.COMPACT: 8, Shape.BARE: 4}
TIE = {Shape.WIDE: "Tie weights", Shape.COMPACT: "tie", Shape.BARE: "tie"}
TIE_TIP = (
    "<b>Tie weights</b><br>One weight and one bias for all neurons, those of the first: a recurrent"
    " neuron unrolled in time (Hochreiter, 1991)."
)


class SliderTable(ControlPart):
    """Keeps the columns that a shorter chain does not need."""

    def __init__(self, document: ChainDocument, theme: Theme) -> None:
        super().__init__(document, theme)
        self._chain: ChainSpec | None = None
        self.ends = ChainSlider(q.first_input()), ChainSlider(q.target())
        self.neurons: list[tuple[ChainSlider, ChainSlider]] = []
        self.all = ChainSlider(q.all_weights()), ChainSlider(q.all_biases())
        self.tie = QCheckBox("Tie weights")
        self.tie.setToolTip(TIE_TIP)
        self._names = FormulaLabel(italic("w"), bold=True), FormulaLabel(italic("b"), bold=True)
        self._heads: list[FormulaLabel] = []
        self._all_head = FormulaLabel(Text("all"), CAPTION)
        self.shape = Shape.WIDE
        self._arranged: tuple[Shape, int, bool] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 4)
        self._grid.setVerticalSpacing(ROW_GAP)
        for row, name, end in zip((W, B), self._names, self.ends, strict=True):
            self._grid.addWidget(name, row, NAMES, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(end, row, ENDS)
        for slider in (*self.ends, *self.all):
            self._listen(slider)
        self.tie.clicked.connect(self._on_tie_clicked)
        self._numbers = Throttle(self, interval=100)
        self._numbers.due.connect(self._on_numbers_due)

    # -- what is shown ---------------------------------------------------------------------

    @property
    def shown_neurons(self) -> list[tuple[ChainSlider, ChainSlider]]:
        chain = self._chain
        return self.neurons[: 0 if chain is None or chain.tied else chain.neurons]

    @property
    def sliders(self) -> list[ChainSlider]:
        """Those that are shown, in the order of the Tab key."""
        pairs = (self.ends, *self.shown_neurons, self.all)
        return [slider for pair in pairs for slider in pair]

    def show_chain(self, chain: ChainSpec) -> None:
        before, self._chain = self._chain, chain
        if before is None or (before.neurons, before.tied) != (chain.neurons, chain.tied):
            self._build(chain)
        sliders = self.sliders
        many = sum(s.would_write(chain) for s in sliders) > AT_ONCE
        for slider in sliders:
            slider.show_chain(chain, written=not many)
            slider.colour_in(self._theme, chain.neurons)
        if many:
            self._numbers.request()

    @Slot()
    def _on_numbers_due(self) -> None:
        for slider in self.sliders:
            slider.write()

    def show_home(self, chain: ChainSpec) -> None:
        for slider in self.sliders:
            slider.show_home(chain)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._chain is not None:
            for slider in self.sliders:
                slider.colour_in(theme, self._chain.neurons)
            self._colour_heads(self._chain.neurons)

    def _colour_heads(self, neurons: int) -> None:
        for j, head in enumerate(self._heads, 1):
            ink = self._theme.legible(self._theme.layer(j - 1, max(j, neurons)))
            head.set_formula(Row(Text(str(j)), colour=ink))

    # -- columns ---------------------------------------------------------------------------

    def _build(self, chain: ChainSpec) -> None:
        self.setUpdatesEnabled(False)
        lost = self._row_in_focus(len(self.shown_neurons))
        for j in range(len(self.neurons) + 1, (0 if chain.tied else chain.neurons) + 1):
            self._add_column(j)
        count = len(self.shown_neurons)
        for j, pair in enumerate(self.neurons, 1):
            for slider in pair:
                slider.setVisible(j <= count)
        self._place_last(chain)
        self._colour_heads(chain.neurons)
        self.fit()
        self._order_tabs()
        if lost is not None:
            (self.shown_neurons or [self.all])[-1][lost].setFocus()
        self.setUpdatesEnabled(True)

    def _add_column(self, j: int) -> None:
        pair = ChainSlider(q.weight(j)), ChainSlider(q.bias(j))
        head = FormulaLabel(Text(str(j)), CAPTION, bold=True)
        self.neurons.append(pair)
        self._heads.append(head)
        column = FIRST + j - 1
        self._grid.addWidget(head, HEAD, column, Qt.AlignmentFlag.AlignHCenter)
        for row, slider in zip((W, B), pair, strict=True):
            self._listen(slider)
            self._grid.addWidget(slider, row, column)

    def _place_last(self, chain: ChainSpec) -> None:
        """What comes after the last neuron."""
        column = FIRST + len(self.shown_neurons)
        tied = q.tied_weight(), q.tied_bias()
        loose = q.all_weights(), q.all_biases()
        for row, slider, quantity in zip(
            (W, B), self.all, tied if chain.tied else loose, strict=True
        ):
            if slider.quantity.text != quantity.text:
                slider.set_quantity(quantity)
            self._grid.addWidget(slider, row, column)
        self._grid.addWidget(self._all_head, HEAD, column, Qt.AlignmentFlag.AlignHCenter)
        for k in range(self._grid.columnCount()):
            self._grid.setColumnStretch(k, int(k == ENDS or NAMES < k <= column))
        self.tie.setChecked(chain.tied)

    def _order_tabs(self) -> None:
        stops: list[QWidget] = []
        for slider in self.sliders:
            stops += (slider.groove, slider.field)
        for before, after in pairwise((*stops, self.tie)):
            QWidget.setTabOrder(before, after)

    def _row_in_focus(self, after: int) -> int | None:
        """0 for w, 1 for b: of a slider that has the keys, of a neuron after this one."""
        for pair in self.neurons[after:]:
            for row, slider in enumerate(pair):
                if slider.groove.hasFocus() or slider.field.hasFocus():
                    return row
        return None

    # -- room ------------------------------------------------------------------------------

    def fit(self) -> None:
        """The most roomy shape that the width allows."""
        wide = (Shape.WIDE, Shape.COMPACT)
        shape = next((s for s in wide if self._least_width(s) <= self.width()), Shape.BARE)
        arranged = shape, len(self.shown_neurons), self.tie.isChecked()
        if arranged != self._arranged:
            self._arranged = arranged
            self._arrange(shape)

    def _arrange(self, shape: Shape) -> None:
        self.shape, bare, count = shape, shape is Shape.BARE, len(self.shown_neurons)
        for slider in self.sliders:
            slider.set_shape(Shape.COMPACT if bare and slider in self.ends else shape)
        for label in (*self._names, self._all_head):
            label.setVisible(bare)
        for name in self._names:
            name.setFixedHeight(self.all[0].field.sizeHint().height())  # on a line with the fields
        for j, head in enumerate(self._heads, 1):
            head.setVisible(bare and j <= count)
        self._grid.setHorizontalSpacing(GAP[shape])
        self.tie.setText(TIE[shape])
        if bare:
            self._grid.addWidget(self.tie, HEAD, ENDS)
        else:
            middle = Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(self.tie, W, FIRST + count + 1, 2, 1, middle)

    def _least_width(self, shape: Shape) -> int:
        pairs = (*self.shown_neurons, self.all)
        width = max(w.least_width(shape) for w, _ in pairs[-2:])  # the widest symbols
        if shape is Shape.BARE:
            ends = max(end.least_width(Shape.COMPACT) for end in self.ends)
            beside = ends + self._names[0].sizeHint().width() + GAP[shape]
        else:
            advance = self.tie.fontMetrics().horizontalAdvance
            tie = self.tie.sizeHint().width() - advance(self.tie.text()) + advance(TIE[shape])
            beside = width + tie + GAP[shape]
        return len(pairs) * (width + GAP[shape]) + beside

    def minimumSizeHint(self) -> QSize:
        """Where there is less, the table is moved sideways."""
        return QSize(self._least_width(Shape.BARE), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()  # another size of type
        return super().event(event)

    # -- hands -----------------------------------------------------------------------------

    def _listen(self, slider: ChainSlider) -> None:
        slider.set_by_hand.connect(self._on_set_by_hand)
        slider.refused.connect(self.refused)

    @Slot(object, float, object)
    def _on_set_by_hand(self, quantity: q.Quantity, value: float, key: object) -> None:
        if quantity.j:
            self.neuron_chosen.emit(quantity.j)
        self.change(quantity.text, quantity.edit(value), key)

    @Slot(bool)
    def _on_tie_clicked(self, on: bool) -> None:
        text = "Tie weights" if on else "Untie weights"
        self.change(text, lambda chain: tie(chain, on))
