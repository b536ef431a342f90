import gc

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.edits import add_skip, remove_layer
from engine.spec import Experiment
from gui.canvas import accessible
from gui.canvas.view import NetworkView
from gui.document import ExperimentDocument
from gui.theme import LIGHT

NAME = QAccessible.Text.Name


def names(of: QAccessibleInterface) -> list[str]:
    return [of.child(k).text(NAME) for k in range(of.childCount())]


def test_every_layer_neuron_and_skip_has_a_name(
    view: NetworkView, document: ExperimentDocument
) -> None:
    accessible.install()
    tree = QAccessible.queryAccessibleInterface(view)
    assert tree.text(NAME) == "Network"
    assert names(tree) == [
        "input: 784 neurons", "hidden 1: 30 neurons", "hidden 2: 30 neurons", "output: 10 neurons",
    ]  # fmt: skip
    assert names(tree.child(2))[-1] == "neuron 30 of hidden 2"
    document.change("", add_skip(document.experiment, 0, 2))
    assert names(tree)[-1] == "skip connection from input to hidden 2"


def test_what_is_drawn_has_a_place(view: NetworkView) -> None:
    accessible.install()
    tree = QAccessible.queryAccessibleInterface(view)
    screen = view.viewport().mapToGlobal(view.viewport().rect().center())
    column = tree.child(1).rect()
    assert not column.isEmpty()
    assert column.contains(tree.child(1).child(0).rect().center())
    assert tree.child(1).child(20).rect().isEmpty()  # behind the ellipsis
    assert abs(column.center().x() - screen.x()) < view.width()


def test_what_is_selected_says_so(view: NetworkView) -> None:
    accessible.install()
    tree = QAccessible.queryAccessibleInterface(view)
    view.select_layers((0, 1))
    assert [tree.child(k).state().selected for k in range(4)] == [0, 1, 1, 0]


def test_what_has_gone_says_so(view: NetworkView, document: ExperimentDocument) -> None:
    accessible.install()
    tree = QAccessible.queryAccessibleInterface(view)
    neuron, last = tree.child(2).child(25), tree.child(3)
    assert neuron.isValid()
    document.change("", remove_layer(document.experiment, 0))
    assert not last.isValid()
    assert last.text(NAME) == ""
    assert not neuron.isValid()  # the output has ten
    assert tree.childCount() == 3


def test_views_come_and_go(qtbot: QtBot) -> None:
    accessible.install()
    for _ in range(5):
        view = NetworkView(ExperimentDocument(Experiment(dense(4, 3, 2))), LIGHT)
        view.show()
        part = QAccessible.queryAccessibleInterface(view).child(1)
        assert part.text(NAME) == "hidden 1: 3 neurons"
        view.close()
        view.deleteLater()
        with qtbot.waitSignal(view.destroyed):
            pass
        gc.collect()
        assert not part.isValid()


def test_a_reader_is_told_what_has_become_current(
    qtbot: QtBot, view: NetworkView, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[QAccessible.Event, int]] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda e: told.append((e.type(), e.child()))
    )
    view.clearFocus()
    view.select_layers((0,))  # from elsewhere: the focus is elsewhere, too
    assert told == []
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert told == [(QAccessible.Event.Focus, 2)]
    assert view.accessibleDescription().startswith("hidden 2: 30 neurons")
