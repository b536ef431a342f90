"""Edits of an experiment: pure functions from one value to the next.

Layers are counted from 0; the last is the output, which follows the data set and the cost.
"""

from dataclasses import replace
from typing import Any

from engine.activations import HIDDEN
from engine.costs import COSTS
from engine.datasets import DataSource
from engine.faults import InputError
from engine.spec import Experiment, LayerSpec


def insert_layer(experiment: Experiment, at: int, layer: LayerSpec | None = None) -> Experiment:
    """A new hidden layer before layer ``at``; by default like its neighbour, with a new id."""
    layers = experiment.architecture.layers
    if layer is None:
        neighbour = layers[at - 1] if at > 0 else layers[0]
        if len(layers) == 1:
            neighbour = LayerSpec()
        layer = replace(neighbour, id="")
    return _with_layers(experiment, (*layers[:at], layer, *layers[at:]))


def remove_layer(experiment: Experiment, at: int) -> Experiment:
    layers = experiment.architecture.layers
    if at == len(layers) - 1:
        raise InputError("the output layer follows the data set and cannot be removed")
    return _with_layers(experiment, (*layers[:at], *layers[at + 1 :]))


def change_layer(experiment: Experiment, at: int, **fields: Any) -> Experiment:
    """The experiment with some fields of one layer set, such as ``neurons=40``."""
    layers = experiment.architecture.layers
    if at == len(layers) - 1 and fields.get("neurons", layers[at].neurons) != layers[at].neurons:
        raise InputError(f"the output has one neuron per class of the data: {layers[at].neurons}")
    return _with_layers(
        experiment, (*layers[:at], replace(layers[at], **fields), *layers[at + 1 :])
    )


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
    layers = (*hidden, replace(output, neurons=classes))
    architecture = replace(experiment.architecture, inputs=features, layers=layers)
    return replace(
        experiment, architecture=architecture, training=replace(experiment.training, data=data)
    )


def _with_layers(experiment: Experiment, layers: tuple[LayerSpec, ...]) -> Experiment:
    return replace(experiment, architecture=replace(experiment.architecture, layers=layers))
