import numpy as np
import pytest
from PySide6.QtGui import QColor

from gui.common.colour_ramps import lightness
from gui.plots.maps.size_colours import (
    CLEAR,
    FIRST,
    GROUND,
    INFINITE,
    SHADES,
    UNKNOWN,
    ZERO,
    sequential,
    shades,
    signed,
    signed_shades,
)
from gui.theme import THEMES


def lightnesses(colours: np.ndarray) -> np.ndarray:
    return np.array([lightness(QColor(int(c))) for c in colours.tolist()])


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_lightness_changes_evenly_from_the_paper_away(theme):
    light = lightnesses(sequential(theme)[FIRST:])
    steps = np.diff(light) * (1 if theme.name == "dark" else -1)
    assert len(light) == SHADES
    assert (steps > 0).all()
    assert steps.max() < 2.5 * steps.mean()
    assert abs(light[-1] - light[0]) > 60
    paper = lightness(QColor(theme.panel))
    assert abs(light[0] - paper) < 15 < abs(light[-1] - paper)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_both_signs_grow_away_from_the_paper(theme):
    colours = signed(theme)
    for ramp in (colours[FIRST : FIRST + SHADES], colours[FIRST + SHADES :]):
        away = np.abs(lightnesses(ramp) - lightness(QColor(theme.panel)))
        assert (np.diff(away) > 0).all()
    assert len(colours) == FIRST + 2 * SHADES


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_marks_are_no_shades(theme):
    for colours in (sequential(theme), signed(theme)):
        assert colours[ZERO] == CLEAR
        assert QColor(int(colours[GROUND])) == QColor(theme.panel)
        marks = colours[[UNKNOWN, INFINITE]].tolist()
        assert not set(marks) & set(colours[FIRST:].tolist())
        assert len(set(colours[FIRST:].tolist())) == len(colours) - FIRST


def test_levels_become_places_in_the_table():
    levels = np.array([-4.0, -2.0, 0.0, -9.0, 3.0, -np.inf, np.inf, np.nan])
    at = [FIRST, FIRST + SHADES // 2, FIRST + SHADES - 1]
    edges = [FIRST, FIRST + SHADES - 1]
    assert shades(levels, -4.0, 0.0).tolist() == [*at, *edges, ZERO, INFINITE, UNKNOWN]


def test_numbers_with_a_sign():
    values = np.array([-1e-4, 1e-4, -1.0, 1.0, 0.0, -0.0, np.inf, -np.inf, np.nan])
    last = SHADES - 1
    assert signed_shades(values, -4.0, 0.0).tolist() == [
        FIRST, FIRST + SHADES, FIRST + last, FIRST + SHADES + last,
        ZERO, ZERO, INFINITE, INFINITE, UNKNOWN,
    ]  # fmt: skip
