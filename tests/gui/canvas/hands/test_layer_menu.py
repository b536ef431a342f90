import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from engine.activations import HIDDEN
from engine.architecture import dense
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.spec import Experiment, TrainingSpec
from gui.canvas.hands.layer_menu import LayerMenu, allowed_outputs

# The offscreen platform says so at every menu and tooltip that opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def sizes(document):
    return document.experiment.architecture.sizes


def menu_of(view, column):
    return LayerMenu(view.edits.experiment, column, (column,), view)


def actions_of(menu):
    found = {}
    for action in menu.actions():
        if action.menu() is not None:
            inner = action.menu()
            found[inner.objectName()] = inner.actions()
        elif action.data():
            found[action.data()[0]] = action
    return found


def test_the_menu_offers_the_tables(view):
    found = actions_of(menu_of(view, 1))
    for field, table in (
        ("activation", HIDDEN), ("initializer", INITIALIZERS), ("bias", BIAS_INITIALIZERS)
    ):  # fmt: skip
        assert [action.data()[2] for action in found[field]] == list(table)
        assert sum(action.isChecked() for action in found[field]) == 1
    assert {"edit", "insert_before", "insert_after", "duplicate", "remove"} <= found.keys()


def test_the_menus_of_the_ends(view):
    assert actions_of(menu_of(view, 0)).keys() == {"insert_after", "paste", "skips"}
    output = actions_of(menu_of(view, 3))
    assert output.keys() == {
        "activation", "initializer", "bias", "choose", "insert_before", "paste",
    }  # fmt: skip
    assert [action.data()[2] for action in output["activation"]] == ["sigmoid"]
    free = Experiment(dense(4, 3, 2), TrainingSpec(cost="quadratic"))
    assert list(allowed_outputs(free)) == list(HIDDEN)


@pytest.fixture
def open_menu(qtbot, view):
    def opened(column):
        layout = view.network.layout
        at = view.mapFromScene(QPointF(layout.columns[column].x, 150))
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at)
        )
        QApplication.sendEvent(view.viewport(), event)
        assert view.menu.isVisible()
        return actions_of(view.menu)

    yield opened
    if view.menu is not None:
        view.menu.close()


def test_choosing_from_the_menu(view, document, open_menu):
    actions = open_menu(2)
    assert view.selected_layer == 1
    next(a for a in actions["activation"] if a.data()[2] == "relu").trigger()
    layer = document.experiment.architecture.layers[1]
    assert layer.activation == "relu"
    assert document.undo_stack.undoText() == "Activation: ReLU"
    next(a for a in actions["initializer"] if a.data()[2] == "he_normal").trigger()
    assert document.undo_stack.undoText() == "Initial weights: He normal"
    next(a for a in actions["bias"] if a.data()[2] == "zero").trigger()
    assert document.undo_stack.undoText() == "Initial biases: zero"
    assert document.experiment.architecture.layers[1].bias == "zero"


@pytest.mark.parametrize(
    ("verb", "expected", "selected"),
    [
        ("insert_before", (784, 30, 30, 30, 10), 0), ("insert_after", (784, 30, 30, 30, 10), 1),
        ("duplicate", (784, 30, 30, 30, 10), 1), ("remove", (784, 30, 10), 0),
        ("edit", (784, 30, 30, 10), 0),
    ],
)  # fmt: skip
def test_commands_of_the_menu(view, document, open_menu, verb, expected, selected):
    open_menu(1)[verb].trigger()
    assert sizes(document) == expected
    assert view.selected_layer == selected
    assert view.editor.isVisible() == (verb == "edit")


def test_a_duplicate_has_everything_but_the_id(view, document, open_menu):
    view.edits.choose((1,), "", activation="tanh")
    open_menu(1)["duplicate"].trigger()
    first, second, *_ = document.experiment.architecture.layers
    assert second.activation == "tanh"
    assert second.id != first.id


def test_the_menu_key_opens_the_menu_of_the_selected_layer(view):
    at = QPoint(0, 0)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, at)
    QApplication.sendEvent(view.viewport(), event)
    assert view.menu is None
    view.select_layers((1,))
    QApplication.sendEvent(view.viewport(), event)
    assert view.menu is not None
    assert "remove" in actions_of(view.menu)
    view.menu.close()
