"""The bar with real snapshots and real events; a session that answers at once, or not."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from engine.keyframes import Moments
from engine.snapshot import Snapshot
from gui.common.focus_ring import FocusRing
from gui.common.style import style_sheet
from gui.theme import DARK, LIGHT
from gui.timeline.bar import PACES, TimeLine, memory_text, moment_text

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot: QtBot, live: Snapshot) -> Iterator[TimeLine]:
    bar = TimeLine(LIGHT)
    bar.setStyleSheet(style_sheet(LIGHT))
    qtbot.addWidget(bar)
    bar.resize(1000, bar.sizeHint().height())
    bar.show()
    qtbot.waitExposed(bar)
    bar.show_snapshot(live, looking_back=False)
    yield bar
    bar.player.stop()
    bar.hide()


@pytest.fixture
def chosen(bar: TimeLine) -> list[int | None]:
    moments: list[int | None] = []
    bar.moment_chosen.connect(moments.append)
    return moments


@pytest.fixture
def answered(bar: TimeLine, live: Snapshot, earlier: Callable[[int], Snapshot]) -> list[int | None]:
    """Every choice is shown at once."""
    moments: list[int | None] = []

    def answer(step: int | None) -> None:
        moments.append(step)
        if step is None:
            bar.show_snapshot(live, looking_back=False)
        else:
            bar.show_snapshot(earlier(step), looking_back=True)

    bar.moment_chosen.connect(answer)
    return moments


def at(bar: TimeLine, step: int) -> QPoint:
    """Where on the rail a step stands, by the geometry that the eye sees."""
    rail = bar.rail
    margin = rail._margin
    return QPoint(round(margin + step / 100 * (rail.width() - 2 * margin)), rail.height() // 2)


def test_it_is_quiet_while_the_run_is_live(bar: TimeLine) -> None:
    assert bar.moment.text() == "step 100 · epoch 5.00"
    assert bar.rail.value() == bar.rail.maximum() == 100
    assert not bar.branch.isVisible()
    assert not bar.now.isVisible()


def test_a_press_on_the_rail_chooses_the_nearest_moment(
    bar: TimeLine, answered: list[int | None], qtbot: QtBot
) -> None:
    before = bar.rail.geometry()
    qtbot.mouseClick(bar.rail, LEFT, pos=at(bar, 40))
    assert answered == [40]
    assert bar.moment.text() == "step 100 · epoch 5.00"  # four times a second
    qtbot.waitUntil(lambda: bar.moment.text() == "step 40 · epoch 2.00")
    assert bar.branch.isVisible()
    assert bar.now.isVisible()
    assert bar.rail.geometry() == before  # nothing jumps under the hand


def test_a_drag_follows_and_the_end_is_now(
    bar: TimeLine, answered: list[int | None], qtbot: QtBot
) -> None:
    qtbot.mousePress(bar.rail, LEFT, pos=at(bar, 100))
    for step in (90, 50, 51, 70, 100):
        qtbot.mouseMove(bar.rail, at(bar, step))
    qtbot.mouseRelease(bar.rail, LEFT, pos=at(bar, 100))
    assert answered == [90, 50, 51, 70, None]
    assert not bar.now.isVisible()


def test_every_moment_is_reached_with_the_keys(
    bar: TimeLine, answered: list[int | None], qtbot: QtBot
) -> None:
    bar.rail.setFocus()
    for key in (
        Key.Key_Left, Key.Key_Left, Key.Key_PageDown, Key.Key_Right, Key.Key_Home, Key.Key_Left,
        Key.Key_PageUp, Key.Key_End, Key.Key_Right,
    ):  # fmt: skip
        qtbot.keyClick(bar.rail, key)
    assert answered == [99, 98, 88, 89, 0, 10, None]


def test_the_brackets_go_one_moment(bar: TimeLine, answered: list[int | None]) -> None:
    for moments in (1, -1, -1, 1, 1):
        bar.go(moments)
    assert answered == [99, 98, 99, None]


def test_the_handle_stays_where_the_hand_is_until_the_answer_comes(
    bar: TimeLine, chosen: list[int | None], live: Snapshot, earlier: Callable[[int], Snapshot]
) -> None:
    bar.go(-60)
    bar.show_snapshot(live, looking_back=True)  # it was on its way
    assert bar.rail.value() == 40
    bar.go(-20)
    bar.show_snapshot(earlier(40), looking_back=True)
    assert bar.rail.value() == 20
    bar.show_snapshot(earlier(20), looking_back=True)
    assert (bar.rail.value(), chosen) == (20, [40, 20])
    bar.show_snapshot(live, looking_back=False)  # Play was pressed
    assert bar.rail.is_now


def test_now_comes_back(bar: TimeLine, answered: list[int | None], qtbot: QtBot) -> None:
    bar.go(-5)
    qtbot.mouseClick(bar.now, LEFT)
    assert answered == [95, None]
    assert bar.rail.is_now


def test_branch_is_asked_for(bar: TimeLine, answered: list[int | None], qtbot: QtBot) -> None:
    bar.go(-5)
    with qtbot.waitSignal(bar.branch_wanted):
        qtbot.mouseClick(bar.branch, LEFT)


# -- playing -------------------------------------------------------------------------------


def play_all(bar: TimeLine, answered: list[int | None], direction: int, qtbot: QtBot) -> None:
    bar.player.pace = 10_000.0
    qtbot.mouseClick(bar.buttons[direction], LEFT)
    bar.player.pace = 300.0
    qtbot.waitUntil(lambda: bar.player.direction == 0)


def test_it_plays_backward_to_the_start(
    bar: TimeLine, answered: list[int | None], qtbot: QtBot
) -> None:
    play_all(bar, answered, -1, qtbot)
    assert answered[-1] == 0
    assert answered == sorted(answered, reverse=True)
    assert len(answered) > 20


def test_it_plays_forward_from_the_start_to_now(
    bar: TimeLine, answered: list[int | None], qtbot: QtBot
) -> None:
    play_all(bar, answered, 1, qtbot)
    assert answered[0] == 0
    assert answered[-1] is None
    assert answered[:-1] == sorted(answered[:-1])


def test_a_button_pauses_what_it_plays(
    bar: TimeLine, answered: list[int | None], qtbot: QtBot
) -> None:
    button = bar.buttons[-1]
    assert button.accessibleName() == "Play backward"
    qtbot.mouseClick(button, LEFT)
    assert (bar.player.direction, button.accessibleName()) == (-1, "Pause")
    qtbot.mouseClick(button, LEFT)
    assert (bar.player.direction, button.accessibleName()) == (0, "Play backward")
    assert answered == [99]
    qtbot.mouseClick(button, LEFT)
    qtbot.mouseClick(bar.buttons[1], LEFT)
    assert bar.player.direction == 1
    assert bar.buttons[-1].accessibleName() == "Play backward"


@pytest.mark.parametrize("key", PACES)
def test_the_whole_run_takes_the_seconds_that_are_chosen(
    key: str, bar: TimeLine, answered: list[int | None], qtbot: QtBot
) -> None:
    bar.pace.setCurrentIndex(bar.pace.findData(key))
    qtbot.mouseClick(bar.buttons[-1], LEFT)
    assert bar.rail.maximum() / bar.player.pace == pytest.approx(float(key))


def test_hands_and_training_stop_it(
    bar: TimeLine, answered: list[int | None], live: Snapshot, qtbot: QtBot
) -> None:
    qtbot.mouseClick(bar.buttons[-1], LEFT)
    qtbot.mouseClick(bar.rail, LEFT, pos=at(bar, 30))
    assert bar.player.direction == 0
    qtbot.mouseClick(bar.buttons[1], LEFT)
    bar.show_snapshot(live, looking_back=False)
    assert bar.player.direction == 0


def test_it_waits_for_the_answer(
    bar: TimeLine, chosen: list[int | None], live: Snapshot, qtbot: QtBot
) -> None:
    qtbot.mouseClick(bar.buttons[-1], LEFT)
    bar.show_snapshot(live, looking_back=True)  # was on its way, shows nothing earlier
    qtbot.wait(150)
    assert chosen == [99]


# -- other runs ----------------------------------------------------------------------------


def test_a_new_run_has_nothing_to_look_back_to(
    bar: TimeLine, answered: list[int | None], qtbot: QtBot
) -> None:
    bar.go(-3)
    bar.forget()
    assert bar.moment.text() == ""
    assert not bar.rail.isEnabled()
    assert not bar.branch.isVisible()
    for direction in (-1, 1):
        qtbot.mouseClick(bar.buttons[direction], LEFT)
    assert answered == [97]


@pytest.mark.parametrize("epoch", [0.0, np.inf, np.nan])
def test_odd_numbers_do_no_harm(bar: TimeLine, live: Snapshot, epoch: float) -> None:
    none = Moments(np.empty(0, np.int64), 0, 0, 2**28)
    if np.isfinite(epoch):
        bar.forget()
        bar.show_snapshot(replace(live, step=0, epoch=epoch, moments=none), False)
        assert bar.moment.text() == "step 0 · epoch 0.00"
    history = np.full_like(live.history, epoch)
    bar.show_snapshot(replace(live, history=history, moments=None), False)
    bar.grab()


def test_memory_is_stated(bar: TimeLine) -> None:
    moments = Moments(np.arange(412), 900, 58 * 2**20, 256 * 2**20)
    assert memory_text(moments) == "412 earlier moments, 58 MB of 256 MB"
    nothing = Moments(np.arange(0), 900, 0, 64 * 2**20)
    assert "more than 64 MB" in memory_text(nothing)
    assert "100 earlier moments, 0 MB of 256 MB" in bar.rail.toolTip()
    assert "step 100 · epoch 5.00" in bar.rail.accessibleDescription()


def test_long_runs_are_written_with_commas() -> None:
    assert moment_text(12_345_678, 1234.5) == "step 12,345,678 · epoch 1234.50"


# -- looks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("width", [320, 500, 700, 900, 1440])
def test_nothing_overlaps_and_nothing_is_cut(
    width: int, scale: float, bar: TimeLine, answered: list[int | None], qtbot: QtBot
) -> None:
    bar.setStyleSheet(style_sheet(LIGHT, scale))
    width = max(width, bar.minimumSizeHint().width())
    bar.resize(width, bar.sizeHint().height())
    bar.go(-30)
    qtbot.wait(1)
    shown = [bar.rail, bar.branch, bar.now, bar.moment, bar.pace, *bar.buttons.values()]
    boxes = [w.geometry() for w in shown if w.isVisible()]
    for k, box in enumerate(boxes):
        assert bar.rect().contains(box)
        assert not any(box.intersects(other) for other in boxes[k + 1 :])
    for label in (bar.branch, bar.now, bar.moment):
        assert not label.isVisible() or label.width() >= label.minimumSizeHint().width()
    assert bar.rail.isVisible()
    assert bar.branch.isVisible()
    assert bar.rail.width() >= 36 * scale


def test_it_is_one_line_of_32_pixels(bar: TimeLine) -> None:
    assert bar.sizeHint().height() <= 32


def test_the_groove_is_filled_to_the_moment_in_the_accent(
    bar: TimeLine, answered: list[int | None], qtbot: QtBot
) -> None:
    for theme in (LIGHT, DARK):
        bar.set_theme(theme)
        bar.setStyleSheet(style_sheet(theme))
        bar.go(-50)
        picture = bar.rail.grab().toImage()
        colours = [QColor(picture.pixel(at(bar, step))).name() for step in (25, 75)]
        assert colours == [QColor(theme.accent).name(), QColor(theme.line).name()]
        bar.come_back()
        picture = bar.rail.grab().toImage()
        dull = theme.blend(theme.dim, 0.45, theme.panel)
        assert QColor(picture.pixel(at(bar, 25))).name() == dull.name()


def test_a_live_frame_paints_nothing(bar: TimeLine, live: Snapshot, qtbot: QtBot) -> None:
    """Four times a second is enough for marks that move and numbers that change."""
    painted: list[int] = []
    paint = bar.rail.paintEvent
    bar.rail.paintEvent = lambda event: (painted.append(1), paint(event))[1]
    for step in range(100, 140):
        moments = Moments(np.arange(step), step, 10, 2**28)
        bar.show_snapshot(replace(live, step=step, moments=moments), False)
        qtbot.wait(5)
    assert len(painted) <= 3
    assert bar.rail.maximum() == 139


def test_the_rail_has_a_ring_by_keyboard_only(bar: TimeLine, qtbot: QtBot) -> None:
    (ring,) = bar.findChildren(FocusRing)
    assert ring.around is bar.rail
    bar.rail.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not ring.isVisible()
    bar.pace.setFocus()
    qtbot.keyClick(bar.pace, Qt.Key.Key_Tab)
    assert bar.rail.hasFocus()
    assert ring.isVisible()
    assert ring.geometry().contains(bar.rail.geometry())
    bar.pace.setFocus()
    assert not ring.isVisible()
