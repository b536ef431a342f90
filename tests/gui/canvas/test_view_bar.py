from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from gui.canvas.view_bar import PACES, USUAL_PACE, ViewBar
from gui.canvas.viewing import Viewing
from gui.common.style import style_sheet
from gui.theme import LIGHT

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot):
    bar = ViewBar(LIGHT)
    bar.setStyleSheet(style_sheet(LIGHT))
    qtbot.addWidget(bar)
    bar.set_offers(fields=True, surface=True)
    bar.set_examples(1000)
    bar.resize(700, 34)
    bar.show()
    qtbot.waitExposed(bar)
    return bar


@pytest.fixture
def told(bar):
    said = []
    bar.viewing_changed.connect(said.append)
    return said


def test_sources_exclude_one_another(qtbot, bar, told):
    qtbot.mouseClick(bar.sources["probe"], LEFT)
    qtbot.mouseClick(bar.sources["batch"], LEFT)
    assert [v.source for v in told] == ["probe", "batch"]
    assert [b.isChecked() for b in bar.sources.values()] == [True, False, False]


def test_a_number_chooses_an_example(qtbot, bar, told):
    bar.example.setFocus()
    bar.example.selectAll()
    qtbot.keyClicks(bar.example, "17")
    qtbot.keyClick(bar.example, Qt.Key.Key_Return)
    assert told[-1] == Viewing("example", 16)
    qtbot.mouseClick(bar.after, LEFT)
    assert told[-1].example == 17
    qtbot.mouseClick(bar.before, LEFT)
    qtbot.mouseClick(bar.before, LEFT)
    assert told[-1].example == 15
    assert bar.sources["example"].isChecked()


def test_no_example_beyond_the_probe_set(bar, told):
    bar.set_examples(20)
    bar.example.setValue(500)
    assert told[-1].example == 19


def test_switches(qtbot, bar, told):
    for button, field in ((bar.log, "log"), (bar.fields, "fields"), (bar.surface, "surface")):
        qtbot.mouseClick(button, LEFT)
        assert getattr(told[-1], field)
        qtbot.mouseClick(button, LEFT)
        assert not getattr(told[-1], field)


def test_what_the_data_do_not_offer_is_not_there(qtbot, bar):
    qtbot.mouseClick(bar.fields, LEFT)
    qtbot.mouseClick(bar.surface, LEFT)
    bar.set_offers(fields=False, surface=False)
    assert bar.fields.isHidden()
    assert bar.surface.isHidden()
    assert bar.viewing() == Viewing()


def test_it_shows_a_choice_without_telling(bar, told):
    viewing = Viewing("example", 6, True, True, True)
    bar.set_viewing(viewing)
    assert bar.viewing() == viewing
    assert told == []


def test_passes_and_pace(qtbot, bar):
    with qtbot.waitSignal(bar.pass_requested) as requested:
        qtbot.mouseClick(bar.backward, LEFT)
    assert requested.args == ["backward"]
    with qtbot.waitSignal(bar.pass_requested) as requested:
        qtbot.mouseClick(bar.forward, LEFT)
    assert requested.args == ["forward"]
    with qtbot.waitSignal(bar.pace_changed) as paced:
        qtbot.keyClick(bar.pace, Qt.Key.Key_Right)
    assert paced.args == [PACES[USUAL_PACE + 1]]
    assert "0.5 s" in bar.pace.toolTip()


@pytest.mark.parametrize("width", [560, 700, 1000])
def test_everything_fits(qtbot, bar, width):
    bar.resize(width, 34)
    qtbot.wait(1)
    row = [bar.sources["example"], bar.example, bar.after, bar.log, bar.surface, bar.forward]
    rights = [w.geometry().right() for w in row]
    assert rights == sorted(rights)
    assert rights[-1] < width
    for button, _, _ in bar._texts:
        assert button.width() >= button.minimumSizeHint().width()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("width", [500, 628, 1000])
def test_in_large_type_nothing_is_cut_or_overlaps(qtbot, bar, width, scale):
    """At 1024 x 768 the bar is 628 wide; MNIST offers fields and no surface."""
    bar.setStyleSheet(style_sheet(LIGHT, scale))
    bar.set_offers(fields=True, surface=False)
    bar.set_theme(LIGHT)
    bar.resize(width, 60)
    qtbot.wait(1)
    if scale * 628 / width > 2:
        return  # nobody's window
    widgets = [w for w in bar._row.findChildren(QWidget) if w.parent() is bar._row]
    shown = sorted((w for w in widgets if w.isVisible()), key=lambda w: w.x())
    for widget in shown:
        if isinstance(widget, QToolButton):
            assert widget.width() >= widget.minimumSizeHint().width(), widget.text()
    for left, right in pairwise(shown):
        assert left.geometry().right() < right.geometry().left(), right.text()
    assert shown[-1].geometry().right() < width
    for needed in (*bar.sources.values(), bar.example, bar.log, bar.fields):
        assert needed.isVisible()


def test_what_went_for_room_comes_back(qtbot, bar):
    bar.set_offers(fields=True, surface=False)
    bar.setStyleSheet(style_sheet(LIGHT, 2.0))
    bar.resize(628, 60)
    assert not bar.pace.isVisible()
    bar.resize(1400, 60)
    for widget in (bar.pace, bar.before, bar.after, bar.forward, bar.backward):
        assert widget.isVisible()


def test_names_for_whoever_cannot_see_it(bar):
    for button, long, _ in bar._texts:
        assert button.accessibleName()
        assert button.toolTip()
        assert long


def test_the_keys_of_a_pass(qtbot, bar):
    said = []
    keys = bar.pass_bar
    keys.toggled.connect(lambda: said.append("toggle"))
    keys.stepped.connect(said.append)
    keys.closed.connect(lambda: said.append("close"))
    bar.set_passing(True)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Escape):
        override = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        override.ignore()
        QApplication.sendEvent(keys, override)
        assert override.isAccepted()  # else Space would play the run
        qtbot.keyClick(keys, key)
    assert said == ["toggle", 1, -1, "close"]
    for button in (keys.play, keys.forth, keys.back, keys.close_button):
        qtbot.mouseClick(button, LEFT)
    assert said[4:] == ["toggle", 1, -1, "close"]
    bar.set_passing(False)
    assert bar.sources["batch"].isVisible()


def test_a_pass_is_told_in_words(bar):
    bar.set_passing(True)
    bar.pass_bar.show_state("Backward pass", "hidden 2 · Wᵀδ", playing=False)
    assert "Backward pass" in bar.pass_bar.label.text()
    assert "hidden 2" in bar.pass_bar.label.text()
    assert bar.pass_bar.play.accessibleName() == "Go on"
