"""Tooltips of the picture, and what the card of a layer says of it."""

from html import escape

from engine.activations import ACTIVATIONS
from engine.architecture import ArchitectureSpec
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from gui.canvas.targets import Target
from gui.canvas.words.labels import FROZEN, column_name
from gui.canvas.words.parameter_names import name_of


def tip(target: Target, architecture: ArchitectureSpec) -> str:
    """Rich text for what the mouse rests on; empty where there is nothing to say."""
    match target.kind:
        case "insert":
            return "Add a layer here (Insert)"
        case "remove":
            return f"Remove {column_name(architecture, target.index)} (Del)"
        case "resize":
            return "Drag: number of neurons (Ctrl+Up, Ctrl+Down)"
        case "port":
            return "Drag to a later layer: a skip connection"
        case "skip":
            source, end = architecture.skip_columns[target.index]
            names = column_name(architecture, source), column_name(architecture, end)
            return f"Skip connection from {names[0]} to {names[1]} (Del removes it)"
        case "edge":
            place = (target.index, target.neuron, target.source)
            return f"{name_of(architecture, place)}; click to read, set or freeze it"
        case _:
            return ""


def column_tip(column: int, architecture: ArchitectureSpec) -> str:
    """Name, shape of W, number of parameters, and how they begin."""
    name = column_name(architecture, column).capitalize()
    if column == 0:
        return f"<b>{name}</b><br>{architecture.inputs:,} features of an example, a⁰ = x"
    layer, n_in = architecture.layers[column - 1], architecture.sizes[column - 1]
    sigma, draw = ACTIVATIONS[layer.activation], INITIALIZERS[layer.initializer]
    bias = BIAS_INITIALIZERS[layer.bias]
    gain = "" if layer.gain == 1 else f" · gain {layer.gain:g}"
    lines: tuple[str, ...] = (
        f"{layer.neurons:,} neurons · W {layer.neurons:,} × {n_in:,}"
        f" · {layer.neurons * (n_in + 1):,} parameters",
        f"activation: {sigma.label}, {sigma.formula}",
        f"initial weights: {draw.label}, {draw.formula}{gain}",
        f"initial biases: {bias.label}, {bias.formula}",
    )
    if layer.frozen:
        lines = (*lines, f"{FROZEN} frozen: training leaves its weights and biases as they are")
    return f"<b>{name}</b><br>" + "<br>".join(map(escape, lines))


def neuron_name(target: Target, architecture: ArchitectureSpec) -> str:
    """Input 5, neuron 3 of hidden 2, the output for class 7."""
    if target.index == 0:
        return f"Input {target.neuron + 1:,}"
    if target.index == len(architecture.layers):
        return f"Output for class {target.neuron:,}"
    return f"Neuron {target.neuron + 1:,} of {column_name(architecture, target.index)}"
