import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from engine.architecture import BIAS, dense
from engine.edits import insert_layer, move_layers, remove_layers
from engine.spec import Experiment
from gui.canvas.selection import NONE, Selection
from gui.canvas.view import NetworkView
from gui.document import ExperimentDocument
from tests.gui.canvas.pointer import (
    CTRL,
    SHIFT,
    click,
    drag,
    ground,
    header,
    neuron,
    point,
    press,
    release,
)  # fmt: skip

Key = Qt.Key


@pytest.fixture
def document() -> ExperimentDocument:
    return ExperimentDocument(Experiment(dense(784, 30, 20, 15, 12, 10)))


def test_control_adds_and_takes_away(qtbot: QtBot, view: NetworkView) -> None:
    told: list[tuple[int, ...]] = []
    view.layers_selected.connect(told.append)
    click(qtbot, view, header(view, 1))
    click(qtbot, view, header(view, 3), CTRL)
    assert view.selected_layers == (0, 2)
    assert view.selected_layer == 2
    click(qtbot, view, header(view, 1), CTRL)
    assert view.selected_layers == (2,)
    assert told == [(0,), (0, 2), (2,)]


def test_shift_takes_all_between(qtbot: QtBot, view: NetworkView) -> None:
    click(qtbot, view, header(view, 4))
    click(qtbot, view, header(view, 2), SHIFT)
    assert view.selected_layers == (1, 2, 3)
    click(qtbot, view, header(view, 5), SHIFT)
    assert view.selected_layers == (3, 4)
    assert [column.state.selected for column in view.network.columns] == [
        False, False, False, False, True, True,
    ]  # fmt: skip


def test_a_click_on_one_of_many_leaves_that_one(qtbot: QtBot, view: NetworkView) -> None:
    view.select_layers((0, 1, 2))
    click(qtbot, view, header(view, 2))
    assert view.selected_layers == (1,)


def test_keys_select_several(qtbot: QtBot, view: NetworkView) -> None:
    view.select_layers((1,))
    qtbot.keyClick(view, Key.Key_Right, SHIFT)
    qtbot.keyClick(view, Key.Key_Right, SHIFT)
    assert view.selected_layers == (1, 2, 3)
    qtbot.keyClick(view, Key.Key_Left, SHIFT)
    assert view.selected_layers == (1, 2)
    qtbot.keyClick(view, Key.Key_A, CTRL)
    assert view.selected_layers == (0, 1, 2, 3)
    qtbot.keyClick(view, Key.Key_Escape)
    assert view.selected_layers == ()


def test_a_band_selects_what_it_touches(qtbot: QtBot, view: NetworkView) -> None:
    layout = view.network.layout
    start = point(view, layout.columns[1].x - 60, layout.bands.speeds + 14)
    end = point(view, layout.columns[3].x - 4, layout.bands.frame[1] - 40)
    press(qtbot, view, start)
    drag(qtbot, view, start + QPoint(30, -30), end)
    assert view.network.band.isVisible()
    assert view.selected_layers == (0, 1, 2)
    drag(qtbot, view, point(view, layout.columns[1].x + 4, layout.bands.frame[1] - 40))
    assert view.selected_layers == (0,)
    release(qtbot, view, end)
    assert not view.network.band.isVisible()


def test_escape_brings_back_what_was_selected_before_the_band(
    qtbot: QtBot, view: NetworkView
) -> None:
    view.select_layers((3,))
    start = ground(view)
    press(qtbot, view, start, SHIFT)
    drag(qtbot, view, start + QPoint(200, -200))
    assert len(view.selected_layers) > 1
    qtbot.keyClick(view, Key.Key_Escape)
    assert view.selected_layers == (3,)
    assert not view.network.band.isVisible()
    release(qtbot, view, start)
    assert view.selected_layers == (3,)


def test_a_selection_follows_its_layers(view: NetworkView, document: ExperimentDocument) -> None:
    view.select_layers((0, 2))
    document.change("", insert_layer(document.experiment, 0))
    assert view.selected_layers == (1, 3)
    document.change("", move_layers(document.experiment, {1}, 4))
    assert view.selected_layers == (2, 3)
    document.change("", remove_layers(document.experiment, {3}))
    assert view.selected_layers == (2,)
    document.undo_stack.undo()
    assert view.selected_layers == (2,)


def test_delete_removes_all_that_are_selected(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument
) -> None:
    view.select_layers((0, 2))
    qtbot.keyClick(view, Key.Key_Delete)
    assert document.experiment.architecture.sizes == (784, 20, 12, 10)
    assert document.undo_stack.undoText() == "Remove hidden 1 and 3"
    assert view.selected_layers == (1,)
    document.undo_stack.undo()
    assert document.experiment.architecture.sizes == (784, 30, 20, 15, 12, 10)


def test_all_selected_get_the_same_size(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument
) -> None:
    view.select_layers((0, 2))
    qtbot.keyClick(view, Key.Key_Up, CTRL)
    assert document.experiment.architecture.sizes == (784, 16, 20, 16, 12, 10)
    document.undo_stack.undo()
    assert document.experiment.architecture.sizes == (784, 30, 20, 15, 12, 10)


def test_a_drag_of_several_sizes_can_be_given_up(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument
) -> None:
    view.select_layers((0, 2))
    layout = view.network.layout
    start = point(view, layout.columns[1].x, layout.bands.frame[1])
    press(qtbot, view, start)
    drag(qtbot, view, start + QPoint(0, 40))
    sizes = document.experiment.architecture.sizes
    assert sizes[1] == sizes[3] > 30
    qtbot.keyClick(view, Key.Key_Escape)
    release(qtbot, view, start)
    assert document.experiment.architecture.sizes == (784, 30, 20, 15, 12, 10)
    assert document.undo_stack.count() == 0


def test_keys_walk_among_neurons_and_open_them(qtbot: QtBot, view: NetworkView) -> None:
    picked: list[tuple[int, int, int]] = []
    view.parameter_picked.connect(picked.append)
    view.select_layers((1,))
    shown = view.network.layout.columns[2].shown.tolist()
    qtbot.keyClick(view, Key.Key_Down)
    qtbot.keyClick(view, Key.Key_Down)
    assert view.network.selection.neuron == shown[1]
    assert view.network.columns[2].state.neuron == shown[1]
    assert f"neuron {shown[1] + 1} of hidden 2" in view.accessibleDescription()
    qtbot.keyClick(view, Key.Key_Return)
    assert picked == [(1, shown[1], BIAS)]
    qtbot.keyClick(view, Key.Key_Up)
    qtbot.keyClick(view, Key.Key_Up)
    assert view.network.selection.neuron == shown[0]
    for _ in shown:
        qtbot.keyClick(view, Key.Key_Down)
    assert view.network.selection.neuron == 19  # past the ellipsis to the last
    qtbot.keyClick(view, Key.Key_Escape)
    assert view.network.selection.neuron is None
    assert view.selected_layer == 1


def test_a_click_on_a_neuron_or_an_edge_picks_it(qtbot: QtBot, view: NetworkView) -> None:
    picked: list[tuple[int, int, int]] = []
    view.parameter_picked.connect(picked.append)
    click(qtbot, view, neuron(view, 2, 1))
    assert picked == [(1, 1, BIAS)]
    assert view.network.selection.neuron == 1
    left, right = view.network.layout.columns[1:3]
    middle = point(view, (left.x + right.x) / 2, float(left.y[0] + right.y[0]) / 2)
    click(qtbot, view, middle)
    assert picked[-1][0] == 1
    layer, to, source = picked[-1]
    edge = view.network.edges[1].edge_at((left.x + right.x) / 2, float(left.y[0] + right.y[0]) / 2)
    assert (layer, to, source) == (1, *(edge or ()))


def test_an_input_has_no_bias(qtbot: QtBot, view: NetworkView) -> None:
    with qtbot.assertNotEmitted(view.parameter_picked):
        click(qtbot, view, neuron(view, 0, 1))
    assert view.network.selection.neuron == 1


def test_within_keeps_what_is_there() -> None:
    architecture = dense(4, 3, 3, 2)
    selection = Selection.all_of(architecture, (1, 2)).with_neuron(2)
    assert selection.within(architecture) == selection
    smaller = dense(4, 3, 2)
    kept = selection.within(smaller)
    assert (kept.ids, kept.current, kept.neuron) == (frozenset({"h1"}), "h1", 2)
    assert selection.within(dense(4, 2)) == NONE
    assert Selection.of(architecture, 1, 2).within(dense(4, 2, 2)).neuron is None
