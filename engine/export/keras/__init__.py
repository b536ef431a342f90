"""An experiment as a Keras 3 program, for any of its back ends."""

from engine.export.keras.counterparts import LEAKY_RELU, RPROP
from engine.export.keras.model import dense, model
from engine.export.keras.parameters import given
from engine.export.keras.training import cost, load_weights, outputs, train
from engine.export.layout import sections
from engine.export.outline import Outline, frozen
from engine.spec import Experiment


def code(experiment: Experiment) -> str:
    """A program that runs as it is; beside ``weights.npz`` it computes the engine's outputs."""
    net = Outline(experiment)
    return sections(
        [
            f'"""{net.title} in Keras, as drawn in Nablascope."""\n\n{_imports(net)}',
            LEAKY_RELU if any(d.activation == "leaky_relu" for d in net.layers) else "",
            *dense(net),
            model(net),
            frozen(net, ".trainable = False"),
            given(net),
            outputs(net),
            cost(net),
            load_weights(net),
            RPROP if net.training.optimizer.key == "rprop" else "",
            train(net),
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
