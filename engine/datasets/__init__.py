"""The data sets one can train on, in the order of the menu."""

from typing import Any

from engine.datasets.dataset import DataSet, DataSource, Split
from engine.datasets.mnist import Mnist
from engine.datasets.own import OwnData
from engine.datasets.parity import Parity
from engine.datasets.planar import Blobs, Circles, Moons, Spirals, Xor

__all__ = ["DATA_SOURCES", "DataSet", "DataSource", "Split"]

SOURCES: tuple[type[DataSource], ...] = (
    Mnist,
    Xor,
    Circles,
    Spirals,
    Moons,
    Blobs,
    Parity,
    OwnData,
)
DATA_SOURCES: dict[str, type[Any]] = {str(source.key): source for source in SOURCES}
