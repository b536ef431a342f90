"""Tooltips of the picture: what a layer is made of, what a neuron's bar says; no Qt."""

from html import escape

from engine.activations import ACTIVATIONS
from engine.architecture import ArchitectureSpec
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.snapshot import Snapshot
from gui.canvas.labels import FROZEN, column_name
from gui.canvas.targets import Target


def tip(target: Target, architecture: ArchitectureSpec, snapshot: Snapshot | None) -> str:
    """Rich text for what the mouse rests on; empty where there is nothing to say."""
    match target.kind:
        case "insert":
            return "Add a layer here (Insert)"
        case "remove":
            return f"Remove {column_name(architecture, target.index)} (Del)"
        case "resize":
            return "Drag: number of neurons (Ctrl+Up, Ctrl+Down)"
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
