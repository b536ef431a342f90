from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.common.value_slider import ValueSlider
from tests.gui.common.value_hands import Told, listen, shown_slider

W = TypeVar("W", bound=QWidget)


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[W], W]:
    """Shows a widget in an active window, so that it can have the focus."""

    def show(widget: W) -> W:
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return show


@pytest.fixture
def slider(shown: Callable[[QWidget], QWidget]) -> ValueSlider:
    return shown_slider(shown)


@pytest.fixture
def told(slider: ValueSlider) -> Told:
    return listen(slider)
