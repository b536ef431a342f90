"""Initial values, drawn and given."""

from engine.export.layout import listing
from engine.export.outline import Outline, Part, over
from engine.export.pytorch.counterparts import BIAS_INITIALIZERS, INITIALIZERS


def initial_values(net: Outline) -> str:
    comment = "# Initial values: drawn as in Nablascope, but not the same numbers."
    lines = over("layer", net.layers, lambda layer: layer.drawn, _draws)
    lines += over("projection", net.projections, lambda skip: skip.drawn, _draws_weights)
    return "\n".join([comment, *lines])


def _draws(name: str, layer: Part) -> list[str]:
    bias = BIAS_INITIALIZERS[layer.spec.bias].format(layer=name)
    return [*_draws_weights(name, layer), bias]


def _draws_weights(name: str, layer: Part) -> list[str]:
    gain = float(layer.spec.gain)
    line = INITIALIZERS[layer.spec.initializer].format(layer=name)
    return [line, f"{name}.weight.data *= {gain!r}"] if gain != 1.0 else [line]


_GIVE = '''@torch.no_grad()
def give(parameters):
    """Set single weights W[neuron, source], or biases where source is None."""
    for layer, neuron, source, value in parameters:
        if source is None:
            layers[layer - 1].bias[neuron] = value
        else:
            layers[layer - 1].weight[neuron, source] = value


'''


def given(net: Outline) -> str:
    if not net.given:
        return ""
    texts: dict[bool, list[str]] = {False: [], True: []}
    for g in net.given:
        texts[g.frozen].append(f"({g.layer}, {g.neuron}, {g.source}, {g.value!r})")
    text = _GIVE + "# Layer from 1; neuron, source from 0; value.\n"
    for held, name in ((False, "GIVEN"), (True, "HELD")):
        if texts[held]:
            text += listing(name, texts[held], "training leaves them so" if held else "")
            text += f"\ngive({name})\n"
    return text.rstrip("\n")
