import numpy as np
import pytest
from PySide6.QtGui import QColor

from gui.canvas.items.fills import LEVELS, bounds, fills_text, levels, shades
from gui.theme import THEMES


def test_bounded_activations_have_a_scale_of_their_own():
    assert bounds("sigmoid", np.array([0.2])) == (0.0, 1.0)
    assert bounds("tanh", np.array([0.2])) == (-1.0, 1.0)
    assert bounds("relu", np.array([0.0, 4.0])) == (0.0, 4.0)
    assert bounds("linear", np.array([-5.0, 4.0])) == (-5.0, 5.0)
    assert bounds("relu", np.zeros(3)) == (0.0, 1.0)
    assert bounds("relu", np.array([np.inf, np.nan, 2.0])) == (0.0, 2.0)


def test_levels_from_light_to_dark():
    assert levels(np.array([0.0, 0.5, 1.0]), 0.0, 1.0) == [0, LEVELS // 2, LEVELS]
    assert levels(np.array([-9.0, 9.0, np.nan, np.inf]), 0.0, 1.0) == [0, LEVELS, 0, LEVELS]


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_shades_are_ordered_opaque_and_told_from_the_bars(theme):
    colours = shades(theme)
    assert len(colours) == LEVELS + 1
    lightness = [colour.lightnessF() for colour in colours]
    assert lightness in (sorted(lightness), sorted(lightness, reverse=True))
    assert all(colour.alpha() == 255 for colour in colours)
    bars = [QColor(theme.negative).hsvSaturation(), QColor(theme.positive).hsvSaturation()]
    assert all(colour.hsvSaturation() < min(bars) / 2 for colour in colours)


def test_the_legend_names_the_scale():
    assert fills_text(["sigmoid", "softmax"]) == "fill a: □ 0 ■ 1"
    assert fills_text(["tanh"]) == "fill a: □ −1 ■ 1"
    assert "of the layer" in fills_text(["relu", "sigmoid"])
