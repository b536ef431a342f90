"""From a text and the architecture before it to the architecture that the text means."""

from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

from engine.activations import HIDDEN
from engine.architecture import INPUT, MOST_PARAMETERS, ArchitectureSpec, LayerSpec, SkipSpec
from engine.architecture_text.alignment import aligned
from engine.architecture_text.reader import read
from engine.architecture_text.writer import USUAL
from engine.architecture_text.written import Written, WrittenLayer
from engine.faults import InputError
from engine.remainder import remaining_given
from engine.spec import Experiment


def parse(text: str, before: ArchitectureSpec) -> ArchitectureSpec:
    """What ``text`` says; its layers keep what the text does not say of those ``before``.

    Changing one number changes one layer, inserting one leaves the others their ids. Raise
    ``TextFault``. ``parse(describe(a), a) == a``.
    """
    return _architecture(read(text), before)


def rewrite(experiment: Experiment, text: str) -> Experiment:
    """The experiment with the network that ``text`` says; raise ``TextFault``.

    What the cost does not allow is at fault at the output.
    """
    written = read(text)
    architecture = _architecture(written, experiment.architecture)
    try:
        return replace(experiment, architecture=architecture)
    except InputError as error:
        output = written.layers[-1]
        first, last = sorted((output.size, output.named_at), key=lambda token: token.start)
        raise first.fault(str(error), last) from None


def _architecture(written: Written, before: ArchitectureSpec) -> ArchitectureSpec:
    _check_ends(written, before)
    for layer in written.layers[:-1]:
        if layer.activation and layer.activation not in HIDDEN:
            raise layer.named_at.fault(
                f"{layer.activation} mixes the neurons of a layer and can stand at the output only"
            )
    _check_parameters(written)
    layers = _continued(written.layers, before.layers)
    try:
        architecture = ArchitectureSpec(before.inputs, layers)
        stayed = {INPUT, *(layer.id for layer in layers)}  # a new one has no id before it is named
        return replace(
            architecture,
            skips=_skips(written, architecture),
            given=remaining_given(before, architecture, stayed),
        )
    except InputError as error:
        raise written.inputs.fault(str(error), written.end) from None


def _skips(written: Written, architecture: ArchitectureSpec) -> tuple[SkipSpec, ...]:
    names = list(architecture.columns)
    return tuple(SkipSpec(names[skip.source], names[skip.target]) for skip in written.skips)


def _check_ends(written: Written, before: ArchitectureSpec) -> None:
    inputs, outputs = before.inputs, before.layers[-1].neurons
    if written.inputs.number != inputs:
        raise written.inputs.fault(
            f"the input has one neuron per feature of the data: write {inputs}"
        )
    if not written.layers:
        raise written.end.fault(f"the output is missing: the text ends with -{outputs}")
    if (size := written.layers[-1].size).number != outputs:
        raise size.fault(
            f"the output has one neuron per class of the data: the last number must be {outputs}"
        )


def _continued(
    written: Sequence[WrittenLayer], before: Sequence[LayerSpec]
) -> tuple[LayerSpec, ...]:
    *hidden, output = before
    new = [(layer.size.number, layer.activation or USUAL, layer.frozen) for layer in written]
    old = [(layer.neurons, layer.activation, layer.frozen) for layer in hidden]
    layers: list[LayerSpec] = []
    for (neurons, activation, frozen), was in zip(new, aligned(old, new[:-1]), strict=False):
        neighbour = layers[-1] if layers else (hidden or [LayerSpec()])[0]
        layer = replace(neighbour, id="") if was is None else hidden[was]
        layers.append(replace(layer, neurons=neurons, activation=activation, frozen=frozen))
    neurons, activation, frozen = new[-1]
    if not written[-1].activation and output.activation not in HIDDEN:
        activation = output.activation  # no cost allows another
    return (*layers, replace(output, neurons=neurons, activation=activation, frozen=frozen))


def _check_parameters(written: Written) -> None:
    """Where there are too many, what brings the most of them is at fault."""
    sizes = [written.inputs.number, *(layer.size.number for layer in written.layers)]
    numbers = [
        (n * (m + 1), layer.size, layer.size)
        for m, n, layer in zip(sizes, sizes[1:], written.layers, strict=False)
    ]
    for skip in written.skips:
        source, target = sizes[skip.source], sizes[skip.target]
        numbers.append((source * target * (source != target), skip.first, skip.last))
    total = sum(number for number, _, _ in numbers)
    if total > MOST_PARAMETERS:
        _, first, last = max(numbers, key=itemgetter(0))
        raise first.fault(
            f"the network has {total:,} parameters; the limit is {MOST_PARAMETERS:,}", last
        )
