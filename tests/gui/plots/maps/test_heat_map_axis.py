"""The heat map under the hand, and what its x axis shows of a run: epochs, or steps."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from gui.common.style import style_sheet
from gui.plots.maps.size_colours import GROUND
from gui.theme import LIGHT
from tests.gui.plots.conftest import EPOCHS, settle
from tests.gui.plots.maps.conftest import rows


def test_the_mouse_points_at_a_cell(card, show, qtbot):
    show(np.tile([1e-4, 3.14e-3, 1.0, 5.0], (301, 1)))
    picture = card.picture
    rect = picture.rect_of_plane
    at = QPointF(picture.across(12.0), rect.bottom() - 1.5 * rect.height() / 3)
    qtbot.mouseMove(picture, at.toPoint())
    qtbot.waitUntil(lambda: picture.pointed is not None)
    assert picture.pointed == (pytest.approx(12.0, abs=0.1), 1)
    assert card.words.text() == f"layer 2, epoch {picture.pointed[0]:.3g}: 3.1·10⁻³"
    qtbot.mouseMove(picture, QPoint(1, 1))
    qtbot.waitUntil(lambda: picture.pointed is None)
    assert card.words.text().startswith("speed of learning")


def test_the_keys_point_at_cells(card, show, qtbot):
    show(np.tile([1e-4, 1e-2, 1.0, 5.0], (301, 1)))
    picture = card.picture
    picture.setFocus()
    qtbot.keyClick(picture, Qt.Key.Key_Right)
    assert picture.pointed == (30.0, 0)  # one begins with the newest, of the first layer
    for _ in range(4):
        qtbot.keyClick(picture, Qt.Key.Key_Up)
    assert picture.pointed == (30.0, 2)
    qtbot.keyClick(picture, Qt.Key.Key_Left)
    assert picture.pointed[0] == pytest.approx(30.0 - 30.0 / picture.columns)
    qtbot.keyClick(picture, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert picture.pointed[0] == pytest.approx(30.0 - 11 * 30.0 / picture.columns)
    qtbot.keyClick(picture, Qt.Key.Key_Escape)
    assert picture.pointed is None


def test_the_epochs_that_are_shown_follow_the_run(card, show, snapshot):
    show(np.full((20, 3), 0.1), np.linspace(0, 0.01, 20))
    assert card.picture.run.end == 0.05
    for newest, end in ((0.2, 0.5), (9.0, 10.0), (20.0, 30.0)):
        card.show_snapshot(snapshot(np.linspace(0, newest, 50), np.full((50, 3), 0.1)))
        settle(card)
        assert card.picture.run.end == card.picture.x_axis.range[1] == end
        assert rows(card).shape[1] == card.picture.columns
    card.set_epochs(300.0)
    card.show_snapshot(snapshot(np.linspace(0, 40, 50), np.full((50, 3), 0.1)))
    settle(card)
    assert card.picture.run.end == 50.0


def test_against_steps_and_back(card, show, snapshot, qtbot):
    show(np.tile([1e-4, 3.14e-3, 1.0, 5.0], (301, 1)))
    before = rows(card).copy()
    card.axis.setFocus()
    qtbot.keyClick(card.axis, Qt.Key.Key_Down)
    settle(card)
    picture = card.picture
    assert picture.x_axis.title == "steps"
    assert picture.x_axis.range == (0.0, picture.run.end)
    assert picture.run.end == 301 == card._snapshot.last_step
    assert "against steps" in picture.accessibleName()
    assert (rows(card)[:, : picture.columns - 1] != GROUND).all()
    picture.point((123.0, 1))
    assert card.words.text() == "layer 2, step 123: 3.1·10⁻³"
    assert card.table().columns[:2] == ("step", "epoch")
    card.axis.set_key("epochs")
    settle(card)
    assert (picture.x_axis.title, picture.run.end) == ("epochs", 30.0)
    assert (rows(card) == before).all()


def test_steps_follow_the_run_and_its_length(card, experiment, grown, snapshot):
    whole = snapshot(EPOCHS, 10.0 ** -np.linspace(0, 6, 301)[:, None] * np.array([[0.1, 1.0, 1.0]]))
    card.axis.set_key("steps")
    card.set_experiment(experiment(784, 30, 30, 10))
    assert card.picture.run.end == 1
    first = grown(whole.history[:15], whole.evaluations, 3)
    card.show_snapshot(replace(first, last_step=3000))
    settle(card)
    assert (card.picture.run.length, card.picture.run.end) == (3000, 20)
    card.show_snapshot(replace(whole, last_step=3000))
    settle(card)
    assert card.picture.run.end == 500
    card.set_epochs(60)  # the number of steps that this makes comes with the next snapshot
    assert card.picture.run.length == 3000
    card.show_snapshot(replace(whole, last_step=400))
    settle(card)
    assert card.picture.run.end == 400


def test_looking_back_against_steps(card, experiment, grown, snapshot):
    whole = snapshot(EPOCHS, 10.0 ** -np.linspace(0, 6, 301)[:, None] * np.array([[0.1, 1.0, 1.0]]))
    card.set_experiment(experiment(784, 30, 30, 10))
    card.axis.set_key("steps")
    card.show_snapshot(whole)
    settle(card)
    end, levels = card.picture.run.end, card.picture.levels
    earlier = grown(whole.history[:100], whole.evaluations, 3)
    card.show_snapshot(replace(earlier, last_step=whole.last_step))
    settle(card)
    assert (card.picture.run.end, card.picture.levels) == (end, levels)
    told = np.flatnonzero(rows(card)[0] != GROUND)
    assert told[-1] == card.picture.column_of(np.array([100.0]))[0]
    assert len(card.table().rows) == 100


@pytest.mark.parametrize("by_sheet", [True, False])
def test_other_type_in_the_middle_of_a_run(card, experiment, grown, snapshot, by_sheet):
    """The axes take more of the width; the columns are as many as there is room for."""
    whole = snapshot(EPOCHS, 10.0 ** -np.linspace(0, 6, 301)[:, None] * np.array([[0.1, 1.0, 1.0]]))
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(grown(whole.history[:290], whole.evaluations, 3))
    settle(card)
    before = card.picture.columns
    card.setStyleSheet(style_sheet(LIGHT, 2.0))
    if not by_sheet:
        card.set_theme(LIGHT)
    assert card.picture.columns < before
    card.show_snapshot(whole)
    settle(card)
    assert rows(card).shape[1] == card.picture.columns


def test_a_reset_is_against_epochs_again(card, show):
    show(np.full((301, 3), 0.1))
    card.axis.set_key("steps")
    card.reset()
    settle(card)
    assert (card.axis.key, card.picture.x_axis.title) == ("epochs", "epochs")
    assert card.picture.run.end == 30.0
