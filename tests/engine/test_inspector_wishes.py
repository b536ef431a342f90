"""The wishes of a close look are answered in turn, from passes that are made once."""

from dataclasses import dataclass

import numpy as np

from engine.architecture import dense
from engine.inspection import Subject
from engine.look import MOST_PRODUCTS, Look
from engine.trainer import Trainer
from tests.engine.inspectors import inspector


@dataclass(frozen=True)
class Costs:
    """A wish that tells which look answered it, and how many passes of one example agree."""

    price: float
    example: int = 0

    def products(self, look: Look) -> float:
        return self.price

    def answer(self, look: Look) -> tuple[int, bool]:
        taken = look.over(self.example)
        return len(taken.examples), look.over(self.example) is taken


def test_wishes_are_answered_in_turn_as_they_are_cheap() -> None:
    look, _ = inspector(dense(2, 3, 2), "quadratic", 5, 0)
    wishes = [Costs(0.6 * MOST_PRODUCTS, k) for k in range(3)]
    subject = Subject(wishes=frozenset(wishes))
    counts = [len(look.look(subject).answers) for _ in range(3)]
    assert counts == [1, 2, 3]  # one at a time, and none is forgotten
    cheap = Subject(wishes=frozenset(Costs(0.1 * MOST_PRODUCTS, k) for k in range(3)))
    seen = look.look(cheap)
    assert len(seen.answers) == 3
    assert seen.answer(wishes[0]) is None  # nobody wishes it any more
    assert set(seen.answers.values()) == {(1, True)}


def test_a_thorough_look_answers_all_wishes() -> None:
    look, _ = inspector(dense(2, 3, 2), "quadratic", 5, 0)
    wishes = frozenset(Costs(9.0 * MOST_PRODUCTS, k) for k in range(4))
    assert len(look.look(Subject(wishes=wishes, thorough=True)).answers) == 4


def test_a_look_passes_anew_when_the_network_has_moved(xor: Trainer) -> None:
    look = Look(xor.network, xor.examples, 10)
    look.begin(None, thorough=False)
    before = look.over(0).ws.a[-1].copy()
    xor.network.parameters.vector += 0.5
    assert np.array_equal(look.over(0).ws.a[-1], before)
    look.begin(None, thorough=False)
    assert not np.array_equal(look.over(0).ws.a[-1], before)
    assert look.over(99) is look.over(9)
    assert len(look.over(None).examples) == look.count == 10
