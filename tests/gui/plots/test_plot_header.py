"""A header says as much as there is room for."""

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from gui.common.card import Chip, FlatCombo, caption, card_title
from gui.common.table_combo import Choice
from gui.plots.header import PlotHeader


@pytest.fixture
def header(qtbot: QtBot) -> PlotHeader:
    header = PlotHeader()
    header.title, header.chip, header.note = card_title("Speed"), Chip(), caption("of the mean")
    for widget in (header.title, header.note, header.chip, QToolButton()):
        header.add(widget)
    header.chip.tell("vanishing", "vanishing, 1 : 14.7", "", "1 : 14.7")
    qtbot.addWidget(header)
    header.resize(600, 30)
    header.show()
    return header


def widths(header: PlotHeader) -> list[int]:
    return [header.title.width(), header.note.width(), header.chip.width()]


def test_words_go_as_the_room_goes(header: PlotHeader, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(widths(header)))
    assert header.chip.text() == "vanishing, 1 : 14.7"
    enough = header.sizeHint().width()
    header.resize(enough - 10, 30)
    assert header.chip.text() == "1 : 14.7"
    shown = []
    for width in range(enough, header.minimumSizeHint().width() - 1, -5):
        header.resize(width, 30)
        qtbot.wait(1)
        shown.append(tuple(w > 0 for w in widths(header)))
        ends = [w.geometry().right() for w in (header.title, header.note, header.chip)]
        assert max(ends) < width
    assert shown[0] == (True, True, True)
    assert shown[-1] == (True, False, False)
    header.resize(600, 30)
    qtbot.waitUntil(lambda: all(widths(header)))
    assert header.chip.text() == "vanishing, 1 : 14.7"


def test_a_verdict_that_grows_is_fitted_and_then_there_is_peace(
    header: PlotHeader, qtbot: QtBot
) -> None:
    header.resize(header.sizeHint().width(), 30)
    header.chip.tell("exploding", "exploding, a thousand times : 1", "", "1,000 : 1")
    qtbot.waitUntil(lambda: header.chip.text() == "1,000 : 1")
    calls = 0
    fit = header.fit

    def counted() -> None:
        nonlocal calls
        calls += 1
        fit()

    header.fit = counted
    qtbot.wait(60)
    assert calls < 5


def test_a_choice_that_is_the_title_is_cut_at_worst(qtbot: QtBot) -> None:
    header, table = PlotHeader(), {"a": Choice("Speed of learning"), "b": Choice("σ′")}
    choice, tool = FlatCombo("measure", table, "What is measured"), QToolButton()
    for widget in (choice, tool):
        header.add(widget)
    qtbot.addWidget(header)
    header.resize(400, 30)
    header.show()
    full = choice.sizeHint().width()
    assert choice.width() >= full
    header.resize(header.minimumSizeHint().width(), 30)
    qtbot.waitUntil(lambda: choice.width() < full)
    assert header.minimumSizeHint().width() < full
    assert choice.geometry().right() < tool.geometry().left()
    assert tool.geometry().right() < header.width()
    assert "Speed of learning" in choice.toolTip()
    choice.setCurrentIndex(1)
    assert choice.minimumSizeHint() == choice.sizeHint()  # short as it is
