"""A long chain: the distributions that its values are drawn from, and one neuron at a time."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from engine.chain.draws import DISTRIBUTIONS, Draw
from engine.chain.edits import redraw, tie
from engine.chain.spec import LONGEST, WITH_SLIDERS, ChainSpec
from engine.hyper import Hyper, hypers
from gui.chain.controls import quantities as q
from gui.chain.controls.chain_slider import ChainSlider
from gui.chain.controls.part import ControlPart
from gui.chain.controls.slider_table import TIE_TIP
from gui.common.fitting_label import FittingLabel
from gui.common.number_field import NumberField
from gui.common.table_combo import TableCombo
from gui.common.value_field import ValueField
from gui.common.value_gesture import Gesture
from gui.common.value_slider import Shape
from gui.document import ChainDocument
from gui.theme import Theme

GAP, BETWEEN = 6, 16  # within a group, and between groups
LAST = 9  # column: behind two distributions side by side
DRAWS: dict[str, Hyper] = {h.name: h for h in hypers(Draw())}
NEURON = Hyper("neuron", "neuron", 1, 1, LONGEST, False, "the neuron whose w and b are set here")
NOTE = (
    f"Longer than {WITH_SLIDERS} neurons: all values are drawn; Redraw (N) draws others.",
    "All values are drawn; Redraw (N) draws others.",
)


class DrawControls(ControlPart):
    """Another distribution draws all values anew."""

    def __init__(self, document: ChainDocument, theme: Theme) -> None:
        super().__init__(document, theme)
        self._chain: ChainSpec | None = None
        self._home: ChainSpec | None = None
        self._gesture = Gesture()
        self.ends = _line(q.first_input()), _line(q.target())
        self.neuron = _line(q.weight(1)), _line(q.bias(1))
        self.distributions = {name: _combo(name) for name in ("weights", "biases")}
        self.scales = {name: _field(DRAWS[name]) for name in ("w_scale", "b_scale")}
        self.picker = _field(NEURON)
        self.tie = QCheckBox("Tie weights")
        self.tie.setToolTip(TIE_TIP)
        self.note = FittingLabel()
        self.note.set_texts(*NOTE)
        self.note.setProperty("role", "caption")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._picker_word = _word("neuron", self.picker)
        picked = [self._picker_word, self.picker, self.neuron[0]], [self.tie, None, self.neuron[1]]
        pairs = zip(self.distributions.items(), self.scales.values(), strict=True)
        self._draws = [
            (_word(name, combo), combo, _word("s", scale), scale) for (name, combo), scale in pairs
        ]
        draw = QWidget()
        self._draw_grid = QGridLayout(draw)
        self._draw_grid.setContentsMargins(0, 0, 0, 0)
        self._draw_grid.setSpacing(GAP)
        self._draw_grid.setColumnStretch(LAST, 1)
        self._groups = _grid([self.ends[0]], [self.ends[1]]), draw, _grid(*picked)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 6)
        self._grid.setHorizontalSpacing(BETWEEN)
        self._grid.setVerticalSpacing(GAP)
        self._lines = 0
        self.fit()

    def _connect(self) -> None:
        for slider in (*self.ends, *self.neuron):
            slider.set_by_hand.connect(self._on_set_by_hand)
            slider.refused.connect(self.refused)
        for combo in self.distributions.values():
            combo.key_chosen.connect(self._on_key_chosen)
        for field in self.scales.values():
            field.number_changed.connect(self._on_scale_changed)
        for field in (*self.scales.values(), self.picker):
            field.refused.connect(self.refused)
        self.picker.number_changed.connect(self._on_picked)
        self.tie.clicked.connect(self._on_tie_clicked)

    # -- what is shown ---------------------------------------------------------------------

    @property
    def picked(self) -> int:
        """The neuron whose values can be set."""
        return self.neuron[0].quantity.j

    def show_chain(self, chain: ChainSpec) -> None:
        self._chain = chain
        for name, combo in self.distributions.items():
            combo.set_key(getattr(chain.draw, name))
        for name, field in self.scales.items():
            field.set_number(getattr(chain.draw, name))
        self.tie.setChecked(chain.tied)
        for widget in (self.picker, self._picker_word):
            widget.setVisible(not chain.tied)
        self.picker.hyper = replace(NEURON, high=chain.neurons)
        self._pick(min(max(1, self.picked), chain.neurons), chain.tied)
        for slider in (*self.ends, *self.neuron):
            slider.show_chain(chain)
            slider.colour_in(self._theme, chain.neurons)

    def show_home(self, chain: ChainSpec) -> None:
        self._home = chain
        for slider in (*self.ends, *self.neuron):
            slider.show_home(chain)

    def set_chosen(self, j: int) -> None:
        chain = self._chain
        if chain is None or chain.tied or j == self.picked or not 1 <= j <= chain.neurons:
            return
        self._pick(j, chain.tied)
        self.show_chain(chain)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._chain is not None:
            for slider in (*self.ends, *self.neuron):
                slider.colour_in(theme, self._chain.neurons)

    def _pick(self, j: int, tied: bool) -> None:
        wanted = (q.tied_weight(), q.tied_bias()) if tied else (q.weight(j), q.bias(j))
        self.picker.set_number(j)
        for slider, quantity in zip(self.neuron, wanted, strict=True):
            if slider.quantity.text != quantity.text:
                slider.set_quantity(quantity)
                if self._home is not None and self._home.neurons >= j:
                    slider.show_home(self._home)

    # -- room ------------------------------------------------------------------------------

    def fit(self) -> None:
        """All in one line, or the distributions in a second one."""
        widths = [group.sizeHint().width() for group in self._groups]
        wanted = sum(widths) - (widths[1] // 2 if self._lines == 2 else 0)
        lines = 1 if wanted + 2 * BETWEEN <= self.width() else 2
        if lines != self._lines:
            self._lines = lines
            self._place(lines == 2)

    def _place(self, in_two: bool) -> None:
        ends, draw, picked = self._groups
        self._grid.addWidget(ends, 0, 0)
        self._grid.addWidget(picked, 0, 1 if in_two else 2)
        self._grid.addWidget(draw, *((1, 0, 1, 2) if in_two else (0, 1, 1, 1)))
        self._grid.addWidget(self.note, 2, 0, 1, 3)
        for k, widgets in enumerate(self._draws):  # side by side, or one over the other
            row, first = (0, k * (len(widgets) + 1)) if in_two else (k, 0)
            for column, widget in enumerate(widgets, first):
                self._draw_grid.addWidget(widget, row, column)
        self._draw_grid.setColumnMinimumWidth(len(self._draws[0]), BETWEEN if in_two else 0)
        for column, stretch in enumerate((2, 2, 0) if in_two else (2, 0, 2)):
            self._grid.setColumnStretch(column, stretch)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()  # another size of type
        return super().event(event)

    # -- hands -----------------------------------------------------------------------------

    @Slot(object, float, object)
    def _on_set_by_hand(self, quantity: q.Quantity, value: float, key: object) -> None:
        if quantity.j:
            self.neuron_chosen.emit(quantity.j)
        self.change(quantity.text, quantity.edit(value), key)

    @Slot(str)
    def _on_key_chosen(self, key: str) -> None:
        name = next(n for n, combo in self.distributions.items() if combo is self.sender())
        self._redraw(f"Draw {name}: {DISTRIBUTIONS[key].label}", **{name: key})

    @Slot(str, object)
    def _on_scale_changed(self, name: str, scale: float) -> None:
        self._redraw(f"Set {DRAWS[name].symbol}", key=(name, self._gesture.step()), **{name: scale})

    def _redraw(self, text: str, key: object = None, **settings: Any) -> None:
        self.change(text, lambda chain: redraw(chain, replace(chain.draw, **settings)), key)

    @Slot(str, object)
    def _on_picked(self, _name: str, j: int) -> None:
        self.set_chosen(j)
        self.neuron_chosen.emit(j)

    @Slot(bool)
    def _on_tie_clicked(self, on: bool) -> None:
        self.change("Tie weights" if on else "Untie weights", lambda chain: tie(chain, on))


def _line(quantity: q.Quantity) -> ChainSlider:
    return ChainSlider(quantity, Shape.LINE)


def _word(text: str, of: QWidget) -> QLabel:
    word = QLabel(text)
    word.setBuddy(of)
    return word


def _combo(name: str) -> TableCombo:
    combo = TableCombo(f"distribution of the {name}", DISTRIBUTIONS, "what they are drawn from")
    combo.setObjectName(name)
    return combo


def _field(h: Hyper) -> NumberField:
    field = ValueField(h)
    field.setProperty("role", "value")
    return field


def _grid(*rows: Sequence[QWidget | None]) -> QWidget:
    """A group of widgets in rows; a slider takes the room."""
    group = QWidget()
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(GAP)
    for r, row in enumerate(rows):
        for c, widget in enumerate(row):
            if widget is not None:
                wide = isinstance(widget, QCheckBox)
                grid.addWidget(widget, r, c, 1, 1 + wide)
                grid.setColumnStretch(c, int(isinstance(widget, ChainSlider)))
    return group
