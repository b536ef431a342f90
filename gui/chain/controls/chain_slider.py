"""A slider of one number of the chain."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QColor

from engine.chain.spec import ChainSpec
from gui.chain.controls.quantities import Quantity
from gui.common.value_slider import Shape, ValueSlider
from gui.theme import Theme


class ChainSlider(ValueSlider):
    """Shows its number of every chain that it is given."""

    set_by_hand = Signal(object, float, object)  # quantity, value, merge key

    def __init__(self, quantity: Quantity, shape: Shape = Shape.WIDE) -> None:
        super().__init__(quantity.hyper, quantity.symbol, shape)
        self.value_changed.connect(self._on_value_changed)
        self.set_range(*quantity.span)
        self.set_quantity(quantity)

    def set_quantity(self, quantity: Quantity) -> None:
        self.quantity = quantity
        self.set_symbol(quantity.symbol)
        self.set_name(quantity.name, quantity.hyper.help)

    def show_chain(self, chain: ChainSpec, written: bool = True) -> None:
        value = self.quantity.read(chain)
        if value is None:
            self.set_mixed()
        else:
            self.set_value(value, written)

    def would_write(self, chain: ChainSpec) -> bool:
        """Whether this chain has another number for the field, not none in common."""
        return self.quantity.read(chain) not in (None, self.value)

    def show_home(self, chain: ChainSpec) -> None:
        """A double click returns to the value of this chain."""
        value = self.quantity.read(chain)
        self.set_default(self.quantity.hyper.default if value is None else value)

    def colour_in(self, theme: Theme, neurons: int) -> None:
        """A weight by its sign, a bias like its neuron, all others plain."""
        if self.quantity.hyper.name == "w" and not self.is_mixed:
            sign = (self.value > 0) - (self.value < 0)
            self.set_colour(QColor((theme.dim, theme.positive, theme.negative)[sign]), theme)
        elif self.quantity.j and self.quantity.hyper.name == "b":
            self.set_colour(theme.layer(self.quantity.j - 1, neurons), theme)
        else:
            self.set_colour(QColor(theme.dim), theme)

    @Slot(float, object)
    def _on_value_changed(self, value: float, key: object) -> None:
        self.set_by_hand.emit(self.quantity, value, key)
