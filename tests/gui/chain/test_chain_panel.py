"""The page of the chain: one trace a frame for what is visible, and nothing for the rest."""

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.chain.edits import set_bias, set_weight
from engine.chain.spec import start_chain
from engine.chain.trace import trace
from gui.chain import panel as panel_module
from gui.chain.panel import ChainPanel
from gui.chain.study_bar import StudyBar
from gui.chain.table import ENTRIES, Entry
from gui.common.style import style_sheet
from gui.document import ChainDocument
from gui.theme import DARK, LIGHT


@pytest.fixture
def document() -> ChainDocument:
    return ChainDocument(start_chain())


@pytest.fixture
def panel(qtbot: QtBot, document: ChainDocument) -> ChainPanel:
    panel = ChainPanel(document, LIGHT)
    panel.setStyleSheet(style_sheet(LIGHT))
    qtbot.addWidget(panel)
    panel.resize(1280, 745)
    panel.show()
    qtbot.waitExposed(panel)
    settle()
    return panel


def settle(ms: int = 30) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def test_many_changes_make_one_trace(
    panel: ChainPanel, document: ChainDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    traced = []

    def counted(chain: object) -> object:
        traced.append(chain)
        return trace(chain)

    monkeypatch.setattr(panel_module, "trace", counted)
    for k in range(20):
        document.change("Set w₂", set_weight(document.chain, 2, k / 10), merge_key="drag")
    settle()
    assert traced == [document.chain]
    assert panel.trace.chain == document.chain
    assert document.undo_stack.count() == 1


def test_what_is_hidden_costs_nothing_and_is_right_when_it_comes(
    panel: ChainPanel, document: ChainDocument
) -> None:
    panel.show_entry("activations")
    settle()
    hidden, shown = panel.studies["plots"], []
    hidden.show_trace = shown.append
    document.change("Set b₁", set_bias(document.chain, 1, 2.0))
    settle()
    assert shown == []
    panel.show_entry("plots")
    settle()
    assert [t.chain for t in shown] == [document.chain]


def test_a_hidden_page_waits(panel: ChainPanel, document: ChainDocument) -> None:
    panel.hide()
    document.change("Set b₁", set_bias(document.chain, 1, 2.0))
    settle()
    assert panel.trace.chain != document.chain
    panel.show()
    settle()
    assert panel.trace.chain == document.chain
    assert "b" in panel.stage.diagram.accessibleDescription()


def test_nothing_is_imported_or_made_before_the_page_is_looked_at(qtbot: QtBot) -> None:
    panel = ChainPanel(ChainDocument(start_chain()), LIGHT)
    qtbot.addWidget(panel)
    assert panel.studies == {}
    panel.show()
    assert list(panel.studies) == ["plots"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_every_entry_makes_a_study_or_sets_a_chain(
    panel: ChainPanel, document: ChainDocument, entry: Entry
) -> None:
    before = document.chain
    panel.show_entry(entry.key)
    assert (panel.study is panel.studies.get(entry.key)) == bool(entry.study)
    assert (document.chain != before) == (entry.sets is not None)


def test_studies_are_made_when_they_are_first_asked_for(panel: ChainPanel) -> None:
    assert list(panel.studies) == ["plots"]
    panel.show_entry("escape")
    assert list(panel.studies) == ["plots", "escape"]
    first = panel.study
    panel.show_entry("plots")
    panel.show_entry("escape")
    assert panel.study is first


def test_a_neuron_that_is_clicked_is_looked_at_everywhere(panel: ChainPanel, qtbot: QtBot) -> None:
    panel.show_entry("escape")
    settle()
    panel.stage.diagram.neuron_chosen.emit(3)
    assert panel.stage.diagram.chosen == 3
    assert panel.study.combo.key == "3"
    panel.study.combo.setFocus()
    qtbot.keyClick(panel.study.combo, Qt.Key.Key_Up)
    assert panel.stage.diagram.chosen == 2


def test_the_bar_says_less_where_there_is_less_room(qtbot: QtBot) -> None:
    bar = StudyBar(ENTRIES)
    bar.setStyleSheet(style_sheet(LIGHT))
    qtbot.addWidget(bar)
    bar.show()
    seen = []
    for width in (1600, 1250, 900, 640, 420, 1600):
        bar.resize(width, bar.sizeHint().height())
        QApplication.processEvents()
        seen.append(bar.buttons["escape"].text())
        rights = [b.geometry().right() for b in bar.buttons.values()]
        assert max(rights) < width, (width, seen)
        for button in bar.buttons.values():
            room = button.width() - button.fontMetrics().horizontalAdvance(button.text())
            assert room >= 8
    assert seen[0] == seen[-1] == "3 Hard to escape"
    assert len(set(seen)) >= 3


def test_the_chosen_study_stays_chosen_when_clicked_again(panel: ChainPanel, qtbot: QtBot) -> None:
    button = panel.bar.buttons["activations"]
    for _ in range(2):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert button.isChecked()
        assert [k for k, b in panel.bar.buttons.items() if b.isChecked()] == ["activations"]


def test_the_focus_is_where_one_looks(panel: ChainPanel) -> None:
    panel.activateWindow()
    panel.stage.diagram.setFocus()
    panel.show_entry("escape")
    assert panel.stage.diagram.hasFocus()
    panel.show_entry("identity")  # hides the diagram
    assert panel.bar.buttons["identity"].hasFocus()
    panel.show_entry("plots")
    assert panel.bar.buttons["plots"].hasFocus()


@pytest.mark.parametrize(("key", "neurons"), [("more", 5), ("fewer", 3)])
def test_one_neuron_more_or_fewer(
    panel: ChainPanel, document: ChainDocument, key: str, neurons: int
) -> None:
    panel.add_neurons(1 if key == "more" else -1)
    assert document.chain.neurons == neurons
    assert document.undo_stack.undoText() == f"{neurons} neurons"


def test_a_chain_keeps_its_last_neuron(panel: ChainPanel, document: ChainDocument) -> None:
    refused = []
    panel.refused.connect(refused.append)
    for _ in range(5):
        panel.add_neurons(-1)
    assert document.chain.neurons == 1
    assert refused == ["a chain has 1 to 1,000 neurons, not 0"] * 2


def test_chips_say_less_before_the_controls_do(panel: ChainPanel) -> None:
    assert "complex step" in panel.stage.witness.text()
    panel.resize(820, 700)
    settle()
    assert panel.stage.witness.text() == "✓ 15 digits"
    assert panel.stage.verdict.text() == "vanishing × 0.2"
    assert "complex step" in panel.stage.witness.accessibleName()


def test_both_themes(panel: ChainPanel) -> None:
    for entry in ENTRIES:
        panel.show_entry(entry.key)
        for theme in (DARK, LIGHT):
            panel.set_theme(theme)
            settle(5)
            assert not panel.grab().isNull()
