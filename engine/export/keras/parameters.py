"""Single parameters that are given."""

from engine.export.layout import listing
from engine.export.outline import Given, Outline

_GIVE = '''def give(parameters):
    """Set single weights W[neuron, source], or biases where source is None."""
    for layer, neuron, source, value in parameters:
        kernel, bias = layers[layer - 1].get_weights()
        if source is None:
            bias[neuron] = value
        else:
            kernel[source, neuron] = value
        layers[layer - 1].set_weights([kernel, bias])'''

_HOLD = '''class Hold(keras.constraints.Constraint):
    """Gives single weights or biases their values again after every update."""

    def __init__(self, places, values):
        self.places, self.values = places, values

    def __call__(self, variable):
        return keras.ops.scatter_update(variable, self.places, self.values)'''


def given(net: Outline) -> str:
    if not net.given:
        return ""
    items = [f"({g.layer}, {g.neuron}, {g.source}, {g.value!r})" for g in net.given]
    lines = [listing("GIVEN", items, "layer from 1; neuron, source from 0; value"), "give(GIVEN)"]
    held: dict[str, list[Given]] = {}
    for g in net.given:
        if g.frozen:
            kind = "bias" if g.source is None else "kernel"
            held.setdefault(f"layers[{g.layer - 1}].{kind}", []).append(g)
    if held:
        lines += ["", "# Frozen: training leaves these as they are. A kernel is (source, neuron)."]
    lines += [line for name, of_one in held.items() for line in _held(name, of_one)]
    return "\n\n\n".join([_GIVE, *[_HOLD] * bool(held), "\n".join(lines)])


def _held(variable: str, given: list[Given]) -> list[str]:
    """A kernel is (source, neuron)."""
    places = [f"[{g.neuron}]" if g.source is None else f"[{g.source}, {g.neuron}]" for g in given]
    return [
        listing("places", places),
        listing("values", [f"{g.value!r}" for g in given]),
        f"{variable}.constraint = Hold(places, values)",
    ]
