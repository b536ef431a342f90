"""The decision surface as it is drawn, and what it says of a place."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.arrays import Floats
from engine.datasets.planar import Moons
from engine.inspection import Surface
from engine.readings.surface import PlanarDecision, SurfaceWish
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start
from gui.common.class_surface import class_colour, surface_image
from gui.common.style import style_sheet
from gui.plots.predictions.decision_plane import ALONE, boundary, key_words
from gui.plots.predictions.decision_surface import DecisionSurface
from gui.theme import DARK, LIGHT
from tests.gui.plots.answered import answer, look

PLANAR = Experiment(dense(2, 4, 2), TrainingSpec(data=Moons()))
DIGITS = Experiment(dense(784, 4, 10), TrainingSpec())


def halves(side: int = 21, classes: int = 2) -> Floats:
    """The left half is won by class 0, the right by the last, with certainty at the ends."""
    x = np.linspace(0.0, 1.0, side)
    scores = np.zeros((classes, side, side))
    scores[0], scores[-1] = 1 - x, x
    return scores


def decision(scores: Floats, points: Floats | None = None, **said: object) -> PlanarDecision:
    where = np.array([[-1.0, 0.5], [1.0, -0.5]]) if points is None else points
    labels = np.arange(len(where)) % 2.0
    surface = Surface(scores, (-2.0, 2.0, -2.0, 2.0), where, labels)
    return PlanarDecision(surface, said.get("said", np.array([0, 1])), ("blue", "red"))


@pytest.fixture
def card(stand) -> DecisionSurface:
    return stand(DecisionSurface(LIGHT), 470, 320)


def give(card: DecisionSurface, decided: PlanarDecision) -> None:
    card.set_experiment(PLANAR)
    answer(card, start(PLANAR), decided)


def at(card: DecisionSurface, x: float, y: float) -> QPoint:
    return QPoint(round(card.plane.across(x)), round(card.plane.down(y)))


def colour(card: DecisionSurface, x: float, y: float) -> QColor:
    return image_of(card).pixelColor(at(card, x, y))


def image_of(card: DecisionSurface) -> QImage:
    return card.plane.grab().toImage()


def nearer(colour: QColor, to: QColor, than: QColor) -> bool:
    def away(other: QColor) -> int:
        parts = zip(colour.getRgb()[:3], other.getRgb()[:3], strict=True)
        return sum(abs(a - b) for a, b in parts)

    return away(to) < away(than)


def test_it_asks_for_planar_data_only(card: DecisionSurface, qtbot: QtBot) -> None:
    assert card.wishes() == frozenset()
    with qtbot.waitSignal(card.wishes_changed):
        card.set_experiment(PLANAR)
    assert card.wishes() == {SurfaceWish()}
    with qtbot.waitSignal(card.wishes_changed):
        card.set_experiment(DIGITS)
    assert card.wishes() == frozenset()
    assert card.plane.message == ALONE
    assert card.plane.accessibleDescription() == ALONE
    assert card.table().rows == ()
    assert not image_of(card).isNull()


def test_it_shows_what_the_engine_says(card: DecisionSurface) -> None:
    card.set_experiment(PLANAR)
    trainer = start(PLANAR)
    card.show_snapshot(look(trainer, card))
    shown = card.plane.shown
    assert shown is not None
    x0, x1, y0, y1 = shown.surface.extent
    assert (card.plane.x_axis.range, card.plane.y_axis.range) == ((x0, x1), (y0, y1))
    rect = card.plane.rect_of_plane
    assert rect.width() == pytest.approx(rect.height())
    wrong = len(shown.wrong)
    assert card.summary.text() == f"{wrong:,} of {len(shown.said):,} points on the wrong side"


def test_the_winner_colours_its_side_the_surer_the_stronger(card: DecisionSurface) -> None:
    give(card, decision(halves()))
    blue, orange = class_colour(LIGHT, 0, 2), class_colour(LIGHT, 1, 2)
    assert nearer(colour(card, -1.8, -1.0), blue, orange)
    assert nearer(colour(card, 1.8, 1.0), orange, blue)
    assert nearer(colour(card, -0.3, -1.0), QColor(LIGHT.panel), blue)


def test_up_is_up(card: DecisionSurface) -> None:
    give(card, decision(np.swapaxes(halves(), 1, 2)))  # class 1 wins where y is great
    blue, orange = class_colour(LIGHT, 0, 2), class_colour(LIGHT, 1, 2)
    assert nearer(colour(card, 0.5, 1.9), orange, blue)
    assert nearer(colour(card, 0.5, -1.9), blue, orange)


def test_the_boundary_is_a_line_of_ink(card: DecisionSurface) -> None:
    give(card, decision(halves(), np.empty((0, 2)), said=np.empty(0, int)))
    image = image_of(card)
    y = at(card, 0, 1).y()
    left = round(card.plane.rect_of_plane.left())
    darkest = min(
        range(left + 5, round(card.plane.rect_of_plane.right()) - 5),
        key=lambda x: image.pixelColor(x, y).lightness(),
    )
    assert abs(darkest - at(card, 0, 1).x()) <= 1


def test_boundaries_of_three_classes_and_of_one_output() -> None:
    x = np.linspace(-1, 1, 31)
    columns, rows = np.meshgrid(x, x)
    angles = [0.1, 2.2, 4.3]
    scores = np.array([columns * np.cos(t) + rows * np.sin(t) for t in angles])
    pieces = boundary(scores)
    ends = pieces.reshape(-1, 2)
    for i, j in ends:
        cell = scores[:, min(round(j), 30), min(round(i), 30)]
        first, second = np.sort(cell)[::-1][:2]
        assert first - second < 0.12  # of cells that are 0.067 wide
    alone = boundary(halves()[1:])
    assert np.allclose(alone[:, ::2], 10.0)
    assert not len(boundary(np.stack([np.ones((5, 5)), np.zeros((5, 5))])))


def test_points_in_their_colour_and_the_wrong_ones_ringed(card: DecisionSurface) -> None:
    card.resize(900, 700)
    give(card, decision(halves(), said=np.array([0, 0])))
    assert nearer(colour(card, -1.0, 0.5), class_colour(LIGHT, 0, 2), QColor(LIGHT.panel))
    image = image_of(card)

    def dark_around(x: float, y: float) -> bool:
        middle = at(card, x, y)
        near = [
            image.pixelColor(middle.x() + i, middle.y() + j).lightness()
            for i in range(-9, 10) for j in range(-9, 10)
        ]  # fmt: skip
        return min(near) < 60

    assert dark_around(1.0, -0.5)  # class 1, taken for 0
    assert not dark_around(-1.0, 0.5)
    assert card.summary.text() == "1 of 2 points on the wrong side"


def test_pointing_reads_the_outputs(card: DecisionSurface, qtbot: QtBot) -> None:
    give(card, decision(halves()))
    assert card.words.text() == "class blue: 52 % of the plane · class red: 48 % of the plane"
    qtbot.mouseMove(card.plane, at(card, 2.0, -2.0) - QPoint(1, 1))
    assert card.words.text() == "x₁ = 2.00, x₂ = −2.00: class red, a = 0.00, 1.00"
    card.plane.setFocus()
    qtbot.keyClick(card.plane, Qt.Key.Key_Left)
    assert card.words.text() == "x₁ = 1.80, x₂ = −2.00: class red, a = 0.05, 0.95"
    qtbot.keyClick(card.plane, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert card.words.text().startswith("x₁ = 1.80, x₂ = 0.00")
    image_of(card)
    qtbot.keyClick(card.plane, Qt.Key.Key_Escape)
    assert card.words.text().startswith("class blue")
    qtbot.keyClick(card.plane, Qt.Key.Key_Right)
    assert card.words.text().startswith("x₁ = 0.00, x₂ = 0.00")


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_scores_that_are_no_numbers(card: DecisionSurface, qtbot: QtBot, bad: float) -> None:
    scores = halves()
    scores[:, 15:, :] = bad
    give(card, decision(scores))
    assert not image_of(card).isNull()
    if np.isnan(bad):
        assert card.words.text().startswith("29 % of the plane: no numbers")
        image = surface_image(decision(scores).surface, LIGHT)
        assert image.pixelColor(3, 2) == QColor(LIGHT.line)
        assert image.pixelColor(3, 18) != QColor(LIGHT.line)
        qtbot.mouseMove(card.plane, at(card, 0.0, 1.9))
        assert card.words.text().endswith("the outputs are no numbers")


@pytest.mark.parametrize("size", [(300, 160), (470, 210), (300, 500), (1280, 700)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("classes", [1, 2, 12])
def test_every_size(
    card: DecisionSurface, size: tuple[int, int], scale: float, classes: int
) -> None:
    card.setStyleSheet(style_sheet(LIGHT, scale))
    card.resize(*size)
    scores = halves(classes=2)[1:] if classes == 1 else halves(classes=classes)
    give(card, decision(scores))
    rect = card.plane.rect_of_plane
    assert rect.width() == pytest.approx(rect.height())
    assert rect.left() >= 0 < rect.width()
    assert rect.right() <= card.plane.width()
    assert not image_of(card).isNull()


def test_the_key_counts_the_points() -> None:
    points = np.zeros((5, 2))
    shown = decision(halves(), points, said=np.array([0, 1, 1, 1, 1]))
    assert key_words(shown, 2) == [
        ("class blue: 3 points, 2 wrong", "class blue", "blue"),
        ("class red: 2 points", "class red", "red"),
    ]


def test_a_finer_surface_lets_go_of_what_was_pointed_at(
    card: DecisionSurface, qtbot: QtBot
) -> None:
    give(card, decision(halves(41)))
    card.plane.setFocus()
    qtbot.keyClick(card.plane, Qt.Key.Key_Right)
    assert card.plane.pointed == (20.0, 20)
    card.plane.show_decision(decision(halves(11)))
    assert card.plane.pointed is None
    assert not image_of(card).isNull()


def test_the_table_has_every_cell(card: DecisionSurface) -> None:
    scores = halves(5)
    scores[0, 3, 1] = 0.123456789
    give(card, decision(scores))
    table = card.table()
    assert table.columns == ("x1", "x2", "a of class 0", "a of class 1")
    assert len(table.rows) == 25
    assert list(table.rows[3 * 5 + 1]) == [-1.0, 1.0, 0.123456789, scores[1, 3, 1]]


def test_themes_and_pictures(card: DecisionSurface) -> None:
    give(card, decision(halves()))
    card.set_theme(DARK)
    assert image_of(card).pixelColor(1, 1) == QColor(DARK.panel)
    before = colour(card, -1.9, 0.0)
    card.drawing_for_export = True
    assert colour(card, -1.9, 0.0) == before


def test_before_the_first_look_and_frames_without_one(card: DecisionSurface) -> None:
    card.set_experiment(PLANAR)
    assert card.plane.message == "not looked at yet"
    assert not image_of(card).isNull()
    give(card, decision(halves()))
    before = card.plane.shown
    card.show_snapshot(replace(look(start(PLANAR), card), inspection=None))
    assert card.plane.shown is before
    assert card.plane.moved((20.0, 20), 5, -50) == (20.0, 0)
