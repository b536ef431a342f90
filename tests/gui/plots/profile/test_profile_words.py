"""What the profile says in words and numbers, and of a layer that is pointed at."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from tests.gui.plots.conftest import EPOCHS, speeds
from tests.gui.plots.profile.conftest import heights


def test_the_fitted_factor_in_words_and_as_a_line(card, show):
    show(*(1e-6 * 4.1 ** np.arange(6)), 1.0)
    assert "each layer back learns 4.1× slower" in card.words.text()
    assert "R² 1.00" in card.words.text()
    assert card.picture.fit.factor == pytest.approx(4.1)
    assert "× 4.1 from a layer to the next, standard error ×/÷ 1" in card.picture.toolTip()
    show(*(1e-1 / 3 ** np.arange(6)), 1.0)
    assert "each layer back learns 3.0× faster" in card.words.text()
    show(0.1, 0.1, 0.1, 1.0)
    assert "no trend from layer to layer" in card.words.text()


def test_other_norms_are_smaller_not_slower(card, show):
    show(1.0, 1.0, 1.0, 1.0, delta_rms=np.array([0.01, 0.02, 0.04, 0.5]))
    card.measure.set_key("delta_rms")
    assert "each layer back is 2.0× smaller" in card.words.text()
    assert heights(card) == pytest.approx(np.log10([0.01, 0.02, 0.04]), abs=0.02)


def test_the_verdict_and_its_thresholds(card, show):
    show(0.01, 0.05, 0.147, 1.0)
    assert card.chip.accessibleName() == "vanishing, 1 : 15"
    assert "within a factor 2" in card.chip.toolTip()
    show(0.14, 0.05, 0.01, 1.0)
    assert card.chip.property("verdict") == "exploding"
    show(0.02, 1.0)
    assert not card.chip.isVisible()


def test_no_gradient_at_all_is_said(card, show):
    show(0.0, 0.0, 0.0, 1.0)
    assert card.chip.accessibleName() == "no gradient"
    assert card.picture.fit is None


def test_now_is_the_mean_of_the_newest_records(card, experiment, snapshot):
    levels = speeds(0.5, 0.5, 1.0)
    levels[-2:, 0] = 0.001, 0.1  # 301 records: the newest two
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(snapshot(EPOCHS, levels))
    assert card.sizes == pytest.approx([0.01, 0.5])


def test_extremes_do_not_tell_of_other_measures(card, experiment, snapshot):
    cost = np.ones(301)
    cost[-1] = np.nan
    ratio = speeds(0.25, 0.5, 1.0)
    ratio[-1] = np.nan
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(snapshot(EPOCHS, speeds(0.1, 0.1, 1.0), cost=cost, update_ratio=ratio))
    card.measure.set_key("update_ratio")
    assert card.sizes == pytest.approx([0.25, 0.5])


def test_a_table_before_anything_is_known(card, experiment):
    assert len(card.table().rows) == 1
    card.set_experiment(experiment(784, 30, 30, 10))
    assert [np.isnan(row[1]) for row in card.table().rows] == [True, True]


def test_a_layer_that_is_pointed_at_is_told(card, show, qtbot):
    show(0.01, 0.05, 0.2, 1.0)
    at = card.picture.bar(1).center().toPoint()
    qtbot.mouseMove(card.picture, at)
    qtbot.waitUntil(lambda: card.picture.pointed == (1, 0))
    assert card.words.text() == "layer 2: ‖δ‖ 0.0500, × 4.00 = layer 3"
    card.texts.at_once()
    assert card.words.text().startswith("layer 2")
    qtbot.mouseMove(card.picture, QPoint(1, 1))
    qtbot.waitUntil(lambda: card.picture.pointed is None)
    assert "slower" in card.words.text()


def test_the_keys_go_from_layer_to_layer(card, show, qtbot):
    show(0.01, 0.05, 0.2, 1.0)
    card.picture.setFocus()
    keys = Qt.Key
    for key, place in (
        (keys.Key_Right, 0), (keys.Key_Right, 1), (keys.Key_Right, 2), (keys.Key_Right, 2),
        (keys.Key_Left, 1), (keys.Key_Up, 2),
    ):  # fmt: skip
        qtbot.keyClick(card.picture, key)
        assert card.picture.pointed == (place, 0)
    qtbot.keyClick(card.picture, keys.Key_Escape)
    assert card.picture.pointed is None


def test_a_place_of_the_last_network_is_forgotten(card, show, qtbot):
    show(*np.logspace(-5, -1, 6), 1.0)
    card.picture.point((5, 0))
    show(0.01, 0.05, 1.0)
    card.grab()
    assert card.picture.pointed is None


def test_a_snapshot_of_another_network_is_left_out(card, show, snapshot):
    show(0.01, 0.05, 0.2, 1.0)
    card.show_snapshot(snapshot(EPOCHS, speeds(0.1, 0.1)))
    assert len(card.sizes) == 3


def test_reset_goes_back_to_the_first_norm(card, show):
    show(0.01, 0.05, 0.2, 1.0)
    card.measure.set_key("update_ratio")
    card.reset()
    assert card.measure.key == "bias_gradient"
