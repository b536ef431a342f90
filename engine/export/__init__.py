"""An experiment as code for other programs: one table; each entry carries the writer of a format.

To add one, write a package and an entry. It then appears in the menu and in the tests.
"""

from collections.abc import Callable
from dataclasses import dataclass

from engine.export import keras, pytorch
from engine.spec import Experiment


@dataclass(frozen=True, slots=True)
class Export:
    """``code(experiment)`` is a whole program; the same experiment gives the same text.

    Run beside a ``weights.npz`` of ``engine.export.weights``, it computes the engine's outputs.
    """

    key: str
    label: str
    code: Callable[[Experiment], str]


_TABLE = (
    Export("pytorch", "PyTorch", pytorch.code),
    Export("keras", "Keras", keras.code),
)

EXPORTS: dict[str, Export] = {entry.key: entry for entry in _TABLE}
