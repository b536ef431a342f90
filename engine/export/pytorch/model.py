"""The model: layers one after the other, or a module where connections skip."""

from engine.export.layout import SKIPS_COMMENT, WIDTH, listing
from engine.export.outline import WORTH_A_LOOP, Dense, Outline, Skip, counted, runs
from engine.export.pytorch.counterparts import ACTIVATIONS


def model(net: Outline) -> str:
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
