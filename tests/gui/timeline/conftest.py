from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.architecture import dense
from engine.datasets import DATA_SOURCES
from engine.snapshot import Snapshot
from engine.spec import Experiment, TrainingSpec
from engine.trainer import Trainer, start

SMALL = Experiment(
    dense(2, 4, 4, 2),
    TrainingSpec(data=DATA_SOURCES["circles"](examples=200), batch=10, epochs=400),
)


@pytest.fixture(scope="session")
def trained() -> Trainer:
    """100 steps, 5 epochs; every step is a moment."""
    trainer = start(SMALL)
    trainer.run(lambda stepping: not stepping or trainer.step_count < 100)
    return trainer


@pytest.fixture
def live(trained: Trainer) -> Snapshot:
    return trained.snapshot(weights=True)


@pytest.fixture
def earlier(trained: Trainer) -> Callable[[int], Snapshot]:
    return lambda step: replace(trained.at(step).snapshot(True), moments=trained.moments)
