"""A line that says less where there is less room."""

import pytest
from pytestqt.qtbot import QtBot

from gui.common.fitting_label import FittingLabel

TEXTS = "a rather long sentence about a number", "a shorter one", "short"


@pytest.fixture
def label(qtbot: QtBot) -> FittingLabel:
    label = FittingLabel()
    qtbot.addWidget(label)
    label.set_texts(*TEXTS)
    return label


def widths(label: FittingLabel) -> list[int]:
    return [label.fontMetrics().horizontalAdvance(text) for text in TEXTS]


@pytest.mark.parametrize("k", [0, 1, 2])
def test_the_first_that_fits_is_shown(label: FittingLabel, k: int) -> None:
    label.resize(widths(label)[k], 30)
    label.grab()
    assert label.shown == TEXTS[k]
    assert label.toolTip() == ("" if k == 0 else TEXTS[0])
    assert label.accessibleName() == TEXTS[0]


def test_where_none_fits_the_last_is_elided(label: FittingLabel) -> None:
    label.resize(widths(label)[2] - 2, 30)
    assert label.shown.endswith("…")
    assert label.shown[0] == "s"
