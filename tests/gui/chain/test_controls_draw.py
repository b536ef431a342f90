from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.chain.draws import Draw
from engine.chain.edits import redraw, set_bias, set_length, set_weight, tie
from engine.chain.spec import ChainSpec, drawn
from engine.chain.trace import trace
from gui.chain.controls.chain_slider import ChainSlider
from gui.chain.controls.sliders import ChainSliders
from gui.common.number_field import NumberField
from gui.common.style import style_sheet
from gui.document import ChainDocument
from gui.theme import LIGHT

Key = Qt.Key
pytestmark = pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)  # of tooltips


class Page(QWidget):
    """The controls of a document's chain, shown again at every change as the panel does."""

    def __init__(self, chain: ChainSpec, width: int, scale: float) -> None:
        super().__init__()
        self.document = ChainDocument(chain, self)
        self.sliders = ChainSliders(self.document, LIGHT)
        self.draw = self.sliders.draw
        self.refused: list[str] = []
        self.chosen: list[int] = []
        self.sliders.refused.connect(self.refused.append)
        self.sliders.neuron_chosen.connect(self.chosen.append)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sliders)
        column.addStretch(1)
        self.setStyleSheet(style_sheet(LIGHT, scale))
        self.document.changed.connect(self.show_chain)
        self.show_chain(chain)
        self.resize(width, 300)

    def show_chain(self, chain: ChainSpec) -> None:
        self.sliders.show_trace(trace(chain))

    @property
    def chain(self) -> ChainSpec:
        return self.document.chain

    @property
    def undo_texts(self) -> list[str]:
        stack = self.document.undo_stack
        return [stack.text(k) for k in range(stack.count())]


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    return open_page(qtbot)


def open_page(
    qtbot: QtBot, chain: ChainSpec | None = None, width: int = 1222, scale: float = 1.0
) -> Page:
    page = Page(chain or drawn(40), width, scale)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    settle()
    return page


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def retype(qtbot: QtBot, field: NumberField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Key.Key_Return)


def choose(qtbot: QtBot, combo: QComboBox, key: str) -> None:
    combo.setFocus()
    way = combo.findData(key) - combo.currentIndex()
    for _ in range(abs(way)):
        qtbot.keyClick(combo, Key.Key_Down if way > 0 else Key.Key_Up)


def nudge(qtbot: QtBot, slider: ChainSlider) -> float:
    slider.setFocus()
    qtbot.keyClick(slider.groove, Key.Key_Right)
    return slider.value


def test_a_long_chain_has_no_slider_for_every_number(page: Page):
    assert page.draw.isVisible()
    assert not page.sliders.table.isVisible()
    assert page.draw.distributions["weights"].key == "normal"
    assert page.draw.scales["w_scale"].number == 1.0
    assert "all values are drawn" in page.draw.note.shown


def test_from_thirteen_neurons_on(page: Page):
    for neurons, is_long in ((13, True), (12, False), (1000, True)):
        page.document.change("", set_length(page.chain, neurons))
        settle()
        assert page.draw.isVisible() == is_long
        assert page.sliders.table.isVisible() != is_long


@pytest.mark.parametrize("name", ["weights", "biases"])
@pytest.mark.parametrize("key", ["uniform", "sign", "constant"])
def test_another_distribution_draws_anew(qtbot: QtBot, page: Page, name: str, key: str):
    before = page.chain
    combo = page.draw.distributions[name]
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())
    assert page.chain == redraw(before, replace(before.draw, **{name: key}))
    label = {"uniform": "uniform", "sign": "±s", "constant": "all equal"}[key]
    assert page.undo_texts == [f"Draw {name}: {label}"]
    page.document.undo_stack.undo()
    assert page.chain == before
    assert combo.key == "normal"


def test_a_distribution_is_chosen_with_the_keys(qtbot: QtBot, page: Page):
    choose(qtbot, page.draw.distributions["weights"], "uniform")
    assert page.chain.draw.weights == "uniform"


def test_another_scale_draws_anew(qtbot: QtBot, page: Page):
    before = page.chain
    retype(qtbot, page.draw.scales["w_scale"], "3")
    assert page.chain == redraw(before, Draw(w_scale=3.0))
    assert page.chain.w[7] == pytest.approx(3 * before.w[7])
    retype(qtbot, page.draw.scales["b_scale"], "0")
    assert page.chain.b == (0.0,) * 40
    assert page.undo_texts == ["Set s of w", "Set s of b"]


def test_a_scale_that_cannot_be_is_refused(qtbot: QtBot, page: Page):
    before = page.chain
    retype(qtbot, page.draw.scales["w_scale"], "-1")
    assert page.chain is before
    assert page.refused == ["s of w (w_scale) must lie between 0 and 1,000, not -1"]


def test_one_neuron_can_be_set(qtbot: QtBot, page: Page):
    before = page.chain
    retype(qtbot, page.draw.picker, "17")
    assert page.chosen == [17]
    w, b = page.draw.neuron
    assert w.groove.accessibleName() == "w 17: weight from neuron 16 to neuron 17"
    assert w.value == before.w[16]
    value = nudge(qtbot, w)
    assert page.chain == set_weight(before, 17, value)
    value_b = nudge(qtbot, b)
    assert page.chain == set_bias(set_weight(before, 17, value), 17, value_b)
    assert page.undo_texts == ["Set w₁₇", "Set b₁₇"]
    qtbot.mouseDClick(w.symbol, Qt.MouseButton.LeftButton)
    assert page.chain.w == before.w


def test_the_neuron_that_is_chosen_elsewhere_is_picked(page: Page):
    page.sliders.set_chosen(33)
    assert page.draw.picker.number == page.draw.picked == 33
    assert page.draw.neuron[1].value == page.chain.b[32]
    assert page.chosen == []
    page.sliders.set_chosen(500)
    assert page.draw.picked == 33


def test_a_neuron_that_is_not_there_is_refused(qtbot: QtBot, page: Page):
    retype(qtbot, page.draw.picker, "41")
    assert page.draw.picked == 1
    assert page.refused == ["neuron must lie between 1 and 40, not 41"]


def test_a_shorter_chain_has_its_last_neuron_picked(page: Page):
    page.sliders.set_chosen(33)
    page.document.change("", set_length(page.chain, 20))
    assert page.draw.picker.number == page.draw.picked == 20
    assert page.draw.neuron[0].value == page.chain.w[19]


def test_a_tied_long_chain_has_one_weight_and_one_bias(qtbot: QtBot, page: Page):
    before = page.chain
    page.sliders.set_chosen(9)
    qtbot.mouseClick(page.draw.tie, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert page.chain == tie(before, True)
    assert not page.draw.picker.isVisible()
    w = page.draw.neuron[0]
    assert w.groove.accessibleName().startswith("w: ")
    value = nudge(qtbot, w)
    assert page.chain.w == (value,) * 40
    assert page.undo_texts == ["Tie weights", "Set w"]


def test_the_ends_of_a_long_chain(qtbot: QtBot, page: Page):
    retype(qtbot, page.draw.ends[0].field, "-0.5")
    retype(qtbot, page.draw.ends[1].field, "1")
    assert (page.chain.x, page.chain.y) == (-0.5, 1.0)


@pytest.mark.parametrize(
    ("width", "scale", "high"),
    [(1222, 1.0, 100), (972, 1.0, 100), (972, 1.5, 160), (996, 2.0, 210)],
)
@pytest.mark.parametrize("tied", [False, True])
def test_nothing_of_it_is_cut(qtbot: QtBot, width: int, scale: float, high: int, tied: bool):
    page = open_page(qtbot, tie(drawn(1000), tied), width, scale)
    assert page.sliders.height() <= high
    seen = [
        part for part in page.draw.findChildren(QWidget)
        if part.isVisible() and not part.findChildren(QWidget, options=DIRECT)
        and not isinstance(part, QLineEdit)
    ]  # fmt: skip
    boxes = []
    for part in seen:
        box = part.rect().translated(part.mapTo(page.draw, QPoint()))
        name = f"{type(part).__name__} {part.accessibleName()}"
        assert page.draw.rect().contains(box), name
        assert part.width() >= part.minimumSizeHint().width(), name
        assert not any(box.intersects(other) for other in boxes), name
        boxes.append(box)


DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
