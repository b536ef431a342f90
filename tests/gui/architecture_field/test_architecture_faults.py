"""What is typed into the field and cannot be is marked, told and not lost."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from engine.edits import remove_layer
from gui.architecture_field import TYPING_MS
from gui.common.fault_note import FaultNote
from gui.theme import DARK, LIGHT, Theme, contrast
from tests.gui.architecture_field.conftest import START, Key, Window, retype, squiggle


def test_leaving_keeps_what_is_wrong_and_its_mark(qtbot: QtBot, window: Window) -> None:
    field = window.field
    retype(qtbot, field, "784-[5 relo]-10", Key.Key_Tab)
    assert not field.hasFocus()
    assert window.text == START
    assert field.text() == "784-[5 relo]-10"
    assert window.note == ""
    assert field.toolTip() == "There is no activation 'relo'; did you mean relu?"
    assert squiggle(field, LIGHT.exploding) != (-1, -1)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.note.startswith("There is no activation")
    assert field.text() == "784-[5 relo]-10"
    window.other.setFocus()
    window.document.change("Remove layer", remove_layer(window.document.experiment, 0))
    assert (field.text(), field.fault) == ("784-30-10", None), "the drawing went on"


@pytest.mark.parametrize(
    ("text", "marked", "sentence"),
    [
        ("784-[30 relo]-10", "relo", "There is no activation 'relo'; did you mean relu?"),
        ("783-10", "783", "The input has one neuron per feature of the data: write 784."),
        (
            "784-30-[10 softmax]",
            "10 softmax",
            "The cross-entropy cost needs sigmoid outputs; this network has softmax.",
        ),
        ("784-30-10 🙂+1>2", "🙂", "'🙂' cannot stand here."),
        ("784-30-", "", "A number of neurons must stand at the end."),
    ],
)
def test_enter_on_a_wrong_text_refuses_and_selects_it(
    qtbot: QtBot, window: Window, text: str, marked: str, sentence: str
) -> None:
    field = window.field
    retype(qtbot, field, text, Key.Key_Return)
    assert window.refused == [sentence]
    assert window.note == sentence
    assert field.accessibleDescription() == sentence
    assert field.property("fault") is True
    assert field.selectedText() == marked
    assert field.text() == text
    assert window.text == START
    assert window.finished == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_mark_is_under_the_wrong_part(
    qtbot: QtBot, shown: Callable[[Window], Window], theme: Theme, scale: float
) -> None:
    window = shown(Window(theme, scale))
    field = window.field
    retype(qtbot, field, "784-[30 relo]*20-10")
    metrics = field.fontMetrics()
    first, last = squiggle(field, theme.exploding)
    text = field.room.left()
    start = text + metrics.horizontalAdvance("784-[30 ")
    assert abs(first - start) <= 3
    assert abs(last - start - metrics.horizontalAdvance("relo")) <= 3
    assert contrast(QColor(theme.exploding), QColor(theme.background)) > 3


@pytest.mark.parametrize("width", [160, 240, 700])
def test_the_sentence_stands_below_within_the_window(
    qtbot: QtBot, shown: Callable[[Window], Window], width: int
) -> None:
    window = shown(Window(width=width))
    retype(qtbot, window.field, "784-[30 relo]-10")
    note = window.findChild(FaultNote)
    assert note.isVisible()
    assert window.rect().contains(note.geometry())
    assert note.y() >= window.field.geometry().bottom()
    assert (note.height() > 2 * note.fontMetrics().height()) == (width < 700), "it wraps"


def test_the_mark_follows_a_scrolled_text(qtbot: QtBot, shown: Callable[[Window], Window]) -> None:
    window = shown(Window(width=240))
    field = window.field
    retype(qtbot, field, "784-30-30-30-30-30-30-30-30-30-[30 relo]-10")
    field.repaint()  # a line edit scrolls when it paints
    start, end = field._span(field.fault)
    assert field.width() / 3 < start < end < field.width()
    assert squiggle(field, LIGHT.exploding) == (-1, -1), "scrolled out of sight to the right"
    window.other.setFocus()
    image = field.grab().toImage()
    field.setCursorPosition(0)
    assert field.grab().toImage() != image, "what is wrong is in sight, not elided"


def test_a_word_at_the_cursor_gets_time(qtbot: QtBot, window: Window) -> None:
    field = window.field
    for text in ("784-30-", "784-[30", "784-30-1", "784-[30 relo"):
        retype(qtbot, field, text)
        assert field.fault is None, text
        assert window.note == ""
    qtbot.waitUntil(lambda: field.fault is not None, timeout=TYPING_MS + 2_000)
    assert window.note == "This '[' is never closed by ']'."
    retype(qtbot, field, "784-30 relo-")
    assert field.fault is not None, "it is behind the cursor"
