from dataclasses import replace

import numpy as np
import pytest

from engine.architecture import dense
from engine.examples import prepare
from engine.inspection import Subject
from engine.look import Look
from engine.network import Network
from engine.readings.predicted_factors import PredictedFactorsWish
from engine.trainer import start

WISH = PredictedFactorsWish()


def look_at(blobs, *sizes, probe=50, **of_each) -> Look:
    examples = prepare(blobs, np.float64)
    return Look(
        Network(dense(*sizes, **of_each), "quadratic", np.dtype(np.float64)), examples, probe
    )


@pytest.mark.parametrize(
    ("initializer", "factors"), [("normal", [1, 1, 1]), ("large", [30, 50, 20])]
)
def test_linear_layers_shrink_by_the_size_of_their_weights(blobs, initializer, factors):
    # δ^l = Wᵀ δ^{l+1}, so that E‖δ^l‖² = n_l Var(w) ‖δ^{l+1}‖²; the book's Var(w) is 1/n_l.
    look = look_at(blobs, 4, 30, 50, 20, 3, activation="linear", initializer=initializer)
    answer = WISH.answer(look)
    assert answer.factors**2 == pytest.approx(factors)
    assert not answer.factors.flags.writeable


def test_the_input_is_that_of_the_examples_that_a_look_goes_over(blobs):
    look = look_at(blobs, 4, 5, 3, probe=50)
    look.count = 37  # as many as a pass is made over
    answer = WISH.answer(look)
    assert answer.count == 37
    x = np.asarray(blobs.train.x)[:37]
    assert answer.input_square == pytest.approx((x**2).mean())
    assert WISH.products(look) == 37 * 4


def test_a_network_without_hidden_layers_has_none(blobs):
    assert len(WISH.answer(look_at(blobs, 4, 3)).factors) == 0


def test_a_trainer_answers_it(blobs, experiment):
    deep = replace(experiment, architecture=dense(4, 6, 6, 6, 3))
    inspection = start(deep, blobs).inspect(Subject(wishes=frozenset({WISH}), thorough=True))
    answer = inspection.answer(WISH)
    assert answer is not None
    assert answer.factors.shape == (3,)
    assert (answer.factors > 0).all()
    assert (answer.factors < 0.5).all()  # σ'(z) is 1/4 at most
