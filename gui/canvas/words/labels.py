"""What the picture of a network says: headers, numbers, the legend; no Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, isfinite, isnan, log10

from engine.activations import ACTIVATIONS
from engine.architecture import ArchitectureSpec, LayerSpec
from gui.canvas.selection import Selection

FROZEN = "❄"  # before the name of a layer that training leaves as it is
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
EDGE_KEY = ("sign of w: orange +, blue −", "width |w|", "strength |∂C/∂w| over 4 decades")


@dataclass(frozen=True, slots=True)
class ColumnText:
    """A column's header: the number of neurons, and what it is, from long to short."""

    neurons: int
    captions: tuple[str, str, str]

    @property
    def number(self) -> str:
        return counted(self.neurons)


def column_texts(architecture: ArchitectureSpec) -> tuple[ColumnText, ...]:
    """The headers of all columns; the first is the input."""
    *hidden, output = architecture.layers
    texts = [ColumnText(architecture.inputs, ("input", "input", "in"))]
    for l, layer in enumerate(hidden, 1):
        captions = (f"hidden {l} · {_sigma(layer)}", f"hidden {l}", f"h{l}")
        texts.append(_text(layer, captions))
    texts.append(_text(output, (f"output · {_sigma(output)}", "output", "out")))
    return tuple(texts)


def _text(layer: LayerSpec, captions: tuple[str, str, str]) -> ColumnText:
    if layer.frozen:
        long, middle, short = (f"{FROZEN} {caption}" for caption in captions)
        captions = long, middle, short
    return ColumnText(layer.neurons, captions)


def column_name(architecture: ArchitectureSpec, column: int) -> str:
    """The input, hidden 2, the output."""
    if column == 0:
        return "input"
    return "output" if column == len(architecture.layers) else f"hidden {column}"


def skip_name(architecture: ArchitectureSpec, index: int) -> str:
    ends = architecture.skip_columns[index]
    source, target = (column_name(architecture, column) for column in ends)
    return f"skip connection from {source} to {target}"


def selection_name(architecture: ArchitectureSpec, selection: Selection) -> str:
    """What is selected, in words; empty: nothing."""
    columns, current = selection.columns(architecture), selection.column(architecture)
    if selection.skip is not None:
        return skip_name(architecture, architecture.skips.index(selection.skip))
    if current is None:
        return ""
    name = column_name(architecture, current)
    if selection.neuron is not None:
        return f"neuron {selection.neuron + 1} of {name}"
    if len(columns) > 1:
        return f"{len(columns)} layers selected, the current one is {name}"
    return f"{name}: {architecture.sizes[current]} neurons"


def counted(number: int) -> str:
    return f"{number:,}" if number >= 10_000 else str(number)


def quantity(number: float) -> str:
    """A number that is not negative, in few characters: 0.012, 1.23, 45.6, 8.2·10⁻⁵."""
    if isnan(number):
        return "?"
    if not isfinite(number):
        return "∞"
    if number == 0:
        return "0"
    if 0.00095 <= number < 999.5:
        decimals = 2 - floor(log10(number)) if number >= 1 else 3 if number >= 0.01 else 4
        return f"{number:.{decimals}f}"
    return _power(f"{number:.1e}")


def ratio(slower: float, faster: float) -> str:
    """How many times ``faster`` is ``slower``; empty where that says nothing."""
    if not (isfinite(slower) and isfinite(faster)) or slower <= 0 or faster <= 0:
        return ""
    times = faster / slower
    if 0.095 <= times < 99.5:
        return f"× {times:.1f}" if times >= 0.95 else f"× {times:.2f}"
    return f"× {quantity(times)}"


def edges_text(drawn: int, possible: int, total: int) -> str:
    """What of the weights is drawn: of ``possible`` between the neurons that are drawn."""
    if drawn == 0:
        return f"edges: none of {total:,}, zoom in"
    if drawn == total:
        return f"edges: all {total:,}"
    if drawn == possible:
        return f"edges: {drawn:,} between these neurons, of {total:,}"
    return f"edges: {drawn:,} strongest of {total:,}"


def bars_text(full: float | None, decades: int | None = None, of: str = "") -> str:
    """What a bar means; ``decades`` is how many a logarithmic scale spans, None: it is linear."""
    named = f"bar ∂C/∂b{of and f' of {of}'}"
    if decades is None:
        scale = "" if full is None else f", full = {full_scale(full)} (longer: broken)"
        return f"{named}, linear{scale}"
    if full is None:
        return f"{named}, log"
    least = power_of_ten(round(log10(full)) - decades)
    return f"{named}, log, {least} to {power_of_ten(round(log10(full)))}"


def power_of_ten(exponent: int) -> str:
    """10⁻³ for -3; 0.1, 1 and 10 as they are."""
    return f"{10.0**exponent:g}" if -1 <= exponent <= 1 else f"10{superscript(exponent)}"


def superscript(number: int) -> str:
    return str(number).translate(SUPERSCRIPT)


def full_scale(full: float) -> str:
    """A round number, of one digit, as it is written on the legend."""
    return f"{full:g}" if 1e-3 <= full < 1e4 else _power(f"{full:.0e}")


def broken(segments: list[str], width: float, width_of: Callable[[str], float]) -> list[str]:
    """Segments joined by a dot, in as few lines as fit."""
    lines: list[str] = []
    for segment in segments:
        longer = f"{lines[-1]} · {segment}" if lines else segment
        if lines and width_of(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(segment)
    return lines


def _sigma(layer: LayerSpec) -> str:
    return ACTIVATIONS[layer.activation].label


def _power(scientific: str) -> str:
    mantissa, exponent = scientific.split("e")
    return f"{mantissa}·10{superscript(int(exponent))}"
