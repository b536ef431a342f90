"""The worst examples, as they are drawn and used, and readings that are odd."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.datasets.parity import Parity
from engine.datasets.planar import Moons
from engine.readings.predictions import NOTHING, PredictionsReading
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start
from gui.plots.predictions.predictions import Predictions
from tests.gui.plots.predictions.conftest import PLANAR, give, image_of, made

QUADRATIC = TrainingSpec(data=Moons(), cost="quadratic")


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


def test_frames_without_an_answer_leave_it_as_it_is(card: Predictions) -> None:
    give(card, made())
    before = card.matrix.shown
    snapshot = start(PLANAR).snapshot()
    for _ in range(10):
        card.show_snapshot(snapshot)
    assert card.matrix.shown is before
