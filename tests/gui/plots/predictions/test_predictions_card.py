"""The confusion matrix and the worst examples, as they are drawn and used."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.datasets.parity import Parity
from engine.datasets.planar import Moons
from engine.readings.predictions import (
    NOTHING,
    Prediction,
    PredictionsReading,
    PredictionsWish,
)
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start
from gui.common.style import style_sheet
from gui.plots.predictions.predictions import MOST_WORST, Predictions
from gui.theme import DARK, LIGHT
from tests.gui.plots.answered import answer, look

Make = Callable[..., PredictionsReading]
PLANAR = Experiment(dense(2, 4, 2), TrainingSpec(data=Moons()))
DIGITS = Experiment(dense(64, 4, 3), TrainingSpec())
QUADRATIC = TrainingSpec(data=Moons(), cost="quadratic")


def made(
    confusion: Sequence[Sequence[int]] = ((90, 8, 0), (5, 60, 2), (0, 30, 70)),
    worst: int = 12, inputs: int = 64, undecided: Sequence[int] = (),
    cell: tuple[int, int] | None = None, predicted: int = 1, output: float = 0.99,
    split: str = "validation", total: int | None = None, names: tuple[str, ...] = (),
) -> PredictionsReading:  # fmt: skip
    matrix = np.array(confusion)
    undecided = undecided or [0] * len(matrix)
    count = int(matrix.sum()) + sum(undecided)
    rng = np.random.default_rng(0)
    examples = [
        Prediction(100 + k, rng.random(inputs), 0, predicted, output, 9.0 - k)
        for k in range(worst)
    ]  # fmt: skip
    return PredictionsReading(
        split, count, count if total is None else total, matrix, np.array(undecided),
        tuple(examples), cell, names,
    )  # fmt: skip


@pytest.fixture
def card(stand) -> Predictions:
    return stand(Predictions(LIGHT), 470, 220)


def give(card: Predictions, reading: PredictionsReading, experiment: Experiment = DIGITS) -> None:
    card.set_experiment(experiment)
    answer(card, start(PLANAR), reading)


def image_of(widget: QWidget) -> QImage:
    return widget.grab().toImage()


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


def test_the_worst_are_pictures_with_words(card: Predictions) -> None:
    give(card, made(names=("4", "9", "8")))
    assert set(card.worst.texts()) == {"true 4, said 9, 99 %"}
    assert "validation example 101: true 4, said 9, 99 %, cost 9" in (
        card.worst.accessibleDescription()
    )
    tile = card.worst.tile(0)
    image = image_of(card.worst)
    column = {
        image.pixelColor(round(tile.left() + 3 + x), round(tile.center().y())).name()
        for x in range(20)
    }
    assert len(column) > 3  # not paper alone: the grey of its inputs


def test_planar_data_have_coordinates(card: Predictions) -> None:
    give(card, made(inputs=2), PLANAR)
    x, y = np.random.default_rng(0).random(2)
    assert card.worst.texts()[0] == f"({x:.2f}, {y:.2f}), true 0, said 1, 99 %"


def test_long_names_are_cut_before_examples_go(card: Predictions) -> None:
    give(card, made(names=("a class with a very long name indeed", "b", "c")))
    assert card.worst.worst
    assert card.worst.tile(0).right() <= card.worst.width()
    assert not image_of(card.worst).isNull()


def test_other_data_have_numbers(card: Predictions) -> None:
    give(card, made(inputs=9), Experiment(dense(9, 4, 2), TrainingSpec(data=Parity())))
    assert card.worst.texts()[0] == "example 101, true 0, said 1, 99 %"


def test_outputs_that_are_no_shares(card: Predictions) -> None:
    spec = dense(64, 4, 3, activation="tanh")
    give(card, made(output=-1.25), Experiment(spec, QUADRATIC))
    assert card.worst.texts()[0].endswith("a = −1.25")


def test_outputs_that_are_no_numbers(card: Predictions) -> None:
    give(card, made(undecided=(3, 0, 4), predicted=NOTHING, output=float("nan")))
    assert card.worst.texts()[0] == "true 0, said nothing, not a number"
    assert "7 with outputs that are no numbers" in card.words.text()
    assert [row[-2:] for row in card.table().rows] == [[3, 101], [0, 67], [4, 104]]


@pytest.mark.parametrize(
    ("reading", "summary", "words"),
    [
        (made(((0, 0), (0, 0)), worst=0), "no examples", ""),
        (made(((5, 0), (0, 5)), worst=0), "100.0 % of 10 right", "no mistakes"),
        (
            made(((5, 0), (0, 5)), worst=0, total=2000),
            "100.0 % of the first 10 right", "no mistakes",
        ),
        (made(((7,),), worst=0), "100.0 % of 7 right", "no mistakes"),
        (
            made(((5, 5), (0, 0)), worst=0, split="train"),
            "50.0 % of 10 right training", "most often 0 taken for 1: 5 of 10 (50 %)",
        ),
    ],
)  # fmt: skip
def test_odd_readings(
    card: Predictions, reading: PredictionsReading, summary: str, words: str
) -> None:
    give(card, reading)
    assert card.summary.text() == summary
    assert card.words.text() == words
    assert not image_of(card).isNull()


def test_an_example_is_chosen(card: Predictions, qtbot: QtBot) -> None:
    give(card, made(split="train"))
    at = card.worst.tile(1).center().toPoint()
    with qtbot.waitSignal(card.example_chosen) as chosen:
        qtbot.mouseClick(card.worst, Qt.MouseButton.LeftButton, pos=at)
    assert chosen.args == [101, "train"]
    card.worst.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(card.worst, key)
    with qtbot.waitSignal(card.example_chosen) as chosen:
        qtbot.keyClick(card.worst, Qt.Key.Key_Return)
    assert chosen.args == [101, "train"]


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


def test_frames_without_an_answer_leave_it_as_it_is(card: Predictions) -> None:
    give(card, made())
    before = card.matrix.shown
    snapshot = start(PLANAR).snapshot()
    for _ in range(10):
        card.show_snapshot(snapshot)
    assert card.matrix.shown is before


def test_the_table_is_the_matrix(card: Predictions) -> None:
    give(card, made(names=("a", "b", "c")))
    table = card.table()
    assert table.columns == ("true", "said a", "said b", "said c", "not a number", "examples")
    assert [list(row) for row in table.rows] == [
        ["a", 90, 8, 0, 0, 98], ["b", 5, 60, 2, 0, 67], ["c", 0, 30, 70, 0, 100],
    ]  # fmt: skip
    assert "b,5,60,2,0,67" in table.csv()
