"""What is typed into the field of the architecture is a step of the document."""

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.edits import insert_layer, remove_layer
from engine.spec import Experiment
from tests.gui.architecture_field.conftest import START, Key, Window, retype


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


def test_another_window_or_a_menu_does_not_apply(qtbot: QtBot, window: Window) -> None:
    retype(qtbot, window.field, "784-5-10")
    for reason in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason):
        window.other.setFocus(reason)
        assert window.text == START
        assert window.field.text() == "784-5-10"
        window.field.setFocus(reason)
        assert window.field.selectedText() == ""


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
