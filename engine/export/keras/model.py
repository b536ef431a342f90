"""The model: layers one after the other, or a graph of them where connections skip."""

from engine.export.keras.counterparts import ACTIVATIONS, BIAS_INITIALIZERS, INITIALIZERS
from engine.export.layout import SKIPS_COMMENT, WIDTH, call, listing
from engine.export.outline import WORTH_A_LOOP, Dense, Outline, Skip, counted, runs


def _makers(net: Outline) -> dict[tuple[str, str, float], str]:
    """The function that makes layers drawn in a certain way, for every way there is."""
    ways = list(dict.fromkeys(layer.drawn for layer in net.layers))
    if len(ways) == 1:
        return {ways[0]: "dense"}
    keys = [way[0] for way in ways]
    earlier = [keys[:n].count(key) for n, key in enumerate(keys)]
    return {
        way: f"{way[0]}_dense{count + 1 if count else ''}"
        for way, count in zip(ways, earlier, strict=True)
    }


def dense(net: Outline) -> list[str]:
    """Functions, because one initializer for two layers would draw the same numbers twice."""
    return [
        f"def {name}(units, activation=None{', **options' * bool(net.skips)}):\n"
        '    """A layer with initial values as Nablascope draws them."""\n'
        + call("return keras.layers.Dense(", _arguments(net, *way), depth=1)
        for way, name in _makers(net).items()
    ]


def _arguments(net: Outline, initializer: str, bias: str, gain: float) -> list[str]:
    name, arguments = INITIALIZERS[initializer](gain)
    kernel = call(f"kernel_initializer=keras.initializers.{name}(", arguments, "),", depth=2)
    return [
        "units",
        "activation",
        kernel.strip().removesuffix(","),
        f"bias_initializer={BIAS_INITIALIZERS[bias]}",
        *["**options"] * bool(net.skips),
    ]


def _layer(net: Outline, layer: Dense) -> str:
    """A call that makes a layer; with a skip connection into it the activation stands apart."""
    arguments = [str(layer.n_out)]
    if layer.activation != "linear" and not net.skips_into(layer.number):
        arguments.append(ACTIVATIONS[layer.activation])
    if net.skips:
        arguments.append(f'name="layer{layer.number}"')
    return f"{_makers(net)[layer.drawn]}({', '.join(arguments)})"


def model(net: Outline) -> str:
    if not net.skips:
        return _sequential(net)
    return _functional(net) if net.written_out else _looped_functional(net)


def _sequential(net: Outline) -> str:
    groups = list(runs(((layer.shape, layer.drawn), layer) for layer in net.layers))
    made = f"keras.Input(({net.architecture.inputs},))"
    if max(map(len, groups)) < WORTH_A_LOOP:
        lines = [f"        {_layer(net, layer)},\n" for layer in net.layers]
        model = f"model = keras.Sequential(\n    [\n        {made},\n{''.join(lines)}    ]\n)\n"
        return model + "layers = model.layers"
    body = [f"model = keras.Sequential([{made}])"]
    for group in groups:
        add = f"model.add({_layer(net, group[0])})"
        if len(group) >= WORTH_A_LOOP:
            numbers = f"layers {group[0].number} to {group[-1].number}"
            body += [f"for _ in range({len(group)}):  # {numbers}", f"    {add}"]
        else:
            body += [f"{add}  # layer {layer.number}" for layer in group]
    return "\n".join([*body, "layers = model.layers"])


def _functional(net: Outline) -> str:
    lines = [f"a0 = keras.Input(({net.architecture.inputs},))"]
    for layer in net.layers:
        n, skips = layer.number, net.skips_into(layer.number)
        terms = [f"{_layer(net, layer)}(a{n - 1})", *(_skipped(net, skip) for skip in skips)]
        if not skips or layer.activation == "linear":
            lines.append(_sum(f"a{n}", terms))
            continue
        activation = ACTIVATIONS[layer.activation]
        lines += [_sum(f"z{n}", terms), f"a{n} = keras.layers.Activation({activation})(z{n})"]
    return "\n".join([*lines, f"model = keras.Model(a0, a{len(net.layers)})", _named_layers(net)])


def _sum(name: str, terms: list[str]) -> str:
    if len(line := f"{name} = {' + '.join(terms)}") <= WIDTH:
        return line
    return "\n".join([f"{name} = {terms[0]}", *(f"{name} += {term}" for term in terms[1:])])


def _skipped(net: Outline, skip: Skip) -> str:
    source = f"a{skip.source}"
    if not skip.number:
        return source
    units, name = net.architecture.sizes[skip.target], f'name="projection{skip.number}"'
    return f"{_makers(net)[skip.drawn]}({units}, use_bias=False, {name})({source})"


def _named_layers(net: Outline) -> str:
    return "\n".join(
        f'{name}s = [model.get_layer(f"{name}{{n}}") for n in range(1, {count + 1})]'
        for name, count in (("layer", len(net.layers)), ("projection", len(net.projections)))
        if count
    )


_LOOPED = """
layers = [dense(n) for {units} in {sizes}]{projections}
a = [keras.Input((SIZES[0],))]
for n, (layer, activation) in enumerate(zip(layers, ACTIVATIONS), 1):
    z = layer(a[-1])
    for source, target in SKIPS:
        if target == n:
            z += {skipped}
    a.append(keras.layers.Activation(activation)(z))
model = keras.Model(a[0], a[-1])"""

_PROJECTIONS = """
projected = {{
    (source, target): {maker}(SIZES[target], use_bias=False)
    for source, target in SKIPS
    if SIZES[source] != SIZES[target]
}}
projections = list(projected.values())
identity = keras.layers.Identity()"""


def _looped_functional(net: Outline) -> str:
    makers = [_makers(net)[layer.drawn] for layer in net.layers]
    alike = len(set(makers)) == 1
    lines = [
        listing("SIZES", counted([str(n) for n in net.architecture.sizes])),
        listing("ACTIVATIONS", counted([ACTIVATIONS[layer.activation] for layer in net.layers])),
        *([] if alike else [listing("MAKERS", counted(makers))]),
        listing("SKIPS", [f"({s.source}, {s.target})" for s in net.skips], SKIPS_COMMENT),
    ]
    maker = "dense" if alike else "MAKERS[target - 1]"
    text = _LOOPED.format(
        units="n" if alike else "dense, n",
        sizes="SIZES[1:]" if alike else "zip(MAKERS, SIZES[1:])",
        projections=_PROJECTIONS.format(maker=maker) if net.projections else "",
        skipped="projected.get((source, target), identity)(a[source])"
        if net.projections
        else "a[source]",
    )
    return "\n".join([*lines, text])
