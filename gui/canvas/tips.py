"""Tooltips of the picture: what a layer is made of, what a neuron's bar says; no Qt."""

from html import escape

from engine.activations import ACTIVATIONS
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.snapshot import Snapshot
from engine.spec import ArchitectureSpec
from gui.canvas.labels import column_name
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
        case "neuron":
            return neuron_tip(target, architecture, snapshot)
        case "header" | "column":
            return column_tip(target.index, architecture)
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
    lines = (
        f"{layer.neurons:,} neurons · W {layer.neurons:,} × {n_in:,}"
        f" · {layer.neurons * (n_in + 1):,} parameters",
        f"activation: {sigma.label}, {sigma.formula}",
        f"initial weights: {draw.label}, {draw.formula}{gain}",
        f"initial biases: {bias.label}, {bias.formula}",
    )
    return f"<b>{name}</b><br>" + "<br>".join(map(escape, lines))


def neuron_tip(target: Target, architecture: ArchitectureSpec, snapshot: Snapshot | None) -> str:
    """The mean error of a neuron; of an input, its number only."""
    name, number = column_name(architecture, target.index), target.neuron + 1
    if target.index == 0:
        return f"<b>Input {number:,}</b>"
    text = f"<b>Neuron {number:,} of {name}</b>"
    if target.index == len(architecture.layers):
        text = f"<b>Output for class {target.neuron:,}</b>"
    if snapshot is None:
        return text
    delta = float(snapshot.delta[target.index - 1][target.neuron])
    return f"{text}<br>δ = ∂C/∂b = {f'{delta:.3g}'.replace('-', '−')}, mean over the mini-batch"
