from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from gui.settings import Settings
from gui.timeline.memory import MEGABYTES, USUAL, MemoryMenu


def test_one_size_is_chosen(qtbot: QtBot) -> None:
    menu = MemoryMenu(512)
    qtbot.addWidget(menu)
    sizes = [action.data() for action in menu.actions()]
    assert sizes == [64, 128, 256, 512, 1024]
    assert [action.data() for action in menu.actions() if action.isChecked()] == [512]
    with qtbot.waitSignal(menu.chosen) as chosen:
        menu.actions()[0].trigger()
    assert chosen.args == [64]
    assert [action.data() for action in menu.actions() if action.isChecked()] == [64]


@pytest.mark.parametrize("value", ["", "much", "-1", "100000", "256.5"])
def test_nonsense_in_the_settings_is_the_usual(value: str, tmp_path: Path) -> None:
    store = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    settings = Settings(store)
    assert settings.time_line_memory == USUAL == 256
    for size in MEGABYTES:
        settings.time_line_memory = size
        assert Settings(store).time_line_memory == size
    store.setValue("time_line_memory", value)
    assert settings.time_line_memory == USUAL
