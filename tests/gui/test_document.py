import gc

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.edits import change_layer, change_training
from engine.spec import Experiment
from gui.document import ExperimentDocument

BOOK = Experiment(dense(784, 30, 10))


@pytest.fixture
def document(qapp: QApplication) -> ExperimentDocument:
    return ExperimentDocument(BOOK)


def test_a_drag_is_one_step(document: ExperimentDocument) -> None:
    for neurons in range(31, 60):
        wider = change_layer(document.experiment, 0, neurons=neurons)
        document.change("Resize layer", wider, merge_key=("neurons", 0))
    gc.collect()
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.experiment == BOOK
    document.undo_stack.redo()
    assert document.experiment.architecture.text == "784-59-10"


def test_no_change_no_step(document: ExperimentDocument) -> None:
    document.change("Nothing", document.experiment)
    assert document.undo_stack.count() == 0


def test_undo_announces_the_old_experiment(document: ExperimentDocument, qtbot: QtBot) -> None:
    document.change("Learning rate", change_training(BOOK, eta=3.0))
    with qtbot.waitSignal(document.changed) as changed:
        document.undo_stack.undo()
    assert changed.args == [BOOK]


def test_two_kinds_of_edits_are_two_steps(document: ExperimentDocument) -> None:
    document.change("Learning rate", change_training(document.experiment, eta=3.0), "eta")
    document.change("Decay", change_training(document.experiment, lmbda=3.0), "lmbda")
    assert document.undo_stack.count() == 2
    assert document.undo_stack.undoText() == "Decay"


def test_another_experiment_begins_its_own_history(document: ExperimentDocument) -> None:
    document.change("Learning rate", change_training(document.experiment, eta=3.0))
    document.replace(Experiment(dense(2, 3, 2)))
    assert document.undo_stack.count() == 0
    assert document.undo_stack.isClean()


def test_a_drag_back_to_where_it_began_is_that_state_again(document: ExperimentDocument) -> None:
    document.change("Learning rate", change_training(BOOK, eta=3.0))
    before, version = document.experiment, document.version
    for neurons in (31, 35, 30):
        dragged = change_layer(document.experiment, 0, neurons=neurons)
        document.change("Resize layer", dragged, merge_key=("neurons", 0))
    gc.collect()
    assert document.undo_stack.count() == 1
    assert (document.experiment, document.version) == (before, version)
    document.change("Resize layer", change_layer(before, 0, neurons=31), ("neurons", 0))
    assert document.version > version
