"""Weights and biases in words, and the way from one to its neighbours."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from engine.architecture import BIAS, ArchitectureSpec
from gui.canvas.words.labels import column_name

Place = tuple[int, int, int]  # layer (from 0), neuron, source


def inside(architecture: ArchitectureSpec, place: Place) -> bool:
    """Whether the network has this weight or bias."""
    layer, neuron, source = place
    sizes = architecture.sizes
    return 0 <= layer < len(sizes) - 1 and neuron < sizes[layer + 1] and source < sizes[layer]


def name_of(architecture: ArchitectureSpec, place: Place) -> str:
    """'w of hidden 2: neuron 3 ← neuron 7', 'b of the output: neuron 3'; counted from 1."""
    layer, neuron, source = place
    name = column_name(architecture, layer + 1)
    if source == BIAS:
        return f"b of {name}: neuron {neuron + 1:,}"
    before = "input" if layer == 0 else "neuron"
    return f"w of {name}: neuron {neuron + 1:,} ← {before} {source + 1:,}"


def short_name(place: Place) -> str:
    """As the undo menu names it: 'weight 7→3 of layer 2'."""
    layer, neuron, source = place
    if source == BIAS:
        return f"bias {neuron + 1} of layer {layer + 1}"
    return f"weight {source + 1}→{neuron + 1} of layer {layer + 1}"


def step(sizes: Sequence[int], place: Place, neurons: int, sources: int) -> Place:
    """The neighbour; the bias stands before the first source."""
    layer, neuron, source = place
    neuron = min(max(neuron + neurons, 0), sizes[layer + 1] - 1)
    return layer, neuron, min(max(source + sources, BIAS), sizes[layer] - 1)


def signed_digits(number: float | None) -> str:
    """Three digits and a power of ten, always as wide: '−1.23e−03'; '–' where it is not known."""
    if number is None:
        return "–"
    return f"{number:+.2e}".replace("-", "−")


def numbered(event: QKeyEvent) -> bool:
    """Whether a key begins a number."""
    plain = not event.modifiers() & ~(
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    )
    return plain and bool(event.text()) and event.text() in "0123456789.,+-"
