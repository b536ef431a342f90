import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.common.message_bar import MessageBar


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


def hurry(bar: MessageBar) -> None:
    """Let what is fleeting go after 20 ms."""
    bar.findChild(QTimer).setInterval(20)


def test_hidden_until_there_is_something_to_say(bar: MessageBar):
    assert bar.isHidden()
    assert bar.text == ""


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("saved.", "Saved."),
        ("run.toml is no experiment", "run.toml is no experiment"),
        ("η must be smaller", "η must be smaller"),
    ],
)
def test_a_note_goes_by_itself(qtbot: QtBot, bar: MessageBar, sentence: str, shown: str):
    hurry(bar)
    bar.tell(sentence)
    assert bar.text == shown
    assert bar.findChild(QLabel).text() == shown
    assert bar.property("role") == "note"
    qtbot.waitUntil(bar.isHidden)
    assert bar.text == ""


def test_a_fault_stays_until_it_is_closed(qtbot: QtBot, bar: MessageBar):
    hurry(bar)
    bar.tell("saved")
    bar.complain("the disk is full")
    assert bar.property("role") == "fault"
    qtbot.wait(60)
    assert bar.text == "The disk is full"
    qtbot.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert bar.isHidden()


def test_a_note_after_a_fault_goes_by_itself(qtbot: QtBot, bar: MessageBar):
    hurry(bar)
    bar.complain("the disk is full")
    bar.tell("saved")
    assert bar.text == "Saved"
    qtbot.waitUntil(bar.isHidden)


def test_clear(bar: MessageBar):
    bar.complain("the disk is full")
    bar.clear()
    assert bar.text == ""


def answers(bar: MessageBar) -> list[QPushButton]:
    return [b for b in bar.findChildren(QPushButton) if not b.isHidden()][1:]


def test_a_question_stays_until_a_button_answers_it(qtbot: QtBot, bar: MessageBar):
    hurry(bar)
    bar.tell("saved")
    bar.ask("restore the work?", ("Restore", "Discard"))
    qtbot.wait(60)
    assert bar.text == "Restore the work?"
    assert [button.text() for button in answers(bar)] == ["Restore", "Discard"]
    with qtbot.waitSignal(bar.answered) as answered:
        qtbot.mouseClick(answers(bar)[1], Qt.MouseButton.LeftButton)
    assert answered.args == ["Discard"]
    assert bar.isHidden()


def test_a_question_is_answered_by_keys(qtbot: QtBot, bar: MessageBar):
    bar.ask("restore the work?", ("Restore", "Discard"))
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    answers(bar)[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(bar.focusWidget(), Qt.Key.Key_Tab)
    with qtbot.waitSignal(bar.answered) as answered:
        qtbot.keyClick(bar.focusWidget(), Qt.Key.Key_Space)
    assert answered.args == ["Discard"]


def test_closing_a_question_answers_nothing_and_what_follows_has_no_buttons(
    qtbot: QtBot, bar: MessageBar
):
    bar.ask("restore the work?", ("Restore", "Discard"))
    with qtbot.assertNotEmitted(bar.answered):
        qtbot.mouseClick(bar.findChild(QPushButton, "message_close"), Qt.MouseButton.LeftButton)
    assert bar.isHidden()
    bar.tell("saved")
    assert answers(bar) == []


def test_an_answer_may_ask_again(qtbot: QtBot, bar: MessageBar):
    bar.answered.connect(lambda _answer: bar.ask("Really?", ("Yes",)))
    bar.ask("restore the work?", ("Restore", "Discard"))
    qtbot.mouseClick(answers(bar)[0], Qt.MouseButton.LeftButton)
    assert bar.text == "Really?"
    assert [button.text() for button in answers(bar)] == ["Yes"]
    qtbot.waitUntil(lambda: len(bar.findChildren(QPushButton)) == 2)  # "×" and "Yes"
    bar.hide()
