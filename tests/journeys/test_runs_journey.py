"""Runs in the real window: made by every start, compared, changed by hand, saved, brought back."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from engine.edits import change_training
from engine.spec import Experiment
from gui.main_window import MainWindow
from gui.plots.runs.runs import Runs
from tests.journeys.conftest import ready


def train(window: MainWindow, steps: int, qtbot: QtBot) -> int:
    """So many single steps; the step at which the run stands."""
    goal = window.book.live.step + steps
    for _ in range(steps):
        window.session.step_once()
    qtbot.waitUntil(lambda: window.book.live.step == goal, timeout=10_000)
    return goal


def begin_another(window: MainWindow, action: str, qtbot: QtBot) -> None:
    before = window.book.live.id
    window.actions_by_name[action].trigger()
    qtbot.waitUntil(lambda: window.book.live.id != before, timeout=10_000)


def names(window: MainWindow) -> list[str]:
    return [run.name for run in window.book.earlier]


@pytest.fixture
def card(quick: MainWindow, qtbot: QtBot) -> Runs:
    plots = quick.network.plots
    plots.set_shown("runs", True)
    plots.maximise("runs")
    card = plots.card("runs")
    assert isinstance(card, Runs)
    qtbot.waitUntil(card.isVisible)
    return card


def cells(card: Runs, title: str) -> list[str]:
    model = card.model
    return [model.words(run, model.titles.index(title)) for run in model.runs]


def test_every_start_makes_a_run(quick: MainWindow, card: Runs, qtbot: QtBot) -> None:
    train(quick, 3, qtbot)
    begin_another(quick, "restart", qtbot)
    assert card.subtitle.text() == "nothing differs between their settings"
    train(quick, 2, qtbot)
    begin_another(quick, "new_seed", qtbot)
    train(quick, 4, qtbot)
    assert cells(card, "run") == ["Run 3 · live", "Run 1", "Run 2"]
    assert card.subtitle.text() == "nothing differs but the seed"
    assert [run.step for run in quick.book.earlier] == [3, 2]


def test_undo_of_an_edit_brings_its_run_back_and_doubles_none(
    quick: MainWindow, card: Runs, spirals: Experiment, qtbot: QtBot
) -> None:
    train(quick, 5, qtbot)
    quick.document.change("Cost", change_training(spirals, cost="quadratic"))
    qtbot.waitUntil(lambda: names(quick) == ["Run 1"], timeout=10_000)
    train(quick, 2, qtbot)
    quick.document.undo_stack.undo()
    qtbot.waitUntil(lambda: names(quick) == ["Run 2"], timeout=10_000)
    assert (quick.book.live.name, quick.book.live.step) == ("Run 1", 5)
    assert cells(card, "cost function") == ["cross-entropy", "quadratic"]
    quick.document.undo_stack.redo()
    qtbot.waitUntil(lambda: names(quick) == ["Run 1"], timeout=10_000)
    assert (quick.book.live.name, quick.book.live.step) == ("Run 2", 2)


def test_a_setting_taken_over_on_the_way_goes_on_in_the_same_run(
    quick: MainWindow, card: Runs, spirals: Experiment, qtbot: QtBot
) -> None:
    train(quick, 3, qtbot)
    quick.document.change("η", change_training(spirals, eta=0.5))
    train(quick, 1, qtbot)
    assert names(quick) == []
    begin_another(quick, "restart", qtbot)
    assert cells(card, "η") == ["0.5", "0.1 → 0.5"]


def test_renamed_hidden_and_deleted_with_the_keyboard_and_undone(
    quick: MainWindow, card: Runs, qtbot: QtBot
) -> None:
    train(quick, 3, qtbot)
    begin_another(quick, "new_seed", qtbot)
    train(quick, 1, qtbot)
    seen: list[list[str]] = []
    quick.book.changed.connect(lambda: seen.append([run.name for run in quick.book.shown]))
    view = card.view
    view.setFocus()
    view.selectRow(1)
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = view.findChild(QLineEdit)
    qtbot.keyClicks(editor, "base line")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(quick) == ["base line"])
    assert cells(card, "run") == ["Run 2 · live", "base line"]
    playing = quick.session.is_running
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert quick.book.shown == ()
    assert quick.session.is_running == playing
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert names(quick) == []
    assert quick.isWindowModified()
    for name in (["base line"], ["base line"], ["Run 1"]):
        quick.document.undo_stack.undo()
        assert names(quick) == name
    assert seen[-1] == ["Run 1"]


def test_settings_of_an_earlier_run_are_taken_again(
    quick: MainWindow, card: Runs, spirals: Experiment, qtbot: QtBot
) -> None:
    train(quick, 3, qtbot)
    quick.document.change("Cost", change_training(spirals, cost="quadratic"))
    qtbot.waitUntil(lambda: names(quick) == ["Run 1"], timeout=10_000)
    card.settings_wanted.emit(quick.book.earlier[0].id)
    assert quick.document.experiment == spirals
    assert quick.document.undo_stack.undoText() == "Settings of Run 1"


def test_saved_with_the_document_and_opened_again(
    quick: MainWindow, card: Runs, spirals: Experiment, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    train(quick, 3, qtbot)
    begin_another(quick, "restart", qtbot)
    train(quick, 5, qtbot)
    records = [run.history.tobytes() for run in quick.book.trained]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.toml"), ""))
    quick.actions_by_name["save_as"].trigger()
    assert quick.message.text == "Saved to a.toml, its 2 runs to a.runs.npz."
    quick.files.new()
    assert names(quick) == []
    quick.files.open(tmp_path / "a.toml")
    qtbot.waitUntil(lambda: quick.book.live is not None and ready(quick, spirals), timeout=10_000)
    assert names(quick) == ["Run 1", "Run 2"]
    assert [run.history.tobytes() for run in quick.book.earlier] == records
    assert cells(card, "run") == ["Run 3 · live", "Run 1", "Run 2"]
    assert not quick.isWindowModified()


def test_damaged_runs_are_told_beside_the_open_document(quick: MainWindow, tmp_path: Path) -> None:
    quick.files.current.path = tmp_path / "a.toml"
    assert quick.files.save()
    (tmp_path / "a.runs.npz").write_bytes(b"no file of runs")
    quick.files.open(tmp_path / "a.toml")
    assert quick.message.text.startswith("a.runs.npz: the file is no file of runs")


def test_exported_together(
    quick: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "r.csv"), ""))
    quick.actions_by_name["export_runs"].trigger()
    assert quick.message.text == "There is no run yet: train one first."
    for _ in range(2):
        train(quick, 3, qtbot)
        begin_another(quick, "restart", qtbot)
    train(quick, 1, qtbot)
    quick.book.set_shown([quick.book.earlier[0].id], False)
    quick.actions_by_name["export_runs"].trigger()
    with (tmp_path / "r.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["run"] for row in rows} == {"Run 2", "Run 3"}
    said = f"Saved 2 runs with {len(rows)} rows to r.csv; 1 hidden left out."
    assert quick.message.text == said


def test_a_branch_is_a_run_and_its_undo_doubles_none(quick: MainWindow, qtbot: QtBot) -> None:
    train(quick, 12, qtbot)
    moment = int(quick.session.snapshot.keyframe_steps[0])
    quick.session.look_back(moment)
    qtbot.waitUntil(lambda: quick.session.snapshot.newest_step > quick.session.snapshot.step)
    assert quick.book.live.step == 12
    begin_another(quick, "branch", qtbot)
    assert quick.book.live.branched_from == ("Run 1", moment)
    train(quick, 1, qtbot)
    quick.document.undo_stack.undo()
    qtbot.waitUntil(lambda: names(quick) == ["Run 2"], timeout=10_000)
    assert (quick.book.live.name, quick.book.live.step) == ("Run 1", 12)
    quick.document.undo_stack.redo()
    qtbot.waitUntil(lambda: names(quick) == ["Run 1"], timeout=10_000)
    assert (quick.book.live.name, quick.book.live.step) == ("Run 2", moment + 1)
