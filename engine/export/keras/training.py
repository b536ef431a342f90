"""Outputs, cost, weights from a file, and training."""

from engine.export.keras.counterparts import COSTS, OPTIMIZERS
from engine.export.layout import call
from engine.export.outline import Outline


def outputs(net: Outline) -> str:
    output = net.architecture.layers[-1].activation
    value = f"keras.activations.{output}(model(x))" if net.ends_with_z else "model(x)"
    return (
        f'def outputs(x):\n    """Activations of the output layer for'
        f' x (examples, {net.architecture.inputs})."""\n    return {value}'
    )


def cost(net: Outline) -> str:
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


def load_weights(net: Outline) -> str:
    return _LOAD + _LOAD_PROJECTIONS * bool(net.projections)


def train(net: Outline) -> str:
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
