"""The table of runs: what stands in it, and what hands and keys ask for."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.edits import change_training
from engine.runs import Run
from engine.snapshot import Snapshot
from engine.spec import Experiment
from engine.trainer import start
from engine.verdict import judge
from gui.common.style import style_sheet
from gui.plots.runs.run_results import RESULTS
from gui.plots.runs.runs import ALONE, Runs
from gui.theme import DARK, LIGHT
from tests.engine.trained_runs import SMALL, trained, with_eta

LEFT = Qt.MouseButton.LeftButton
RELU = Experiment(dense(2, 5, 2), change_training(SMALL, eta=0.5, seed=3).training)


def earlier() -> list[Run]:
    return [
        replace(trained(), notes="the book's"),
        with_eta(0.5, id=2, name="Run 2", colour=1, shown=False),
        with_eta(0.02, id=3, name="Run 3", colour=2),
    ]


LIVE = with_eta(0.25, id=9, name="Run 9", colour=8)


@pytest.fixture
def card(qtbot: QtBot) -> Runs:
    card = Runs(LIGHT)
    qtbot.addWidget(card)
    card.setStyleSheet(style_sheet(LIGHT))
    card.resize(900, 260)
    card.show()
    card.show_runs(LIVE, earlier())
    return card


def row(card: Runs, k: int) -> list[str]:
    model = card.model
    return [model.data(model.index(k, c)) for c in range(model.columnCount())]


def titles(card: Runs) -> list[str]:
    horizontal = Qt.Orientation.Horizontal
    return [card.model.headerData(c, horizontal) for c in range(card.model.columnCount())]


def heard(signal: Any) -> list[tuple[object, ...]]:
    calls: list[tuple[object, ...]] = []
    signal.connect(lambda *args: calls.append(args))
    return calls


def place(card: Runs, k: int, column: int = 0) -> QPoint:
    return card.view.visualRect(card.model.index(k, column)).center()


def choose(card: Runs, *rows: int, qtbot: QtBot) -> None:
    for n, k in enumerate(rows):
        held = Qt.KeyboardModifier.ControlModifier if n else Qt.KeyboardModifier.NoModifier
        qtbot.mouseClick(card.view.viewport(), LEFT, held, place(card, k, 1))


def test_the_live_run_is_first_and_marked(card: Runs):
    model = card.model
    assert row(card, 0)[0] == "Run 9 · live"
    assert model.data(model.index(0, 0), Qt.ItemDataRole.FontRole).bold()
    assert model.data(model.index(0, 0), Qt.ItemDataRole.CheckStateRole) is None
    assert [row(card, k)[0] for k in (1, 2, 3)] == ["Run 1", "Run 2", "Run 3"]


def test_only_what_differs_has_a_column(card: Runs):
    assert titles(card) == ["run", *(r.title for r in RESULTS), "η", "notes"]
    assert [row(card, k)[-2] for k in range(4)] == ["0.25", "0.1", "0.5", "0.02"]
    assert card.subtitle.text() == "differ in η"
    card.show_runs(LIVE, [*earlier(), trained(RELU, id=4, name="Run 4")])
    assert "seed" in titles(card)
    assert "λ" not in titles(card)


def test_numbers_are_those_of_the_run(card: Runs):
    run = earlier()[1]
    cells = row(card, 2)
    assert cells[1] == f"{100 * run.evaluations[-1, 5]:.1f} %"
    assert float(cells[2]) == pytest.approx(run.evaluations[-1, 2], rel=1e-2)
    assert cells[3] == f"{run.epoch:.1f}"
    assert cells[4] == run.verdict.words


def test_words_for_what_is_the_same(card: Runs):
    card.show_runs(LIVE, [])
    assert card.subtitle.text() == ALONE
    other = replace(LIVE, id=1)
    card.show_runs(LIVE, [other])
    assert card.subtitle.text() == "nothing differs between their settings"
    seeded = change_training(LIVE.experiment, seed=77)
    card.show_runs(LIVE, [replace(other, experiment=seeded)])
    assert card.subtitle.text() == "nothing differs but the seed"
    card.show_runs(None, [])
    assert card.model.rowCount() == 0
    many = Experiment(dense(2, 9, 9, 2, initializer="large"), RELU.training)
    card.show_runs(LIVE, [trained(many, id=1)])
    assert card.subtitle.text() == "differ in network, initial W, η and 1 more"
    assert card.subtitle.toolTip() == "differ in network, initial W, η, seed"


def test_strange_numbers_are_words(card: Runs):
    def with_record(**columns: float) -> Run:
        run = trained()
        history, evaluations = run.history.copy(), run.evaluations.copy()
        history[-1, 3:5] = columns.get("first", 1.0), columns.get("last", 1.0)
        evaluations[-1, 2:6] = columns.get("score", 0.5)
        return replace(run, history=history, evaluations=evaluations)

    strange = [
        with_record(first=0.0), with_record(last=0.0), with_record(first=np.nan),
        with_record(first=np.inf), with_record(score=np.nan), with_record(score=np.inf),
        replace(with_record(), diverged=True), trained(Experiment(dense(2, 2), SMALL.training)),
        replace(trained(), history=trained().history[:0], evaluations=trained().evaluations[:0]),
    ]  # fmt: skip
    card.show_runs(None, [replace(run, id=k) for k, run in enumerate(strange)])
    words = [row(card, k)[4] for k in range(len(strange))]
    assert words[1].startswith("exploding")
    assert words[2] == words[3] == judge(np.array([np.nan, 1.0, 1.0])).words
    assert words[6] == "diverged, step 9"
    assert words[7] == words[8] == "–"
    assert [row(card, k)[1] for k in (4, 8)] == ["–", "–"]
    for column in range(card.model.columnCount()):
        for order in Qt.SortOrder:
            card.view.sortByColumn(column, order)
    card.grab()
    assert card.table().csv()


def test_a_hundred_layers_and_fifty_runs(card: Runs):
    deep = Experiment(dense(2, *[3] * 99, 2), SMALL.training)
    runs = [replace(trained(deep, 2), id=k, name=f"Run {k}") for k in range(50)]
    card.show_runs(LIVE, runs)
    card.grab()
    assert card.model.rowCount() == 51


# -- the live run trains on ---------------------------------------------------------------------


def moved_on(steps: int) -> Snapshot:
    trainer = start(LIVE.experiment)
    for _ in range(steps):
        trainer.step()
    trainer.evaluate()
    return trainer.snapshot()


def test_the_live_row_follows_four_times_a_second(card: Runs, qtbot: QtBot):
    card.show_snapshot(moved_on(40))
    qtbot.waitUntil(lambda: row(card, 0)[3] == "10.0", timeout=1000)
    repaints = heard(card.model.dataChanged)
    for steps in (44, 48, 52):
        card.show_snapshot(moved_on(steps))
    assert len(repaints) <= 1
    qtbot.waitUntil(lambda: row(card, 0)[3] == "13.0", timeout=1000)
    assert row(card, 1)[3] == "2.2"


@pytest.mark.parametrize("seen", [True, False])
def test_another_run_does_not_inherit_its_numbers(card: Runs, qtbot: QtBot, seen: bool):
    card.show_snapshot(moved_on(40))
    qtbot.waitUntil(lambda: row(card, 0)[3] == "10.0", timeout=1000)
    if seen:  # who is not seen is not told
        card.set_experiment(SMALL)
    card.show_runs(replace(LIVE, id=10, name="Run 10"), [*earlier(), LIVE])
    assert row(card, 0)[3] == "2.2"


def test_a_snapshot_of_another_network_is_left_out(card: Runs):
    trainer = start(RELU)
    trainer.evaluate()
    card.show_snapshot(trainer.snapshot())
    assert row(card, 0)[3] == "2.2"


# -- hands and keys ----------------------------------------------------------------------------


def check_box(card: Runs, k: int) -> QRect:
    option = QStyleOptionViewItem()
    card.view.initViewItemOption(option)
    index = card.model.index(k, 0)
    card.view.itemDelegate().initStyleOption(option, index)
    option.rect = card.view.visualRect(index)
    element = QStyle.SubElement.SE_ItemViewItemCheckIndicator
    return card.view.style().subElementRect(element, option, card.view)


def test_the_box_hides_and_shows(card: Runs, qtbot: QtBot):
    wanted = heard(card.shown_wanted)
    for k in (1, 2):
        qtbot.mouseClick(card.view.viewport(), LEFT, pos=check_box(card, k).center())
    assert wanted == [((1,), False), ((2,), True)]


def test_space_is_for_all_that_are_selected(card: Runs, qtbot: QtBot):
    wanted = heard(card.shown_wanted)
    choose(card, 1, 2, qtbot=qtbot)
    qtbot.keyClick(card.view, Qt.Key.Key_Space)
    choose(card, 1, 3, qtbot=qtbot)
    qtbot.keyClick(card.view, Qt.Key.Key_Space)
    assert wanted == [((1, 2), True), ((1, 3), False)]


def test_delete_never_takes_the_live_run(card: Runs, qtbot: QtBot):
    wanted = heard(card.delete_wanted)
    choose(card, 0, qtbot=qtbot)
    qtbot.keyClick(card.view, Qt.Key.Key_Delete)
    qtbot.keyClick(card.view, Qt.Key.Key_Space)
    assert wanted == []
    choose(card, 0, 3, qtbot=qtbot)
    qtbot.keyClick(card.view, Qt.Key.Key_Delete)
    assert wanted == [((3,),)]


def editor(card: Runs) -> QLineEdit:
    return card.view.findChild(QLineEdit)


def test_f2_renames_in_place(card: Runs, qtbot: QtBot):
    wanted = heard(card.rename_wanted)
    choose(card, 0, qtbot=qtbot)
    qtbot.keyClick(card.view, Qt.Key.Key_F2)
    assert editor(card).text() == "Run 9"
    qtbot.keyClicks(editor(card), "base line")
    qtbot.keyClick(editor(card), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wanted == [(9, "base line")])


def test_escape_renames_nothing(card: Runs, qtbot: QtBot):
    wanted = heard(card.rename_wanted)
    choose(card, 1, qtbot=qtbot)
    qtbot.keyClick(card.view, Qt.Key.Key_F2)
    qtbot.keyClicks(editor(card), "x")
    qtbot.keyClick(editor(card), Qt.Key.Key_Escape)
    assert wanted == []


def test_a_double_click_on_the_notes_edits_them(card: Runs, qtbot: QtBot):
    wanted = heard(card.notes_wanted)
    last = card.model.columnCount() - 1
    qtbot.mouseClick(card.view.viewport(), LEFT, pos=place(card, 2, last))
    qtbot.mouseDClick(card.view.viewport(), LEFT, pos=place(card, 2, last))
    qtbot.keyClicks(editor(card), "again")
    qtbot.keyClick(editor(card), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wanted == [(2, "again")])


def test_longer_notes(card: Runs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    wanted, asked = heard(card.notes_wanted), []

    def ask(_parent: object, _title: str, label: str, text: str) -> tuple[str, bool]:
        asked.append((label, text))
        return "a\nb", len(asked) == 1

    monkeypatch.setattr(QInputDialog, "getMultiLineText", ask)
    choose(card, 1, qtbot=qtbot)
    for _ in range(2):
        qtbot.keyClick(card.view, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert asked == [("Notes on Run 1:", "the book's")] * 2
    assert wanted == [(1, "a\nb")]


def test_keys_of_the_window_are_the_tables_while_it_has_the_focus(card: Runs, qtbot: QtBot):
    """Space plays and pauses elsewhere."""
    tapped = []
    action = card.addAction("play")
    action.setShortcut("Space")
    action.triggered.connect(lambda: tapped.append(1))
    wanted = heard(card.shown_wanted)
    card.activateWindow()
    card.view.setFocus()
    qtbot.waitUntil(card.view.hasFocus)
    choose(card, 1, qtbot=qtbot)
    qtbot.keyClick(card.view, Qt.Key.Key_Space)
    assert (len(wanted), tapped) == (1, [])
    card.maximise_button.setFocus()
    qtbot.keyClick(card.subtitle, Qt.Key.Key_Space)
    assert tapped == [1]


def test_a_title_sorts_and_the_live_run_stays_first(card: Runs, qtbot: QtBot):
    header, model = card.view.horizontalHeader(), card.model
    column = titles(card).index("η")

    def click() -> list[str]:
        at = QPoint(header.sectionViewportPosition(column) + 8, header.height() // 2)
        qtbot.mouseClick(header.viewport(), LEFT, pos=at)
        return [model.data(model.index(k, column)) for k in range(4)]

    assert [click(), click()] in (
        [["0.25", "0.02", "0.1", "0.5"], ["0.25", "0.5", "0.1", "0.02"]],
        [["0.25", "0.5", "0.1", "0.02"], ["0.25", "0.02", "0.1", "0.5"]],
    )
    card.reset()
    assert [row(card, k)[0] for k in range(4)] == ["Run 9 · live", "Run 1", "Run 2", "Run 3"]


def test_the_selection_stays_with_its_runs(card: Runs, qtbot: QtBot):
    choose(card, 1, 3, qtbot=qtbot)
    card.show_runs(LIVE, earlier()[1:])
    assert [run.name for run in card.chosen] == ["Run 3"]
    assert card.current is not None
    assert card.current.name == "Run 3"


def test_the_menu(card: Runs, qtbot: QtBot):
    calls = {
        name: heard(getattr(card, f"{name}_wanted"))
        for name in ("shown", "delete", "colour", "settings")
    }
    choose(card, 3, qtbot=qtbot)
    menu = card.menu_of(card.current)
    actions = {a.text().replace("&", "").partition("\t")[0]: a for a in menu.actions()}
    assert [a for a, action in actions.items() if a and action.isEnabled()] == [
        "Rename", "Notes…", "Colour", "Hide Run 3", "Take the settings of Run 3",
        "Delete Run 3", "Delete all other earlier runs",
    ]  # fmt: skip
    for name in list(actions)[3:]:
        if name and name != "Colour":
            actions[name].trigger()
    actions["Colour"].menu().actions()[5].trigger()
    assert calls == {
        "shown": [((3,), False)], "delete": [((3,),), ((1, 2),)], "colour": [(3, 5)],
        "settings": [(3,)],
    }  # fmt: skip
    choose(card, 0, qtbot=qtbot)
    live = card.menu_of(card.current)
    off = [
        a.text().replace("&", "").partition("\t")[0] for a in live.actions() if not a.isEnabled()
    ]
    assert [a for a in off if a] == [
        "Show Run 9", "Take the settings of Run 9", "Delete Run 9"
    ]  # fmt: skip


def test_the_menu_opens_where_the_pointer_is(card: Runs, qtbot: QtBot):
    choose(card, 2, qtbot=qtbot)
    card.view.customContextMenuRequested.emit(place(card, 2))
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert popup.objectName() == "run_menu"
    popup.close()


# -- how it looks ------------------------------------------------------------------------------


def test_notes_are_no_markup(card: Runs):
    card.show_runs(LIVE, [replace(trained(), notes="<h1>a & b</h1>")])
    tip = card.model.data(card.model.index(1, 0), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;h1&gt;a &amp; b" in tip


def test_the_tooltip_tells_the_whole_story(card: Runs):
    run = replace(
        trained().changed_to(change_training(SMALL, eta=0.5), 7), branched_from=("Run 3", 4),
        began="2025-11-21T13:30:59+01:00",
    )  # fmt: skip
    card.show_runs(LIVE, [run])
    tip = card.model.data(card.model.index(1, 0), Qt.ItemDataRole.ToolTipRole)
    for words in (
        "Run 1: 9 steps, 2.25 epochs", "begun 2025-11-21 13:30", "branched from Run 3 at step 4",
        "η 0.1 → 0.5 at step 7",
    ):  # fmt: skip
        assert words in tip


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", [(300, 160), (470, 210), (1280, 700)])
def test_what_is_seen_is_not_cut(card: Runs, size: tuple[int, int], scale: float):
    card.setStyleSheet(style_sheet(DARK, scale))
    card.resize(*size)
    card.set_theme(DARK)
    card.grab()
    view = card.view
    for column in range(card.model.columnCount()):
        if not view.isColumnHidden(column):
            metrics = QFontMetrics(view.font())
            width = metrics.horizontalAdvance(
                max((row(card, k)[column] for k in range(4)), key=len)
            )
            widest = 24 * metrics.averageCharWidth()
            assert view.columnWidth(column) >= min(width, widest), titles(card)[column]
    assert not view.isColumnHidden(0)
    assert not view.isColumnHidden(1)
    if size[0] == 1280 and scale < 2:
        assert not any(view.isColumnHidden(c) for c in range(card.model.columnCount()))


def test_it_is_told_in_words(card: Runs):
    assert card.view.accessibleName() == "Runs"
    assert card.view.accessibleDescription().startswith("differ in η. Run 9: accuracy ")
    role = Qt.ItemDataRole.AccessibleTextRole
    told = [card.model.data(card.model.index(k, 0), role) for k in (0, 1, 2)]
    assert told == ["Run 9, the live run", "Run 1, shown", "Run 2, hidden"]


def test_the_exported_numbers_are_the_engines(card: Runs):
    table = card.table()
    assert table.columns == tuple(titles(card))
    cells = dict(zip(table.columns, table.rows[3], strict=True))
    run = earlier()[2]
    assert (cells["cost"], cells["accuracy"]) == (run.evaluations[-1, 2], run.evaluations[-1, 5])
    assert cells["‖δ‖ first : last"] == run.history[-1, 4] / run.history[-1, 3]
    assert (cells["epochs"], cells["η"], cells["run"]) == (2.25, "0.02", "Run 3")
