import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.edits import add_skip, change_layer, insert_layer
from engine.spec import Experiment
from gui.canvas.view import NetworkView
from gui.document import ExperimentDocument
from tests.gui.canvas.pointer import (
    ALT,
    CTRL,
    drag,
    header,
    neuron,
    point,
    press,
    release,
)  # fmt: skip

Key = Qt.Key
SIZES = (784, 30, 20, 15, 12, 10)


@pytest.fixture
def document() -> ExperimentDocument:
    return ExperimentDocument(Experiment(dense(*SIZES)))


@pytest.fixture
def refusals(view: NetworkView) -> list[str]:
    said: list[str] = []
    view.refused.connect(said.append)
    return said


def sizes(document: ExperimentDocument) -> tuple[int, ...]:
    return document.experiment.architecture.sizes


def between(view: NetworkView, gap: int) -> QPoint:
    return point(view, view.network.layout.gap_x(gap), 60)


def test_a_layer_is_dragged_to_another_place(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument
) -> None:
    view.network.motion.duration = 0
    press(qtbot, view, header(view, 1))
    drag(qtbot, view, header(view, 1) + QPoint(20, 0), between(view, 3))
    assert sizes(document) == SIZES  # nothing is decided before the release
    assert view.network.note.text == "hidden 1"
    offsets = view.network.motion.offsets
    assert offsets[3] < 0 < offsets[4]
    assert view.network.ghost.isVisible()
    release(qtbot, view, between(view, 3))
    assert sizes(document) == (784, 20, 15, 30, 12, 10)
    assert document.undo_stack.undoText() == "Move hidden 1"
    assert document.undo_stack.count() == 1
    assert view.selected_layers == (2,)
    assert view.network.motion.is_at_rest
    assert not view.network.note.isVisible()
    assert not view.network.ghost.isVisible()
    document.undo_stack.undo()
    assert sizes(document) == SIZES


def test_several_layers_are_dragged_together_by_a_neuron(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument
) -> None:
    view.select_layers((0, 2))
    press(qtbot, view, neuron(view, 3, 1))
    drag(qtbot, view, neuron(view, 3, 1) + QPoint(30, 0), between(view, 4))
    assert view.network.note.text == "hidden 1 and 3"
    with qtbot.assertNotEmitted(view.parameter_picked):
        release(qtbot, view, between(view, 4))
    assert sizes(document) == (784, 20, 12, 30, 15, 10)
    assert view.selected_layers == (2, 3)


def test_a_drag_back_or_given_up_changes_nothing(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument
) -> None:
    start = header(view, 2)
    press(qtbot, view, start)
    drag(qtbot, view, start + QPoint(-30, 0), between(view, 3), between(view, 1))
    release(qtbot, view, between(view, 1))
    press(qtbot, view, start)
    drag(qtbot, view, start + QPoint(30, 0), between(view, 4))
    qtbot.keyClick(view, Key.Key_Escape)
    release(qtbot, view, between(view, 4))
    assert sizes(document) == SIZES
    assert document.undo_stack.count() == 0


@pytest.mark.parametrize("column", [0, 5])
def test_the_ends_stay(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument, column: int
) -> None:
    press(qtbot, view, header(view, column))
    drag(qtbot, view, header(view, column) + QPoint(15, 0), between(view, 2))
    assert view.viewport().cursor().shape() == Qt.CursorShape.ForbiddenCursor
    release(qtbot, view, between(view, 2))
    assert sizes(document) == SIZES


def test_keys_move(qtbot: QtBot, view: NetworkView, document: ExperimentDocument) -> None:
    view.select_layers((0, 1))
    qtbot.keyClick(view, Key.Key_Right, ALT)
    assert sizes(document) == (784, 15, 30, 20, 12, 10)
    assert view.selected_layers == (1, 2)
    qtbot.keyClick(view, Key.Key_Right, ALT)
    qtbot.keyClick(view, Key.Key_Right, ALT)  # there is no further
    assert sizes(document) == (784, 15, 12, 30, 20, 10)
    for _ in range(3):
        qtbot.keyClick(view, Key.Key_Left, ALT)
    assert sizes(document) == SIZES


def test_a_skip_that_loses_its_way_is_told(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument, refusals: list[str]
) -> None:
    document.change("", add_skip(document.experiment, 1, 3))
    view.select_layers((2,))
    qtbot.keyClick(view, Key.Key_Left, ALT)
    assert document.experiment.architecture.skips == ()
    assert "a skip connection had to go" in refusals[-1]
    document.undo_stack.undo()
    assert len(document.experiment.architecture.skips) == 1


def test_layers_go_through_the_clipboard_as_text(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument
) -> None:
    document.change("", change_layer(document.experiment, 1, activation="relu"))
    view.select_layers((0, 1))
    qtbot.keyClick(view, Key.Key_C, CTRL)
    assert "neurons = 30" in QGuiApplication.clipboard().text()
    view.select_layers((3,))
    qtbot.keyClick(view, Key.Key_V, CTRL)
    assert sizes(document) == (784, 30, 20, 15, 12, 30, 20, 10)
    assert document.experiment.architecture.layers[5].activation == "relu"
    assert view.selected_layers == (4, 5)
    assert document.undo_stack.undoText() == "Paste 2 layers"
    qtbot.keyClick(view, Key.Key_X, CTRL)
    assert sizes(document) == SIZES
    QGuiApplication.clipboard().setText("40-[30 relu]")
    qtbot.keyClick(view, Key.Key_V, CTRL)
    assert 40 in sizes(document)


def test_what_cannot_be_copied_or_pasted_is_told(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument, refusals: list[str]
) -> None:
    QGuiApplication.clipboard().setText("a poem")
    qtbot.keyClick(view, Key.Key_V, CTRL)
    qtbot.keyClick(view, Key.Key_C, CTRL)
    view.select_layers((4,))
    qtbot.keyClick(view, Key.Key_C, CTRL)
    qtbot.keyClick(view, Key.Key_Home)
    qtbot.keyClick(view, Key.Key_X, CTRL)
    assert [text.split(":")[0].split(" ")[0] for text in refusals] == [
        "The", "Select", "The", "The",
    ]  # fmt: skip
    assert QGuiApplication.clipboard().text() == "a poem"
    assert sizes(document) == SIZES


def test_duplicates_stand_after_the_last(
    view: NetworkView, document: ExperimentDocument, refusals: list[str]
) -> None:
    view.select_layers((0, 1))
    view.duplicate_layers()
    assert sizes(document) == (784, 30, 20, 30, 20, 15, 12, 10)
    assert view.selected_layers == (2, 3)
    assert document.undo_stack.undoText() == "Duplicate hidden 1 and 2"
    view.select_layers((6,))
    view.duplicate_layers()
    assert "cannot be copied" in refusals[-1]


def test_a_new_layer_arrives(qtbot: QtBot, view: NetworkView, document: ExperimentDocument) -> None:
    view.select_layers((1,))
    qtbot.keyClick(view, Key.Key_Insert)
    motion = view.network.motion
    assert not motion.is_at_rest
    assert not all(edges.isVisible() for edges in view.network.edges)
    qtbot.waitUntil(lambda: motion.is_at_rest)
    for column, place in zip(view.network.columns, view.network.layout.columns, strict=True):
        assert column.x() == place.x
    assert all(edges.isVisible() for edges in view.network.edges)
    motion.duration = 0
    document.undo_stack.undo()
    assert motion.is_at_rest


def test_nothing_moves_where_less_motion_is_asked_for(
    view: NetworkView, document: ExperimentDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.canvas.motion.less_motion", lambda: True)
    document.change("", insert_layer(document.experiment, 1))
    assert view.network.motion.is_at_rest
