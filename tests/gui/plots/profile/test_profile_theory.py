"""What theory predicts, beside the profile that was measured."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from engine.inspection import Inspection, Subject
from engine.readings.predicted_factors import PredictedFactors
from gui.plots.profile.profile import WISH
from tests.gui.plots.conftest import EPOCHS, speeds


def with_prediction(snap, *factors: float):
    answer = PredictedFactors(np.array(factors), 0.1, 100)
    nothing = np.empty(0)
    looked = Inspection(
        Subject(), 1, nothing, None, (), (), (), (), (), (), (), answers={WISH: answer}
    )
    return replace(snap, inspection=looked)


def test_theory_asks_for_its_reading_and_draws_it(card, show, experiment, snapshot, qtbot):
    show(0.01, 0.05, 0.2, 1.0)
    assert card.wishes() == frozenset()
    with qtbot.waitSignal(card.wishes_changed):
        qtbot.mouseClick(card.theory, Qt.MouseButton.LeftButton)
    assert card.wishes() == frozenset({WISH})
    assert "theory …" in card.words.text()
    looked = with_prediction(snapshot(EPOCHS, speeds(0.01, 0.05, 0.2, 1.0)), 0.1, 0.5, 0.3)
    card.show_snapshot(looked)
    card.texts.at_once()
    assert 10**card.picture.predicted == pytest.approx([0.01, 0.1, 0.2])
    assert "theory 4.5× slower" in card.words.text()
    card.show_snapshot(snapshot(EPOCHS, speeds(0.01, 0.05, 0.4, 1.0)))  # most have no look
    card.texts.at_once()
    assert 10**card.picture.predicted == pytest.approx([0.02, 0.2, 0.4])
    with qtbot.waitSignal(card.wishes_changed):
        card.reset()
    assert card.picture.predicted is None


def test_theory_speaks_of_delta_only(card, show, qtbot):
    show(0.01, 0.05, 0.2, 1.0)
    card.theory.setChecked(True)
    with qtbot.waitSignal(card.wishes_changed):
        card.measure.set_key("weight_gradient")
    assert card.wishes() == frozenset()
    assert not card.theory.isEnabled()
    card.measure.set_key("delta_rms")
    assert card.wishes() == frozenset({WISH})


def test_where_theory_is_silent_that_is_said(card, show, snapshot):
    show(0.01, 0.05, 0.2, 1.0)
    card.theory.setChecked(True)
    card.show_snapshot(
        with_prediction(snapshot(EPOCHS, speeds(0.01, 0.05, 0.2, 1.0)), *[np.nan] * 3)
    )
    card.texts.at_once()
    assert "no theory for this network" in card.words.text()
    card.grab()


@pytest.mark.parametrize("levels", [(0.01, 0.05, 1.0), (0.01, 0.05, 0.2, 1.0)])
def test_a_prediction_of_the_run_before_is_forgotten(card, show, snapshot, levels):
    card.theory.setChecked(True)
    show(0.01, 0.05, 0.2, 1.0)
    before = snapshot(EPOCHS, speeds(0.01, 0.05, 0.2, 1.0))
    card.show_snapshot(with_prediction(before, 0.1, 0.5, 0.3))
    show(*levels)
    assert card.picture.predicted is None
    assert "theory …" in card.words.text()


def test_the_table_has_the_numbers_of_the_engine(card, show, snapshot):
    show(0.01, 0.05, 0.2, 1.0)
    table = card.table()
    assert table.columns == ("layer", "bias_gradient", "factor_to_next", "fitted")
    assert [row[0] for row in table.rows] == ["layer 1", "layer 2", "layer 3"]
    assert [row[1] for row in table.rows] == card.sizes.tolist()
    assert [row[2] for row in table.rows[:2]] == [
        card.sizes[1] / card.sizes[0],
        card.sizes[2] / card.sizes[1],
    ]
    assert np.isnan(table.rows[2][2])
    card.theory.setChecked(True)
    card.show_snapshot(
        with_prediction(snapshot(EPOCHS, speeds(0.01, 0.05, 0.2, 1.0)), 0.1, 0.5, 0.3)
    )
    assert [row[4] for row in card.table().rows] == pytest.approx([0.01, 0.1, 0.2])
