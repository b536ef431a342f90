"""One of a few, as a row of flat buttons."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from gui.common.segments import Segments
from gui.common.style import style_sheet
from gui.common.table_combo import Choice
from gui.theme import LIGHT

TABLE = {"one": Choice("Wide milk", "the first"), "two": Choice("Other", "the second")}


@pytest.fixture
def segments(shown: Callable[[Segments], Segments]) -> Segments:
    segments = Segments("Which", TABLE)
    segments.setStyleSheet(style_sheet(LIGHT))
    return shown(segments)


def test_the_first_is_chosen_until_a_click_chooses_another(
    qtbot: QtBot, segments: Segments
) -> None:
    assert segments.key == "one"
    with qtbot.waitSignal(segments.key_chosen) as told:
        qtbot.mouseClick(segments.buttons["two"], Qt.MouseButton.LeftButton)
    assert told.args == ["two"]
    assert segments.key == "two"
    assert not segments.buttons["one"].isChecked()


def test_to_show_a_key_tells_nothing(qtbot: QtBot, segments: Segments) -> None:
    with qtbot.assertNotEmitted(segments.key_chosen):
        segments.set_key("two")
    assert segments.key == "two"
    with pytest.raises(KeyError):
        segments.set_key("three")


def test_bold_letters_have_room_and_nothing_moves(segments: Segments) -> None:
    widths = {key: button.width() for key, button in segments.buttons.items()}
    for key, button in segments.buttons.items():
        segments.set_key(key)
        bold = QFont(button.font())
        bold.setBold(True)
        needed = QFontMetrics(bold).horizontalAdvance(button.text()) + 2 * (14 + 1)
        assert button.width() >= needed
        assert {key: b.width() for key, b in segments.buttons.items()} == widths
