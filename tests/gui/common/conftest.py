from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from gui.common.value_slider import ValueSlider
from tests.gui.common.value_hands import Told, listen, shown_slider


@pytest.fixture
def slider(shown: Callable[[QWidget], QWidget]) -> ValueSlider:
    return shown_slider(shown)


@pytest.fixture
def told(slider: ValueSlider) -> Told:
    return listen(slider)
