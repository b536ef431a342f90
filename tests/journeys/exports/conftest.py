"""The real window with a small run, and a folder for its plots."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.plot_exports import PlotExports
from gui.plots.export.export_dialog import Order

SPEED, COST = "speed_of_learning", "cost_accuracy"


@pytest.fixture
def window(quick: MainWindow, qtbot: QtBot) -> MainWindow:
    """With a small run of a few steps."""
    for _ in range(5):
        quick.session.step_once()
    qtbot.waitUntil(lambda: quick.session.snapshot.step == 5)
    return quick


@pytest.fixture
def exports(window: MainWindow) -> PlotExports:
    return window.plot_exports


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "plots"
    folder.mkdir()
    return folder


def choose(window: MainWindow, key: str, tool: str) -> None:
    """In the menu of a plot."""
    menu = window.network.plots.card(key).menu
    next(action for action in menu.actions() if action.objectName() == tool).trigger()


def accept(exports: PlotExports, order: Order) -> None:
    """Say this in the dialog that is open, and press Enter."""
    dialog = exports._dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog._show(order)
    dialog._on_changed()
    dialog.accept()
