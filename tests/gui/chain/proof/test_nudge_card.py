"""The nudge of b_1: its slider, its way to the cost, and the words under it."""

from dataclasses import replace
from math import exp, inf

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from engine.chain.examples import exploding
from engine.chain.spec import ChainSpec, drawn, start_chain
from engine.chain.trace import trace
from gui.chain.proof.nudge_card import NudgeCard
from gui.chain.proof.steps import Gap
from gui.chain.proof.study import ProofStudy
from gui.common.number_field import NumberField
from gui.common.style import style_sheet
from gui.theme import DARK, LIGHT, Theme


@pytest.fixture
def card(study: ProofStudy) -> NudgeCard:
    return study.nudge


def cost(chain: ChainSpec, nudge: float = 0.0) -> float:
    """With sigmoid neurons and the quadratic cost, as in the chapter."""
    a = chain.x
    for j, (w, b) in enumerate(zip(chain.w, chain.b, strict=True)):
        a = 1 / (1 + exp(-(w * a + b + (nudge if j == 0 else 0.0))))
    return (a - chain.y) ** 2 / 2


def set_nudge(qtbot: QtBot, card: NudgeCard, text: str) -> None:
    field = card.slider.findChild(NumberField)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field.lineEdit(), text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def told(card: NudgeCard) -> tuple[float, float]:
    """Actual and predicted change, as the words say."""
    actual, _, rest = card.words.text().removeprefix("ΔC = ").partition(", predicted ")
    return number(actual), number(rest.partition(":")[0])


def number(text: str) -> float:
    raised = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    factor, _, power = text.replace("−", "-").rpartition("·10")
    return float(factor + "e" + power.translate(raised)) if factor else float(power)


@pytest.mark.parametrize("nudge", ["0.1", "-1.5", "2", "0.001"])
def test_the_words_are_the_change_of_the_cost(qtbot: QtBot, card: NudgeCard, nudge: str) -> None:
    set_nudge(qtbot, card, nudge)
    chain, h = start_chain(), 1e-6
    slope = (cost(chain, h) - cost(chain, -h)) / (2 * h)
    actual, predicted = told(card)
    assert actual == pytest.approx(cost(chain, float(nudge)) - cost(chain), rel=0.006)
    assert predicted == pytest.approx(slope * float(nudge), rel=0.006)


def test_a_small_nudge_is_predicted_well_and_a_large_one_badly(
    qtbot: QtBot, card: NudgeCard
) -> None:
    off = []
    for nudge in ("0.01", "0.1", "2"):
        set_nudge(qtbot, card, nudge)
        off.append(float(card.words.text().rpartition(": ")[2].removesuffix(" % off")))
    assert off[0] < 1 < off[1] < 10 < off[2]


def test_the_nudge_is_in_no_document(qtbot: QtBot, study: ProofStudy) -> None:
    set_nudge(qtbot, study.nudge, "1.25")
    assert study._document.chain == start_chain()
    assert study._document.undo_stack.count() == 0


def test_everything_is_shown_until_it_is_played(card: NudgeCard) -> None:
    assert card.reveal.is_complete
    assert len(card.view.columns) == 9


def test_space_plays_pauses_and_goes_on(qtbot: QtBot, card: NudgeCard) -> None:
    card.view.setFocus()
    qtbot.keyClick(card.view, Qt.Key.Key_Space)
    assert card.reveal.is_playing
    assert card.play_button.accessibleName() == "Pause"
    qtbot.waitUntil(lambda: 2.2 < card.reveal.at < 9)
    assert card.words.text().startswith(("Δa₁", "Δz₂", "Δa₂"))
    qtbot.keyClick(card.view, Qt.Key.Key_Space)
    at = card.reveal.at
    assert not card.reveal.is_playing
    assert card.play_button.accessibleName() == "Play the cascade"
    qtbot.wait(60)
    assert card.reveal.at == at < 9
    qtbot.keyClick(card.view, Qt.Key.Key_Space)
    assert card.reveal.is_playing
    assert card.reveal.at >= at
    qtbot.keyClick(card.view, Qt.Key.Key_Escape)
    assert card.reveal.is_complete
    assert not card.reveal.is_playing
    assert card.words.text().startswith("ΔC = ")


def test_it_ends_by_itself(qtbot: QtBot, card: NudgeCard) -> None:
    qtbot.mouseClick(card.play_button, Qt.MouseButton.LeftButton)
    card.reveal._animation.setCurrentTime(1990)  # ms: of eight steps of 250
    assert not card.reveal.is_complete
    qtbot.waitUntil(lambda: card.reveal.is_complete)
    assert not card.reveal.is_playing
    assert card.play_button.accessibleName() == "Play the cascade"


def test_arrows_step_from_change_to_change(qtbot: QtBot, card: NudgeCard) -> None:
    card.view.setFocus()
    said = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(card.view, key)
        said.append(card.words.text().partition(" = ")[0])
    assert said == ["Δa₄", "Δz₄", "Δa₄", "ΔC"]
    for _ in range(12):
        qtbot.keyClick(card.view, Qt.Key.Key_Left)
    assert card.words.text() == "Δb₁ = 0.1000: the nudge"


@pytest.mark.parametrize(("neurons", "ms"), [(1, 500), (4, 2000), (12, 3000)])
def test_it_takes_a_quarter_of_a_second_a_step_and_three_at_most(
    study: ProofStudy, neurons: int, ms: int
) -> None:
    study.show_trace(trace(drawn(neurons)))
    study.play()
    assert study.nudge.reveal._animation.duration() == ms
    study.play()
    assert not study.nudge.reveal.is_playing


def test_nothing_moves_where_less_motion_is_asked_for(
    card: NudgeCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.chain.proof.reveal.less_motion", lambda: True)
    card.reveal.step(-5)
    card.reveal.play()
    assert card.reveal.is_complete
    assert not card.reveal.is_playing


def test_what_is_pointed_at_is_told(qtbot: QtBot, card: NudgeCard) -> None:
    frame = card.view.frame
    qtbot.mouseMove(card.view, QPoint(round(frame.middle(2)), 40))
    assert card.words.text().startswith("Δz₂ = ")
    assert "Δz₂ ≈ w₂ Δa₁ = −0.800 × 0.0172 (equations 117 and 118)" in card.view.tip(2)
    qtbot.mouseMove(card.view, QPoint(2, 40))
    assert card.words.text().startswith("ΔC = ")


def test_the_chain_may_change_while_it_plays(study: ProofStudy) -> None:
    study.play()
    study.show_trace(trace(replace(start_chain(), x=0.1)))
    assert study.nudge.reveal.is_playing
    study.show_trace(trace(drawn(5)))
    assert study.nudge.reveal.is_complete
    assert len(study.nudge.view.columns) == 11


def test_twelve_neurons_fit_at_the_width_of_a_laptop_and_more_leave_a_gap(
    study: ProofStudy,
) -> None:
    study.show_trace(trace(drawn(12)))
    assert len(study.nudge.view.columns) == 25
    study.show_trace(trace(drawn(1000)))
    gaps = [c for c in study.nudge.view.columns if isinstance(c, Gap)]
    assert len(gaps) == 1
    assert gaps[0].neurons > 980
    study.grab()


def test_bars_of_what_is_smaller_are_shorter(card: NudgeCard) -> None:
    frame = card.view.frame
    rows = [frame.row(power) for power in (0.0, -1.0, -2.0, -inf)]
    assert rows == sorted(rows)
    assert rows[-1] == frame.bottom


def painted(study: ProofStudy) -> QImage:
    return study.nudge.view.grab().toImage()


def test_what_is_not_reached_is_not_painted(study: ProofStudy) -> None:
    """The bars of ΔC, at the right, come last."""
    card = study.nudge
    x = round(card.view.frame.middle(8) - 6)
    y = round(card.view.frame.bottom - 4)
    ink = LIGHT.ink.lower()
    ratio = card.view.devicePixelRatioF()
    assert painted(study).pixelColor(round(x * ratio), round(y * ratio)).name() == ink
    card.reveal.step(-1)
    assert painted(study).pixelColor(round(x * ratio), round(y * ratio)).name() != ink


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("size", [(1250, 250), (1000, 230), (600, 200)])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_any_chain_is_shown_in_any_room(
    study: ProofStudy, theme: Theme, size: tuple[int, int], scale: float
) -> None:
    study.setStyleSheet(style_sheet(theme, scale))
    font = study.font()
    font.setPixelSize(round(13 * scale))
    study.setFont(font)
    study.set_theme(theme)
    study.resize(*size)
    overflowing = ChainSpec((1e6,) * 80, (0.0,) * 80, activation="linear", x=1e3)
    dead = ChainSpec((1.0, -1.0, 1.0), (0.0, 0.0, 0.0), activation="relu")
    for chain in (start_chain(), drawn(1), exploding(drawn(12)), overflowing, dead):
        study.show_trace(trace(chain))
        study.grab()
        assert study.nudge.words.text().startswith("ΔC = ")
    assert (study.width(), study.height()) == size


def test_words_that_do_not_fit_are_briefer(study: ProofStudy) -> None:
    study.resize(1000, 250)
    assert ", predicted " in study.nudge.words.text()
    font = study.font()
    font.setPixelSize(30)
    study.setFont(font)
    study.resize(600, 250)
    assert ", predicted " not in study.nudge.words.text()
    assert study.nudge.words.text().endswith(" % off")
    assert ", predicted " in study.nudge.view.accessibleDescription()


def test_a_study_that_is_left_does_not_go_on(study: ProofStudy) -> None:
    study.play()
    study.hide()
    assert not study.nudge.reveal.is_playing


def test_a_drag_of_the_slider_is_followed(qtbot: QtBot, study: ProofStudy) -> None:
    card, groove = study.nudge, study.nudge.slider.groove
    start = QPoint(round(groove.at(groove.value())), groove.height() // 2)
    said = [card.words.text()]
    qtbot.mousePress(groove, Qt.MouseButton.LeftButton, pos=start)
    for x in (20, 60, 140):
        qtbot.mouseMove(groove, start + QPoint(x, 0))
        said.append(card.words.text())
    qtbot.mouseRelease(groove, Qt.MouseButton.LeftButton, pos=start + QPoint(140, 0))
    assert len({*said}) == 4
    assert 0.2 < card.nudge <= 2.0
    assert card.reveal.is_complete


def test_a_tied_chain_says_that_only_its_first_step_is_nudged(study: ProofStudy) -> None:
    study.show_trace(trace(ChainSpec((0.5,) * 3, (0.1,) * 3, tied=True)))
    assert study.nudge.title.text() == "Nudge b of the first step"


def test_a_number_that_is_refused_is_told(qtbot: QtBot, study: ProofStudy) -> None:
    with qtbot.waitSignal(study.refused) as told:
        set_nudge(qtbot, study.nudge, "1e9")
    assert "Δb₁" in told.args[0]
    assert study.nudge.nudge == 0.1
