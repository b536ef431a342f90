"""A drag whose network changes under the hand, or whose release never comes, does nothing."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.edits import insert_layer
from engine.spec import Experiment
from gui.canvas.view import NetworkView
from gui.document import ExperimentDocument
from tests.gui.canvas.pointer import drag, ground, header, point, port, press, release

SIZES = (784, 30, 20, 15, 10)


@pytest.fixture
def document() -> ExperimentDocument:
    document = ExperimentDocument(Experiment(dense(784, 30, 20, 10)))
    document.change("Add layer", Experiment(dense(*SIZES)))
    return document


def sizes(document: ExperimentDocument) -> tuple[int, ...]:
    return document.experiment.architecture.sizes


def grip(view: NetworkView, column: int) -> QPoint:
    layout = view.network.layout
    return point(view, layout.columns[column].x, layout.bands.frame[1])


def test_undo_gives_a_move_up(qtbot: QtBot, view: NetworkView, document: ExperimentDocument):
    press(qtbot, view, header(view, 3))
    drag(qtbot, view, header(view, 3) - QPoint(30, 0), header(view, 1))
    document.undo_stack.undo()
    drag(qtbot, view, header(view, 1) - QPoint(5, 0))
    release(qtbot, view, header(view, 1))
    assert sizes(document) == (784, 30, 20, 10)
    assert not view.network.note.isVisible()
    assert not view.network.ghost.isVisible()


def test_a_layer_that_came_and_went_gives_a_move_up(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument
):
    press(qtbot, view, header(view, 3))
    drag(qtbot, view, header(view, 3) - QPoint(30, 0))
    document.change("Add layer", insert_layer(document.experiment, 0))
    view.select_layers((0,))
    document.undo_stack.undo()  # the same network
    view.select_layers((1,))  # not what the hand holds
    drag(qtbot, view, header(view, 1) - QPoint(30, 0))
    release(qtbot, view, header(view, 1) - QPoint(30, 0))
    assert sizes(document) == SIZES


def test_undo_while_resizing_is_not_undone(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument
):
    press(qtbot, view, grip(view, 3))
    drag(qtbot, view, grip(view, 3) + QPoint(0, 40), grip(view, 3) + QPoint(0, 60))
    assert sizes(document)[3] > 15
    assert document.undo_stack.undoText() == f"Resize hidden 3 to {sizes(document)[3]}"
    document.undo_stack.undo()
    document.undo_stack.undo()  # the layer that is dragged is gone
    drag(qtbot, view, grip(view, 2) + QPoint(0, 90))
    release(qtbot, view, grip(view, 2) + QPoint(0, 90))
    assert sizes(document) == (784, 30, 20, 10)
    assert document.undo_stack.canRedo()


def test_undo_gives_a_skip_up(qtbot: QtBot, view: NetworkView, document: ExperimentDocument):
    view.select_layers((0,))
    press(qtbot, view, port(view, 1))
    drag(qtbot, view, header(view, 3))
    document.undo_stack.undo()
    release(qtbot, view, header(view, 3))
    assert document.experiment.architecture.skips == ()
    assert not view.network.dragged_skip.isVisible()


def test_undo_gives_a_band_up(qtbot: QtBot, view: NetworkView, document: ExperimentDocument):
    press(qtbot, view, ground(view))
    drag(qtbot, view, header(view, 3))
    assert view.network.band.isVisible()
    document.undo_stack.undo()
    release(qtbot, view, header(view, 1))
    assert not view.network.band.isVisible()
    assert view.selected_layers == ()


def test_a_lost_release_gives_the_drag_up(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument
):
    press(qtbot, view, header(view, 1))
    drag(qtbot, view, header(view, 1) + QPoint(30, 0), header(view, 3))
    assert view.network.ghost.isVisible()
    press(qtbot, view, ground(view))
    release(qtbot, view, ground(view))
    assert sizes(document) == SIZES
    assert not view.network.ghost.isVisible()


def test_no_menu_opens_while_something_is_dragged(qtbot: QtBot, view: NetworkView):
    press(qtbot, view, header(view, 1))
    drag(qtbot, view, header(view, 1) + QPoint(30, 0))
    reason, at = QContextMenuEvent.Reason.Mouse, header(view, 2)
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, at, at))
    release(qtbot, view, header(view, 1))
    assert view.menu is None
