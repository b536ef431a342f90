"""What the entries of the engine's tables are called in Keras."""

from collections.abc import Callable
from typing import Any, NamedTuple

LEAKY_RELU = """def leaky_relu(z):
    return keras.activations.leaky_relu(z, negative_slope=0.01)"""

# What Dense and Activation take. Keras's GELU is the exact one, with the error function.
ACTIVATIONS: dict[str, str] = {
    "linear": "None",
    "sigmoid": '"sigmoid"',
    "tanh": '"tanh"',
    "relu": '"relu"',
    "leaky_relu": "leaky_relu",
    "elu": '"elu"',
    "selu": '"selu"',
    "softplus": '"softplus"',
    "softsign": '"softsign"',
    "silu": '"silu"',
    "gelu": '"gelu"',
    "softmax": '"softmax"',
}


class Drawn(NamedTuple):
    """An initializer and its arguments."""

    name: str
    arguments: list[str]


def _scaled(scale: float, mode: str, distribution: str) -> Callable[[float], Drawn]:
    """Keras's own He and Glorot normal are truncated; these are not. A scale of 0 is refused."""

    def drawn(gain: float) -> Drawn:
        if gain == 0.0:
            return Drawn("Constant", ["0.0"])
        arguments = [repr(scale * gain**2), f'"{mode}"', f'"{distribution}"']
        return Drawn("VarianceScaling", arguments)

    return drawn


INITIALIZERS: dict[str, Callable[[float], Drawn]] = {
    "normal": _scaled(1.0, "fan_in", "untruncated_normal"),
    "large": lambda gain: Drawn("RandomNormal", [f"stddev={abs(gain)!r}"]),
    "glorot_uniform": _scaled(1.0, "fan_avg", "uniform"),
    "glorot_normal": _scaled(1.0, "fan_avg", "untruncated_normal"),
    "he_uniform": _scaled(2.0, "fan_in", "uniform"),
    "he_normal": _scaled(2.0, "fan_in", "untruncated_normal"),
    "orthogonal": lambda gain: Drawn("Orthogonal", [repr(gain)]),
    "constant": lambda gain: Drawn("Constant", [repr(gain)]),
}

BIAS_INITIALIZERS: dict[str, str] = {
    "normal": "keras.initializers.RandomNormal(stddev=1.0)",
    "zero": '"zeros"',
}


class Cost(NamedTuple):
    """What the model gives (a, or z where the cost contains σ), the docstring, the lines."""

    result: str
    words: str
    body: str


COSTS: dict[str, Cost] = {
    "quadratic": Cost(
        "a",
        "Half the squared distance of outputs a and targets y, of each example.",
        "return 0.5 * keras.ops.sum(keras.ops.square(keras.ops.subtract(a, y)), axis=-1)",
    ),
    "cross_entropy": Cost(
        "z",
        "Cross-entropy of sigmoid(z) and targets y, of each example.",
        "each = keras.ops.binary_crossentropy(y, z, from_logits=True)\n"
        "    return keras.ops.sum(each, axis=-1)",
    ),
    "log_likelihood": Cost(
        "z",
        "-ln of softmax(z) at the targets y, of each example.",
        "return keras.ops.categorical_crossentropy(y, z, from_logits=True)",
    ),
}


class Rule(NamedTuple):
    """An optimizer's class, its settings, and what is not quite as in the engine."""

    name: str
    settings: list[str]
    differs: str = ""


def _momentum(o: Any, *more: str) -> Rule:
    return Rule("SGD", [f"momentum={o.mu!r}", *more] if o.mu else [])


def _rmsprop(o: Any) -> Rule:
    settings = [f"rho={o.rho!r}", f"epsilon={o.eps**2!r}"]
    return Rule("RMSprop", settings, "Keras has epsilon under the root: hence its square.")


def _adam(o: Any, name: str = "Adam") -> Rule:
    settings = [f"beta_1={o.beta1!r}", f"beta_2={o.beta2!r}", f"epsilon={o.eps!r}"]
    return Rule(name, settings, "Keras adds epsilon before it corrects v, not after.")


def _rprop(o: Any) -> Rule:
    sizes = [f"smallest={o.smallest!r}", f"greatest={o.greatest!r}"]
    return Rule("Rprop", [f"up={o.up!r}", f"down={o.down!r}", *sizes])


OPTIMIZERS: dict[str, Callable[[Any], Rule]] = {
    "sgd": lambda o: Rule("SGD", []),
    "momentum": _momentum,
    "nesterov": lambda o: _momentum(o, "nesterov=True"),
    "rmsprop": _rmsprop,
    "adam": _adam,
    "adamw": lambda o: _adam(o, "AdamW"),
    "rprop": _rprop,
}

RPROP = '''class Rprop(keras.optimizers.Optimizer):
    """Resilient propagation (Riedmiller and Braun, 1993), without backtracking."""

    def __init__(self, learning_rate, up, down, smallest, greatest):
        super().__init__(learning_rate)
        self.up, self.down = up, down
        self.smallest, self.greatest = smallest, greatest

    def build(self, variables):
        super().build(variables)
        self.sizes = [self.add_variable_from_reference(v, "size") for v in variables]
        self.signs = [self.add_variable_from_reference(v, "sign") for v in variables]

    def update_step(self, gradient, variable, learning_rate):
        index = self._get_variable_index(variable)
        size, before = self.sizes[index], self.signs[index]
        sign = keras.ops.sign(gradient)
        turn = sign * before
        shrink = keras.ops.where(turn < 0, self.down, 1.0)
        factor = keras.ops.where(turn > 0, self.up, shrink)
        grown = keras.ops.clip(size * factor, self.smallest, self.greatest)
        self.assign(size, keras.ops.where(self.iterations == 0, learning_rate, grown))
        self.assign(before, keras.ops.where(turn < 0, 0.0, sign))
        self.assign_sub(variable, before * size)'''
