from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor

from engine.architecture import dense
from engine.datasets import DATA_SOURCES
from engine.spec import Experiment, TrainingSpec
from gui.canvas.items.receptive_fields import fields
from gui.common.input_picture import image_shape, input_image
from gui.theme import DARK, LIGHT


def experiment(inputs, data=None):
    training = TrainingSpec() if data is None else replace(TrainingSpec(), data=data)
    return Experiment(dense(inputs, 30, 10), training)


def test_a_square_number_of_inputs_is_an_image():
    assert image_shape(experiment(784)) == (28, 28)
    assert image_shape(experiment(64)) == (8, 8)
    assert image_shape(experiment(783)) is None
    assert image_shape(experiment(4)) is None


def test_parity_has_no_neighbours():
    assert image_shape(experiment(64, DATA_SOURCES["parity"]())) is None


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_weights_are_diverging_colours_on_a_scale_of_their_own(qapp, theme):
    W = np.zeros((2, 6))
    W[0, 0], W[0, 5], W[1, 1] = 0.2, -0.2, -7.0
    first, second = fields(W, (2, 3), theme)
    assert (first.width(), first.height()) == (3, 2)
    assert first.pixelColor(0, 0) == QColor(theme.positive)
    assert first.pixelColor(2, 1) == QColor(theme.negative)
    assert second.pixelColor(1, 0) == QColor(theme.negative)
    paper, zero = QColor(theme.panel), first.pixelColor(1, 1)
    assert abs(paper.lightness() - zero.lightness()) <= 2


def test_what_is_no_number_is_paper(qapp):
    (image,) = fields(np.array([[np.nan, np.inf, 0.0, 1.0]]), (2, 2), LIGHT)
    assert image.pixelColor(0, 0).lightness() > 250


def test_an_input_is_ink_on_paper(qapp):
    image = input_image(np.array([0.0, 1.0, 0.5, 0.25]), (2, 2), LIGHT)
    assert image.pixelColor(0, 0) == QColor(LIGHT.panel)
    assert image.pixelColor(1, 0) == QColor(LIGHT.ink)
    grey = [image.pixelColor(x, y).lightness() for x, y in ((0, 0), (1, 1), (0, 1), (1, 0))]
    assert grey == sorted(grey, reverse=True)
