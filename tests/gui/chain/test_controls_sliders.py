import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.chain.edits import (
    set_all_weights,
    set_bias,
    set_length,
    set_neuron,
    set_weight,
    tie,
)
from engine.chain.examples import exploding
from engine.chain.spec import ChainSpec, drawn, start_chain
from engine.chain.trace import trace
from gui.chain.controls.chain_slider import ChainSlider
from gui.chain.controls.sliders import ChainSliders
from gui.common.style import style_sheet
from gui.common.value_slider import Shape
from gui.document import ChainDocument
from gui.theme import DARK, LIGHT

Key = Qt.Key
pytestmark = pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)  # of tooltips


class Page(QWidget):
    """The sliders of a document's chain, shown again at every change as the panel does."""

    def __init__(self, chain: ChainSpec, width: int = 1222, scale: float = 1.0) -> None:
        super().__init__()
        self.document = ChainDocument(chain, self)
        self.sliders = ChainSliders(self.document, LIGHT)
        self.table, self.draw = self.sliders.table, self.sliders.draw
        self.refused: list[str] = []
        self.sliders.refused.connect(self.refused.append)
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
def page(request: pytest.FixtureRequest, qtbot: QtBot) -> Page:
    """Of ``start_chain``, or of the chain that the test is parametrized with."""
    return open_page(qtbot, getattr(request, "param", start_chain()))


def open_page(qtbot: QtBot, chain: ChainSpec, width: int = 1222, scale: float = 1.0) -> Page:
    page = Page(chain, width, scale)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    settle()
    return page


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def drag(qtbot: QtBot, slider: ChainSlider, *offsets: int) -> None:
    groove, button = slider.groove, Qt.MouseButton.LeftButton
    start = QPoint(round(groove.at(groove.value())), groove.height() // 2)
    qtbot.mousePress(groove, button, pos=start)
    for offset in offsets:
        qtbot.mouseMove(groove, start + QPoint(offset, 0))
    qtbot.mouseRelease(groove, button, pos=start + QPoint(offsets[-1], 0))


def retype(qtbot: QtBot, slider: ChainSlider, text: str) -> None:
    slider.field.setFocus()
    slider.field.selectAll()
    qtbot.keyClicks(slider.field, text)
    qtbot.keyClick(slider.field, Key.Key_Return)


def texts(sliders: list[ChainSlider]) -> list[str]:
    return [slider.field.text() for slider in sliders]


# -- what is shown -------------------------------------------------------------------------------


def test_a_slider_for_every_number(page: Page):
    assert texts(page.table.sliders) == [
        "0.8", "0", "1.2", "0.3", "−0.8", "−0.2", "1.6", "0.5", "0.9", "−0.4", "differ", "differ",
    ]  # fmt: skip
    assert all(slider.isVisible() for slider in page.table.sliders)


def test_names_for_a_screen_reader(page: Page):
    names = [slider.groove.accessibleName() for slider in page.table.sliders]
    assert names[0].startswith("a 0: ")
    assert names[2:6] == [
        "w 1: weight from the input to neuron 1", "b 1: bias of neuron 1",
        "w 2: weight from neuron 1 to neuron 2", "b 2: bias of neuron 2",
    ]  # fmt: skip
    assert names[-2:] == ["all weights together", "all biases together"]
    assert [slider.field.accessibleName() for slider in page.table.sliders] == names


def test_colours_say_sign_and_neuron(page: Page):
    def colours() -> list[QColor]:
        return [slider.groove.colour for pair in page.table.neurons for slider in pair]

    for theme in (LIGHT, DARK):
        page.sliders.set_theme(theme)
        signs = [theme.positive, theme.negative, theme.positive, theme.positive]
        assert colours()[::2] == [QColor(sign) for sign in signs]
        assert colours()[1::2] == [theme.layer(j, 4) for j in range(4)]
    page.document.change("", set_weight(page.chain, 2, 0.8))
    assert colours()[2] == QColor(DARK.positive)


def test_linked_sliders_show_the_common_value(qtbot: QtBot, page: Page):
    page.document.change("", set_all_weights(page.chain, -2.5))
    written = ["0.8", "0", "−2.5", "0.3", "−2.5", "−0.2", "−2.5", "0.5", "−2.5", "−0.4"]
    qtbot.waitUntil(lambda: texts(page.table.sliders) == [*written, "−2.5", "differ"], timeout=500)
    page.document.undo_stack.undo()
    assert texts(list(page.table.all)) == ["differ", "differ"]


# -- hands ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("j", [1, 2, 3, 4])
@pytest.mark.parametrize("row", [0, 1])
def test_a_drag_sets_one_number_in_one_step(qtbot: QtBot, page: Page, j: int, row: int):
    before = page.chain
    slider = page.table.neurons[j - 1][row]
    drag(qtbot, slider, 5, 10, 20)
    value = slider.value
    assert value > (before.w, before.b)[row][j - 1]
    assert page.chain == (set_weight, set_bias)[row](before, j, value)
    assert page.undo_texts == [f"Set {'wb'[row]}{'₀₁₂₃₄'[j]}"]
    page.document.undo_stack.undo()
    assert page.chain == before
    assert slider.value == (before.w, before.b)[row][j - 1]


@pytest.mark.parametrize(
    ("row", "text", "field"), [(0, "Set a₀", "x"), (1, "Set y", "y")], ids=["a_0", "y"]
)
def test_the_ends_of_the_chain(qtbot: QtBot, page: Page, row: int, text: str, field: str):
    retype(qtbot, page.table.ends[row], "0.25")
    assert getattr(page.chain, field) == 0.25
    assert page.undo_texts == [text]


def test_all_weights_together(qtbot: QtBot, page: Page):
    before = page.chain
    drag(qtbot, page.table.all[0], 5, 15)
    value = page.table.all[0].value
    assert page.chain == set_all_weights(before, value)
    assert len({slider.value for slider, _ in page.table.neurons}) == 1
    assert page.undo_texts == ["Set all weights"]
    retype(qtbot, page.table.all[1], "0")
    assert page.chain.b == (0.0,) * 4
    assert page.undo_texts == ["Set all weights", "Set all biases"]


def test_arrow_keys_are_one_step_of_undo(qtbot: QtBot, page: Page):
    slider = page.table.neurons[1][0]
    slider.setFocus()
    for _ in range(3):
        qtbot.keyClick(slider.groove, Key.Key_Right)
    assert page.chain.w[1] == -0.5
    assert page.undo_texts == ["Set w₂"]


def test_what_cannot_be_is_told_and_nothing_is_lost(qtbot: QtBot, page: Page):
    before, slider = page.chain, page.table.ends[0]
    slider.set_value(1e9)  # as if the field had let it pass
    slider.value_changed.emit(1e9, None)
    assert page.chain is before
    assert page.refused == ["a₀ (x) must lie between -1,000 and 1,000, not 1,000,000,000"]
    assert slider.value == 0.8


@pytest.mark.parametrize("which", ["neuron", "end", "all"])
def test_what_is_typed_and_cannot_be_is_told(qtbot: QtBot, page: Page, which: str):
    table = page.table
    slider = {"neuron": table.neurons[3][0], "end": table.ends[1], "all": table.all[1]}[which]
    retype(qtbot, slider, "2e6")
    assert len(page.refused) == 1
    assert page.chain == start_chain()


def test_moving_a_neurons_slider_chooses_the_neuron(qtbot: QtBot, page: Page):
    chosen: list[int] = []
    page.sliders.neuron_chosen.connect(chosen.append)
    drag(qtbot, page.table.neurons[2][1], 10, 20, 30)
    assert chosen == [3]  # once
    page.sliders.set_chosen(1)
    drag(qtbot, page.table.neurons[2][1], 10)
    drag(qtbot, page.table.all[0], 10)
    assert chosen == [3, 3]


# -- double click --------------------------------------------------------------------------------


def reset(qtbot: QtBot, slider: ChainSlider) -> float:
    qtbot.mouseDClick(slider.symbol, Qt.MouseButton.LeftButton)
    return slider.value


def test_a_double_click_leads_back_to_the_chain_as_it_came(qtbot: QtBot, page: Page):
    slider = page.table.neurons[1][0]
    drag(qtbot, slider, 20)
    drag(qtbot, slider, -50)
    drag(qtbot, page.table.all[0], 10)
    assert reset(qtbot, slider) == page.chain.w[1] == -0.8


def test_an_example_is_where_a_double_click_leads_then(qtbot: QtBot, page: Page):
    page.document.change("", exploding(page.chain))
    slider = page.table.neurons[1][1]
    drag(qtbot, slider, 20)
    assert reset(qtbot, slider) == -50.0


def test_one_neuron_set_elsewhere_is_no_other_chain(qtbot: QtBot, page: Page):
    page.document.change("", set_neuron(page.chain, 2, 3.0, -3.0))
    assert page.table.neurons[1][0].value == 3.0
    assert reset(qtbot, page.table.neurons[1][0]) == -0.8


def test_linked_sliders_return_to_a_neutral_value(qtbot: QtBot, page: Page):
    assert [reset(qtbot, slider) for slider in page.table.all] == [1.0, 0.0]


# -- tied ----------------------------------------------------------------------------------------


def test_a_tied_chain_has_one_weight_and_one_bias(qtbot: QtBot, page: Page):
    qtbot.mouseClick(page.table.tie, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    settle()
    assert page.chain == tie(start_chain(), True)
    names = [slider.groove.accessibleName().partition(":")[0] for slider in page.table.sliders]
    assert names == ["a 0", "y", "w", "b"]
    assert not any(slider.isVisible() for pair in page.table.neurons for slider in pair)
    drag(qtbot, page.table.all[0], 30)
    assert len({*page.chain.w}) == 1
    assert page.chain.tied
    assert page.undo_texts == ["Tie weights", "Set w"]


def test_untied_again(qtbot: QtBot, page: Page):
    page.table.tie.setFocus()
    for _ in range(2):
        qtbot.keyClick(page.table.tie, Key.Key_Space)
    assert not page.chain.tied
    assert page.undo_texts == ["Tie weights", "Untie weights"]
    assert page.table.all[0].groove.accessibleName() == "all weights together"
    assert len(page.table.sliders) == 12
    page.document.undo_stack.undo()
    assert page.table.tie.isChecked()


# -- another length ------------------------------------------------------------------------------


@pytest.mark.parametrize("neurons", [1, 2, 5, 12])
def test_another_number_of_neurons(page: Page, neurons: int):
    kept = list(page.table.neurons)
    page.document.change("", set_length(page.chain, neurons))
    settle()
    assert [w.value for w, _ in page.table.neurons[:neurons]] == list(page.chain.w)
    assert page.table.neurons[: len(kept)] == kept  # the widgets stay
    visible = [pair for pair in page.table.neurons if pair[0].isVisible() and pair[1].isVisible()]
    assert visible == page.table.neurons[:neurons]
    last = page.table.neurons[neurons - 1][1]
    assert last.groove.colour == LIGHT.layer(neurons - 1, neurons)


def test_the_focus_stays_when_the_chain_gets_longer(page: Page):
    slider = page.table.neurons[1][1]
    slider.setFocus()
    page.document.change("", set_length(page.chain, 9))
    settle()
    assert slider.groove.hasFocus()


def test_the_focus_goes_to_the_last_neuron_when_its_own_is_gone(page: Page):
    page.table.neurons[3][1].setFocus()
    page.document.change("", set_length(page.chain, 2))
    settle()
    assert page.table.neurons[1][1].groove.hasFocus()


def test_a_drag_goes_on_while_the_chain_changes(qtbot: QtBot, page: Page):
    slider = page.table.neurons[0][0]
    groove, button = slider.groove, Qt.MouseButton.LeftButton
    start = QPoint(round(groove.at(groove.value())), groove.height() // 2)
    qtbot.mousePress(groove, button, pos=start)
    qtbot.mouseMove(groove, start + QPoint(10, 0))
    page.document.change("", set_bias(page.chain, 3, 2.0))
    qtbot.mouseMove(groove, start + QPoint(20, 0))
    place = slider.value
    qtbot.mouseRelease(groove, button, pos=start + QPoint(20, 0))
    assert page.chain.w[0] == place > 1.2
    assert page.chain.b[2] == 2.0


def test_tab_goes_through_all_in_order(qtbot: QtBot, page: Page):
    page.document.change("", set_length(page.chain, 6))
    settle()
    page.table.ends[0].setFocus()
    stops = []
    for slider in page.table.sliders:
        for widget in (slider.groove, slider.field):
            stops.append(widget.hasFocus())
            qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert all(stops)
    assert page.table.tie.hasFocus()


# -- room ----------------------------------------------------------------------------------------

CHAINS = {1: drawn(1), 4: start_chain(), 8: drawn(8), 12: drawn(12)}


def placed(page: Page) -> list[tuple[str, QWidget]]:
    """Everything that can be seen or pressed, with what it is."""
    parts: list[tuple[str, QWidget]] = [("tie", page.table.tie)]
    for k, slider in enumerate(page.table.sliders):
        for name in ("symbol", "field", "groove"):
            part = getattr(slider, name)
            if part.isVisible():
                parts.append((f"{name} {k}", part))
    return parts


@pytest.mark.parametrize("neurons", CHAINS)
@pytest.mark.parametrize(
    ("width", "scale"), [(1222, 1.0), (972, 1.0), (1222, 1.5), (972, 1.5), (996, 2.0), (600, 1.0)]
)
def test_nothing_is_cut_and_nothing_overlaps(qtbot: QtBot, neurons: int, width: int, scale: float):
    page = open_page(qtbot, CHAINS[neurons], width, scale)
    strip = page.sliders._strip
    bar = strip.horizontalScrollBar()
    assert not bar.isVisible() or (neurons == 12 and (width < 972 or scale == 2.0))
    assert page.sliders.height() <= 120 * scale
    boxes = []
    for name, part in placed(page):
        box = part.rect().translated(part.mapTo(page.table, QPoint()))
        assert page.table.rect().contains(box), name
        assert part.width() >= part.minimumSizeHint().width(), name
        assert not any(box.intersects(other) for other in boxes), name
        boxes.append(box)
    assert page.table.height() <= strip.viewport().height()
    for slider in page.table.sliders:
        line = slider.field.lineEdit()
        assert line.fontMetrics().horizontalAdvance(slider.field.text()) <= line.width()


def test_the_shape_follows_the_room(qtbot: QtBot):
    page = open_page(qtbot, start_chain())
    shapes = []
    for width in (1222, 700, 430, 700, 1222):
        page.resize(width, 300)
        settle()
        shapes.append(page.table.shape)
    assert shapes[0] is shapes[4] is Shape.WIDE
    assert shapes[1] is shapes[3] is Shape.COMPACT
    assert shapes[2] is Shape.BARE


def test_another_size_of_type_arranges_anew(qtbot: QtBot):
    page = open_page(qtbot, start_chain(), 996)
    assert page.table.shape is Shape.WIDE
    page.setStyleSheet(style_sheet(LIGHT, 1.5))
    settle()
    assert page.table.shape is Shape.COMPACT
    page.setStyleSheet(style_sheet(LIGHT, 1.0))
    settle()
    assert page.table.shape is Shape.WIDE
