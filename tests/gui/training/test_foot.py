import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from gui.training.foot import Foot


@pytest.fixture
def foot(qtbot: QtBot) -> Foot:
    foot = Foot()
    qtbot.addWidget(foot)
    return foot


def test_a_message_goes_before_the_hint_and_goes(qtbot: QtBot, foot: Foot):
    assert foot.isHidden()
    foot.findChild(QTimer).setInterval(20)
    foot.set_hint("a hint")
    assert (foot.text(), foot.property("role")) == ("a hint", "dim")
    foot.complain("batch must be a whole number")
    assert (foot.text(), foot.property("role")) == ("Batch must be a whole number", "fault")
    qtbot.waitUntil(lambda: foot.text() == "a hint")
    assert foot.property("role") == "dim"
    foot.set_hint("")
    assert foot.isHidden()


@pytest.mark.parametrize("sentence", ["η must be smaller", "run.csv, line 7: a label is missing."])
def test_symbols_and_files_keep_their_case(foot: Foot, sentence: str):
    foot.complain(sentence)
    assert foot.text() == sentence


def test_a_note_is_no_fault(foot: Foot):
    foot.note("the batch is now full")
    assert (foot.text(), foot.property("role")) == ("The batch is now full", "dim")
    foot.clear_message()
    assert foot.isHidden()
