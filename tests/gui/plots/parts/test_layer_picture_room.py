"""Axes and names of pictures of layers, where there is little room and where there is one layer."""

from itertools import pairwise

import numpy as np
import pytest

from engine.architecture import dense
from engine.datasets.dataset import DataSet, Split
from engine.spec import Experiment, TrainingSpec
from engine.trainer import Trainer, start
from gui.common.style import style_sheet
from gui.common.typeface import typeface
from gui.plots.parts.level_frame import LevelFrame, range_for, ticks_for
from gui.plots.waterfall.waterfall import Waterfall
from gui.theme import CAPTION, LIGHT
from tests.gui.plots.answered import look


@pytest.fixture
def type_scale(qapp):
    """Sets the type's size, for one test."""
    before = qapp.styleSheet()
    yield lambda scale: qapp.setStyleSheet(style_sheet(LIGHT, scale))
    qapp.setStyleSheet(before)


def trained(*sizes: int, **training: object) -> Trainer:
    rng = np.random.default_rng(0)
    split = Split(rng.standard_normal((20, 4)), rng.integers(0, 3, 20))
    data = DataSet("noise", split, split, split, tuple("abc"))
    return start(Experiment(dense(4, *sizes, 3), TrainingSpec(**training)), data)


@pytest.mark.parametrize("level", [-7.3, -1.0, -0.1, 0.0, 0.46, 3.0])
def test_a_single_level_stands_in_the_middle_of_a_decade(level):
    low, high = range_for([level], None)
    assert 1.0 <= high - low <= 1.3
    assert abs((low + high) / 2 - level) < 0.15
    assert any(abs(tick - round(tick)) < 1e-9 for tick in ticks_for((low, high), 3))


@pytest.mark.parametrize("most", [1, 2, 3, 4, 8])
@pytest.mark.parametrize("low", [-3.0, -0.6, -0.3, 0.1])
def test_a_short_range_has_no_more_labels_than_room(low, most):
    assert 1 <= len(ticks_for((low, low + 1.0), most)) <= max(most, 2)


def test_names_that_need_more_room_push_others_aside():
    places = [(20.0 * k, 20.0 * (k + 1)) for k in range(10)]
    frame = LevelFrame(None, (-1.0, 0.0), places, list(range(9, -1, -1)))
    assert frame.named(15) == list(range(10))
    assert frame.named(15, {0: 60.0})[:2] == [0, 2]


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("size", [(300, 160), (470, 210), (1280, 700)])
@pytest.mark.parametrize("sizes", [(), (6,), (6,) * 3, (6,) * 49])
@pytest.mark.parametrize("cost", ["cross_entropy", "quadratic"])
def test_no_label_of_a_waterfall_meets_another(qtbot, type_scale, scale, size, sizes, cost):
    type_scale(scale)
    card, run = Waterfall(LIGHT), trained(*sizes, cost=cost)
    qtbot.addWidget(card)
    card.resize(*size)
    card.show()
    card.show_snapshot(look(run, card))
    picture = card.picture
    line = typeface(picture, CAPTION).pixelSize()
    ys = sorted(picture.frame.down(tick) for tick in picture.ticks)
    assert ys
    assert all(b - a > line for a, b in pairwise(ys))
    assert ys[0] > 1.2 * line
