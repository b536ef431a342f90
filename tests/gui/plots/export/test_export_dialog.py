"""What can be chosen for an export, with keys and clicks."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from gui.plots.export.export import PAPER, SLIDE
from gui.plots.export.export_dialog import RUN, ExportDialog, Order
from gui.theme import LIGHT

LEFT = Qt.MouseButton.LeftButton


def measure(order: Order) -> QSize:
    return QSize(7, 1200) if "csv" in order.kinds else QSize(1280, 720) * order.sharp


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def dialog(parent: QWidget, qtbot: QtBot) -> ExportDialog:
    dialog = ExportDialog("Export", Order(), measure, True, parent)
    dialog.show()
    yield dialog
    dialog.hide()


def click(qtbot: QtBot, choice, key: str) -> None:
    qtbot.mouseClick(choice.buttons[key], LEFT)


def test_it_foretells_what_comes(dialog: ExportDialog, qtbot: QtBot) -> None:
    assert dialog.outcome.text() == "2,560 × 1,440 pixels"
    click(qtbot, dialog.sharpness, "4")
    assert dialog.outcome.text() == "5,120 × 2,880 pixels"
    click(qtbot, dialog.kinds, "csv")
    assert dialog.outcome.text() == "1,200 rows, 7 columns"
    click(qtbot, dialog.kinds, "pdf")
    assert "lines and text" in dialog.outcome.text()


def test_what_plays_no_part_cannot_be_chosen(dialog: ExportDialog, qtbot: QtBot) -> None:
    choices = (dialog.size_choice, dialog.sharpness, dialog.colours, dialog.numbers)
    for kind, expected in (
        ("png", [True, True, True, False]), ("svg", [True, False, True, False]),
        ("pdf", [True, False, True, False]), ("csv", [False, False, False, True]),
    ):  # fmt: skip
        click(qtbot, dialog.kinds, kind)
        assert [choice.isEnabled() for choice in choices] == expected


def test_the_order_is_what_was_chosen(dialog: ExportDialog, qtbot: QtBot) -> None:
    click(qtbot, dialog.size_choice, "slide")
    click(qtbot, dialog.colours, "light")
    click(qtbot, dialog.sharpness, "3")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.order == Order(("png",), "slide", 3, "light")
    assert dialog.order.style.sheet == SLIDE
    assert dialog.order.style.theme is LIGHT
    assert Order(size="paper").style.sheet == PAPER
    assert Order().style.theme is None


def test_the_last_order_is_the_next_proposal(parent: QWidget, qtbot: QtBot) -> None:
    last = Order(("csv",), "paper", 4, "light", RUN)
    dialog = ExportDialog("Export", last, measure, True, parent)
    assert dialog.order == last


def test_several_kinds_but_not_none(parent: QWidget, qtbot: QtBot) -> None:
    dialog = ExportDialog("Export all", Order(("png", "csv")), None, False, parent)
    dialog.show()
    go = next(b for b in dialog.buttons.buttons() if b.text() == "Export…")
    assert dialog.order.kinds == ("png", "csv")
    for key in ("png", "csv"):
        assert go.isEnabled()
        dialog.boxes[key].setFocus()
        qtbot.keyClick(dialog.boxes[key], Qt.Key.Key_Space)
    assert dialog.order.kinds == ()
    assert not go.isEnabled()
    qtbot.mouseClick(dialog.boxes["svg"], LEFT, pos=dialog.boxes["svg"].rect().center())
    dialog.closed.toggle()
    assert (dialog.order.kinds, dialog.order.closed) == (("svg",), True)
    assert not dialog.colours.isVisible()  # the window is light
    cancel = dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.mouseClick(cancel, LEFT)


def test_it_is_not_accepted_without_a_kind(parent: QWidget, qtbot: QtBot) -> None:
    dialog = ExportDialog("Export all plots", Order(), None, False, parent)
    dialog.open()
    for box in dialog.boxes.values():
        box.setChecked(False)
    dialog.accept()
    assert dialog.isVisible()
    dialog.boxes["csv"].setChecked(True)
    dialog.accept()
    assert not dialog.isVisible()
    assert dialog.order.kinds == ("csv",)
