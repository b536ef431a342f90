"""The plots of a chain, and its numbers as the chapter writes them."""

from collections.abc import Callable
from math import exp

import pytest
from PySide6.QtWidgets import QApplication

from engine.chain.spec import ChainSpec, start_chain
from engine.chain.trace import ChainTrace, trace
from gui.chain.plots.study import PlotsStudy
from gui.document import ChainDocument
from gui.theme import LIGHT

EXPLODING = ChainSpec((100.0,) * 4, (-80.0, -50.0, -50.0, -50.0), x=0.8)


def by_hand(chain: ChainSpec) -> tuple[list[float], list[float], list[float], list[float]]:
    """z, σ′(z), the terms and the gradients of a chain of sigmoids, as the chapter writes them."""
    a, z = chain.x, []
    for w, b in zip(chain.w, chain.b, strict=True):
        z.append(w * a + b)
        a = 1 / (1 + exp(-z[-1]))
    prime = [exp(-v) / (1 + exp(-v)) ** 2 for v in z]
    slope = a - chain.y
    terms = [prime[0], *(w * p for w, p in zip(chain.w[1:], prime[1:], strict=True)), slope]
    gradients, rest = [], slope
    for j in reversed(range(len(z))):
        rest *= prime[j]
        gradients.insert(0, rest)
        rest *= chain.w[j]
    return z, prime, terms, gradients


@pytest.fixture
def study(shown: Callable[[PlotsStudy], PlotsStudy]) -> PlotsStudy:
    study = PlotsStudy(ChainDocument(start_chain()), LIGHT)
    study.resize(1250, 250)
    show(shown(study), start_chain())
    return study


def show(study: PlotsStudy, chain: ChainSpec) -> ChainTrace:
    t = trace(chain)
    study.show_trace(t)
    QApplication.processEvents()
    return t
