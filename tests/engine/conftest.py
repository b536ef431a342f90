import numpy as np
import pytest

from engine.architecture import dense
from engine.datasets.dataset import DataSet, Split
from engine.datasets.planar import Xor
from engine.spec import Experiment, TrainingSpec
from engine.trainer import Trainer, start


@pytest.fixture
def blobs() -> DataSet:
    """Three classes in four dimensions, easy to tell apart."""
    rng = np.random.default_rng(0)
    centres = 2 * rng.standard_normal((3, 4))

    def split(n: int) -> Split:
        labels = rng.integers(0, 3, n)
        return Split(centres[labels] + 0.5 * rng.standard_normal((n, 4)), labels)

    return DataSet("blobs", split(103), split(40), split(40), ("a", "b", "c"))


@pytest.fixture
def experiment() -> Experiment:
    """Made for ``blobs``; double precision."""
    training = TrainingSpec(eta=0.5, lmbda=0.0, batch=10, epochs=5, precision="float64")
    return Experiment(dense(4, 5, 5, 3), training)


@pytest.fixture
def xor() -> Trainer:
    return start(Experiment(dense(2, 6, 5, 2), TrainingSpec(data=Xor(examples=200), epochs=50)))
