"""An experiment as a PyTorch program."""

from engine.export.layout import SKIPS_COMMENT, WIDTH, call, listing, sections
from engine.export.outline import (
    WORTH_A_LOOP,
    Dense,
    Outline,
    Part,
    Skip,
    counted,
    frozen,
    over,
    runs,
)
from engine.export.pytorch_counterparts import (
    ACTIVATIONS,
    BIAS_INITIALIZERS,
    COSTS,
    INITIALIZERS,
    OPTIMIZERS,
    WITHOUT_DECAY,
)
from engine.spec import Experiment


def code(experiment: Experiment) -> str:
    """A program that runs as it is; beside ``weights.npz`` it computes the engine's outputs."""
    net = Outline(experiment)
    return sections(
        [
            f'"""{net.title} in PyTorch, as drawn in Nablascope."""\n\n{_imports(net)}',
            _model(net),
            _initial_values(net),
            frozen(net, ".requires_grad_(False)"),
            _given(net),
            _outputs(net),
            _cost(net),
            _load_weights(net),
            _train(net),
            'if Path("weights.npz").exists():  # from File > Export weights\n    load_weights()',
        ]
    )


def _imports(net: Outline) -> str:
    functional = "from torch.nn import functional as F\n"
    lines = "from pathlib import Path\n\nimport numpy as np\nimport torch\nfrom torch import nn\n"
    if "F." in _cost(net) + _outputs(net) + (_model(net) if net.skips else ""):
        lines += functional
    if net.is_double:
        lines += "\ntorch.set_default_dtype(torch.float64)\n"
    return lines


# -- the model ---------------------------------------------------------------------------------


def _model(net: Outline) -> str:
    if not net.skips:
        return _sequential(net)
    return _module(net) if net.written_out else _looped_module(net)


def _sequential(net: Outline) -> str:
    """``nn.Sequential``; built in a loop where many neighbours are equal."""
    groups = list(runs((layer.shape, layer) for layer in net.layers))
    if max(map(len, groups)) < WORTH_A_LOOP:
        lines = [f"    {line}\n" for layer in net.layers for line in _modules(layer)]
        model = f"model = nn.Sequential(\n{''.join(lines)})\n"
    else:
        model = _looped_sequential(groups)
    return model + "layers = [module for module in model if isinstance(module, nn.Linear)]"


def _modules(layer: Dense) -> list[str]:
    lines = [f"nn.Linear({layer.n_in}, {layer.n_out}),  # layer {layer.number}"]
    if layer.activation != "linear":
        lines.append(f"{ACTIVATIONS[layer.activation].module},")
    return lines


def _looped_sequential(groups: list[list[Dense]]) -> str:
    lines = ["modules = []"]
    for group in groups:
        first, last = group[0], group[-1]
        items = [f"nn.Linear({first.n_in}, {first.n_out})"]
        if first.activation != "linear":
            items.append(ACTIVATIONS[first.activation].module)
        add = f"modules += [{', '.join(items)}]"
        if len(group) < WORTH_A_LOOP:
            lines += [f"{add}  # layer {layer.number}" for layer in group]
        else:
            numbers = f"  # layers {first.number} to {last.number}"
            lines += [f"for _ in range({len(group)}):{numbers}", f"    {add}"]
    return "\n".join([*lines, "model = nn.Sequential(*modules)\n"])


def _module(net: Outline) -> str:
    """A class with a line for every layer."""
    made = [f"self.layer{d.number} = nn.Linear({d.n_in}, {d.n_out})" for d in net.layers]
    sizes = net.architecture.sizes
    made += [
        f"self.projection{s.number} = nn.Linear({sizes[s.source]}, {sizes[s.target]}, bias=False)"
        for s in net.projections
    ]
    lines = [f"        {line}\n" for line in made]
    passed = [f"        {_pass(net, layer)}\n" for layer in net.layers]
    return (
        f"class Network(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        f"{''.join(lines)}\n    def forward(self, a0):\n{''.join(passed)}"
        f"        return a{len(net.layers)}\n\n\nmodel = Network()\n"
        + _attributes("layer", len(net.layers))
        + _attributes("projection", len(net.projections))
    ).rstrip("\n")


def _pass(net: Outline, layer: Dense) -> str:
    n = layer.number
    terms = [f"self.layer{n}(a{n - 1})", *map(_skipped, net.skips_into(n))]
    value = ACTIVATIONS[layer.activation].function.format(z=" + ".join(terms))
    return f"a{n} = {value}"


def _skipped(skip: Skip) -> str:
    source = f"a{skip.source}"
    return f"self.projection{skip.number}({source})" if skip.number else source


def _attributes(name: str, count: int) -> str:
    if not count:
        return ""
    line = f"{name}s = [{', '.join(f'model.{name}{n}' for n in range(1, count + 1))}]\n"
    if len(line) > WIDTH:
        line = f'{name}s = [getattr(model, f"{name}{{n}}") for n in range(1, {count + 1})]\n'
    return line


_LOOPED = '''class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(i, o) for i, o in zip(SIZES, SIZES[1:]))
        self.activations = nn.ModuleList(ACTIVATIONS)
        self.skips = nn.ModuleList(self.skip(SIZES[s], SIZES[t]) for s, t in SKIPS)

    @staticmethod
    def skip(n_source, n_target):
        """The identity, or where the widths differ a projection."""
        if n_source == n_target:
            return nn.Identity()
        return nn.Linear(n_source, n_target, bias=False)

    def forward(self, x):
        a = [x]
        for n, (layer, activation) in enumerate(zip(self.layers, self.activations), 1):
            z = layer(a[-1])
            for (source, target), skip in zip(SKIPS, self.skips):
                if target == n:
                    z = z + skip(a[source])
            a.append(activation(z))
        return a[-1]


model = Network()
layers = list(model.layers)
projections = [skip for skip in model.skips if isinstance(skip, nn.Linear)]'''


def _looped_module(net: Outline) -> str:
    activations = [ACTIVATIONS[layer.activation].module for layer in net.layers]
    skips = [f"({skip.source}, {skip.target})" for skip in net.skips]
    return "\n".join(
        [
            listing("SIZES", counted([str(n) for n in net.architecture.sizes])),
            listing("ACTIVATIONS", counted(activations)),
            listing("SKIPS", skips, SKIPS_COMMENT),
            f"\n\n{_LOOPED}",
        ]
    )


# -- initial values ----------------------------------------------------------------------------


def _initial_values(net: Outline) -> str:
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


def _given(net: Outline) -> str:
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


# -- outputs, cost, weights, training ----------------------------------------------------------


def _outputs(net: Outline) -> str:
    value = "model(x)"
    if net.ends_with_z:
        output = net.architecture.layers[-1].activation
        value = ACTIVATIONS[output].function.format(z=value)
    return (
        f'@torch.no_grad()\ndef outputs(x):\n    """Activations of the output layer for'
        f' x (examples, {net.architecture.inputs})."""\n    return {value}'
    )


def _cost(net: Outline) -> str:
    result, words, expression = COSTS[net.training.cost]
    return f'def cost({result}, y):\n    """{words}"""\n    return {expression}'


_LOAD = '''def load_weights(path="weights.npz"):
    """W, P are (n_out, n_in), as in nn.Linear."""
    with np.load(path) as arrays, torch.no_grad():
        for n, layer in enumerate(layers, 1):
            layer.weight.copy_(torch.from_numpy(arrays[f"W{n}"]))
            layer.bias.copy_(torch.from_numpy(arrays[f"b{n}"]))'''
_LOAD_PROJECTIONS = """
        names = [name for name in arrays if name.startswith("P")]
        for name, projection in zip(names, projections):
            projection.weight.copy_(torch.from_numpy(arrays[name]))"""


def _load_weights(net: Outline) -> str:
    if not net.projections:
        return _LOAD.replace("W, P are", "W is")
    return _LOAD + _LOAD_PROJECTIONS


def _train(net: Outline) -> str:
    training = net.training
    lines = [
        f"def train(x, y, epochs={training.epochs}):",
        f'    """x (examples, {net.architecture.inputs}), y one-hot'
        f' (examples, {net.architecture.sizes[-1]}), both of the model\'s dtype."""',
        *_decay(net),
        _optimizer(net),
        "    for _ in range(epochs):",
    ]
    inner = "        "
    if net.full_batch:
        lines.append(f"{inner}loss = cost(model(x), y){_penalty(net)}")
    else:
        lines.append(f"{inner}for batch in torch.randperm(len(x)).split({training.batch}):")
        inner += "    "
        lines.append(f"{inner}loss = cost(model(x[batch]), y[batch]){_penalty(net)}")
    lines += [f"{inner}{line}" for line in ("optimizer.zero_grad()", "loss.backward()")]
    lines.append(f"{inner}optimizer.step()")
    if any(given.frozen for given in net.given):
        lines.append(f"{inner}give(HELD)")
    return "\n".join(lines)


def _decay(net: Outline) -> list[str]:
    if not net.training.lmbda:
        return []
    lines = [f"    decay = {float(net.training.lmbda)!r} / len(x)  # lambda / n, of the weights"]
    modules = "layers + projections" if net.projections else "layers"
    return [*lines, f"    weights = [layer.weight for layer in {modules}]"]


def _penalty(net: Outline) -> str:
    if not net.training.lmbda or net.training.optimizer.key not in WITHOUT_DECAY:
        return ""
    return " + decay / 2 * sum(w.square().sum() for w in weights)"


def _optimizer(net: Outline) -> str:
    optimizer = net.training.optimizer
    name, settings = OPTIMIZERS[optimizer.key](optimizer)
    groups = "model.parameters()"
    if net.training.lmbda and optimizer.key not in WITHOUT_DECAY:
        groups = "groups"
    arguments = [groups, f"lr={float(net.training.eta)!r}", *settings]
    made = call(f"optimizer = torch.optim.{name}(", arguments, depth=1)
    if groups == "groups":
        biases = "[layer.bias for layer in layers]"
        made = (
            '    groups = [\n        {"params": weights, "weight_decay": decay},\n'
            f'        {{"params": {biases}}},\n    ]\n{made}'
        )
    return made
