from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.hyper import hyper, hypers
from gui.common.number_field import NumberField
from gui.common.style import style_sheet
from gui.theme import LIGHT, THEMES, Theme

Key = Qt.Key
pytestmark = pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)  # of tooltips


@dataclass(frozen=True)
class Numbers:
    eta: float = hyper(0.1, "η", 1e-7, 1e4, log=True, help="learning rate")
    lmbda: float = hyper(5.0, "λ", 0.0, 1e6)
    batch: int = hyper(10, "batch", 0, 50_000)


class Window(QWidget):
    """A field of each kind, and the window's own keys."""

    def __init__(self) -> None:
        super().__init__()
        self.fields = {h.name: NumberField(h, "full" * (not h.low)) for h in hypers(Numbers())}
        self.fields["lmbda"].setSpecialValueText("")
        self.told: list[tuple[str, float]] = []
        self.refused: list[str] = []
        self.shortcuts: list[str] = []
        column = QVBoxLayout(self)
        for field in self.fields.values():
            field.setProperty("role", "field")
            column.addWidget(field)
            field.number_changed.connect(lambda name, number: self.told.append((name, number)))
            field.refused.connect(self.refused.append)
        for key in ("S", "Space", "E"):
            QShortcut(QKeySequence(key), self, lambda key=key: self.shortcuts.append(key))


@pytest.fixture
def window(shown: Callable[[Window], Window]) -> Window:
    return shown(Window())


def retype(qtbot: QtBot, field: NumberField, text: str, end: Key | None = Key.Key_Return) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    if end is not None:
        qtbot.keyClick(field, end)


def wheel(widget: QWidget, notches: int) -> None:
    middle = QPointF(widget.rect().center())
    QApplication.sendEvent(
        widget,
        QWheelEvent(
            middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number", "then"),
    [("0.25", 0.25, "0.25"), ("1e-3", 1e-3, "0.001"), ("0,5", 0.5, "0.5"), ("1e-7", 1e-7, "1e-7")],
)
def test_typed(qtbot: QtBot, window: Window, text: str, number: float, then: str):
    field = window.fields["eta"]
    retype(qtbot, field, text)
    assert window.told == [("eta", number)]
    assert field.text() == then


def test_nothing_is_told_before_it_is_entered(qtbot: QtBot, window: Window):
    retype(qtbot, window.fields["eta"], "0.25", end=None)
    assert window.told == []
    window.fields["lmbda"].setFocus()
    assert window.told == [("eta", 0.25)]


def test_a_whole_number(qtbot: QtBot, window: Window):
    field = window.fields["batch"]
    retype(qtbot, field, "12,500")
    assert window.told == [("batch", 12_500)]
    assert isinstance(window.told[0][1], int)
    assert field.text() == "12,500"
    retype(qtbot, field, "2.5")
    assert window.refused == ["batch must be a whole number, not 2.5"]
    assert field.number == 12_500


@pytest.mark.parametrize("text", ["0", "full"])
def test_the_word_for_the_lowest(qtbot: QtBot, window: Window, text: str):
    field = window.fields["batch"]
    field.set_number(10)
    if text == "full":  # letters are shortcuts, but a text may be pasted
        field.setFocus()
        field.selectAll()
        QApplication.clipboard().setText(text)
        qtbot.keyClick(field, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(field, Key.Key_Return)
    else:
        retype(qtbot, field, text)
    assert field.text() == "full"
    assert window.told == [("batch", 0)]
    assert window.refused == []


@pytest.mark.parametrize("end", [Key.Key_Return, Key.Key_Tab])
def test_out_of_range_is_told_and_the_old_stays(qtbot: QtBot, window: Window, end: Key):
    field = window.fields["eta"]
    retype(qtbot, field, "20000", end)
    assert window.refused == ["η (eta) must lie between 1e-7 and 10,000, not 20,000"]
    assert field.property("fault") is (end == Key.Key_Return)
    window.fields["lmbda"].setFocus()
    assert (field.text(), field.number, window.told) == ("0.1", 0.1, [])
    assert not field.property("fault")


@pytest.mark.parametrize("text", ["", "e", "1e"])
def test_no_number_is_told_too(qtbot: QtBot, window: Window, text: str):
    field = window.fields["eta"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Key.Key_Delete)
    retype(qtbot, field, text) if text else qtbot.keyClick(field, Key.Key_Return)
    assert len(window.refused) == 1
    window.fields["lmbda"].setFocus()
    assert field.text() == "0.1"


def test_the_fault_goes_when_typing_goes_on(qtbot: QtBot, window: Window):
    field = window.fields["eta"]
    retype(qtbot, field, "20000")
    assert field.property("fault")
    qtbot.keyClicks(field, "2")
    assert not field.property("fault")


@pytest.mark.parametrize(
    ("name", "key", "text"),
    [
        ("eta", Key.Key_Up, "0.2"), ("eta", Key.Key_Down, "0.05"), ("lmbda", Key.Key_Up, "5.1"),
        ("batch", Key.Key_Down, "9"), ("batch", Key.Key_PageDown, "full"),
        ("batch", Key.Key_PageUp, "20"),
    ],
)  # fmt: skip
def test_arrow_keys(qtbot: QtBot, window: Window, name: str, key: Key, text: str):
    field = window.fields[name]
    field.setFocus()
    qtbot.keyClick(field, key)
    assert field.text() == text
    assert window.told == [(name, field.number)]


@pytest.mark.parametrize(
    ("name", "key", "text"),
    [
        ("eta", Key.Key_Up, "1"), ("eta", Key.Key_Down, "0.01"), ("lmbda", Key.Key_Up, "6"),
        ("batch", Key.Key_Up, "20"), ("batch", Key.Key_Down, "full"),
    ],
)  # fmt: skip
def test_shift_makes_large_steps(qtbot: QtBot, window: Window, name: str, key: Key, text: str):
    field = window.fields[name]
    field.setFocus()
    qtbot.keyClick(field, key, Qt.KeyboardModifier.ShiftModifier)
    assert field.text() == text
    assert window.told == [(name, field.number)]  # one edit


def test_an_arrow_key_takes_up_what_is_typed(qtbot: QtBot, window: Window):
    field = window.fields["batch"]
    retype(qtbot, field, "100", end=None)
    qtbot.keyClick(field, Key.Key_Up)
    assert field.text() == "101"


def test_the_wheel_only_in_focus(window: Window):
    field = window.fields["batch"]
    window.fields["eta"].setFocus()
    wheel(field, 1)
    assert (field.text(), window.told) == ("10", [])
    field.setFocus()
    wheel(field, 1)
    wheel(field, 1)
    assert field.text() == "12"
    wheel(field, -1)
    assert field.text() == "11"


@pytest.mark.parametrize(("key", "name"), [(Key.Key_S, "S"), (Key.Key_Space, "Space")])
def test_keys_of_the_window_are_not_swallowed(qtbot: QtBot, window: Window, key: Key, name: str):
    field = window.fields["eta"]
    field.setFocus()
    qtbot.keyClick(field, key)
    assert window.shortcuts == [name]
    assert field.text() == "0.1"


def test_the_e_of_an_exponent_is_typed(qtbot: QtBot, window: Window):
    retype(qtbot, window.fields["eta"], "1e-2")
    assert window.shortcuts == []
    assert window.told == [("eta", 0.01)]


def test_set_number_does_not_tell(window: Window):
    field = window.fields["eta"]
    field.set_number(0.5)
    assert (field.text(), window.told) == ("0.5", [])


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_the_text_can_be_seen(window: Window, theme: Theme):
    window.setStyleSheet(style_sheet(theme))
    for field in window.fields.values():
        line = field.findChild(QLineEdit)
        assert line is not None
        assert line.width() > 40
        assert line.height() > line.fontMetrics().height() - 4
        picture = field.grab().toImage()
        assert len({picture.pixel(x, picture.height() // 2) for x in range(picture.width())}) > 3


def test_a_small_number_fits(window: Window):
    window.setStyleSheet(style_sheet(LIGHT))
    field = window.fields["eta"]
    field.set_number(0.00123)
    line = field.lineEdit()
    assert line.fontMetrics().horizontalAdvance(line.text()) < line.width()


def test_a_click_selects_the_number(qtbot: QtBot, window: Window):
    window.fields["lmbda"].setFocus()
    line = window.fields["eta"].lineEdit()
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: line.selectedText() == "0.1")


def test_tooltip_and_name(window: Window):
    field = window.fields["eta"]
    assert field.accessibleName() == "η (eta)"
    assert all(word in field.toolTip() for word in ("learning rate", "0.1", "1e-7", "10,000"))
    assert "0 (full) to 50,000" in window.fields["batch"].toolTip()
