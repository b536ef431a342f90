"""An experiment as a PyTorch program."""

from engine.export.layout import sections
from engine.export.outline import Outline, frozen
from engine.export.pytorch.model import model
from engine.export.pytorch.parameters import given, initial_values
from engine.export.pytorch.training import cost, load_weights, outputs, train
from engine.spec import Experiment


def code(experiment: Experiment) -> str:
    """A program that runs as it is; beside ``weights.npz`` it computes the engine's outputs."""
    net = Outline(experiment)
    return sections(
        [
            f'"""{net.title} in PyTorch, as drawn in Nablascope."""\n\n{_imports(net)}',
            model(net),
            initial_values(net),
            frozen(net, ".requires_grad_(False)"),
            given(net),
            outputs(net),
            cost(net),
            load_weights(net),
            train(net),
            'if Path("weights.npz").exists():  # from File > Export weights\n    load_weights()',
        ]
    )


def _imports(net: Outline) -> str:
    functional = "from torch.nn import functional as F\n"
    lines = "from pathlib import Path\n\nimport numpy as np\nimport torch\nfrom torch import nn\n"
    if "F." in cost(net) + outputs(net) + (model(net) if net.skips else ""):
        lines += functional
    if net.is_double:
        lines += "\ntorch.set_default_dtype(torch.float64)\n"
    return lines
