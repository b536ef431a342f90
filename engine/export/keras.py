"""An experiment as a Keras 3 program, for any of its back ends."""

from engine.export.keras_counterparts import (
    ACTIVATIONS,
    BIAS_INITIALIZERS,
    COSTS,
    INITIALIZERS,
    LEAKY_RELU,
    OPTIMIZERS,
    RPROP,
)
from engine.export.layout import SKIPS_COMMENT, WIDTH, call, listing, sections
from engine.export.outline import (
    WORTH_A_LOOP,
    Dense,
    Given,
    Outline,
    Skip,
    counted,
    frozen,
    runs,
)
from engine.spec import Experiment


def code(experiment: Experiment) -> str:
    """A program that runs as it is; beside ``weights.npz`` it computes the engine's outputs."""
    net = Outline(experiment)
    return sections(
        [
            f'"""{net.title} in Keras, as drawn in Nablascope."""\n\n{_imports(net)}',
            LEAKY_RELU if any(d.activation == "leaky_relu" for d in net.layers) else "",
            *_dense(net),
            _model(net),
            frozen(net, ".trainable = False"),
            _given(net),
            _outputs(net),
            _cost(net),
            _load_weights(net),
            RPROP if net.training.optimizer.key == "rprop" else "",
            _train(net),
            'if Path("weights.npz").exists():  # from File > Export weights\n    load_weights()',
        ]
    )


_DOUBLE = """
# Only on TensorFlow: on PyTorch and JAX, Keras multiplies matrices in single precision.
keras.config.set_floatx("float64")
"""


def _imports(net: Outline) -> str:
    lines = "from pathlib import Path\n\nimport keras\nimport numpy as np\n"
    return lines + _DOUBLE * net.is_double


# -- the model ---------------------------------------------------------------------------------


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


def _dense(net: Outline) -> list[str]:
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


def _model(net: Outline) -> str:
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


# -- given parameters --------------------------------------------------------------------------

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


def _given(net: Outline) -> str:
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


# -- outputs, cost, weights, training ----------------------------------------------------------


def _outputs(net: Outline) -> str:
    output = net.architecture.layers[-1].activation
    value = f"keras.activations.{output}(model(x))" if net.ends_with_z else "model(x)"
    return (
        f'def outputs(x):\n    """Activations of the output layer for'
        f' x (examples, {net.architecture.inputs})."""\n    return {value}'
    )


def _cost(net: Outline) -> str:
    result, words, body = COSTS[net.training.cost]
    return f'def cost(y, {result}):\n    """{words}"""\n    {body}'


_LOAD = '''def load_weights(path="weights.npz"):
    """W is (n_out, n_in); a Keras kernel is its transpose."""
    with np.load(path) as arrays:
        for n, layer in enumerate(layers, 1):
            layer.set_weights([arrays[f"W{n}"].T, arrays[f"b{n}"]])'''
_LOAD_PROJECTIONS = """
        names = [name for name in arrays if name.startswith("P")]
        for name, projection in zip(names, projections):
            projection.set_weights([arrays[name].T])"""


def _load_weights(net: Outline) -> str:
    return _LOAD + _LOAD_PROJECTIONS * bool(net.projections)


def _train(net: Outline) -> str:
    training = net.training
    inputs, classes = net.architecture.inputs, net.architecture.sizes[-1]
    rule = OPTIMIZERS[training.optimizer.key](training.optimizer)
    module = "" if rule.name == "Rprop" else "keras.optimizers."
    settings = [f"learning_rate={float(training.eta)!r}", *rule.settings, *_decoupled(net)]
    batch = "len(x)" if net.full_batch else training.batch
    lines = [
        f"def train(x, y, epochs={training.epochs}):",
        f'    """x (examples, {inputs}), y one-hot (examples, {classes})."""',
        *_decay(net),
        *([f"    # {rule.differs}"] if rule.differs else []),
        call(f"optimizer = {module}{rule.name}(", settings, depth=1),
        *_biases_do_not_decay(net),
        "    model.compile(optimizer, loss=cost)",
        f"    return model.fit(x, y, batch_size={batch}, epochs=epochs)",
    ]
    return "\n".join(lines)


def _decoupled(net: Outline) -> list[str]:
    if net.training.optimizer.key != "adamw":
        return []
    return ["weight_decay=decay" if net.training.lmbda else "weight_decay=0.0"]


def _biases_do_not_decay(net: Outline) -> list[str]:
    if net.training.optimizer.key != "adamw" or not net.training.lmbda:
        return []
    return ['    optimizer.exclude_from_weight_decay(var_names=["bias"])']


def _decay(net: Outline) -> list[str]:
    if not net.training.lmbda:
        return []
    lines = [f"    decay = {float(net.training.lmbda)!r} / len(x)  # lambda / n, of the weights"]
    if net.training.optimizer.key != "adamw":
        lines += [
            "    # The loss that Keras shows contains the decay; the cost in Nablascope does not.",
            f"    for layer in layers{' + projections' if net.projections else ''}:",
            "        layer.kernel.regularizer = keras.regularizers.L2(decay / 2)",
        ]
    return lines
