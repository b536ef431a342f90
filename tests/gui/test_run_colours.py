"""The colours of runs: told apart from one another and from the layers, by everyone."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from engine.arrays import Floats
from gui.theme import THEMES, Theme, contrast

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
SIGHT = {
    "usual": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
# Ottosson (2020): linear RGB to the cones' answers, and their cube roots to Oklab.
CONES = np.array([[0.4122214708, 0.5363325363, 0.0514459929],
                  [0.2119034982, 0.6806995451, 0.1073969566],
                  [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
OKLAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468],
                  [1.9779984951, -2.4285922050, 0.4505937099],
                  [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip
APART = 0.08  # in Oklab: about four steps that can just be seen side by side
each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))


def seen(colours: list[QColor], sight: str) -> Floats:
    rgb = np.array([[c.redF(), c.greenF(), c.blueF()] for c in colours])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(linear @ np.array(SIGHT[sight]).T, 0, 1)
    lab: Floats = np.cbrt(linear @ CONES.T) @ OKLAB.T
    return lab


def runs(theme: Theme) -> list[QColor]:
    return [theme.run(k) for k in range(len(theme.runs))]


@each_theme
@pytest.mark.parametrize("sight", SIGHT)
def test_runs_are_told_from_one_another(theme: Theme, sight: str):
    lab = seen(runs(theme), sight)
    distance = np.linalg.norm(lab[:, None] - lab, axis=-1) + np.eye(len(lab))
    assert distance.min() > APART


@each_theme
def test_runs_are_told_from_layers_and_ink(theme: Theme):
    others = [theme.layer(l, 30) for l in range(30)] + [QColor(theme.ink), QColor(theme.dim)]
    lab, rest = seen(runs(theme), "usual"), seen(others, "usual")
    assert np.linalg.norm(lab[:, None] - rest, axis=-1).min() > APART


@each_theme
def test_runs_are_seen_on_both_grounds(theme: Theme):
    for ground in (theme.panel, theme.background):
        assert min(contrast(colour, QColor(ground)) for colour in runs(theme)) >= 3


@each_theme
def test_colours_begin_again(theme: Theme):
    assert theme.run(len(theme.runs)) == theme.run(0)
