from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.architecture_text import describe
from engine.edits import insert_layer, remove_layer
from engine.spec import Experiment
from gui.architecture_field import TYPING_MS, ArchitectureField
from gui.common.fault_note import FaultNote
from gui.common.style import style_sheet
from gui.document import ExperimentDocument
from gui.theme import DARK, LIGHT, Theme, contrast

Key = Qt.Key
START = "784-30-30-10"


class Window(QWidget):
    """The field in a row, another widget, and the window's own keys."""

    def __init__(self, theme: Theme = LIGHT, scale: float = 1.0, width: int = 700) -> None:
        super().__init__()
        self.document = ExperimentDocument(Experiment(dense(784, 30, 30, 10)), self)
        self.setStyleSheet(style_sheet(theme, scale))
        self.field = ArchitectureField(self.document, theme)
        self.other = QPushButton("other")
        self.refused: list[str] = []
        self.finished: list[bool] = []
        self.shortcuts: list[str] = []
        row = QHBoxLayout()
        row.addWidget(self.field)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self.other)
        column.addStretch(1)
        self.field.refused.connect(self.refused.append)
        self.field.finished.connect(lambda: self.finished.append(True))
        for key in ("Space", "S", "Ctrl+S", "Escape", "Ctrl+Z"):
            QShortcut(QKeySequence(key), self, lambda key=key: self.shortcuts.append(key))
        self.resize(width, 160)

    @property
    def text(self) -> str:
        return describe(self.document.experiment.architecture)

    @property
    def note(self) -> str:
        notes = [note.text() for note in self.findChildren(FaultNote) if note.isVisible()]
        return notes[0] if notes else ""

    @property
    def steps(self) -> list[str]:
        stack = self.document.undo_stack
        return [stack.text(n) for n in range(stack.count())]


W = TypeVar("W", bound=QWidget)


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[W], W]:
    def show(widget: W) -> W:
        qtbot.addWidget(widget)
        widget.show()
        qtbot.waitExposed(widget)
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return show


@pytest.fixture
def window(shown: Callable[[Window], Window]) -> Window:
    window = shown(Window())
    window.other.setFocus()
    return window


def retype(qtbot: QtBot, field: ArchitectureField, text: str, end: Key | None = None) -> None:
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    field.selectAll()
    if text.isascii():
        qtbot.keyClicks(field, text)
    else:
        QApplication.clipboard().setText(text)
        qtbot.keyClick(field, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    field._completer.close()
    if end is not None:
        qtbot.keyClick(field, end)


def squiggle(field: ArchitectureField, colour: str) -> tuple[int, int]:
    """The first and last abscissa of the wavy line, found in the picture."""
    field.setCursorPosition(0)  # so that no cursor is painted in the way
    image: QImage = field.grab().toImage()
    rows = range(image.height() // 2 + 4, image.height() - 2)
    wanted = QColor(colour)
    found = [
        x
        for x in range(10, image.width() - 10)  # without the round corners
        if any(_near(image.pixelColor(x, y), wanted) for y in rows)
    ]
    return (found[0], found[-1]) if found else (-1, -1)


def _near(a: QColor, b: QColor) -> bool:
    return sum(abs(x - y) for x, y in zip(a.getRgb()[:3], b.getRgb()[:3], strict=True)) < 60


def test_enter_makes_one_step_and_undo_brings_the_text_back(qtbot: QtBot, window: Window) -> None:
    field, document = window.field, window.document
    assert field.text() == START
    retype(qtbot, field, "784 - [50 relu]*4 - 10", Key.Key_Return)
    assert window.text == field.text() == "784-[50 relu]*4-10"
    assert window.steps == ["Architecture 784-[50 relu]*4-10"]
    assert window.finished == [True]
    document.undo_stack.undo()
    assert field.text() == START
    document.undo_stack.redo()
    assert field.text() == "784-[50 relu]*4-10"


def test_a_long_text_has_a_short_name_in_the_menu(qtbot: QtBot, window: Window) -> None:
    text = "784-" + "-".join(str(n) for n in range(20, 60)) + "-10"
    retype(qtbot, window.field, text, Key.Key_Enter)
    assert window.text == text
    assert window.steps == ["Architecture 784-20-21-22-23-24-2…54-55-56-57-58-59-10"]


def test_the_same_network_in_other_words_is_no_step(qtbot: QtBot, window: Window) -> None:
    retype(qtbot, window.field, "784 30 30 10", Key.Key_Return)
    assert window.steps == []
    assert window.field.text() == START


def test_text_and_drawing_agree(qtbot: QtBot, window: Window) -> None:
    document, field = window.document, window.field
    document.change("Add layer", insert_layer(document.experiment, 1))
    assert field.text() == "784-30-30-30-10"
    ids = [layer.id for layer in document.experiment.architecture.layers]
    retype(qtbot, field, "784-30-40-30-10", Key.Key_Return)
    assert [layer.id for layer in document.experiment.architecture.layers] == ids
    document.replace(Experiment(dense(4, 3)))
    assert field.text() == "4-3"


def test_what_is_being_edited_stays_while_the_document_changes(
    qtbot: QtBot, window: Window
) -> None:
    document, field = window.document, window.field
    retype(qtbot, field, "784-50")
    document.change("Remove layer", remove_layer(document.experiment, 0))
    assert field.text() == "784-50"
    qtbot.keyClick(field, Key.Key_Escape)
    assert field.text() == "784-30-10"


def test_escape_brings_the_old_text_back_and_then_leaves(qtbot: QtBot, window: Window) -> None:
    field = window.field
    retype(qtbot, field, "784-[3 relo]-10", Key.Key_Return)
    assert field.fault
    qtbot.keyClick(field, Key.Key_Escape)
    assert (field.text(), field.selectedText(), field.fault) == (START, START, None)
    assert not field.property("fault")
    assert window.note == ""
    assert window.finished == []
    qtbot.keyClick(field, Key.Key_Escape)
    assert window.finished == [True]
    assert window.shortcuts == []


def test_leaving_applies_what_is_right(qtbot: QtBot, window: Window) -> None:
    retype(qtbot, window.field, "784-5-10")
    qtbot.mouseClick(window.other, Qt.MouseButton.LeftButton)
    assert window.text == "784-5-10"
    assert len(window.steps) == 1


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


def test_another_window_or_a_menu_does_not_apply(qtbot: QtBot, window: Window) -> None:
    retype(qtbot, window.field, "784-5-10")
    for reason in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason):
        window.other.setFocus(reason)
        assert window.text == START
        assert window.field.text() == "784-5-10"
        window.field.setFocus(reason)
        assert window.field.selectedText() == ""


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


def test_words_are_offered_and_taken(qtbot: QtBot, window: Window) -> None:
    field = window.field
    field.setFocus(Qt.FocusReason.TabFocusReason)
    words = field._completer.popup()
    qtbot.keyClicks(field, "784-[30 s")
    assert words.isVisible()
    offered = [words.model().index(n, 0).data() for n in range(words.model().rowCount())]
    assert offered == ["sigmoid", "selu", "softplus", "softsign", "silu", "softmax"]
    qtbot.keyClicks(field, "i")
    qtbot.keyClick(words, Key.Key_Down)
    qtbot.keyClick(words, Key.Key_Return)
    assert field.text() == "784-[30 silu"
    assert not words.isVisible()
    assert window.text == START
    qtbot.keyClicks(field, " fro")
    qtbot.keyClick(words, Key.Key_Tab)
    qtbot.keyClicks(field, "]-10")
    qtbot.keyClick(field, Key.Key_Return)
    assert window.text == "784-[30 silu frozen]-10"
    field.end(False)
    qtbot.keyClicks(field, "relu r")
    assert words.isVisible()
    qtbot.keyClick(words, Key.Key_Escape)
    assert not words.isVisible()
    assert field.text() == "784-[30 silu frozen]-10relu r", "Esc closes the words first"


def test_keys_are_the_fields_while_it_is_edited(qtbot: QtBot, window: Window) -> None:
    field = window.field
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert field.selectedText() == START
    qtbot.keyClick(field, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.shortcuts == ["Ctrl+Z"], "nothing typed: the document's undo"
    qtbot.keyClicks(field, "784 s")
    field._completer.close()
    assert window.shortcuts == ["Ctrl+Z"]
    qtbot.keyClick(field, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.shortcuts == ["Ctrl+Z"]
    assert field.text() != "784 s"
    qtbot.keyClick(field, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert window.shortcuts == ["Ctrl+Z", "Ctrl+S"]


def test_a_click_selects_all(qtbot: QtBot, window: Window) -> None:
    qtbot.mouseClick(window.field, Qt.MouseButton.LeftButton, pos=QPoint(30, 10))
    qtbot.waitUntil(lambda: window.field.selectedText() == START)


def test_names_and_help(window: Window) -> None:
    assert window.field.accessibleName() == "Architecture"
    for example in ("784-30-30-10", "[30 relu]*20", "(30-20)*3", "[30 frozen]", "+1&gt;3"):
        assert example in window.field.toolTip()
