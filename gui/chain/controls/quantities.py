"""The numbers of a chain that sliders set: how each is called, read and written."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.chain.edits import change, set_all_biases, set_all_weights, set_bias, set_weight
from engine.chain.spec import GREATEST, ChainSpec
from engine.hyper import Hyper, hypers
from gui.chain.controls.part import Edit
from gui.common.formula import symbols
from gui.common.formula.boxes import Box, Row, Text
from gui.common.subscript import subscripted

SPAN = 4.0  # of a slider of w or b at first, to either side
DEFAULTS = {"w": 1.0, "b": 0.0}
ENDS: dict[str, Hyper] = {h.name: h for h in hypers(ChainSpec((0.0,), (0.0,)))}  # x and y


@dataclass(frozen=True, slots=True)
class Quantity:
    """``read`` gives None where it stands for several values that differ; ``j`` is 0 for those."""

    hyper: Hyper
    symbol: Box
    name: str  # for a screen reader
    text: str  # of the undo step
    read: Callable[[ChainSpec], float | None]
    write: Callable[[ChainSpec, float], ChainSpec]
    span: tuple[float, float] = (-SPAN, SPAN)
    j: int = 0

    def edit(self, value: float) -> Edit:
        return lambda chain: self.write(chain, value)


def weight(j: int) -> Quantity:
    start = "the input" if j == 1 else f"neuron {j - 1}"
    help = f"weight from {start} to neuron {j}"
    return Quantity(
        _hyper("w", subscripted("w", j), help), symbols.w(j), f"w {j}: {help}",
        f"Set {subscripted('w', j)}", lambda chain: chain.w[j - 1],
        lambda chain, value: set_weight(chain, j, value), j=j,
    )  # fmt: skip


def bias(j: int) -> Quantity:
    help = f"bias of neuron {j}"
    return Quantity(
        _hyper("b", subscripted("b", j), help), symbols.b(j), f"b {j}: {help}",
        f"Set {subscripted('b', j)}", lambda chain: chain.b[j - 1],
        lambda chain, value: set_bias(chain, j, value), j=j,
    )  # fmt: skip


def all_weights() -> Quantity:
    return _all(
        "w", "all weights together: moving it gives every w the same value", "Set all weights",
        lambda chain: chain.w, set_all_weights,
    )  # fmt: skip


def all_biases() -> Quantity:
    return _all(
        "b", "all biases together: moving it gives every b the same value", "Set all biases",
        lambda chain: chain.b, set_all_biases,
    )  # fmt: skip


def tied_weight() -> Quantity:
    help = "the one weight of a tied chain, between all of its steps"
    return Quantity(
        _hyper("w", "w", help), symbols.italic("w"), f"w: {help}", "Set w",
        lambda chain: chain.w[0], set_all_weights,
    )  # fmt: skip


def tied_bias() -> Quantity:
    help = "the one bias of a tied chain, at all of its steps"
    return Quantity(
        _hyper("b", "b", help), symbols.italic("b"), f"b: {help}", "Set b",
        lambda chain: chain.b[0], set_all_biases,
    )  # fmt: skip


def first_input() -> Quantity:
    h = ENDS["x"]
    return Quantity(
        h, symbols.a(0), f"a 0: {h.help}", "Set a₀", lambda chain: chain.x,
        lambda chain, value: change(chain, x=value), (0.0, 1.0),
    )  # fmt: skip


def target() -> Quantity:
    h = ENDS["y"]
    return Quantity(
        h, symbols.italic("y"), f"y: {h.help}", "Set y", lambda chain: chain.y,
        lambda chain, value: change(chain, y=value), (0.0, 1.0),
    )  # fmt: skip


def _all(
    letter: str, help: str, text: str, read: Callable[[ChainSpec], tuple[float, ...]],
    write: Callable[[ChainSpec, float], ChainSpec],
) -> Quantity:  # fmt: skip
    def common(chain: ChainSpec) -> float | None:
        values = read(chain)
        return values[0] if len({*values}) == 1 else None

    symbol = Row(Text("all "), symbols.italic(letter))
    hyper = _hyper(letter, f"all {letter}", help)
    return Quantity(hyper, symbol, help.partition(":")[0], text, common, write)


def _hyper(letter: str, symbol: str, help: str) -> Hyper:
    return Hyper(letter, symbol, DEFAULTS[letter], -GREATEST, GREATEST, False, help)
