"""The study of the proof, with the chain that the program begins with."""

from collections.abc import Callable

import pytest

from engine.chain.spec import start_chain
from engine.chain.trace import trace
from gui.chain.proof.study import ProofStudy
from gui.document import ChainDocument
from gui.theme import LIGHT


@pytest.fixture
def study(shown: Callable[[ProofStudy], ProofStudy]) -> ProofStudy:
    study = ProofStudy(ChainDocument(start_chain()), LIGHT)
    study.resize(1250, 250)
    shown(study)
    study.show_trace(trace(start_chain()))
    return study
