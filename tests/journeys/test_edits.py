"""Change things in the middle of a run."""

from dataclasses import replace

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from engine import experiment_file
from engine.datasets import DATA_SOURCES
from engine.edits import change_layer, change_training, insert_layer
from engine.experiments import bundled
from gui.main_window import MainWindow
from tests.journeys.conftest import ready


def running(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.snapshot.step > 20)


def test_eta_batch_and_epochs_act_while_it_runs(quick: MainWindow, qtbot: QtBot) -> None:
    running(quick, qtbot)
    document = quick.document
    live = change_training(document.experiment, eta=0.01, batch=100, epochs=20_000)
    document.change("live", live)
    qtbot.waitUntil(lambda: quick.session.snapshot.last_step > 20_000)
    assert quick.session.is_running
    assert quick.session.snapshot.step > 20
    assert not quick.message.text
    qtbot.waitUntil(lambda: "20,000" in shown_texts(quick))


def shown_texts(window: MainWindow) -> str:
    return " ".join(label.text() for label in window.network.transport.findChildren(QLabel))


def test_a_new_layer_pauses_and_says_that_the_run_starts_anew(
    quick: MainWindow, qtbot: QtBot
) -> None:
    running(quick, qtbot)
    document = quick.document
    document.change("Add layer", insert_layer(document.experiment, 1))
    assert not quick.session.is_running
    qtbot.waitUntil(lambda: ready(quick, document.experiment))
    assert "starts anew" in quick.message.text
    assert quick.session.snapshot.step == 0
    quick.document.undo_stack.undo()
    qtbot.waitUntil(lambda: ready(quick, document.experiment))
    assert quick.session.snapshot.layers == 3


def test_a_drag_of_the_width_begins_one_run(quick: MainWindow, qtbot: QtBot) -> None:
    begun = []
    quick.session.loading_changed.connect(begun.append)
    for neurons in range(9, 40):
        wider = change_layer(quick.document.experiment, 0, neurons=neurons)
        quick.document.change("Resize layer 1", wider, merge_key="drag")
    qtbot.waitUntil(lambda: ready(quick, quick.document.experiment))
    assert begun.count(True) == 1


def test_a_new_seed_keeps_it_running(quick: MainWindow, qtbot: QtBot) -> None:
    running(quick, qtbot)
    qtbot.keyClick(quick, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: quick.session.snapshot is not None and quick.session.snapshot.step > 0)
    assert quick.session.is_running


def test_changing_everything_all_the_time(quick: MainWindow, qtbot: QtBot) -> None:
    """Data sets, layers, restarts and closing in the middle of a run."""
    document = quick.document
    sources = [DATA_SOURCES[key]() for key in ("xor", "circles", "moons", "blobs", "parity")]
    for number in range(200):
        quick.session.resume()
        experiment = document.experiment
        if number % 4 == 0:
            experiment = change_training(experiment, data=sources[number // 4 % len(sources)])
        elif number % 4 == 1:
            experiment = change_layer(experiment, 0, neurons=2 + number % 9)
        elif number % 4 == 2:
            experiment = change_training(experiment, seed=number)
        else:
            quick.actions_by_name["restart"].trigger()
        document.change("change", experiment)
        qtbot.wait(0 if number % 10 else 30)
    qtbot.waitUntil(lambda: ready(quick, document.experiment))
    assert not quick.message.text or "anew" in quick.message.text


def test_the_books_experiments_open_with_their_notes_and_pace(
    window: MainWindow, qtbot: QtBot
) -> None:
    experiments = dict(bundled())
    experiment = experiments["fullbatch-3-hidden.toml"]
    window.files.show(experiment)
    qtbot.waitUntil(lambda: ready(window, experiment), timeout=20_000)
    assert 25 < window.session.pace.steps_per_second < 45
    assert "0.012" in window.message.text


def test_save_open_and_drop(quick: MainWindow, tmp_path, qtbot: QtBot) -> None:
    path = tmp_path / "mine.toml"
    quick.files.current.path = path
    document = quick.document
    document.change("eta", change_training(document.experiment, eta=0.25))
    assert quick.isWindowModified()
    qtbot.keyClick(quick, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not quick.isWindowModified()
    assert experiment_file.read(path).training.eta == 0.25
    other = tmp_path / "other.toml"
    experiment_file.write(other, change_training(document.experiment, eta=0.75))
    drop(quick, other)
    assert document.experiment.training.eta == 0.75


def test_a_wrong_file_is_refused_and_what_was_open_stays(
    quick: MainWindow, tmp_path, qtbot: QtBot
) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("this is no experiment")
    before = quick.document.experiment
    drop(quick, wrong)
    assert "wrong.toml" in quick.message.text
    assert quick.document.experiment is before


def test_unsaved_changes_are_asked_about(quick: MainWindow, qtbot: QtBot, monkeypatch) -> None:
    asked = []

    def question(*arguments: object) -> QMessageBox.StandardButton:
        asked.append(arguments)
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "question", question)
    document = quick.document
    document.change("eta", change_training(document.experiment, eta=0.25))
    before = document.experiment
    quick.actions_by_name["new"].trigger()
    quick.close()
    assert len(asked) == 2
    assert quick.isVisible()
    assert document.experiment is before


def test_a_diverging_run_stops_and_says_where(quick: MainWindow, qtbot: QtBot) -> None:
    document = quick.document
    experiment = change_training(document.experiment, cost="quadratic", eta=1000.0)
    for layer in range(3):
        experiment = change_layer(experiment, layer, activation="linear")
    document.change("explode", experiment)
    qtbot.waitUntil(lambda: quick.run.loaded == experiment and ready(quick, experiment))
    quick.session.resume()
    qtbot.waitUntil(lambda: "no longer finite" in quick.message.text)
    assert "Stopped at step" in quick.message.text
    assert not quick.session.is_running


def test_missing_data_is_told_and_undone(quick: MainWindow, qtbot: QtBot) -> None:
    data = DATA_SOURCES["own"](path="there-is-none.csv")
    experiment = quick.document.experiment
    broken = replace(experiment, training=replace(experiment.training, data=data))
    quick.document.change("data", broken)
    qtbot.waitUntil(lambda: "there-is-none.csv" in quick.message.text)
    quick.document.undo_stack.undo()
    qtbot.waitUntil(lambda: ready(quick, experiment))


def drop(window: MainWindow, path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(QPoint(100, 100)), Qt.DropAction.CopyAction, mime,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    window.dropEvent(event)
