"""What the entries of the engine's tables are called in PyTorch."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Activation(NamedTuple):
    """An activation as a module, and as an expression in z."""

    module: str
    function: str


ACTIVATIONS: dict[str, Activation] = {
    "linear": Activation("nn.Identity()", "{z}"),
    "sigmoid": Activation("nn.Sigmoid()", "torch.sigmoid({z})"),
    "tanh": Activation("nn.Tanh()", "torch.tanh({z})"),
    "relu": Activation("nn.ReLU()", "F.relu({z})"),
    "leaky_relu": Activation("nn.LeakyReLU(0.01)", "F.leaky_relu({z}, 0.01)"),
    "elu": Activation("nn.ELU()", "F.elu({z})"),
    "selu": Activation("nn.SELU()", "F.selu({z})"),
    # Above its threshold of 20, PyTorch takes z itself: wrong by up to 2e-9.
    "softplus": Activation("nn.Softplus(threshold=40)", "F.softplus({z}, threshold=40)"),
    "softsign": Activation("nn.Softsign()", "F.softsign({z})"),
    "silu": Activation("nn.SiLU()", "F.silu({z})"),
    "gelu": Activation("nn.GELU()", "F.gelu({z})"),
    "softmax": Activation("nn.Softmax(dim=1)", "F.softmax({z}, dim=1)"),
}

INITIALIZERS: dict[str, str] = {
    "normal": 'nn.init.kaiming_normal_({layer}.weight, nonlinearity="linear")',
    "large": "nn.init.normal_({layer}.weight)",
    "glorot_uniform": "nn.init.xavier_uniform_({layer}.weight)",
    "glorot_normal": "nn.init.xavier_normal_({layer}.weight)",
    "he_uniform": 'nn.init.kaiming_uniform_({layer}.weight, nonlinearity="relu")',
    "he_normal": 'nn.init.kaiming_normal_({layer}.weight, nonlinearity="relu")',
    "orthogonal": "nn.init.orthogonal_({layer}.weight)",
    "constant": "nn.init.ones_({layer}.weight)",
}

BIAS_INITIALIZERS: dict[str, str] = {
    "normal": "nn.init.normal_({layer}.bias)",
    "zero": "nn.init.zeros_({layer}.bias)",
}


class Cost(NamedTuple):
    """What the model gives (a, or z where the cost contains σ), the docstring, the expression."""

    result: str
    words: str
    expression: str


COSTS: dict[str, Cost] = {
    "quadratic": Cost(
        "a",
        "Half the squared distance of outputs a and targets y, a mean over examples.",
        "0.5 * (a - y).square().sum() / len(y)",
    ),
    "cross_entropy": Cost(
        "z",
        "Cross-entropy of sigmoid(z) and targets y, a mean over examples.",
        'F.binary_cross_entropy_with_logits(z, y, reduction="sum") / len(y)',
    ),
    "log_likelihood": Cost(
        "z",
        "-ln of softmax(z) at the targets y, a mean over examples.",
        "F.cross_entropy(z, y)",
    ),
}


def _momentum(o: Any, *more: str) -> tuple[str, list[str]]:
    return "SGD", [f"momentum={o.mu!r}", *more] if o.mu else []


def _adam(o: Any) -> list[str]:
    return [f"betas=({o.beta1!r}, {o.beta2!r})", f"eps={o.eps!r}"]


def _rprop(o: Any) -> tuple[str, list[str]]:
    """PyTorch wants factors below and above 1, not 1."""
    down, up = min(o.down, 0.9999999), max(o.up, 1.0000001)
    sizes = f"step_sizes=({o.smallest!r}, {o.greatest!r})"
    return "Rprop", [f"etas=({down!r}, {up!r})", sizes]


OPTIMIZERS: dict[str, Callable[[Any], tuple[str, list[str]]]] = {
    "sgd": lambda o: ("SGD", []),
    "momentum": _momentum,
    "nesterov": lambda o: _momentum(o, "nesterov=True"),
    "rmsprop": lambda o: ("RMSprop", [f"alpha={o.rho!r}", f"eps={o.eps!r}"]),
    "adam": lambda o: ("Adam", _adam(o)),
    "adamw": lambda o: ("AdamW", [*_adam(o), "weight_decay=0.0"]),
    "rprop": _rprop,
}
WITHOUT_DECAY = ("rprop",)  # PyTorch's has no weight_decay: it goes into the cost
