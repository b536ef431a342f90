"""A heat map on its own, with a made-up run, and what is read from its picture."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from gui.plots.maps.heat_map import HeatMap
from gui.theme import LIGHT
from tests.gui.plots.conftest import EPOCHS, settle


@pytest.fixture
def card(stand) -> HeatMap:
    return stand(HeatMap(LIGHT))


@pytest.fixture
def show(card, experiment, snapshot):
    """Speeds (rows, layers) over 30 epochs."""

    def of(speeds: np.ndarray, epochs: np.ndarray = EPOCHS, **measures: np.ndarray) -> None:
        layers = speeds.shape[1]
        card.set_experiment(experiment(784, *[30] * (layers - 1), 10))
        card.show_snapshot(snapshot(epochs, speeds, **measures))
        settle(card)

    return of


def rows(card: HeatMap) -> np.ndarray:
    """Places in the table of colours, the first layer first."""
    return card.picture._at


def colour_at(card: HeatMap, epoch: float, row: int) -> QColor:
    picture = card.picture
    image = picture.grab().toImage()
    rect = picture.rect_of_plane
    y = rect.bottom() - (row + 0.5) * rect.height() / len(picture.layers.which)
    return image.pixelColor(round(picture.across(epoch)), round(y))
