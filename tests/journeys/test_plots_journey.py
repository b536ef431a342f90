"""The instruments in the real window: keys, menu, layout, and what is asked of the engine."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.common.turns import BOTH, FIRST, SECOND
from gui.main_window import MainWindow
from gui.plots.table import BY_KEY, PLOTS, USUAL
from tests.journeys.conftest import end

USUAL_KEYS = {key for column in USUAL for key in column if key in BY_KEY}


def seen(window: MainWindow) -> set[str]:
    return {dock.plot.key for dock in window.network.plots.seen}


def test_a_key_maximises_and_the_network_comes_back(quick: MainWindow, qtbot: QtBot) -> None:
    page = quick.network
    page.plots.card("cost_accuracy").cost.setFocus()
    qtbot.keyClick(page.plots.card("cost_accuracy").cost, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: seen(quick) == {"cost_accuracy"})
    assert page.panel.isHidden()
    assert page.settings_panel.isHidden()
    qtbot.waitUntil(lambda: page.plots.width() > quick.width() - 10)
    qtbot.keyClick(page.plots.card("cost_accuracy"), Qt.Key.Key_M)
    qtbot.waitUntil(lambda: seen(quick) == USUAL_KEYS)
    assert page.panel.isVisible()
    assert page.settings_panel.isVisible()
    qtbot.waitUntil(lambda: page.plots.width() < 500)
    assert max(dock.geometry().right() for dock in page.plots.seen) < page.plots.width()


def test_all_plots_and_the_usual_ones_by_keys(quick: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(quick, Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(seen(quick)) == len(PLOTS))
    assert quick.network.panel.isHidden()
    assert quick.network.plots.hasFocus()
    assert quick.actions_by_name["plots_only"].isChecked()
    qtbot.keyClick(quick, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: seen(quick) == USUAL_KEYS)
    assert quick.network.panel.isVisible()


def test_only_the_plots_that_are_seen_have_wishes(quick: MainWindow, qtbot: QtBot) -> None:
    plots = quick.network.plots
    for plot in PLOTS:
        plots.set_shown(plot.key, True)
        qtbot.waitUntil(lambda key=plot.key: key in seen(quick))
        wishes = plots.card(plot.key).wishes()
        if wishes:
            qtbot.waitUntil(lambda wishes=wishes: wishes <= asked(quick))
        plots.set_shown(plot.key, False)
        qtbot.waitUntil(lambda: asked(quick) == plots.feed.wishes())


def asked(window: MainWindow) -> frozenset[object]:
    snapshot = window.session.snapshot
    inspection = snapshot.inspection if snapshot else None
    return inspection.subject.wishes if inspection else frozenset()


def test_the_layout_outlives_the_window(quick: MainWindow, qtbot: QtBot, settings: object) -> None:
    quick.network.plots.set_shown("cost_accuracy", False)
    qtbot.waitUntil(lambda: "cost_accuracy" not in seen(quick))
    quick.document.undo_stack.setClean()
    quick.close()
    again = MainWindow(settings)
    again.show()
    qtbot.waitUntil(lambda: seen(again) == USUAL_KEYS - {"cost_accuracy"})
    end(again)


def test_network_and_plots_draw_by_turns_and_all_the_last(
    quick: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, snapshot = quick.network, replace(quick.session.snapshot, weights=None)
    told: list[str] = []
    for name, shows in (("network", page.canvas), ("speed", page.plots.card("speed_of_learning"))):
        monkeypatch.setattr(shows, "show_snapshot", lambda _, name=name: told.append(name))
    monkeypatch.setattr(page.plots.card("speed_of_learning"), "is_outdated", lambda _: True)

    def drawn(turn: tuple[int, ...] | None) -> list[str]:
        told.clear()
        monkeypatch.setattr(page._turns, "next", lambda: turn)
        page.show_snapshot(snapshot)
        return list(told)

    assert drawn(FIRST) == ["speed"]
    assert drawn(SECOND) == ["network"]
    assert drawn(BOTH) == ["network", "speed"]
    assert drawn(None) == ["network", "speed"]
    told.clear()
    page._turns.rested.emit()
    assert told == ["network", "speed"]


def test_advice_and_plots_tell_one_ratio(
    quick: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A single mini-batch says another one than the next."""
    qtbot.waitUntil(lambda: quick.session.is_resting)
    history = np.full((300, quick.session.snapshot.history.shape[1]), 0.5)
    history[:, 1] = np.linspace(0, 0.01, 300)
    history[:, 3] = 1.0
    history[-2:, 4] = 10.0, 1000.0
    snapshot = replace(quick.session.snapshot, history=history)
    monkeypatch.setattr(quick.session, "_snapshot", snapshot)
    quick.network.show_snapshot(snapshot)
    assert "100× slower" in quick.network.settings_panel.advice.text()
    for key in ("profile", "speed_of_learning"):
        chip = quick.network.plots.card(key).chip
        qtbot.waitUntil(lambda chip=chip: "1 : 100" in chip.text())
