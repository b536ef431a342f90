import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from engine.chain.edits import change, set_bias, set_length, set_weight, tie
from engine.chain.spec import ChainSpec, drawn, start_chain
from engine.chain.trace import trace
from gui.chain.diagram import fading
from gui.chain.diagram.diagram import ChainDiagram
from gui.chain.diagram.keys import COST, RESULT, SHARED_BIAS, SHARED_WEIGHT, Key, group
from gui.theme import DARK, LIGHT

Make = Callable[..., ChainDiagram]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    kept: list[ChainDiagram] = []

    def made(chain: ChainSpec | None = None, width: int = 1200, height: int = 330) -> ChainDiagram:
        diagram = ChainDiagram(LIGHT)
        kept.append(diagram)
        qtbot.addWidget(diagram)
        diagram.resize(width, height)
        diagram.show_trace(trace(chain or start_chain()))
        diagram.show()
        diagram.activateWindow()
        qtbot.waitUntil(diagram.isActiveWindow)
        return diagram

    return made


@pytest.fixture(autouse=True)
def lively(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the system had not been asked for less motion."""
    monkeypatch.setattr(fading, "less_motion", lambda: False)


def place(diagram: ChainDiagram, key: Key) -> QPoint:
    drawing = diagram.drawing
    assert drawing is not None
    at = drawing.place(key)
    assert not at.isEmpty(), key
    return at.center().toPoint()


def picture(diagram: ChainDiagram) -> QImage:
    return diagram.grab().toImage()


def texts(diagram: ChainDiagram) -> dict[Key, str]:
    drawing = diagram.drawing
    assert drawing is not None
    return drawing.reading.texts


def test_a_click_chooses_a_neuron(make: Make, qtbot: QtBot) -> None:
    diagram = make()
    with qtbot.waitSignal(diagram.neuron_chosen) as heard:
        qtbot.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=place(diagram, ("bias", 3)))
    assert heard.args == [3]
    assert diagram.chosen == 3
    with qtbot.waitSignal(diagram.neuron_chosen) as heard:  # the term above it does the same
        qtbot.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=place(diagram, ("prime", 2)))
    assert heard.args == [2]
    with qtbot.assertNotEmitted(diagram.neuron_chosen):
        qtbot.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=place(diagram, COST))
        qtbot.mouseClick(diagram, Qt.MouseButton.RightButton, pos=place(diagram, ("bias", 1)))
        qtbot.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=place(diagram, ("bias", 2)))


def test_arrows_choose_a_neuron(make: Make, qtbot: QtBot) -> None:
    diagram = make(drawn(40))
    diagram.setFocus()
    heard: list[int] = []
    diagram.neuron_chosen.connect(heard.append)
    keys = Qt.Key
    for key in (keys.Key_Left, keys.Key_Right, keys.Key_End, keys.Key_Left, keys.Key_Home):
        qtbot.keyClick(diagram, key)
    assert heard == [2, 40, 39, 1]
    for _ in range(4):
        qtbot.keyClick(diagram, keys.Key_Right)
    assert diagram.chosen == 37  # over those that are not drawn
    with qtbot.assertNotEmitted(diagram.neuron_chosen):
        qtbot.keyClick(diagram, keys.Key_Right, Qt.KeyboardModifier.ControlModifier)


def test_the_chosen_neuron_is_ringed(make: Make) -> None:
    diagram = make()
    before = picture(diagram)
    diagram.set_chosen(3)
    after = picture(diagram)
    drawing = diagram.drawing
    assert drawing is not None
    circle = drawing.hits.place(("bias", 3))
    ring = [
        (x, round(circle.center().y()))
        for x in range(round(circle.left()) - 10, round(circle.left()) - 2)
    ]
    accent = QColor(LIGHT.accent)

    def near(image: QImage) -> bool:
        colours = [image.pixelColor(x, y - 12) for x, y in ring]
        return any(
            abs(c.red() - accent.red()) + abs(c.blue() - accent.blue()) < 60 for c in colours
        )

    assert near(after)
    assert not near(before)


def test_choosing_one_that_is_gone_takes_the_last(make: Make) -> None:
    diagram = make(drawn(8))
    diagram.set_chosen(8)
    diagram.show_trace(trace(drawn(3)))
    assert diagram.chosen == 3
    diagram.set_chosen(7)
    assert diagram.chosen == 3


@pytest.mark.parametrize(
    ("over", "elsewhere"),
    [
        (("prime", 2), ("bias", 2)),
        (("bias", 2), ("prime", 2)),
        (("weight", 3), ("weight", 3)),
        (COST, ("slope", 0)),
        (("delta", 4), ("prime", 4)),
    ],
)
def test_a_thing_and_its_counterpart_light_up_together(
    over: Key, elsewhere: Key, make: Make, qtbot: QtBot
) -> None:
    diagram = make()
    diagram.set_chosen(1)
    before = picture(diagram)
    qtbot.mouseMove(diagram, place(diagram, over))
    qtbot.waitUntil(lambda: picture(diagram) != before)
    after, drawing = picture(diagram), diagram.drawing
    assert drawing is not None
    changed = {
        (x, y)
        for x in range(0, before.width(), 2)
        for y in range(0, before.height(), 2)
        if before.pixel(x, y) != after.pixel(x, y)
    }
    counterparts = [at for key, at in drawing.hits.places if group(key) == group(elsewhere)]
    lit = [at for at in counterparts if any(at.contains(QPointF(x, y)) for x, y in changed)]
    assert any(at.center().y() < 130 for at in lit)  # in the formula
    assert any(at.center().y() > 150 for at in lit)  # in the drawing
    qtbot.mouseMove(diagram, QPoint(5, 5))
    qtbot.waitUntil(lambda: picture(diagram) == before)


def test_the_tip_says_what_the_symbol_is(make: Make, qtbot: QtBot) -> None:
    diagram = make()
    for key, words in (
        (("prime", 3), "σ′(z<sub>3</sub>) = 0.19"),
        (("weight", 2), "w<sub>2</sub> = −0.8"),
        (("bias", 4), "b<sub>4</sub> = −0.4"),
        (("z", 1), "z<sub>1</sub> = 1.26"),
        (RESULT, "∂C/∂b<sub>1</sub> = −0.00115"),
    ):
        at = place(diagram, key)
        if key[0] == "prime":
            at -= QPoint(20, 0)  # not on its z
        event = QHelpEvent(QEvent.Type.ToolTip, at, diagram.mapToGlobal(at))
        QApplication.sendEvent(diagram, event)
        assert QToolTip.isVisible()
        assert words in QToolTip.text()


def test_a_tied_chain_has_the_gradients_of_its_one_weight_and_bias(make: Make) -> None:
    chain = tie(start_chain(), True)
    diagram = make(chain)

    def cost(w: float, b: float) -> float:
        return trace(replace(chain, w=(w,) * 4, b=(b,) * 4)).cost

    w, b, h = chain.w[0], chain.b[0], 1e-5
    for key, slope in (
        (SHARED_WEIGHT, (cost(w + h, b) - cost(w - h, b)) / (2 * h)),
        (SHARED_BIAS, (cost(w, b + h) - cost(w, b - h)) / (2 * h)),
    ):
        at = place(diagram, key)
        event = QHelpEvent(QEvent.Type.ToolTip, at, diagram.mapToGlobal(at))
        QApplication.sendEvent(diagram, event)
        value = re.search(r"= (−?[\d.]+)</b>", QToolTip.text())
        assert value is not None
        assert float(value[1].replace("−", "-")) == pytest.approx(slope, rel=1e-7)
        assert diagram.at(QPointF(at)) == key


def test_a_trace_is_shown(make: Make) -> None:
    diagram = make()
    before = picture(diagram)
    diagram.show_trace(trace(set_weight(start_chain(), 2, 2.0)))
    assert texts(diagram)["weight", 2] == "2.00"
    assert picture(diagram) != before


def test_what_moved_stands_out_and_fades(make: Make, qtbot: QtBot) -> None:
    diagram = make()
    diagram.grab()
    diagram.show_trace(trace(set_weight(start_chain(), 3, 1.9)))
    strengths = diagram.fading.strengths
    assert strengths["weight", 3] == 1.0
    assert 0 < strengths["prime", 4] < 1  # what follows from it
    assert ("prime", 2) not in strengths  # and what does not
    lit = picture(diagram)
    qtbot.waitUntil(lambda: diagram.fading.is_over, timeout=3000)
    assert diagram.fading.strengths == {}
    assert picture(diagram) != lit
    fresh = ChainDiagram(LIGHT)
    qtbot.addWidget(fresh)
    fresh.resize(diagram.size())
    fresh.show_trace(trace(set_weight(start_chain(), 3, 1.9)))
    diagram.clearFocus()
    assert picture(fresh) == picture(diagram)


def test_nothing_stands_out_where_less_motion_is_wanted(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fading, "less_motion", lambda: True)
    diagram = make()
    diagram.grab()
    diagram.show_trace(trace(set_bias(start_chain(), 3, 1.9)))
    assert diagram.fading.strengths == {}
    assert diagram.fading.is_over


def test_another_chain_does_not_stand_out_as_a_whole(make: Make) -> None:
    diagram = make()
    diagram.grab()
    diagram.show_trace(trace(set_length(start_chain(), 6)))
    assert diagram.fading.strengths == {}


def test_colours_follow_the_sign(make: Make) -> None:
    diagram = make()
    drawing = diagram.drawing
    assert drawing is not None
    at, columns = drawing.plan.rows.centre, drawing.plan.columns
    diagram.show_trace(trace(set_weight(start_chain(), 2, 3.0)))
    diagram.fading.stop()
    x = round(columns.edge(1))
    assert picture(diagram).pixelColor(x, round(at)).name() == QColor(LIGHT.positive).name()
    diagram.show_trace(trace(set_weight(start_chain(), 2, -3.0)))
    diagram.fading.stop()
    assert picture(diagram).pixelColor(x, round(at)).name() == QColor(LIGHT.negative).name()


def test_a_theme_and_a_font_change_the_picture(make: Make) -> None:
    diagram = make()
    light = picture(diagram)
    diagram.set_theme(DARK)
    assert picture(diagram) != light
    diagram.set_theme(LIGHT)
    assert picture(diagram) == light
    hint = diagram.sizeHint()
    font = diagram.font()
    font.setPixelSize(26)
    diagram.setFont(font)
    assert diagram.sizeHint().height() > hint.height()
    assert picture(diagram) != light


def test_it_is_said_in_words(make: Make, qtbot: QtBot) -> None:
    diagram = make()
    qtbot.waitUntil(lambda: diagram.accessibleDescription() != "")
    said = diagram.accessibleDescription()
    assert said.startswith("∂C/∂b₁ = σ′(z₁) 0.172 × w₂ −0.800 × σ′(z₂) 0.212")
    assert "× ∂C/∂a₄ 0.564 = −0.001152; the first layer learns 120× slower" in said
    assert "neuron 1 of 4: w 1.2, b 0.3" in said
    diagram.set_chosen(2)
    for w in (1.0, 1.1, 1.2):  # the last is said, not every one
        diagram.show_trace(trace(set_weight(start_chain(), 2, w)))
    assert diagram.accessibleDescription() == said
    qtbot.waitUntil(lambda: "w₂ 1.20" in diagram.accessibleDescription())
    assert "neuron 2 of 4: w 1.2" in diagram.accessibleDescription()


@pytest.mark.parametrize(
    "chain",
    [
        set_length(start_chain(), 1),
        drawn(12),
        drawn(1000),
        tie(drawn(5), True),
        tie(drawn(40), True),
        change(drawn(5), activation="tanh", cost="cross_entropy"),
        change(drawn(1), activation="tanh", cost="cross_entropy"),
        change(set_bias(start_chain(), 2, -9.0), activation="relu"),
        replace(start_chain(), w=(0.0, 0.0, 0.0, 0.0)),
        change(set_weight(replace(drawn(600), w=(1e6,) * 600), 600, 0.0), activation="linear"),
    ],
)
def test_every_chain_can_be_drawn_in_every_size(chain: ChainSpec, make: Make) -> None:
    diagram = make(chain)
    for width, height in ((1250, 330), (1000, 230), (360, 200), (2000, 700)):
        diagram.resize(width, height)
        image = picture(diagram)
        ground = image.pixel(0, 0)
        border = [(x, y) for x in range(width) for y in (0, height - 1)]
        border += [(x, y) for y in range(height) for x in (0, width - 1)]
        assert all(image.pixel(x, y) == ground for x, y in border)  # nothing is cut


def test_without_a_trace_it_is_empty(qtbot: QtBot) -> None:
    diagram = ChainDiagram(LIGHT)
    qtbot.addWidget(diagram)
    diagram.show()
    assert diagram.at(QPointF(5, 5)) is None
    qtbot.keyClick(diagram, Qt.Key.Key_End)
    qtbot.mouseMove(diagram, QPoint(10, 10))
    diagram.grab()
