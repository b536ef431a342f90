"""Colours of sizes, and the line where a function is 0."""

import numpy as np
import pytest

from engine.arrays import Floats
from gui.common.heat_map import HIGH, LOW, size_colour, size_colours, size_image, zero_line
from gui.theme import THEMES, Theme

both_themes = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


def lightness(theme: Theme, size: float) -> float:
    colour = size_colour(theme, size)
    return 0.2126 * colour.redF() + 0.7152 * colour.greenF() + 0.0722 * colour.blueF()


@both_themes
def test_lightness_goes_one_way_on_either_side_of_1(theme: Theme) -> None:
    for sizes in (np.linspace(LOW, -0.01, 30), np.linspace(0.0, HIGH, 30)):
        steps = np.diff([lightness(theme, size) for size in sizes.tolist()])
        assert (steps < 0).all() if theme.name == "light" else (steps > 0).all()


@both_themes
def test_below_1_is_cool_and_above_is_warm(theme: Theme) -> None:
    below, above = size_colour(theme, -0.05), size_colour(theme, 0.05)
    assert below.blue() > below.red()
    assert above.red() > above.blue()


def test_the_first_row_is_at_the_bottom_and_what_is_beyond_takes_the_last_colour() -> None:
    theme = THEMES["light"]
    colours = size_colours(theme)
    image = size_image(np.array([[LOW, -99.0], [HIGH, 99.0]]), colours)
    assert image.pixel(0, 1) == image.pixel(1, 1) == colours[0]
    assert image.pixel(0, 0) == image.pixel(1, 0) == colours[-1]


def grid(n: int = 41) -> tuple[Floats, Floats]:
    x, y = np.meshgrid(np.arange(n, dtype=float), np.arange(n, dtype=float))
    return x, y


def test_zero_line_of_a_circle_lies_on_it_and_is_as_long() -> None:
    x, y = grid()
    pieces = zero_line((x - 20) ** 2 + (y - 20) ** 2 - 15.0**2)
    ends = np.concatenate((pieces[:, :2], pieces[:, 2:]))
    assert np.hypot(ends[:, 0] - 20, ends[:, 1] - 20) == pytest.approx(15.0, abs=0.03)
    lengths = np.hypot(pieces[:, 2] - pieces[:, 0], pieces[:, 3] - pieces[:, 1])
    assert lengths.sum() == pytest.approx(2 * np.pi * 15, rel=2e-3)


def test_zero_line_of_a_plane_is_exact() -> None:
    x, y = grid(6)
    pieces = zero_line(x + 2 * y - 4.5)
    assert len(pieces)
    assert pieces[:, 0] + 2 * pieces[:, 1] == pytest.approx(4.5)
    assert pieces[:, 2] + 2 * pieces[:, 3] == pytest.approx(4.5)


def test_in_a_saddle_two_lines_pass() -> None:
    pieces = zero_line(np.array([[1.0, -1.0], [-1.0, 1.0]]))
    assert sorted(map(tuple, pieces.tolist())) == [(0.5, 0.0, 0.0, 0.5), (0.5, 1.0, 1.0, 0.5)]


def test_where_nothing_passes_zero_there_is_no_line() -> None:
    assert zero_line(np.ones((5, 7))).shape == (0, 4)
