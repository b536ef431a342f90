"""Edits of an experiment: pure functions from one value to the next.

Layers are counted from 0; the last is the output, which follows the data set and the cost. Columns
are counted from the input, 0. Skip connections and given parameters stay as long as what they name
is there; ``InputError`` says why an edit cannot be made.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from engine.activations import HIDDEN
from engine.architecture import ArchitectureSpec, GivenParameter, LayerSpec, SkipSpec
from engine.costs import COSTS
from engine.datasets import DataSource
from engine.faults import InputError
from engine.remainder import remaining_given, remaining_skips
from engine.spec import Experiment

# -- layers ------------------------------------------------------------------------------------


def like_neighbour(experiment: Experiment, at: int, **fields: Any) -> LayerSpec:
    """A layer to stand before layer ``at``, like the one before it, with some fields set."""
    layers = experiment.architecture.layers
    neighbour = layers[at - 1] if at > 0 else layers[0]
    if len(layers) == 1:
        neighbour = LayerSpec()
    return replace(neighbour, id="", frozen=False, **fields)


def insert_layer(experiment: Experiment, at: int, layer: LayerSpec | None = None) -> Experiment:
    """A new hidden layer before layer ``at``; by default like its neighbour, with a new id."""
    return insert_layers(experiment, at, (layer or like_neighbour(experiment, at),))


def insert_layers(
    experiment: Experiment,
    at: int,
    layers: Sequence[LayerSpec],
    skips: Sequence[tuple[int, int]] = (),
) -> Experiment:
    """New hidden layers before layer ``at``; the ids that are taken are chosen anew.

    ``skips`` are pairs of source and target: 1 is the first of the new layers, 0 the column before.
    """
    old = experiment.architecture.layers
    taken = {layer.id for layer in old}
    new = [layer if layer.id not in taken else replace(layer, id="") for layer in layers]
    after = _with_layers(experiment, (*old[:at], *new, *old[at:]))
    for source, target in skips:
        after = add_skip(after, at + source, at + target)
    return after


def insert_residual_block(
    experiment: Experiment, at: int, layer: LayerSpec | None = None
) -> Experiment:
    """Two layers before layer ``at`` and a skip connection past the first (He et al., 2016).

    They are as wide as the layer before them, so that the identity skips; after the input, like
    any new layer.
    """
    layer = layer or like_neighbour(experiment, at)
    return insert_layers(experiment, at, (replace(layer, id=""),) * 2, [(0, 2)])


def remove_layer(experiment: Experiment, at: int) -> Experiment:
    return remove_layers(experiment, (at,))


def remove_layers(experiment: Experiment, positions: Collection[int]) -> Experiment:
    layers = experiment.architecture.layers
    if len(layers) - 1 in positions:
        raise InputError("the output layer follows the data set and cannot be removed")
    kept = [layer for k, layer in enumerate(layers) if k not in positions]
    return _with_layers(experiment, kept)


def move_layers(experiment: Experiment, positions: Collection[int], to: int) -> Experiment:
    """Layers to the place before layer ``to`` (as counted before), in their order."""
    layers = experiment.architecture.layers
    if len(layers) - 1 in positions:
        raise InputError("the output layer stays the last")
    moved = [layers[k] for k in sorted(positions)]
    before = [layer for k, layer in enumerate(layers[:to]) if k not in positions]
    after = [layer for k, layer in enumerate(layers) if k >= to and k not in positions]
    return _with_layers(experiment, (*before, *moved, *after))


def duplicate_layers(experiment: Experiment, positions: Collection[int]) -> Experiment:
    """Copies after the last of them, with the skip connections between them."""
    layers, skips = taken_out(experiment.architecture, positions)
    return insert_layers(experiment, max(positions) + 1, layers, skips)


def taken_out(
    architecture: ArchitectureSpec, positions: Collection[int]
) -> tuple[tuple[LayerSpec, ...], tuple[tuple[int, int], ...]]:
    """Hidden layers without ids, and the skip connections among them, as ``insert_layers`` takes.

    A connection that begins right before the first of them belongs to them: a residual block's.
    """
    if len(architecture.layers) - 1 in positions:
        raise InputError("the output layer follows the data set and cannot be copied")
    chosen = sorted(positions)
    layers = tuple(replace(architecture.layers[k], id="") for k in chosen)
    at = {chosen[0]: 0} | {k + 1: n for n, k in enumerate(chosen, 1)}
    pairs = [(at.get(s, -1), at.get(t, -1)) for s, t in architecture.skip_columns]
    return layers, tuple((s, t) for s, t in pairs if s >= 0 and t > s + 1)


def change_layer(experiment: Experiment, at: int, **fields: Any) -> Experiment:
    """The experiment with some fields of one layer set, such as ``neurons=40``."""
    return change_layers(experiment, (at,), **fields)


def change_layers(experiment: Experiment, positions: Collection[int], **fields: Any) -> Experiment:
    """The experiment with some fields of these layers set."""
    layers = experiment.architecture.layers
    outputs = layers[-1].neurons
    if len(layers) - 1 in positions and fields.get("neurons", outputs) != outputs:
        raise InputError(f"the output has one neuron per class of the data: {outputs}")
    changed = [
        replace(layer, **fields) if k in positions else layer for k, layer in enumerate(layers)
    ]
    return _with_layers(experiment, changed)


# -- skip connections --------------------------------------------------------------------------


def skip_refusal(architecture: ArchitectureSpec, source: int, target: int) -> str:
    """Why there can be no skip connection from one column to the other; empty: it can be made."""
    if target == source:
        return "a layer cannot skip to itself"
    if target < source:
        return "a skip connection leads forward: activations flow from the input to the output"
    if target == source + 1:
        return "neighbouring layers are connected already: a skip passes at least one layer"
    if (source, target) in architecture.skip_columns:
        return "this skip connection is there already"
    return ""


def add_skip(experiment: Experiment, source: int, target: int) -> Experiment:
    architecture = experiment.architecture
    if reason := skip_refusal(architecture, source, target):
        raise InputError(reason)
    ids = list(architecture.columns)
    skips = (*architecture.skips, SkipSpec(ids[source], ids[target]))
    return _with(experiment, replace(architecture, skips=skips))


def remove_skip(experiment: Experiment, index: int) -> Experiment:
    skips = experiment.architecture.skips
    kept = (*skips[:index], *skips[index + 1 :])
    return _with(experiment, replace(experiment.architecture, skips=kept))


# -- single weights and biases -----------------------------------------------------------------


def given_parameter(
    architecture: ArchitectureSpec, at: int, neuron: int, source: int
) -> GivenParameter | None:
    """The given value of a parameter of layer ``at``, if it is given."""
    place = (architecture.layers[at].id, neuron, source)
    return next((given for given in architecture.given if given.place == place), None)


def set_parameter(
    experiment: Experiment, at: int, neuron: int, source: int, value: float, frozen: bool
) -> Experiment:
    """Give a weight of layer ``at``, or with ``source`` BIAS a bias, its value."""
    architecture = experiment.architecture
    new = GivenParameter(architecture.layers[at].id, neuron, source, float(value), frozen)
    others = tuple(given for given in architecture.given if given.place != new.place)
    return _with(experiment, replace(architecture, given=(*others, new)))


def forget_parameter(experiment: Experiment, at: int, neuron: int, source: int) -> Experiment:
    """Let the initializer draw the parameter again, and training change it."""
    architecture = experiment.architecture
    old = given_parameter(architecture, at, neuron, source)
    kept = tuple(given for given in architecture.given if given != old)
    return _with(experiment, replace(architecture, given=kept))


# -- training ----------------------------------------------------------------------------------


def change_training(experiment: Experiment, **fields: Any) -> Experiment:
    """The experiment with some fields of its training set, such as ``eta=0.5``.

    A new cost brings the output activation that it needs, a new data set its inputs and outputs.
    """
    if "cost" in fields:
        experiment = _with_cost(experiment, fields.pop("cost"))
    if "data" in fields:
        experiment = _with_data(experiment, fields.pop("data"))
    return replace(experiment, training=replace(experiment.training, **fields))


def _with_cost(experiment: Experiment, cost: str) -> Experiment:
    *hidden, output = experiment.architecture.layers
    training = replace(experiment.training, cost=cost)
    usual = output.activation if output.activation in HIDDEN else "sigmoid"
    output = replace(output, activation=COSTS[cost].output or usual)
    architecture = replace(experiment.architecture, layers=(*hidden, output))
    return replace(experiment, architecture=architecture, training=training)


def _with_data(experiment: Experiment, data: DataSource) -> Experiment:
    features, classes = data.shape()
    *hidden, output = experiment.architecture.layers
    architecture = _carried(
        experiment.architecture, (*hidden, replace(output, neurons=classes)), inputs=features
    )
    training = replace(experiment.training, data=data)
    return replace(experiment, architecture=architecture, training=training)


# -- what stays --------------------------------------------------------------------------------


def _with(experiment: Experiment, architecture: ArchitectureSpec) -> Experiment:
    return replace(experiment, architecture=architecture)


def _with_layers(experiment: Experiment, layers: Sequence[LayerSpec]) -> Experiment:
    return _with(experiment, _carried(experiment.architecture, layers))


def _carried(
    before: ArchitectureSpec, layers: Sequence[LayerSpec], inputs: int | None = None
) -> ArchitectureSpec:
    """The network of ``layers``, with the skips and given parameters that still have a meaning."""
    after = ArchitectureSpec(before.inputs if inputs is None else inputs, tuple(layers))
    skips, given = remaining_skips(before, after), remaining_given(before, after, after.columns)
    return replace(after, skips=skips, given=given)
