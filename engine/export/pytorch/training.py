"""Outputs, cost, weights from a file, and training."""

from engine.export.layout import call
from engine.export.outline import Outline
from engine.export.pytorch.counterparts import ACTIVATIONS, COSTS, OPTIMIZERS, WITHOUT_DECAY


def outputs(net: Outline) -> str:
    value = "model(x)"
    if net.ends_with_z:
        output = net.architecture.layers[-1].activation
        value = ACTIVATIONS[output].function.format(z=value)
    return (
        f'@torch.no_grad()\ndef outputs(x):\n    """Activations of the output layer for'
        f' x (examples, {net.architecture.inputs})."""\n    return {value}'
    )


def cost(net: Outline) -> str:
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


def load_weights(net: Outline) -> str:
    if not net.projections:
        return _LOAD.replace("W, P are", "W is")
    return _LOAD + _LOAD_PROJECTIONS


def train(net: Outline) -> str:
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
