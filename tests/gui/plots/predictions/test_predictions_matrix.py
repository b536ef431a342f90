"""The confusion matrix, as it is drawn and used."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from engine.readings.predictions import PredictionsWish
from engine.trainer import start
from gui.common.style import style_sheet
from gui.plots.predictions.predictions import MOST_WORST, Predictions
from gui.theme import DARK, LIGHT
from tests.gui.plots.answered import look
from tests.gui.plots.predictions.conftest import PLANAR, give, image_of, made


def middle(card: Predictions, row: int, column: int) -> QPointF:
    return card.matrix.cell_rect((row, column)).center()


def ground(card: Predictions, row: int, column: int) -> QColor:
    corner = card.matrix.cell_rect((row, column)).topLeft().toPoint()
    return image_of(card.matrix).pixelColor(corner.x() + 2, corner.y() + 2)


def test_it_asks_and_shows_what_the_engine_says(card: Predictions, qtbot: QtBot) -> None:
    card.set_experiment(PLANAR)
    assert card.wishes() == {PredictionsWish("validation", MOST_WORST, None)}
    trainer = start(PLANAR)
    card.show_snapshot(look(trainer, card))
    shown = card.matrix.shown
    assert shown is not None
    assert shown.count == len(trainer.examples.validation)
    share = f"{shown.accuracy:.1%}".replace("%", " %")
    assert card.summary.text() == f"{share} of {shown.count} right"
    assert list(card.table().rows[0][1:3]) == shown.confusion[0].tolist()


def test_mistakes_are_shaded_apart_from_right_answers(card: Predictions) -> None:
    give(card, made(((900, 3, 0), (30, 800, 0), (0, 0, 700))))
    panel = QColor(LIGHT.panel)
    few, many = ground(card, 0, 1), ground(card, 1, 0)
    assert ground(card, 0, 2) == panel
    assert few.red() > few.blue()  # warm, though 3 of 903 would be nothing beside 900
    assert many.lightness() < few.lightness() < panel.lightness()
    strongest = LIGHT.blend(LIGHT.exploding, 0.85, LIGHT.panel)
    assert many.name() == strongest.name()  # the most frequent one
    right = ground(card, 0, 0)
    assert right.blue() > right.green()


def test_numbers_where_they_fit(card: Predictions) -> None:
    def inked(row: int, column: int) -> bool:
        rect, image = card.matrix.cell_rect((row, column)).toRect(), image_of(card.matrix)
        colours = {
            image.pixelColor(x, y).name()
            for x in range(rect.left() + 2, rect.right() - 1)
            for y in range(rect.top() + 2, rect.bottom() - 1)
        }
        return len(colours) > 3

    give(card, made())
    assert inked(0, 1)
    assert inked(0, 0)
    assert not inked(0, 2)  # a zero is left out
    rng = np.random.default_rng(1)
    give(card, made(rng.integers(1, 900, (30, 30))))
    assert not inked(3, 4)


def test_ten_classes_of_digits_show_their_numbers_in_the_usual_card(card: Predictions) -> None:
    rng = np.random.default_rng(1)
    give(
        card, made(rng.integers(1, 60, (10, 10)) + 800 * np.eye(10, dtype=int), undecided=[0] * 10)
    )
    cell = card.matrix.cell_rect((0, 0))
    assert cell.width() >= 20
    assert cell.height() >= 11
    assert not card.worst.isHidden()
    assert len(card.worst.worst) >= 4


def test_pointing_tells_the_mistake(card: Predictions, qtbot: QtBot) -> None:
    give(card, made(names=("cat", "dog", "owl")))
    assert card.words.text() == "most often owl taken for dog: 30 of 100 (30 %)"
    qtbot.mouseMove(card.matrix, middle(card, 0, 1).toPoint())
    assert card.words.text() == "cat taken for dog: 8 of 98 (8 %)"
    card.matrix.setFocus()
    qtbot.keyClick(card.matrix, Qt.Key.Key_Down)
    assert card.words.text() == "dog rightly said: 60 of 67 (90 %)"
    assert card.matrix.accessibleDescription() == card.words.text()
    qtbot.keyClick(card.matrix, Qt.Key.Key_Right)
    assert card.words.text() == "dog taken for owl: 2 of 67 (3 %)"
    qtbot.keyClick(card.matrix, Qt.Key.Key_Escape)
    assert card.words.text().startswith("most often")


def test_a_click_asks_for_the_worst_of_a_cell_and_once_more_for_all(
    card: Predictions, qtbot: QtBot
) -> None:
    give(card, made())
    at = middle(card, 2, 1).toPoint()
    with qtbot.waitSignal(card.wishes_changed):
        qtbot.mouseClick(card.matrix, Qt.MouseButton.LeftButton, pos=at)
    assert card.wishes() == {PredictionsWish("validation", MOST_WORST, (2, 1))}
    assert card.matrix.chosen == (2, 1)
    with qtbot.waitSignal(card.wishes_changed):
        qtbot.mouseClick(card.matrix, Qt.MouseButton.LeftButton, pos=at)
    assert card.wishes() == {PredictionsWish("validation", MOST_WORST, None)}


def test_keys_choose_a_cell(card: Predictions, qtbot: QtBot) -> None:
    give(card, made())
    card.matrix.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(card.matrix, key)
    assert card.matrix.chosen == (0, 1)
    qtbot.keyClick(card.matrix, Qt.Key.Key_Escape)
    assert card.matrix.chosen is None
    qtbot.keyClick(card.matrix, Qt.Key.Key_Return)
    assert card.matrix.chosen == (0, 1)
    card.reset()
    assert card.matrix.chosen is None


def test_the_other_split(card: Predictions, qtbot: QtBot) -> None:
    give(card, made())
    with qtbot.waitSignal(card.wishes_changed):
        qtbot.keyClick(card.split, Qt.Key.Key_Down)
    assert card.wishes() == {PredictionsWish("train", MOST_WORST, None)}
    assert card.matrix.shown is None
    card.reset()
    assert card.wishes() == {PredictionsWish("validation", MOST_WORST, None)}


def test_another_run_forgets_the_cell(card: Predictions, qtbot: QtBot) -> None:
    give(card, made())
    card.matrix.choose((2, 2))
    with qtbot.waitSignal(card.wishes_changed):
        card.set_experiment(PLANAR)
    assert card.wishes() == {PredictionsWish("validation", MOST_WORST, None)}
    assert card.matrix.shown is None
    give(card, made(((1, 0), (0, 1)), worst=0))
    assert not image_of(card).isNull()


@pytest.mark.parametrize("size", [(300, 160), (470, 210), (360, 460), (1280, 700)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("classes", [2, 10, 100])
def test_every_size(card: Predictions, size: tuple[int, int], scale: float, classes: int) -> None:
    card.setStyleSheet(style_sheet(LIGHT, scale))
    card.resize(*size)
    counts = np.random.default_rng(0).integers(0, 50, (classes, classes))
    names = tuple(f"class number {k}" for k in range(classes))
    give(card, made(counts, names=names if classes == 2 else ()))
    plane = card.matrix.rect_of_plane
    assert card.matrix.rect().adjusted(0, 0, 1, 1).contains(plane.toRect())
    for k in range(len(card.worst.worst)):
        assert card.worst.rect().adjusted(0, 0, 2, 2).contains(card.worst.tile(k).toRect())
    assert not image_of(card).isNull()
    if size == (1280, 700):
        assert len(card.worst.worst) == (6 if scale == 2.0 and classes == 2 else 12)  # long names


def test_cells_fill_the_matrix_without_a_gap(card: Predictions) -> None:
    give(card, made())
    for row in range(3):
        for column in range(2):
            left, right = (card.matrix.cell_rect((row, column + k)) for k in (0, 1))
            assert left.right() == right.left()
            assert card.matrix.place_at(left.center()) == (float(column), row)
    assert card.matrix.place_at(QPointF(-3, -3)) is None


def test_another_theme(card: Predictions) -> None:
    give(card, made())
    card.set_theme(DARK)
    assert ground(card, 0, 2) == QColor(DARK.panel)
    card.drawing_for_export = True
    assert ground(card, 0, 2) == QColor(DARK.panel)


def test_the_table_is_the_matrix(card: Predictions) -> None:
    give(card, made(names=("a", "b", "c")))
    table = card.table()
    assert table.columns == ("true", "said a", "said b", "said c", "not a number", "examples")
    assert [list(row) for row in table.rows] == [
        ["a", 90, 8, 0, 0, 98], ["b", 5, 60, 2, 0, 67], ["c", 0, 30, 70, 0, 100],
    ]  # fmt: skip
    assert "b,5,60,2,0,67" in table.csv()
