"""Confusion matrix and worst examples, against outputs and costs that are written down."""

from math import log

import numpy as np
import pytest

from engine.architecture import dense
from engine.costs import COSTS
from engine.evaluation import Evaluation
from engine.examples import Examples, ExampleSet
from engine.look import Look
from engine.readings.predictions import (
    NOTHING,
    SLICE,
    TRAIN,
    VALIDATION,
    PredictionsReading,
    PredictionsWish,
)
from tests.engine.readings.reading_examples import linear_look, look_at, softmax_by_hand


def by_hand(look: Look, part: Examples) -> tuple[list[int], list[float], list[float]]:
    """Class, its output, and the log-likelihood cost of every example."""
    outputs = [softmax_by_hand(look, x) for x in part.x.tolist()]
    said = [int(np.argmax(a)) for a in outputs]
    costs = [-log(a[label]) for a, label in zip(outputs, part.labels.tolist(), strict=True)]
    return said, [max(a) for a in outputs], costs


def answer(look: Look, wish: PredictionsWish) -> PredictionsReading:
    look.begin(None, thorough=True)
    return wish.answer(look)


@pytest.mark.parametrize("split", [VALIDATION, TRAIN])
def test_every_example_is_in_its_cell(split: str) -> None:
    look = linear_look(names=("x", "y", "z"))
    part = look.examples.validation if split == VALIDATION else look.examples.train
    reading, (said, _, _) = answer(look, PredictionsWish(split)), by_hand(look, part)
    matrix = [[0] * 3 for _ in range(3)]
    for true, taken in zip(part.labels.tolist(), said, strict=True):
        matrix[true][taken] += 1
    assert reading.confusion.tolist() == matrix
    assert (reading.split, reading.count, reading.total) == (split, len(part), len(part))
    assert reading.of_class.tolist() == [sum(row) for row in matrix]
    assert reading.right == matrix[0][0] + matrix[1][1] + matrix[2][2]
    assert reading.wrong == len(part) - reading.right
    beside = [matrix[i][j] for i in range(3) for j in range(3) if i != j]
    assert reading.greatest_mistake == max(beside)
    assert reading.class_names == ("x", "y", "z")


def test_the_accuracy_is_that_of_the_evaluation() -> None:
    look = look_at(dense(4, 5, 3), validation=SLICE + 123)
    score = Evaluation(look.network, look.examples, 10).score(look.examples.validation)
    assert answer(look, PredictionsWish()).accuracy == score.accuracy


def test_the_worst_are_the_wrong_ones_with_the_greatest_cost() -> None:
    look = linear_look()
    part = look.examples.validation
    said, outputs, costs = by_hand(look, part)
    reading = answer(look, PredictionsWish(worst=5))
    wrong = [k for k in range(len(part)) if said[k] != part.labels[k]]
    expected = sorted(wrong, key=lambda k: -costs[k])[:5]
    assert [worst.index for worst in reading.worst] == expected
    for worst in reading.worst:
        assert worst.cost == pytest.approx(costs[worst.index])
        assert worst.output == pytest.approx(outputs[worst.index])
        assert (worst.label, worst.predicted) == (part.labels[worst.index], said[worst.index])
        assert np.array_equal(worst.inputs, part.x[worst.index])
        assert not worst.inputs.flags.writeable


@pytest.mark.parametrize("cell", [(0, 1), (2, 2)])
def test_the_worst_of_a_cell(cell: tuple[int, int]) -> None:
    look = linear_look(validation=90)
    part = look.examples.validation
    said, _, costs = by_hand(look, part)
    reading = answer(look, PredictionsWish(worst=100, cell=cell))
    mine = [k for k in range(len(part)) if (int(part.labels[k]), said[k]) == cell]
    assert mine
    assert [w.index for w in reading.worst] == sorted(mine, key=lambda k: -costs[k])
    assert reading.cell == cell


def test_no_validation_examples_the_training_ones_instead() -> None:
    reading = answer(linear_look(validation=0), PredictionsWish())
    assert (reading.split, reading.count) == (TRAIN, 60)


def test_no_examples_at_all() -> None:
    look = linear_look()
    empty = look.examples.train.first(0)
    bare = Look(look.network, ExampleSet(empty, empty, empty), 10)
    reading = answer(bare, PredictionsWish())
    assert reading.confusion.tolist() == [[0] * 3] * 3
    assert np.isnan(reading.accuracy)
    assert reading.worst == ()


def test_outputs_that_are_no_numbers_are_counted_apart_and_come_first() -> None:
    look = linear_look()
    part = look.examples.validation
    part.x[7], part.x[9] = np.nan, np.inf
    with np.errstate(all="ignore"):
        reading = answer(look, PredictionsWish(worst=4))
    lost = [7, 9]
    assert reading.undecided.tolist() == np.bincount(part.labels[lost], minlength=3).tolist()
    assert reading.confusion.sum() == len(part) - 2
    assert [worst.index for worst in reading.worst[:2]] == lost
    assert [worst.predicted for worst in reading.worst[:2]] == [NOTHING, NOTHING]
    assert reading.wrong == len(part) - reading.right
    assert reading.of_class.sum() == len(part)


def test_a_wide_network_is_asked_less_while_it_trains() -> None:
    look = look_at(dense(4, 1500, 1500, 3), validation=900)
    wish = PredictionsWish()
    look.begin(None, thorough=False)
    reading = wish.answer(look)
    weights = 4 * 1500 + 1500 * 1500 + 3 * 1500
    assert reading.count == int(1e8 / weights) < reading.total == 900
    assert wish.products(look) == reading.count * weights
    assert answer(look, wish).count == 900


def test_nothing_changes_when_the_network_does() -> None:
    look = linear_look()
    reading = answer(look, PredictionsWish())
    before, inputs = reading.confusion.copy(), reading.worst[0].inputs.copy()
    look.network.parameters.vector[:] = 0.0
    look.examples.validation.x[:] = 0.0
    answer(look, PredictionsWish())
    assert np.array_equal(reading.confusion, before)
    assert np.array_equal(reading.worst[0].inputs, inputs)


@pytest.mark.parametrize("key", list(COSTS))
def test_the_cost_of_each_example(key: str) -> None:
    rng = np.random.default_rng(3)
    z, y = rng.standard_normal((4, 7)), np.eye(4)[:, rng.integers(0, 4, 7)]
    a = np.exp(z) / np.exp(z).sum(axis=0) if key == "log_likelihood" else 1 / (1 + np.exp(-z))
    of_one = {
        "quadratic": lambda a, y: ((a - y) ** 2).sum() / 2,
        "cross_entropy": lambda a, y: -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum(),
        "log_likelihood": lambda a, y: -np.log(a[y == 1][0]),
    }[key]
    each = COSTS[key].each(z, a, y)
    assert each.shape == (7,)
    assert each == pytest.approx([of_one(a[:, k], y[:, k]) for k in range(7)])
    assert COSTS[key].value(z, a, y).real == pytest.approx(each.sum())
