"""What stands in the table of runs, and how it looks."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from engine.architecture import dense
from engine.edits import change_training
from engine.runs import Run
from engine.spec import Experiment
from engine.verdict import judge
from gui.common.style import style_sheet
from gui.plots.runs.run_results import RESULTS
from gui.plots.runs.runs import ALONE, Runs
from gui.plots.runs.runs_model import EVALUATED
from gui.theme import DARK
from tests.engine.trained_runs import SMALL, trained
from tests.gui.plots.runs.conftest import LIVE, RELU, earlier, row, tip, titles


def test_the_live_run_is_first_and_marked(card: Runs):
    model = card.model
    assert row(card, 0)[0] == "Run 9 · live"
    assert model.data(model.index(0, 0), Qt.ItemDataRole.FontRole).bold()
    assert model.data(model.index(0, 0), Qt.ItemDataRole.CheckStateRole) is None
    assert [row(card, k)[0] for k in (1, 2, 3)] == ["Run 1", "Run 2", "Run 3"]


def test_only_what_differs_has_a_column(card: Runs):
    assert card.model.titles == ("run", *(r.title for r in RESULTS), "η", "notes")
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


def test_an_accuracy_on_training_examples_says_so(card: Runs):
    evaluations = LIVE.evaluations.copy()
    evaluations[-1, 4:6] = np.nan  # no validation examples
    card.show_runs(replace(LIVE, evaluations=evaluations), earlier())
    assert row(card, 0)[1] == f"{100 * evaluations[-1, 3]:.1f} % (training)"
    assert "(training)" not in row(card, 1)[1]
    assert "accuracy on the training examples" in tip(card, 0, 1)
    assert card.table().rows[0][5] == "training"


def test_titles_are_brief_before_a_result_goes(card: Runs):
    card.resize(1200, 260)
    assert titles(card)[1] == "validation accuracy, last"
    card.resize(900, 260)
    assert titles(card)[1:3] == ["accuracy, last", "cost, last"]
    assert not any(card.view.isColumnHidden(c) for c in (1, 2))
    card.resize(1200, 260)
    assert titles(card)[1] == "validation accuracy, last"


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
    assert card.view.accessibleDescription().startswith(
        "differ in η. Run 9: validation accuracy, last "
    )
    role = Qt.ItemDataRole.AccessibleTextRole
    told = [card.model.data(card.model.index(k, 0), role) for k in (0, 1, 2)]
    assert told == ["Run 9, the live run", "Run 1, shown", "Run 2, hidden"]


def test_the_exported_numbers_are_the_engines(card: Runs):
    table = card.table()
    assert [title for title in table.columns if title not in EVALUATED] == list(card.model.titles)
    cells = dict(zip(table.columns, table.rows[3], strict=True))
    run = earlier()[2]
    assert cells["training cost, last"] == run.evaluations[-1, 2]
    assert cells["validation accuracy, last"] == run.evaluations[-1, 5]
    told = [cells[title] for title in EVALUATED]
    assert told == ["validation", *run.evaluations[-1, :2]]
    assert table.columns[1:3] == ("validation accuracy, last", "training cost, last")
    assert cells["‖δ‖ first : last"] == run.verdict.ratio
    assert (cells["epochs"], cells["η"], cells["run"]) == (2.25, "0.02", "Run 3")
