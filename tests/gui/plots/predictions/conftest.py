"""A card of predictions with readings that are made up."""

from collections.abc import Sequence

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from engine.architecture import dense
from engine.datasets.planar import Moons
from engine.readings.predictions import Prediction, PredictionsReading
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start
from gui.plots.predictions.predictions import Predictions
from gui.theme import LIGHT
from tests.gui.plots.answered import answer

PLANAR = Experiment(dense(2, 4, 2), TrainingSpec(data=Moons()))
DIGITS = Experiment(dense(64, 4, 3), TrainingSpec())


def made(
    confusion: Sequence[Sequence[int]] = ((90, 8, 0), (5, 60, 2), (0, 30, 70)),
    worst: int = 12, inputs: int = 64, undecided: Sequence[int] = (),
    cell: tuple[int, int] | None = None, predicted: int = 1, output: float = 0.99,
    split: str = "validation", total: int | None = None, names: tuple[str, ...] = (),
) -> PredictionsReading:  # fmt: skip
    matrix = np.array(confusion)
    undecided = undecided or [0] * len(matrix)
    count = int(matrix.sum()) + sum(undecided)
    rng = np.random.default_rng(0)
    examples = [
        Prediction(100 + k, rng.random(inputs), 0, predicted, output, 9.0 - k)
        for k in range(worst)
    ]  # fmt: skip
    return PredictionsReading(
        split, count, count if total is None else total, matrix, np.array(undecided),
        tuple(examples), cell, names,
    )  # fmt: skip


@pytest.fixture
def card(stand) -> Predictions:
    return stand(Predictions(LIGHT), 470, 220)


def give(card: Predictions, reading: PredictionsReading, experiment: Experiment = DIGITS) -> None:
    card.set_experiment(experiment)
    answer(card, start(PLANAR), reading)


def image_of(widget: QWidget) -> QImage:
    return widget.grab().toImage()
