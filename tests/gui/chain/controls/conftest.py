"""The controls of a chain on a page of their own, and hands that set them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.chain.spec import ChainSpec, start_chain
from engine.chain.trace import trace
from gui.chain.controls.chain_slider import ChainSlider
from gui.chain.controls.header import ChainHeader
from gui.chain.controls.sliders import ChainSliders
from gui.common.number_field import NumberField
from gui.common.style import style_sheet
from gui.document import ChainDocument
from gui.theme import LIGHT

Key = Qt.Key
Controls = type[ChainHeader] | type[ChainSliders]


class Page(QWidget):
    """The controls of a document's chain, shown again at every change as the panel does."""

    def __init__(
        self, controls: Controls, chain: ChainSpec, width: int, height: int, scale: float = 1.0
    ) -> None:
        super().__init__()
        self.document = ChainDocument(chain, self)
        self.controls = controls(self.document, LIGHT)
        self.refused: list[str] = []
        self.controls.refused.connect(self.refused.append)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.controls)
        column.addStretch(1)
        self.setStyleSheet(style_sheet(LIGHT, scale))
        self.document.changed.connect(self.show_chain)
        self.show_chain(chain)
        self.resize(width, height)

    def show_chain(self, chain: ChainSpec) -> None:
        self.controls.show_trace(trace(chain))

    @property
    def chain(self) -> ChainSpec:
        return self.document.chain

    @property
    def undo_texts(self) -> list[str]:
        stack = self.document.undo_stack
        return [stack.text(k) for k in range(stack.count())]


class SlidersPage(Page):
    def __init__(self, chain: ChainSpec, width: int = 1222, scale: float = 1.0) -> None:
        super().__init__(ChainSliders, chain, width, 300, scale)
        self.sliders = self.controls
        self.table, self.draw = self.sliders.table, self.sliders.draw
        self.chosen: list[int] = []
        self.sliders.neuron_chosen.connect(self.chosen.append)


OpenPage = Callable[..., SlidersPage]


@pytest.fixture
def open_page(shown: Callable[[SlidersPage], SlidersPage]) -> OpenPage:
    def opened(chain: ChainSpec, width: int = 1222, scale: float = 1.0) -> SlidersPage:
        page = shown(SlidersPage(chain, width, scale))
        settle()
        return page

    return opened


@pytest.fixture
def page(open_page: OpenPage) -> SlidersPage:
    return open_page(start_chain())


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def retype(qtbot: QtBot, field: NumberField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Key.Key_Return)


def choose(qtbot: QtBot, combo: QComboBox, key: str) -> None:
    """With the arrow keys, which choose what they pass, too."""
    combo.setFocus()
    way = combo.findData(key) - combo.currentIndex()
    for _ in range(abs(way)):
        qtbot.keyClick(combo, Key.Key_Down if way > 0 else Key.Key_Up)


def drag(qtbot: QtBot, slider: ChainSlider, *offsets: int) -> None:
    groove, button = slider.groove, Qt.MouseButton.LeftButton
    start = QPoint(round(groove.at(groove.value())), groove.height() // 2)
    qtbot.mousePress(groove, button, pos=start)
    for offset in offsets:
        qtbot.mouseMove(groove, start + QPoint(offset, 0))
    qtbot.mouseRelease(groove, button, pos=start + QPoint(offsets[-1], 0))
