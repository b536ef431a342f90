"""All settings of an experiment as the window names them, to be laid side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from engine.activations import ACTIVATIONS
from engine.architecture import BIAS, ArchitectureSpec, GivenParameter
from engine.architecture_text import describe
from engine.costs import COSTS
from engine.hyper import hypers
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.numerals import short
from engine.spec import FULL_BATCH, Experiment, TrainingSpec
from engine.toml_document import settings as fields_of

MOST_GIVEN = 3  # parameters that are listed


@dataclass(frozen=True, slots=True)
class Setting:
    """``value`` decides whether two are the same, and their order; ``words`` is what is read."""

    label: str
    words: str
    value: Any
    help: str = ""


def settings_in_words(experiment: Experiment) -> dict[str, Setting]:
    """Everything that a run depends on, by its label; neither its name nor its notes."""
    architecture, training = experiment.architecture, experiment.training
    each = (*_network(architecture), *_training(training), *_data(training))
    return {setting.label: setting for setting in each}


def _network(architecture: ArchitectureSpec) -> Iterator[Setting]:
    layers = architecture.layers
    plain = tuple(replace(l, activation="sigmoid", frozen=False) for l in layers)
    text = describe(ArchitectureSpec(architecture.inputs, plain))
    yield Setting("network", text, architecture.sizes, "inputs, neurons of every layer, outputs")
    *hidden, output = (ACTIVATIONS[layer.activation].label for layer in layers)
    yield _runs_of("activation", hidden, "of the hidden layers, from the first on")
    yield Setting("output", output, output, "activation of the output layer")
    yield _runs_of(
        "initial W", [INITIALIZERS[l.initializer].label for l in layers], "of every layer"
    )
    yield _runs_of("initial b", [BIAS_INITIALIZERS[l.bias].label for l in layers], "of every layer")
    yield _runs_of("gain", [short(l.gain) for l in layers], "multiplies the initial weights")
    skips = tuple(sorted(architecture.skip_columns))
    words = ", ".join(f"{source}→{target}" for source, target in skips)
    yield Setting("skips", words or "none", skips, "columns; 0 is the input")
    frozen = tuple(n for n, layer in enumerate(layers, 1) if layer.frozen)
    words = f"layer{'s' * (len(frozen) > 1)} {', '.join(map(str, frozen))}" if frozen else "none"
    yield Setting("frozen", words, frozen, "layers that training leaves as they are")
    yield _given(architecture)
    yield _streams(architecture)


def _runs_of(label: str, words: list[str], help: str) -> Setting:
    """What all layers have, or what each has; equal neighbours are counted."""
    groups = [(word, len(list(group))) for word, group in groupby(words)]
    if len(groups) <= 1:
        text = value = groups[0][0] if groups else "–"
        return Setting(label, text, value, help)
    text = ", ".join(f"{n} × {word}" if n > 1 else word for word, n in groups)
    return Setting(label, text, text, help)


def _given(architecture: ArchitectureSpec) -> Setting:
    given = sorted(architecture.given, key=lambda g: g.place)
    at = architecture.columns
    words = ", ".join(_parameter(g, at[g.layer]) for g in given[:MOST_GIVEN])
    more = f" and {len(given) - MOST_GIVEN} more" if len(given) > MOST_GIVEN else ""
    value = tuple((g.place, g.value, g.frozen) for g in given)
    return Setting("given", words + more or "none", value, "parameters whose values are given")


def _parameter(given: GivenParameter, layer: int) -> str:
    neuron = given.neuron + 1
    name = f"b{neuron}" if given.source == BIAS else f"w{neuron},{given.source + 1}"
    return f"{name} of layer {layer} = {short(given.value)}{', frozen' * given.frozen}"


def _streams(architecture: ArchitectureSpec) -> Setting:
    """Only what is not usual: a network that was put together otherwise draws other weights."""
    ids = tuple(layer.id for layer in architecture.layers)
    usual = ids == (*(f"h{n}" for n in range(1, len(ids))), "output")
    words = "usual" if usual else ", ".join(ids)
    help = "every layer's name decides which random numbers it begins with"
    return Setting("layer names", words, () if usual else ids, help)


def _training(training: TrainingSpec) -> Iterator[Setting]:
    cost, rule = COSTS[training.cost].label, training.optimizer
    yield Setting("cost function", cost, cost, COSTS[training.cost].formula)
    yield Setting("optimizer", rule.label, rule.label, rule.formula)
    yield from _numbers(rule)
    for setting in _numbers(training):
        if setting.label == "batch" and training.batch == FULL_BATCH:
            setting = replace(setting, words="full")
        yield setting
    yield Setting("precision", training.precision, training.precision, "of the floating numbers")


def _data(training: TrainingSpec) -> Iterator[Setting]:
    data = training.data
    yield Setting("data", data.label, data.label, data.help)
    yield from _numbers(data, "data ")
    for f in fields_of(data):
        if f.type is str and (text := getattr(data, f.name)):
            name = "file" if f.name == "path" else f.name.replace("_path", " file")
            yield Setting(f"data {name}", Path(text).name, text, "the file's name")


def _numbers(of: Any, prefix: str = "") -> Iterable[Setting]:
    for h in hypers(of):
        number = getattr(of, h.name)
        yield Setting(prefix + h.symbol, short(number), number, h.help)
