"""The study of matrices, and networks that it is shown."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from engine.chain.spec import start_chain
from engine.chain.trace import trace
from engine.inspection import Subject
from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.chain.studies.matrices import MatricesStudy
from gui.common.style import style_sheet
from gui.document import ChainDocument
from gui.theme import LIGHT
from tests.gui.chain.matrices.small_networks import Show, snap


@pytest.fixture
def asked() -> list[Subject]:
    """What the study has wished to look at, since before it was shown."""
    return []


@pytest.fixture
def study(shown: Callable[[MatricesStudy], MatricesStudy], asked: list[Subject]) -> MatricesStudy:
    study = MatricesStudy(ChainDocument(start_chain()), LIGHT)
    study.setStyleSheet(style_sheet(LIGHT))
    study.resize(1250, 680)
    study.subject_wanted.connect(asked.append)
    shown(study)
    study.show_trace(trace(start_chain()))
    return study


@pytest.fixture
def show(qtbot: QtBot, study: MatricesStudy) -> Show:
    def shown(experiment: Experiment, snapshot: Snapshot | None = None) -> Snapshot:
        snapshot = snapshot or snap(experiment)
        with qtbot.waitSignal(study.work.found):
            study.show_network(experiment, snapshot)
        study.grab()
        return snapshot

    return shown
