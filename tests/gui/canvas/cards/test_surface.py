import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from engine.inspection import Surface
from gui.canvas.cards.surface import SurfaceCard
from gui.canvas.look import Look
from gui.common.class_surface import class_colour, surface_image
from gui.theme import LIGHT


def surface(classes=2, side=8):
    """The last class wins above, the first below."""
    scores = np.zeros((classes, side, side))
    scores[-1, side // 2 :] = 1.0
    scores[0, : side // 2] = 0.6
    points = np.array([[0.0, -0.9], [0.0, 0.9]])
    return Surface(scores, (-1.0, 1.0, -1.0, 1.0), points, np.array([0.0, classes - 1.0]))


@pytest.fixture
def card(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(500, 500)
    card = SurfaceCard(parent)
    card.place(QRect(0, 0, 500, 500), 140)
    card.set_look(Look(LIGHT, QFont()))
    parent.show()
    yield card
    parent.hide()


def closer(colour, a, b):
    """In hue: the places are mixed with paper."""

    def distance(other):
        apart = abs(colour.hsvHue() - other.hsvHue())
        return min(apart, 360 - apart)

    return distance(a) < distance(b)


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_the_winner_has_the_place_and_up_is_up(qapp, classes):
    image = surface_image(surface(classes), LIGHT)
    first, last = (class_colour(LIGHT, k, classes) for k in (0, classes - 1))
    assert closer(image.pixelColor(3, 0), last, first)
    assert closer(image.pixelColor(3, 7), first, last)
    saturation = image.pixelColor(3, 0).hsvSaturationF(), image.pixelColor(3, 7).hsvSaturationF()
    if classes == 2:
        assert saturation[0] > saturation[1]  # it leads by more


def test_one_output_decides_between_two(qapp):
    one = surface(2)
    image = surface_image(Surface(one.scores[-1:], one.extent, one.points, one.labels), LIGHT)
    assert closer(image.pixelColor(3, 0), class_colour(LIGHT, 1, 2), class_colour(LIGHT, 0, 2))


def test_what_is_no_number_is_painted(qapp):
    broken = Surface(np.full((2, 4, 4), np.nan), (0, 1, 0, 1), np.zeros((0, 2)), np.zeros(0))
    assert not surface_image(broken, LIGHT).isNull()


def test_a_click_makes_it_larger_and_smaller(qtbot, card):
    assert card.isHidden()
    card.show_surface(surface())
    assert card.width() == 140
    assert card.geometry().right() < 500
    small = card.grab()
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert card.width() > 2 * small.width() / small.devicePixelRatio()
    card.grab()
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert card.width() == 140
    card.show_surface(None)
    assert card.isHidden()


def test_points_are_where_they_belong(qtbot, card):
    card.show_surface(surface())
    picture = card.grab().toImage()
    low, high = picture.pixelColor(70, 132), picture.pixelColor(70, 8)
    assert closer(low, class_colour(LIGHT, 0, 2), class_colour(LIGHT, 1, 2))
    assert closer(high, class_colour(LIGHT, 1, 2), class_colour(LIGHT, 0, 2))
